import type { Place } from '../../../kit/store/place-scope.ts';
import type { OrganizationsTransaction } from '../organizations-transaction.ts';
import type { CommunityWorkerRow } from './worker-rows.ts';

export interface LockedWorker extends Place {
  readonly id: string;
  readonly personId: string;
  readonly name: string;
  readonly post: CommunityWorkerRow['post'];
  readonly gradeLevel: number;
  readonly hiredOn: string;
  readonly leftOn: string | null;
}

export interface SharedWorker {
  readonly id: string;
  readonly personId: string;
  readonly name: string;
  readonly leftOn: string | null;
  readonly communityCode: string;
  readonly cityCode: string;
  readonly countyCode: string;
  readonly townshipCode: string;
}

/** A worker who is to take something up: nobody lets him go before it stands. */
export async function shareWorker(transaction: OrganizationsTransaction, id: string): Promise<SharedWorker | null> {
  const rows = await transaction.$queryRaw<SharedWorker[]>`
    SELECT id, person_id AS "personId", name, left_on::text AS "leftOn", city_code AS "cityCode",
           county_code AS "countyCode", township_code AS "townshipCode", community_code AS "communityCode"
      FROM organizations.community_worker WHERE id = ${id}::uuid FOR SHARE`;
  return rows[0] ?? null;
}

/**
 * Locks a worker and every other record of the same person, in the order of their ids, so that what holds per person
 * (one registration, one full-time post) is decided by one transaction at a time.
 */
export async function lockWorker(transaction: OrganizationsTransaction, id: string): Promise<LockedWorker | null> {
  const rows = await transaction.$queryRaw<LockedWorker[]>`
    SELECT w.id, w.person_id AS "personId", w.name, w.post, w.grade_level AS "gradeLevel",
           w.hired_on::text AS "hiredOn", w.left_on::text AS "leftOn",
           w.city_code AS "cityCode", w.county_code AS "countyCode", w.township_code AS "townshipCode",
           w.community_code AS "communityCode"
      FROM organizations.community_worker w
     WHERE w.person_id = (SELECT person_id FROM organizations.community_worker WHERE id = ${id}::uuid)
     ORDER BY w.id FOR UPDATE`;
  return rows.find((row) => row.id === id) ?? null;
}
