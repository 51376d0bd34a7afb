import type { Caller } from '../../kit/caller/caller.ts';
import type { OperationTrace } from '../../kit/operation-trace.ts';
import { type PlaceScope, placeCondition } from '../../kit/store/place-scope.ts';
import { groupByKey, inKeyOrder } from '../../kit/subgraph-context.ts';
import type { OrganizationsStore } from './organizations-store.ts';

/** A table whose rows are read by their key `id`, or in short lists below an owner. */
export interface EntityTable<Row extends { readonly id: string }> {
  /** Name of the table in the schema `organizations`. */
  readonly table: string;
  readonly columns: readonly (keyof Row & string)[];
  /** Columns of type date, given as `YYYY-MM-DD`. */
  readonly dates?: readonly (keyof Row & string)[];
  /** How rows are kept to the caller's area; undefined for an open register. */
  readonly place?: PlaceScope;
}

/** Names in camelCase as `t.snake_case AS "camelCase"`. */
export function columnList({ columns, dates = [] }: { columns: readonly string[]; dates?: readonly string[] }): string {
  return columns
    .map((name) => {
      const column = `t.${name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)}`;
      return `${column}${dates.includes(name) ? '::text' : ''} AS "${name}"`;
    })
    .join(', ');
}

export async function findRowsById<Row extends { readonly id: string }>(
  store: OrganizationsStore,
  table: EntityTable<Row>,
  ids: readonly string[],
  caller: Caller,
  trace: OperationTrace,
): Promise<(Row | null)[]> {
  const values: unknown[] = [ids];
  const scope = table.place === undefined ? 'true' : placeCondition(table.place, caller, values);
  const rows = await store.database.rows<Row>(
    `${table.table}_by_id`,
    `SELECT ${columnList(table)} FROM organizations.${table.table} t WHERE t.id = ANY($1::uuid[]) AND ${scope}`,
    values,
    trace,
  );
  return inKeyOrder(ids, rows, (row) => row.id);
}

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
  const scope = table.place === undefined ? 'true' : placeCondition(table.place, caller, values);
  const rows = await store.database.rows<Row>(
    list.name,
    `SELECT p.* FROM unnest($1::${owner.cast}[]) WITH ORDINALITY AS k(key, ordinal)
       CROSS JOIN LATERAL (
         SELECT ${columnList(table)}, row_number() OVER (ORDER BY ${list.order}) AS "listOrdinal"
           FROM organizations.${table.table} t
          WHERE t.${owner.column} = k.key AND ${scope} AND ${list.always ?? 'true'}
          ORDER BY ${list.order} LIMIT $2) p
      ORDER BY k.ordinal, p."listOrdinal"`,
    values,
    trace,
  );
  return groupByKey(keys, rows, (row) => String(row[owner.property]));
}
