import { isRefusal, type Refusal } from '../../../kit/codes/refusals.ts';
import { insertAttachments } from '../../store/attachment-rows.ts';
import { setMaterialState } from '../../store/window/request-writes.ts';
import { missingOf } from '../items/materials.ts';
import type { ServicesCall } from '../service-write.ts';
import { checkGiven, type GivenMaterial } from './check-materials.ts';
import type { RequestWritten } from './open-request.ts';
import { type RequestStepInput, writeRequestSteps } from './write-request-step.ts';

export interface SupplyMaterialsInput extends RequestStepInput {
  readonly given: readonly GivenMaterial[];
}

/** 补正 — takes materials in; as soon as nothing necessary is missing, the request is submitted. */
export function supplyMaterials(call: ServicesCall, input: SupplyMaterialsInput): Promise<RequestWritten | Refusal> {
  return writeRequestSteps(call, 'supplyMaterials', input, async (locked) => {
    const { request, materials, now, transaction, provenanceId } = locked;
    const attachments = checkGiven(input.given, materials, 'input.given');
    if (isRefusal(attachments)) return attachments;
    const codes = input.given.map(({ code }) => code);
    await setMaterialState(transaction, request.id, codes, 'GIVEN', provenanceId);
    await insertAttachments(transaction, request.id, attachments, call.store.ids, provenanceId);
    const after = materials.map((material) =>
      codes.includes(material.code) ? { ...material, state: 'GIVEN' as const, sourceDepartmentCode: null } : material,
    );
    const check = { event: 'CHECK_MATERIALS', materials: after, moreRows: codes.length + attachments.length } as const;
    if (missingOf(after).length > 0) return [check];
    return [check, { event: 'SUBMIT', materials: after, change: { submittedAt: now } }];
  });
}
