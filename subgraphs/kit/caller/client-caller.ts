import type { ClientGrant } from '../catalog-port.ts';
import type { Caller } from './caller.ts';

/**
 * The caller that a client is at a moment, before it states a purpose: what it holds, and which sharing grants are live.
 *
 * @param jurisdiction where it is not that of the registry: the grids of a worker's posts.
 */
export function callerOfClient(
  { clientId, kind, departmentCode, rights, grants = [], jurisdictionCodes, scenarioCodes = [] }: ClientGrant,
  now: Date,
  jurisdiction: readonly string[] = jurisdictionCodes,
): Caller {
  const live = grants.filter(({ validFrom, endsAt }) => validFrom <= now && now < endsAt);
  const shared = live.map(({ coordinates, divisionCodes, legalBasisCode, scenarioCode }) => ({
    coordinates,
    divisionCodes,
    legalBasis: legalBasisCode,
    scenario: scenarioCode,
  }));
  return {
    clientId,
    kind,
    departmentCode,
    jurisdiction,
    rights: new Set(rights),
    ...(scenarioCodes.length === 0 ? {} : { scenarios: scenarioCodes }),
    ...(shared.length === 0 ? {} : { grants: shared }),
  };
}
