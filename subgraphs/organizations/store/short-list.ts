import type { Caller } from '../../kit/caller/caller.ts';
import type { OperationTrace } from '../../kit/operation-trace.ts';
import { columnList, type EntityTable, visibleRows } from '../../kit/store/entity-table.ts';
import { groupByKey } from '../../kit/subgraph-context.ts';
import type { OrganizationsStore } from './organizations-store.ts';

/** A list that is short by nature, below an owner: an index leads with the owner's column. */
export interface ShortList<Row extends { readonly id: string }> {
  /** Names the statement and the loader. */
  readonly name: string;
  readonly table: EntityTable<Row>;
  readonly owner: { readonly column: string; readonly property: keyof Row & string; readonly cast: 'uuid' | 'text' };
  /** SQL order of one owner's rows. */
  readonly order: string;
  /** More rows than this are cut, the last first. */
  readonly limit: number;
  /** SQL condition that always holds. */
  readonly always?: string;
}

export async function findRowsBelow<Row extends { readonly id: string }>(
  store: OrganizationsStore,
  list: ShortList<Row>,
  keys: readonly string[],
  caller: Caller,
  trace: OperationTrace,
): Promise<Row[][]> {
  const { table, owner } = list;
  const values: unknown[] = [keys, list.limit];
  const scope = visibleRows(table, caller, values);
  // One owner's rows come in their order, as those of pages do, see `readPages`.
  const rows = await store.database.rows<Row>(
    list.name,
    `SELECT p.* FROM unnest($1::${owner.cast}[]) AS k(key)
       CROSS JOIN LATERAL (
         SELECT ${columnList(table)}
           FROM organizations.${table.table} t
          WHERE t.${owner.column} = k.key AND ${scope} AND ${list.always ?? 'true'}
          ORDER BY ${list.order} LIMIT $2) p`,
    values,
    trace,
  );
  return groupByKey(keys, rows, (row) => String(row[owner.property]));
}
