import type { GraphQLError } from 'graphql';
import type { PurposeRegistry } from '../catalog-port.ts';
import { departments, isDepartmentCode } from '../codes/departments.ts';
import { graphProblem } from '../codes/problems.ts';
import type { Caller } from './caller.ts';
import { openingsUnder } from './opens.ts';
import { isOwnRecord, ownOpenings } from './own-record.ts';
import type { Purpose, WithheldReason } from './purpose.ts';

/** Why personal data is wanted: a code of the catalogue's `legalBases`. */
export const LEGAL_BASIS_HEADER = 'x-yiyun-legal-basis';
/** What for: a code of the catalogue's `useScenarios`. */
export const SCENARIO_HEADER = 'x-yiyun-scenario';

/** What a request states, before it is checked. */
export interface StatedPurpose {
  readonly legalBasis: string | undefined;
  readonly scenario: string | undefined;
  readonly unmask: boolean;
}

/**
 * The caller as this request may act: without a purpose, or outside of what its scenario covers, rights to personal
 * data are withheld. A purpose that is not registered, or not for this client, is refused whatever is asked.
 *
 * @param personalRights rights that open personal data, see `personalRightsOf`.
 */
export function callerUnder(
  caller: Caller,
  stated: StatedPurpose,
  registry: PurposeRegistry,
  personalRights: ReadonlySet<string>,
): Caller | GraphQLError {
  const { legalBasis, scenario, unmask } = stated;
  if (legalBasis === undefined && scenario === undefined) {
    return withheld(caller, undefined, unmask, personalRights, () => 'PURPOSE_REQUIRED');
  }
  if (legalBasis === undefined || !registry.legalBases.has(legalBasis)) {
    return graphProblem('PURPOSE_UNKNOWN', { header: LEGAL_BASIS_HEADER, list: 'legalBases' });
  }
  const permitted = scenario === undefined ? undefined : registry.scenarios.get(scenario);
  if (scenario === undefined || permitted === undefined) {
    return graphProblem('PURPOSE_UNKNOWN', { header: SCENARIO_HEADER, list: 'useScenarios' });
  }
  const refused = findRefusal(caller, { legalBasis, scenario }, permitted);
  if (refused !== undefined) return refused;
  const covers = (right: string) => permitted.rightCodes.length === 0 || permitted.rightCodes.includes(right);
  return withheld(caller, { legalBasis, scenario }, unmask, personalRights, (right) =>
    covers(right) ? undefined : 'PURPOSE_NOT_PERMITTED',
  );
}

function findRefusal(
  { clientId, departmentCode, scenarios }: Caller,
  { legalBasis, scenario }: Purpose,
  permitted: { readonly legalBasisCodes: readonly string[]; readonly departmentCodes: readonly string[] },
): GraphQLError | undefined {
  const authority = { department: 'data-authority', departmentZh: '数据局', departmentEn: 'Data Authority' };
  if (permitted.legalBasisCodes.length > 0 && !permitted.legalBasisCodes.includes(legalBasis)) {
    const subject = { subjectZh: `使用合法性基础 ${legalBasis}`, subjectEn: `the legal basis ${legalBasis}` };
    return graphProblem('PURPOSE_NOT_PERMITTED', { scenario, ...subject, ...authority });
  }
  if (scenarios !== undefined && !scenarios.includes(scenario)) {
    const subject = { subjectZh: `接入方 ${clientId} 使用`, subjectEn: `use by the client ${clientId}` };
    return graphProblem('PURPOSE_NOT_PERMITTED', { scenario, ...subject, ...authority });
  }
  if (permitted.departmentCodes.length > 0 && !permitted.departmentCodes.includes(departmentCode)) {
    const name = isDepartmentCode(departmentCode) ? departments[departmentCode] : { zh: '本部门', en: 'department' };
    const subject = { subjectZh: `${name.zh}使用`, subjectEn: `use by the ${name.en}` };
    return graphProblem('PURPOSE_NOT_PERMITTED', { scenario, ...subject, ...authority });
  }
  return undefined;
}

function withheld(
  caller: Caller,
  purpose: Purpose | undefined,
  unmask: boolean,
  personalRights: ReadonlySet<string>,
  reasonOf: (right: string) => WithheldReason | undefined,
): Caller {
  const reasons: Record<string, WithheldReason> = {};
  const rights = new Set<string>();
  for (const right of caller.rights) {
    const reason = personalRights.has(right) ? reasonOf(right) : undefined;
    if (reason === undefined) rights.add(right);
    else reasons[right] = reason;
  }
  return {
    ...caller,
    rights,
    withheld: reasons,
    ...(purpose === undefined ? {} : { purpose, ...openingsOf(caller, purpose) }),
    ...(unmask ? { unmask } : {}),
  };
}

function openingsOf(caller: Caller, purpose: Purpose): Pick<Caller, 'openings'> {
  // Grants are for a department's purposes, never for the person's own.
  const openings = isOwnRecord({ purpose }) ? ownOpenings(caller) : openingsUnder(caller.grants ?? [], purpose);
  return openings === undefined ? {} : { openings };
}
