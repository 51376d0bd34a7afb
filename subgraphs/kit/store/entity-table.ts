import type { Caller } from '../caller/caller.ts';
import type { OperationTrace } from '../operation-trace.ts';
import { inKeyOrder } from '../subgraph-context.ts';
import { type PlaceScope, placeCondition } from './place-scope.ts';
import type { SqlDatabase } from './sql-database.ts';
import { statementText } from './statement-text.ts';

/** A table of the subgraph's own schema whose rows are read by their key `id`. */
export interface EntityTable<Row extends { readonly id: string }> {
  /** Its name in the schema. */
  readonly table: string;
  /** Properties of a row; the columns have the same names in snake_case. */
  readonly columns: readonly (keyof Row & string)[];
  /** Columns of type date, given as `YYYY-MM-DD`. */
  readonly dates?: readonly (keyof Row & string)[];
  /** Columns of type numeric, given as a number. */
  readonly floats?: readonly (keyof Row & string)[];
  /** Properties that are no columns of the table, each with what gives it, over the alias `t`. */
  readonly expressions?: Readonly<Record<string, string>>;
  /** How rows are kept to the caller's area; undefined for an open register. */
  readonly place?: PlaceScope;
}

/** What a table's select list is made of. */
interface SelectedColumns {
  readonly columns: readonly string[];
  readonly dates?: readonly string[];
  readonly floats?: readonly string[];
  readonly expressions?: Readonly<Record<string, string>>;
}

/** Tables are declared once and read by every request. */
const columnLists = new WeakMap<SelectedColumns, string>();

/** Names in camelCase as `t.snake_case AS "camelCase"`. */
export function columnList(table: SelectedColumns): string {
  const known = columnLists.get(table) ?? makeColumnList(table);
  columnLists.set(table, known);
  return known;
}

function makeColumnList({ columns, dates = [], floats = [], expressions = {} }: SelectedColumns): string {
  const plain = columns.map((name) => {
    const column = `t.${name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)}`;
    const cast = dates.includes(name) ? '::text' : floats.includes(name) ? '::float8' : '';
    return `${column}${cast} AS "${name}"`;
  });
  return [...plain, ...Object.entries(expressions).map(([name, text]) => `${text} AS "${name}"`)].join(', ');
}

/** SQL that keeps rows of a table to the caller's area; pushes what it needs onto `values`. */
export function visibleRows({ place }: { readonly place?: PlaceScope }, caller: Caller, values: unknown[]): string {
  return place === undefined ? 'true' : placeCondition(place, caller, values);
}

/** Rows by id in the ids' order; null for what is not there or lies outside the caller's area. One statement. */
export async function findRowsById<Row extends { readonly id: string }>(
  { database }: { readonly database: SqlDatabase },
  table: EntityTable<Row>,
  ids: readonly string[],
  caller: Caller,
  trace: OperationTrace,
): Promise<(Row | null)[]> {
  const values: unknown[] = [ids];
  const visible = visibleRows(table, caller, values);
  const rows = await database.rows<Row>(
    `${table.table}_by_id`,
    statementText`SELECT ${columnList(table)} FROM ${database.subgraph}.${table.table} t WHERE t.id = ANY($1::uuid[]) AND ${visible}`,
    values,
    trace,
    { key: 'id' },
  );
  return inKeyOrder(ids, rows, (row) => row.id);
}
