import type { ClientGrant, PurposeRegistry } from '../../../kit/catalog-port.ts';

/** What the policy looks at of a field. */
export interface JudgedField {
  readonly coordinate: string;
  readonly category: string;
  readonly requiredRight: string | null;
  readonly mask: string | null;
}

/** What a client would state with a request. */
export interface StatedAccess {
  readonly legalBasis: string | undefined;
  readonly scenario: string | undefined;
  readonly unmask: boolean;
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
 * What a client would be given of a field under a purpose: the same decision that the gateway takes for a request and
 * the guard for a row, told beforehand. Rows that demand a right of their own (children under fourteen) are not looked at.
 *
 * @param personalRights rights that open personal data anywhere in the graph.
 */
export function judgeAccess(
  field: JudgedField,
  client: ClientGrant,
  stated: StatedAccess,
  registry: PurposeRegistry,
  personalRights: ReadonlySet<string>,
  now: Date,
): JudgedAccess {
  const refused = (reason: AccessReason): JudgedAccess => ({ outcome: 'REFUSED', reason, divisionCodes: [] });
  if (!client.active) return refused('CLIENT_DISABLED');
  const fault = purposeFault(client, stated, registry);
  if (fault !== undefined) return refused(fault);
  const { requiredRight: right, mask } = field;
  if (right === null) return { outcome: 'CLEAR', reason: null, divisionCodes: [] };
  const personal = field.category === 'PERSONAL' || field.category === 'SENSITIVE_PERSONAL';
  const hasPurpose = stated.legalBasis !== undefined && stated.scenario !== undefined;
  // Who expressly asks for clear values without saying why is refused as a whole.
  if (stated.unmask && !hasPurpose && mask !== null && personal) return refused('PURPOSE_REQUIRED');
  const lifted = mask === null || !personal || stated.unmask;
  const withheld = withheldReason(right, client, stated, registry, personalRights.has(right));
  if (withheld === undefined) return { outcome: lifted ? 'CLEAR' : 'MASKED', reason: null, divisionCodes: [] };
  const divisionCodes = grantedDivisions(field.coordinate, client, stated, now);
  if (divisionCodes.length > 0) {
    const whole =
      client.jurisdictionCodes.length > 0 && client.jurisdictionCodes.every((own) => within(own, divisionCodes));
    if (!lifted) return { outcome: 'MASKED', reason: null, divisionCodes };
    return { outcome: whole ? 'CLEAR' : 'IN_AREA', reason: whole ? null : withheld, divisionCodes };
  }
  return mask === null ? refused(withheld) : { outcome: 'MASKED', reason: withheld, divisionCodes: [] };
}

function purposeFault(
  { departmentCode }: ClientGrant,
  { legalBasis, scenario }: StatedAccess,
  { legalBases, scenarios }: PurposeRegistry,
): AccessReason | undefined {
  if (legalBasis === undefined && scenario === undefined) return undefined;
  const permitted = scenario === undefined ? undefined : scenarios.get(scenario);
  if (legalBasis === undefined || !legalBases.has(legalBasis) || permitted === undefined) return 'PURPOSE_UNKNOWN';
  const { legalBasisCodes, departmentCodes } = permitted;
  const basisFits = legalBasisCodes.length === 0 || legalBasisCodes.includes(legalBasis);
  const departmentFits = departmentCodes.length === 0 || departmentCodes.includes(departmentCode);
  return basisFits && departmentFits ? undefined : 'PURPOSE_NOT_PERMITTED';
}

function withheldReason(
  right: string,
  { rights }: ClientGrant,
  { scenario }: StatedAccess,
  { scenarios }: PurposeRegistry,
  personal: boolean,
): AccessReason | undefined {
  if (!rights.includes(right)) return 'FIELD_RIGHT_MISSING';
  if (!personal) return undefined;
  if (scenario === undefined) return 'PURPOSE_REQUIRED';
  const covered = scenarios.get(scenario)?.rightCodes ?? [];
  return covered.length === 0 || covered.includes(right) ? undefined : 'PURPOSE_NOT_PERMITTED';
}

function grantedDivisions(
  coordinate: string,
  { grants = [] }: ClientGrant,
  { legalBasis, scenario }: StatedAccess,
  now: Date,
): string[] {
  return grants
    .filter((grant) => grant.coordinates.includes(coordinate) && grant.validFrom <= now && grant.endsAt > now)
    .filter((grant) => grant.legalBasisCode === legalBasis && grant.scenarioCode === scenario)
    .flatMap(({ divisionCodes }) => divisionCodes);
}

function within(code: string, divisions: readonly string[]): boolean {
  return divisions.some((division) => code.startsWith(division));
}
