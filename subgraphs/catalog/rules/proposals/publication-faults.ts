import { type Refusal, refuse } from '../../../kit/codes/refusals.ts';
import { type CheckedChange, isLive, type SchemaCheck } from '../schema/check-schema.ts';
import { departmentNames, listed } from '../versions/publish-version.ts';

/** Parts that clients name, and that are told of before they go. */
const ANNOUNCED = new Set(['FIELD_REMOVED', 'ENUM_VALUE_REMOVED', 'FIELD_ARGUMENT_REMOVED', 'INPUT_FIELD_REMOVED']);

/** Why a checked change must not be published, the gravest first; undefined when it may as far as the check goes. */
export function publicationFault(check: SchemaCheck): Refusal | undefined {
  const culprit = 'input.event';
  const { changes, compositionFindings, lint } = check;
  if (compositionFindings.length > 0) {
    return refuse('PROPOSAL_DOES_NOT_COMPOSE', culprit, { findings: listed(compositionFindings) });
  }
  const early = lint.filter(({ rule }) => rule === 'removal');
  if (early.length > 0) {
    const parts = listed(early.map(({ coordinate, messageEn }) => `${coordinate} (${dayIn(messageEn)})`));
    return refuse('REMOVAL_TOO_EARLY', culprit, { parts });
  }
  const unannounced = changes.filter(({ kind, removalOn }) => ANNOUNCED.has(kind) && removalOn === null);
  if (unannounced.length > 0) {
    return refuse('REMOVAL_NOT_ANNOUNCED', culprit, { parts: listed(unannounced.map(({ coordinate }) => coordinate)) });
  }
  const using = changes.flatMap(clientsOf);
  if (using.length > 0) return refuse('CLIENTS_STILL_USE', culprit, { clients: listed(using) });
  if (lint.length > 0) {
    const parts = listed(lint.map(({ coordinate, rule }) => `${coordinate} [${rule}]`));
    return refuse('PROPOSAL_BREAKS_RULES', culprit, { count: lint.length, parts });
  }
  // More changes than were held against the record.
  return check.verdict === 'PASSED'
    ? undefined
    : refuse('PROPOSAL_BREAKS_RULES', culprit, { count: 1, parts: 'changes' });
}

/** Whose word is missing or against it. */
export function signOffFault(
  owners: readonly string[],
  signed: readonly { readonly departmentCode: string; readonly agreed: boolean }[],
): Refusal | undefined {
  const against = signed.filter(({ agreed }) => !agreed).map(({ departmentCode }) => departmentCode);
  if (against.length > 0) return refuse('PROPOSAL_OWNER_OBJECTS', 'input.event', namesOf(against));
  const missing = owners.filter((code) => !signed.some(({ departmentCode }) => departmentCode === code));
  return missing.length === 0 ? undefined : refuse('PROPOSAL_OWNERS_MISSING', 'input.event', namesOf(missing));
}

export function namesOf(codes: readonly string[]): { ownersZh: string; ownersEn: string } {
  return { ownersZh: departmentNames(codes, 'zh'), ownersEn: departmentNames(codes, 'en') };
}

/** Clients that lose what they use and have not acknowledged it, by name and last use. */
export function clientsOf({ coordinate, level, usedBy }: CheckedChange): string[] {
  if (level !== 'BREAKING') return [];
  return usedBy
    .filter(isLive)
    .map(
      ({ clientId, clientName, lastSeenAt }) =>
        `${coordinate} ← ${clientName ?? clientId} (${clientId}, ${lastSeenAt.toISOString().slice(0, 10)})`,
    );
}

function dayIn(message: string): string {
  return /\d{4}-\d{2}-\d{2}/.exec(message)?.[0] ?? '-';
}
