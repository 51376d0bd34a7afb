import { callerUnder, type StatedPurpose } from '../../../kit/caller/caller-under.ts';
import { callerOfClient } from '../../../kit/caller/client-caller.ts';
import { asksBlindly, decideField } from '../../../kit/caller/field-decision.ts';
import type { ClientGrant, PurposeRegistry } from '../../../kit/catalog-port.ts';
import { accessRefused } from '../../../kit/codes/right-missing.ts';

/** What the policy looks at of a field. */
export interface JudgedField {
  readonly coordinate: string;
  /** Whether it is data of a person, which needs a purpose. */
  readonly personal: boolean;
  readonly requiredRight: string | null;
  readonly mask: string | null;
}

export type AccessOutcome = 'CLEAR' | 'MASKED' | 'IN_AREA' | 'REFUSED';
export type AccessReason =
  | 'CLIENT_DISABLED'
  | 'PURPOSE_UNKNOWN'
  | 'PURPOSE_REQUIRED'
  | 'PURPOSE_NOT_PERMITTED'
  | 'FIELD_RIGHT_MISSING';

export interface JudgedAccess {
  readonly outcome: AccessOutcome;
  /** Why it is masked or refused; null where a mask is only not lifted. */
  readonly reason: AccessReason | null;
  /** Divisions in which sharing grants open it. */
  readonly divisionCodes: readonly string[];
}

/**
 * What a client would be given of a field under a purpose, told beforehand: the request's caller is made, and the field
 * decided, by what the gateway and the guard run. Rows that demand a right of their own (children under fourteen) are
 * not looked at.
 *
 * @param personalRights rights that open personal data anywhere in the graph.
 */
export function judgeAccess(
  field: JudgedField,
  client: ClientGrant,
  stated: StatedPurpose,
  registry: PurposeRegistry,
  personalRights: ReadonlySet<string>,
  now: Date,
): JudgedAccess {
  const judged = (outcome: AccessOutcome, reason: AccessReason | null, divisionCodes: readonly string[] = []) => ({
    outcome,
    reason,
    divisionCodes,
  });
  if (!client.active) return judged('REFUSED', 'CLIENT_DISABLED');
  const caller = callerUnder(callerOfClient(client, now), stated, registry, personalRights);
  if (!('clientId' in caller)) return judged('REFUSED', codeOf(caller));
  const { coordinate, mask, personal, requiredRight: right } = field;
  if (right === null) return judged('CLEAR', null);
  const guarded = { coordinate, right, personal, masked: mask !== null };
  if (asksBlindly(caller, guarded)) return judged('REFUSED', 'PURPOSE_REQUIRED');
  const { outcome, lacks } = decideField(caller, guarded, undefined);
  const divisionCodes = caller.rights.has(right) ? [] : (caller.openings?.get(coordinate) ?? []);
  if (lacks === undefined) return judged(outcome, null, divisionCodes);
  const reason = codeOf(accessRefused(caller, coordinate, '', lacks));
  if (divisionCodes.length === 0) return judged(outcome, reason);
  // Open in the rows of the grant's area; there a mask stays on unless it is asked to be lifted.
  const within = decideField(caller, guarded, { communityCode: divisionCodes[0] });
  return within.outcome === 'MASKED' ? judged('MASKED', null, divisionCodes) : judged('IN_AREA', reason, divisionCodes);
}

function codeOf({ extensions }: { readonly extensions: Readonly<Record<string, unknown>> }): AccessReason {
  return extensions.code as AccessReason; // one of those that purposes and rights are refused with
}
