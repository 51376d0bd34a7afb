import type { Caller } from '../../../kit/caller/caller.ts';
import type { OperationTrace } from '../../../kit/operation-trace.ts';
import { type Place, placeCondition } from '../../../kit/store/place-scope.ts';
import { groupByKey } from '../../../kit/subgraph-context.ts';
import type { ServicesStore } from '../services-store.ts';
import { lockRow, type ServicesTransaction } from '../services-transaction.ts';
import { newestFirst, tableReader } from '../table-reader.ts';

export interface WorkListRow {
  readonly id: string;
  readonly family: string;
  readonly ordinal: number;
  readonly name: string | null;
  readonly divisionCode: string;
  readonly keptSince: string | null;
  readonly provenanceId: string;
}

export const workListTable = tableReader<WorkListRow>('work_list', {
  ...{ id: true, family: true, ordinal: true, name: true, divisionCode: true, keptSince: 'date', provenanceId: true },
});

export interface WorkListEntryRow {
  readonly id: string;
  readonly listId: string;
  readonly previousId: string | null;
  readonly title: string;
  readonly enteredOn: string;
  readonly communityCode: string;
  readonly provenanceId: string;
}

export const entryTable = tableReader<WorkListEntryRow>(
  'work_list_entry',
  {
    ...{ id: true, listId: true, previousId: true, title: true, enteredOn: 'date' as const, communityCode: true },
    provenanceId: true,
  },
  { hasGridCode: false },
);

export const entryList = entryTable.list('work_list_entries', {
  ENTERED_ON: newestFirst('entered_on', 'enteredOn', 'date', ['divisionCode']),
});

/** A list with how its entries in one community stand. */
export interface CommunityWorkListRow extends WorkListRow {
  readonly communityCode: string;
  readonly entryCount: number;
  readonly orphanCount: number;
  readonly openCount: number;
}

/**
 * The lists that hold in communities (their own, their township's, their county's), in their order, with what stands on
 * them there. An orphan stands on a later list of a family and continues nothing; an open entry is not continued yet.
 */
export async function findCommunityWorkLists(
  store: ServicesStore,
  communityCodes: readonly string[],
  caller: Caller,
  trace: OperationTrace,
): Promise<CommunityWorkListRow[][]> {
  const values: unknown[] = [communityCodes];
  const visible = placeCondition({ alias: 'e', hasGridCode: false }, caller, values);
  const rows = await store.database.rows<CommunityWorkListRow>(
    'community_work_lists',
    `SELECT k.key AS "communityCode", l.id, l.family, l.ordinal, l.name, l.division_code AS "divisionCode",
            l.provenance_id AS "provenanceId", n.*
       FROM unnest($1::text[]) AS k(key)
       JOIN services.work_list l ON l.division_code = ANY(ARRAY[k.key, left(k.key, 9), left(k.key, 6)])
       CROSS JOIN LATERAL (
         SELECT count(*)::int AS "entryCount",
                count(*) FILTER (WHERE l.ordinal > 1 AND e.previous_id IS NULL)::int AS "orphanCount",
                count(*) FILTER (WHERE NOT EXISTS (SELECT FROM services.work_list_entry f WHERE f.previous_id = e.id))::int AS "openCount"
           FROM services.work_list_entry e WHERE e.list_id = l.id AND e.community_code = k.key AND ${visible}) n
      ORDER BY l.family, l.ordinal, l.division_code`,
    values,
    trace,
  );
  return groupByKey(communityCodes, rows, (row) => row.communityCode);
}

export async function lockWorkList(transaction: ServicesTransaction, id: string) {
  if (!(await lockRow(transaction, 'work_list', id))) return null;
  return transaction.workList.findUniqueOrThrow({ where: { id } });
}

export async function renameWorkList(transaction: ServicesTransaction, id: string, name: string): Promise<void> {
  await transaction.workList.update({ where: { id }, data: { name } });
}

/** An entry with the list that it stands on, locked, so that two cannot continue it. */
export async function lockEntry(transaction: ServicesTransaction, id: string) {
  if (!(await lockRow(transaction, 'work_list_entry', id))) return null;
  const entry = await transaction.workListEntry.findUniqueOrThrow({ where: { id } });
  const list = await transaction.workList.findUniqueOrThrow({ where: { id: entry.listId } });
  const continued = (await transaction.workListEntry.count({ where: { previousId: id } })) > 0;
  return { ...entry, list, continued };
}

export async function insertEntry(
  transaction: ServicesTransaction,
  { enteredOn, gridCode: _none, ...row }: Omit<WorkListEntryRow, 'communityCode'> & Place,
): Promise<void> {
  await transaction.workListEntry.create({ data: { ...row, enteredOn: new Date(enteredOn) } });
}
