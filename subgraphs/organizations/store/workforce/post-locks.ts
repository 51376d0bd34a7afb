import type { OrganizationsTransaction } from '../organizations-transaction.ts';
import type { LockedGrid } from './chief-writes.ts';

export interface LockedAssignment extends LockedGrid {
  readonly id: string;
  readonly validFrom: Date;
  readonly validTo: Date | null;
}

/** Locks a post in a grid. */
export async function lockAssignment(
  transaction: OrganizationsTransaction,
  id: string,
): Promise<LockedAssignment | null> {
  const rows = await transaction.$queryRaw<LockedAssignment[]>`
    SELECT id, valid_from AS "validFrom", valid_to AS "validTo", grid_code AS "gridCode", city_code AS "cityCode",
           county_code AS "countyCode", township_code AS "townshipCode", community_code AS "communityCode"
      FROM organizations.grid_assignment WHERE id = ${id}::uuid FOR UPDATE`;
  return rows[0] ?? null;
}
