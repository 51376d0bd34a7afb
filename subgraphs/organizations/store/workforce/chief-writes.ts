import type { Place } from '../../../kit/store/place-scope.ts';
import type { OrganizationsTransaction } from '../organizations-transaction.ts';
import { markLedGrids } from '../territory/kept-marks.ts';

export interface LockedGrid extends Place {
  readonly gridCode: string;
}

/** Locks the grid's row, so that two changes of its chief wait for each other. */
export async function lockGrid(transaction: OrganizationsTransaction, gridCode: string): Promise<LockedGrid | null> {
  const rows = await transaction.$queryRaw<LockedGrid[]>`
    SELECT grid_code AS "gridCode", city_code AS "cityCode", county_code AS "countyCode",
           township_code AS "townshipCode", community_code AS "communityCode"
      FROM organizations.grid WHERE grid_code = ${gridCode} AND valid_to IS NULL FOR UPDATE`;
  return rows[0] ?? null;
}

/** The live chief of the grid; the unique index allows one at most. */
export function liveChief(transaction: OrganizationsTransaction, gridCode: string) {
  return transaction.gridAssignment.findFirst({ where: { gridCode, role: 'GRID_CHIEF', validTo: null } });
}

export interface ChiefChange {
  readonly closeId: string | undefined;
  readonly newId: string;
  readonly grid: LockedGrid;
  readonly worker: { readonly id: string; readonly personId: string; readonly name: string };
  readonly at: Date;
  readonly provenanceId: string;
}

/** Closes the former chief's post and opens the new one at the same instant. */
export async function replaceChief(transaction: OrganizationsTransaction, change: ChiefChange): Promise<void> {
  const { grid, worker, at, provenanceId } = change;
  if (change.closeId !== undefined) {
    await transaction.gridAssignment.update({ where: { id: change.closeId }, data: { validTo: at, provenanceId } });
  }
  await transaction.gridAssignment.create({
    data: {
      id: change.newId,
      role: 'GRID_CHIEF',
      personId: worker.personId,
      workerId: worker.id,
      holderName: worker.name,
      gridCode: grid.gridCode,
      validFrom: at,
      cityCode: grid.cityCode,
      countyCode: grid.countyCode,
      townshipCode: grid.townshipCode,
      communityCode: grid.communityCode,
      provenanceId,
    },
  });
  await markLedGrids(transaction, [grid.gridCode]);
}
