import type { Refusal } from '../../../kit/codes/refusals.ts';
import { refuse } from '../../../kit/codes/refusals.ts';
import type { GuideMaterial } from '../../store/items/guide-material.ts';
import type { NewMaterial } from '../../store/window/request-writes.ts';
import { type AttachmentInput, checkAttachments, MAX_ATTACHMENTS } from '../attachments.ts';

/** A material that the applicant gives, as references to files; none for what was shown in paper at the window. */
export interface GivenMaterial {
  readonly code: string;
  readonly attachments?: readonly AttachmentInput[] | null | undefined;
}

/** Refuses what the request's guide does not ask for, what is given twice, and wrong references to files. */
export function checkGiven(
  given: readonly GivenMaterial[],
  asked: readonly { readonly code: string }[],
  culprit: string,
): Refusal | readonly AttachmentInput[] {
  const attachments: AttachmentInput[] = [];
  const seen = new Set<string>();
  for (const [index, { code, attachments: files }] of given.entries()) {
    if (seen.has(code) || !asked.some((material) => material.code === code)) {
      const codes = asked.map((material) => material.code).join('、') || '无';
      return refuse('MATERIAL_NOT_ASKED', `${culprit}.${index}.code`, { codes });
    }
    seen.add(code);
    const wrong = checkAttachments(files ?? [], `${culprit}.${index}.attachments`);
    if (wrong !== undefined) return wrong;
    attachments.push(...(files ?? []));
  }
  if (attachments.length > MAX_ATTACHMENTS) {
    return refuse('ATTACHMENTS_TOO_MANY', culprit, { max: MAX_ATTACHMENTS });
  }
  return attachments;
}

/**
 * 预受理 — each material of a guide with where it comes from: held by a register (`held`: the codes that the other
 * subgraphs told the gateway), given now, given with an earlier request, or missing.
 */
export function sortMaterials(
  guide: readonly GuideMaterial[],
  held: ReadonlySet<string>,
  given: ReadonlySet<string>,
  givenBefore: ReadonlySet<string>,
): NewMaterial[] {
  return guide.map(({ code, name, necessity, sharedBy, reusable }) => {
    const material = { code, name, necessity, sourceDepartmentCode: null };
    if (sharedBy !== null && held.has(code)) return { ...material, state: 'FILLED', sourceDepartmentCode: sharedBy };
    if (given.has(code)) return { ...material, state: 'GIVEN' };
    return { ...material, state: reusable && givenBefore.has(code) ? 'REUSED' : 'MISSING' };
  });
}
