import type { OperationTrace } from '../../../kit/operation-trace.ts';
import type { Place } from '../../../kit/store/place-scope.ts';
import { inKeyOrder } from '../../../kit/subgraph-context.ts';
import type { ServicesStore } from '../services-store.ts';
import { lockRow, type ServicesTransaction } from '../services-transaction.ts';
import { equals, newestFirst, tableReader } from '../table-reader.ts';

export interface BurdenItemRow {
  readonly id: string;
  readonly kind: string;
  readonly title: string;
  readonly departmentCode: string;
  readonly legalBasis: string | null;
  readonly state: string;
  readonly registeredOn: string;
  readonly reviewDueOn: string;
  readonly mergedIntoId: string | null;
  readonly communityCode: string;
  readonly provenanceId: string;
}

export const burdenTable = tableReader<BurdenItemRow>(
  'burden_item',
  {
    ...{ id: true, kind: true, title: true, departmentCode: true, legalBasis: true, state: true },
    ...{ registeredOn: 'date' as const, reviewDueOn: 'date' as const, mergedIntoId: true, communityCode: true },
    provenanceId: true,
  },
  { hasGridCode: false },
);

export const burdenList = burdenTable.list(
  'burden_items',
  { REGISTERED_ON: newestFirst('registered_on', 'registeredOn', 'date', ['kind', 'state', 'divisionCode']) },
  { kind: equals('kind'), state: equals('state') },
);

export async function insertBurdenItem(
  transaction: ServicesTransaction,
  { registeredOn, reviewDueOn, gridCode: _none, ...row }: Omit<BurdenItemRow, 'mergedIntoId' | 'communityCode'> & Place,
): Promise<void> {
  await transaction.burdenItem.create({
    data: { ...row, registeredOn: new Date(registeredOn), reviewDueOn: new Date(reviewDueOn) },
  });
}

export async function lockBurdenItem(transaction: ServicesTransaction, id: string) {
  if (!(await lockRow(transaction, 'burden_item', id))) return null;
  return transaction.burdenItem.findUniqueOrThrow({ where: { id } });
}

export async function updateBurdenItem(
  transaction: ServicesTransaction,
  id: string,
  change: { readonly state: string; readonly mergedIntoId: string | null },
): Promise<void> {
  await transaction.burdenItem.update({ where: { id }, data: change });
}

/** What a community carries. */
export interface BurdenFigures {
  readonly communityCode: string;
  readonly listTasks: number;
  readonly commissionedTasks: number;
  readonly returnedTasks: number;
  readonly registered: number;
  readonly kept: number;
  readonly merged: number;
  readonly cleared: number;
  readonly inspectionVisits: number;
}

/** The burden of communities, each counted by an index on its own; of communities that the caller may see. */
export async function findBurdenFigures(
  store: ServicesStore,
  communityCodes: readonly string[],
  trace: OperationTrace,
): Promise<(BurdenFigures | null)[]> {
  const rows = await store.database.rows<BurdenFigures>(
    'burden_figures',
    `SELECT k.key AS "communityCode", t.*, b.*, i.*
       FROM unnest($1::text[]) AS k(key)
       CROSS JOIN LATERAL (
         SELECT count(*) FILTER (WHERE admission_item_id IS NOT NULL AND state <> 'RETURNED')::int AS "listTasks",
                count(*) FILTER (WHERE funding_id IS NOT NULL AND state <> 'RETURNED')::int AS "commissionedTasks",
                count(*) FILTER (WHERE state = 'RETURNED')::int AS "returnedTasks"
           FROM services.community_task WHERE community_code = k.key) t
       CROSS JOIN LATERAL (
         SELECT count(*)::int AS registered, count(*) FILTER (WHERE state = 'KEPT')::int AS kept,
                count(*) FILTER (WHERE state = 'MERGED')::int AS merged,
                count(*) FILTER (WHERE state = 'CLEARED')::int AS cleared
           FROM services.burden_item WHERE community_code = k.key) b
       CROSS JOIN LATERAL (
         SELECT count(*)::int AS "inspectionVisits" FROM services.inspection
          WHERE community_code = k.key AND state <> 'CANCELLED') i`,
    [communityCodes],
    trace,
  );
  return inKeyOrder(communityCodes, rows, (row) => row.communityCode);
}
