import type { OrganizationsTransaction } from '../organizations-transaction.ts';
import type { LockedAssignment } from './post-locks.ts';

/** Grids that a worker leads now. */
export function countLedGrids(transaction: OrganizationsTransaction, workerId: string): Promise<number> {
  return transaction.gridAssignment.count({ where: { workerId, role: 'GRID_CHIEF', validTo: null } });
}

/** Ends the live service records of a worker on a day; undefined when one of them began on the day or later. */
export async function endServiceRecords(
  transaction: OrganizationsTransaction,
  workerId: string,
  day: string,
  provenanceId: string,
): Promise<number | undefined> {
  const validTo = new Date(`${day}T00:00:00Z`);
  const late = await transaction.serviceRecord.count({
    where: { workerId, validTo: null, validFrom: { gte: validTo } },
  });
  if (late > 0) return undefined;
  const { count } = await transaction.serviceRecord.updateMany({
    where: { workerId, validTo: null },
    data: { validTo, provenanceId },
  });
  return count;
}

/** Closes the live posts of a worker in grids at an instant, one tick behind the start of those that began with it. */
export function closePosts(
  transaction: OrganizationsTransaction,
  workerId: string,
  at: Date,
  provenanceId: string,
): Promise<LockedAssignment[]> {
  return transaction.$queryRaw<LockedAssignment[]>`
    UPDATE organizations.grid_assignment
       SET valid_to = greatest(${at}::timestamptz, valid_from + interval '1 millisecond'), end_reason = '离职',
           provenance_id = ${provenanceId}::uuid
     WHERE worker_id = ${workerId}::uuid AND valid_to IS NULL
    RETURNING id, valid_from AS "validFrom", valid_to AS "validTo", grid_code AS "gridCode", city_code AS "cityCode",
              county_code AS "countyCode", township_code AS "townshipCode", community_code AS "communityCode"`;
}
