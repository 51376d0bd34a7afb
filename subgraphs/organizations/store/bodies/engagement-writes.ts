import type { Place } from '../../../kit/store/place-scope.ts';
import type { OrganizationsTransaction } from '../organizations-transaction.ts';

/** A place of whatever tier, as `coversPlace` looks at it: the finest code stands for all that is not known below. */
interface PartialPlace {
  readonly cityCode: string;
  readonly countyCode: string | null;
  readonly townshipCode: string | null;
  readonly communityCode: string | null;
}

export function placeOfOrganization(row: PartialPlace): Place {
  const { cityCode, countyCode, townshipCode, communityCode } = row;
  return {
    cityCode,
    countyCode: countyCode ?? '',
    townshipCode: townshipCode ?? '',
    communityCode: communityCode ?? townshipCode ?? countyCode ?? cityCode,
  };
}

export interface LockedSubject extends Place {
  readonly name: string;
  readonly kind: string;
  /** The day on which a community ended. */
  readonly validTo?: string | null;
}

/** Locks what a relation is about, so that two relations of one exclusive role wait for each other. */
export async function lockSubject(
  transaction: OrganizationsTransaction,
  type: 'ORGANIZATION' | 'COMMUNITY' | 'WORKER',
  key: string,
): Promise<LockedSubject | null> {
  if (type === 'ORGANIZATION') {
    const rows = await transaction.$queryRaw<(PartialPlace & { name: string; kind: string })[]>`
      SELECT name, kind, city_code AS "cityCode", county_code AS "countyCode", township_code AS "townshipCode",
             community_code AS "communityCode"
        FROM organizations.organization WHERE id = ${key}::uuid AND dissolved_on IS NULL FOR UPDATE`;
    const [row] = rows;
    return row === undefined ? null : { ...placeOfOrganization(row), name: row.name, kind: row.kind };
  }
  const rows =
    type === 'COMMUNITY'
      ? await transaction.$queryRaw<LockedSubject[]>`
          SELECT name, kind, city_code AS "cityCode", county_code AS "countyCode", township_code AS "townshipCode",
                 community_code AS "communityCode", valid_to::text AS "validTo"
            FROM organizations.community WHERE stat_code = ${key} FOR UPDATE`
      : await transaction.$queryRaw<LockedSubject[]>`
          SELECT name, post AS kind, city_code AS "cityCode", county_code AS "countyCode",
                 township_code AS "townshipCode", community_code AS "communityCode"
            FROM organizations.community_worker WHERE id = ${key}::uuid AND left_on IS NULL FOR UPDATE`;
  return rows[0] ?? null;
}

/** A live body that is to hold a role: nobody dissolves it before the relation stands. */
export async function shareOrganization(
  transaction: OrganizationsTransaction,
  id: string,
): Promise<{ readonly id: string; readonly name: string } | null> {
  const rows = await transaction.$queryRaw<{ id: string; name: string }[]>`
    SELECT id, name FROM organizations.organization WHERE id = ${id}::uuid AND dissolved_on IS NULL FOR SHARE`;
  return rows[0] ?? null;
}

export function findLiveEngagements(
  transaction: OrganizationsTransaction,
  role: string,
  subjectType: string,
  subjectKey: string,
) {
  return transaction.engagement.findMany({ where: { role, subjectType, subjectKey, validTo: null } });
}
