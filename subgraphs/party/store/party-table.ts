import type { Caller } from '../../kit/caller/caller.ts';
import type { OperationTrace } from '../../kit/operation-trace.ts';
import { type PlaceScope, placeCondition } from '../../kit/store/place-scope.ts';
import { inKeyOrder } from '../../kit/subgraph-context.ts';
import type { PartyStore } from './party-store.ts';

/** A table of the schema `party` whose rows are read by their key `id`. */
export interface PartyTable<Row extends { readonly id: string }> {
  readonly table: string;
  readonly columns: readonly (keyof Row & string)[];
  /** Columns of type date, given as `YYYY-MM-DD`. */
  readonly dates?: readonly (keyof Row & string)[];
  readonly place: PlaceScope;
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
  store: PartyStore,
  table: PartyTable<Row>,
  ids: readonly string[],
  caller: Caller,
  trace: OperationTrace,
): Promise<(Row | null)[]> {
  const values: unknown[] = [ids];
  const scope = placeCondition(table.place, caller, values);
  const rows = await store.database.rows<Row>(
    `${table.table}_by_id`,
    `SELECT ${columnList(table)} FROM party.${table.table} t WHERE t.id = ANY($1::uuid[]) AND ${scope}`,
    values,
    trace,
  );
  return inKeyOrder(ids, rows, (row) => row.id);
}
