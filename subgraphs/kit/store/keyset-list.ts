import type { Caller } from '../caller/caller.ts';
import { graphProblem } from '../codes/problems.ts';
import type { ColumnSet } from './column-set.ts';
import type { LargeTotals } from './large-totals.ts';
import { coversAll, coversCode, type PlaceScope, placeCondition, significantCode } from './place-scope.ts';
import type { RowsOfKeys } from './read-statement.ts';
import { openCursor, sealCursor } from './sealed-cursor.ts';
import { statementText } from './statement-text.ts';

/** One column of a sort. `cast` is the SQL type its cursor value is bound as. */
export interface SortColumn<Row extends object> {
  readonly expression: string;
  /** Name under which the row carries the value. */
  readonly property: keyof Row & string;
  readonly cast: 'text' | 'uuid' | 'date' | 'timestamptz' | 'int';
}

export interface SortDeclaration<Row extends object> {
  /** The last of them makes the order total; no row is without it. */
  readonly columns: readonly SortColumn<Row>[];
  readonly direction: 'ASC' | 'DESC';
  /** Filters that an index serves together with this sort. */
  readonly filters: readonly string[];
}

/** Adds its values and returns the SQL condition. May throw FILTER_INVALID. */
export type FilterDeclaration = (value: unknown, values: unknown[]) => string;

/**
 * A list that the graph offers: which table, which filter × sort pairs it serves, how its rows are scoped. A pair
 * that it does not serve is refused, never answered slowly or with the filter ignored.
 */
export interface ListDeclaration<Row extends object> {
  /** `<subgraph>.<list>`: names the statement and binds the cursors. */
  readonly name: string;
  /** Table with alias `t`, e.g. `people.person t`. */
  readonly from: string;
  /** Selected columns with aliases in camelCase. Of a `ColumnSet` a page reads what is wanted of `type`. */
  readonly columns: string | ColumnSet;
  /** The type of the rows in the graph. */
  readonly type?: string;
  /** How rows are kept to the caller's jurisdiction; undefined for reference data. */
  readonly place?: PlaceScope;
  /** How rows are kept to those who have a part in them, where that is not a matter of places. */
  readonly visible?: (caller: Caller, values: unknown[]) => string;
  /**
   * Conditions of which one is enough, for rows that may be asked for in several ways, each by an index of its own. A
   * page takes the first rows of each and shows a row that meets several of them once.
   */
  readonly anyOf?: (
    caller: Caller,
    filter: Readonly<Record<string, unknown>>,
    values: unknown[],
  ) => readonly [string, ...string[]];
  readonly sorts: Record<string, SortDeclaration<Row>>;
  readonly filters: Record<string, FilterDeclaration>;
  /** Condition that always holds, e.g. `NOT t.pseudo`. */
  readonly always?: string;
}

export interface PageRequest {
  readonly first: number;
  readonly after?: string | undefined;
  /** From 1 on; instead of `after`. */
  readonly page?: number | undefined;
  readonly sort: string;
  readonly filter: Readonly<Record<string, unknown>>;
  readonly wantsTotal: boolean;
  /** Properties of the rows that are read; undefined: all. */
  readonly wanted?: ReadonlySet<string> | undefined;
}

/** The rows' owners, when a list hangs under entities: one page per key, all in one statement. */
export interface PageParents {
  readonly column: string;
  readonly cast: 'text' | 'uuid';
  readonly keys: readonly string[];
}

export interface Page<Row> {
  readonly rows: readonly Row[];
  readonly hasNextPage: boolean;
  /** Count of the whole list, at most `TOTAL_CAP`; undefined when not asked for. */
  readonly total: number | undefined;
  cursorOf(row: Row): string;
}

export const MAX_PAGE_SIZE = 100;
export const TOTAL_CAP = 10_000;
/** A list that is counted so far is remembered as large: a tenth of the cap does not vanish while it is. */
const MOST_COUNTED = TOTAL_CAP + TOTAL_CAP / 10;

/**
 * Rows that a page's statement reads at most. A literal, because a plan that does not know how many rows are wanted
 * prepares for a tenth of the table; one of a few, because each is a statement that Postgres remembers.
 */
const LIMITS = [2, 6, 11, 21, 51, MAX_PAGE_SIZE + 1, 301, 1_001, 3_001, TOTAL_CAP + 1] as const;

function limitFor(rows: number): number {
  return LIMITS.find((limit) => rows <= limit) ?? TOTAL_CAP + 1;
}

/** Rows before a numbered page. Those that are counted can be reached by number; beyond them a cursor costs the same. */
function rowsBefore({ first, after, page }: PageRequest): number {
  if (page === undefined) return 0;
  if (after !== undefined) throw graphProblem('PAGE_AND_CURSOR');
  const max = Math.floor(TOTAL_CAP / first);
  if (page < 1 || page > max) throw graphProblem('PAGE_OUT_OF_RANGE', { page, max, rows: TOTAL_CAP });
  return (page - 1) * first;
}

/** The filter by a division is called so in every list that has one. */
const DIVISION_FILTER = 'divisionCode';

/**
 * How the division that is asked for lies to the caller's area. One of two equalities is enough where one lies in the
 * other, and none is where they are apart: with both, Postgres might walk along the index of the wider one.
 */
function askedDivision(
  place: PlaceScope,
  filter: Readonly<Record<string, unknown>>,
  caller: Caller,
): 'INSIDE' | 'AROUND' | 'APART' | undefined {
  const given = filter[DIVISION_FILTER];
  const code = given == null || caller.kind === 'HUB' ? undefined : significantCode(String(given));
  if (code === undefined) return undefined;
  if (coversCode(caller, code)) return 'INSIDE';
  const within = caller.jurisdiction.filter((area) => area.startsWith(code)).length;
  if (within === caller.jurisdiction.length && within > 0) return 'AROUND';
  return within === 0 && place.alsoPrefix === undefined ? 'APART' : undefined;
}

const PAGE_OF_PARENT: RowsOfKeys = { ordinal: 'pageOrdinal' };

interface PreparedPage<Row extends object> {
  readonly text: string;
  readonly values: unknown[];
  readonly listKeyOf: (parentKey: string) => string;
  readonly sort: SortDeclaration<Row>;
  /** What the total is of, where it is counted and may be remembered as large. */
  readonly counted: string | undefined;
  /** It is known to be at its cap, and the statement does not count. */
  readonly isLarge: boolean;
}

/**
 * Runs one page of the list for each parent (or the one root page) in one statement, in the parents' order.
 *
 * The rows of a page come in its order without being numbered or sorted once more: a subquery that reads its parent's key,
 * or that nothing is compared with, can only be joined in a loop, which hands its rows on as they come.
 */
export async function readPages<Row extends object>(
  list: ListDeclaration<Row>,
  request: PageRequest,
  parents: PageParents | undefined,
  caller: Caller,
  cursorKey: Buffer,
  run: (
    name: string,
    text: string,
    values: unknown[],
    rowsOf: RowsOfKeys | undefined,
  ) => Promise<Record<string, unknown>[]>,
  largeTotals?: LargeTotals,
): Promise<Page<Row>[]> {
  const prepared = preparePage(list, request, parents, caller, cursorKey, largeTotals);
  const rows = (await run(
    list.name,
    prepared.text,
    prepared.values,
    parents === undefined ? undefined : PAGE_OF_PARENT,
  )) as PlacedRow[];
  const count = parents?.keys.length ?? 1;
  if (prepared.counted !== undefined && Number(rows[0]?.pageTotal) >= MOST_COUNTED) largeTotals?.note(prepared.counted);
  const totalOf = (row: Record<string, unknown> | undefined) =>
    prepared.isLarge ? TOTAL_CAP : Math.min(TOTAL_CAP, Number(row?.pageTotal ?? 0));
  const pages: PageOfList<Row>[] = [];
  const sealing = { cursorKey, prepared };
  const { identifier } = orderOf(prepared.sort);
  for (let index = 0; index < count; index++) pages.push(new PageOfList(sealing, parents?.keys[index] ?? ''));
  for (const row of rows) {
    const page = pages[row.pageOrdinal - 1];
    if (page === undefined) continue;
    if (request.wantsTotal) page.total = totalOf(row);
    // Below whom there is none, there is a row of nothing.
    if (row[identifier] === null) continue;
    // The statement selects exactly the declared columns, which are Row's properties.
    if (page.rows.length < request.first) page.rows.push(row as object as Row);
    else page.hasNextPage = true;
  }
  if (request.wantsTotal) for (const page of pages) page.total ??= totalOf(undefined);
  return pages;
}

/** Which parent's page a row is of. */
type PlacedRow = Record<string, unknown> & { readonly pageOrdinal: number };

/** What the cursors of all pages of one statement are sealed with. */
interface Sealing<Row extends object> {
  readonly cursorKey: Buffer;
  readonly prepared: PreparedPage<Row>;
}

class PageOfList<Row extends object> implements Page<Row> {
  readonly rows: Row[] = [];
  hasNextPage = false;
  total: number | undefined = undefined;
  readonly #sealing: Sealing<Row>;
  readonly #parentKey: string;
  #listKey: string | undefined = undefined;

  constructor(sealing: Sealing<Row>, parentKey: string) {
    this.#sealing = sealing;
    this.#parentKey = parentKey;
  }

  cursorOf(row: Row): string {
    const { cursorKey, prepared } = this.#sealing;
    this.#listKey ??= prepared.listKeyOf(this.#parentKey);
    return sealCursor(cursorKey, this.#listKey, cursorValues(prepared.sort, row));
  }
}

function cursorValues<Row extends object>(sort: SortDeclaration<Row>, row: Row): unknown[] {
  return sort.columns.map((column) => row[column.property]);
}

function preparePage<Row extends object>(
  list: ListDeclaration<Row>,
  request: PageRequest,
  parents: PageParents | undefined,
  caller: Caller,
  cursorKey: Buffer,
  largeTotals: LargeTotals | undefined,
): PreparedPage<Row> {
  const sort = list.sorts[request.sort];
  if (sort === undefined) throw new Error(`${list.name} declares no sort ${request.sort}`);
  if (!Number.isInteger(request.first) || request.first < 1 || request.first > MAX_PAGE_SIZE) {
    throw graphProblem('PAGE_SIZE_OUT_OF_RANGE', { first: request.first, max: MAX_PAGE_SIZE });
  }
  const skipped = rowsBefore(request);
  const used = Object.keys(request.filter).filter((name) => request.filter[name] != null);
  const unserved = used.filter((name) => !sort.filters.includes(name));
  if (unserved.length > 0) {
    throw graphProblem('FILTER_SORT_NOT_SERVED', {
      sort: request.sort,
      filters: unserved.join(', '),
      served: sort.filters.join(', ') || '-',
    });
  }
  const listKeyOf = (parentKey: string) =>
    JSON.stringify([list.name, parentKey, request.sort, used.sort().map((name) => [name, request.filter[name]])]);

  const values: unknown[] = [];
  const conditions: string[] = list.always === undefined ? [] : [list.always];
  if (parents !== undefined) {
    values.push(parents.keys);
    conditions.push(`${parents.column} = k.key`);
  }
  // Where the parents' own codes say that all below them lies in the caller's area, no row needs to be looked at for it.
  const isCovered = list.place !== undefined && parents !== undefined && coversAll(list.place, parents, caller);
  const asked = list.place === undefined ? undefined : askedDivision(list.place, request.filter, caller);
  if (asked === 'APART') conditions.push('false');
  else if (list.place !== undefined && !isCovered && asked !== 'INSIDE')
    conditions.push(placeCondition(list.place, caller, values));
  if (list.visible !== undefined) conditions.push(list.visible(caller, values));
  for (const name of used) {
    const filter = list.filters[name];
    if (filter === undefined) throw new Error(`${list.name} declares no filter ${name}`);
    // A division around the whole area leaves nothing out; it is only looked at.
    const isIdle = name === DIVISION_FILTER && asked === 'AROUND';
    const condition = filter(request.filter[name], isIdle ? [] : values);
    if (!isIdle) conditions.push(condition);
  }
  const { key, order, properties } = orderOf(sort);
  const anyOf = list.anyOf?.(caller, request.filter, values) ?? [];
  const unpaged = conditions.length === 0 ? 'true' : conditions.join(' AND ');
  // A list below others is one of many that are counted at once, and none of them is as large as a city's.
  const mayBeLarge = request.wantsTotal && parents === undefined && largeTotals !== undefined;
  const counts = mayBeLarge ? JSON.stringify([list.name, unpaged, anyOf, values]) : undefined;
  const isLarge = counts !== undefined && largeTotals?.has(counts) === true;
  let paged = unpaged;
  if (request.after !== undefined) {
    if (parents !== undefined && parents.keys.length > 1) throw graphProblem('CURSOR_INVALID');
    const position = openCursor(cursorKey, listKeyOf(parents?.keys[0] ?? ''), request.after);
    const bound = sort.columns.map((column, index) => {
      values.push(position[index]);
      return `$${values.length}::${column.cast}`;
    });
    paged += ` AND (${key}) ${sort.direction === 'ASC' ? '>' : '<'} (${bound.join(', ')})`;
  }
  const columns = typeof list.columns === 'string' ? list.columns : list.columns.select(request.wanted, properties);
  const limit = limitFor(skipped + request.first + 1);
  const source =
    anyOf.length === 0
      ? statementText`${list.from} WHERE ${paged}`
      : firstOfEach(list.from, paged, anyOf, { key, order, limit });
  const rows = statementText`SELECT ${columns} FROM ${source} ORDER BY ${order} LIMIT ${limit}`;
  const page =
    skipped === 0
      ? rows
      : `SELECT q.* FROM (${rows}) q OFFSET $${values.push(skipped)}::int LIMIT $${values.push(request.first + 1)}::int`;
  const keys =
    parents === undefined
      ? '(SELECT 1 AS ordinal) k'
      : statementText`unnest($1::${parents.cast}[]) WITH ORDINALITY AS k(key, ordinal)`;
  const most = mayBeLarge ? MOST_COUNTED : TOTAL_CAP;
  const counted = () =>
    anyOf.length === 0
      ? statementText`SELECT 1 FROM ${list.from} WHERE ${unpaged} LIMIT ${most}`
      : statementText`SELECT 1 FROM ${firstOfEach(list.from, unpaged, anyOf, { key, order, limit: most })}`;
  const [totalColumn, total] =
    request.wantsTotal && !isLarge
      ? [', n."pageTotal"', statementText` CROSS JOIN LATERAL (SELECT count(*) AS "pageTotal" FROM (${counted()}) c) n`]
      : ['', ''];
  // A parent without rows has a row of nothing for its total only.
  const join = total === '' ? 'JOIN' : 'LEFT JOIN';
  const text = statementText`SELECT k.ordinal::int4 AS "pageOrdinal", p.*${totalColumn} FROM ${keys} ${join} LATERAL (${page}) p ON true${total}`;
  return { text, values, listKeyOf, sort, counted: isLarge ? undefined : counts, isLarge };
}

interface SortOrder {
  readonly key: string;
  readonly order: string;
  readonly properties: readonly string[];
  /** The last of them, which no row is without. */
  readonly identifier: string;
}

const orders = new WeakMap<object, SortOrder>();

/** What a sort is in statements; sorts are declared once. */
function orderOf<Row extends object>(sort: SortDeclaration<Row>): SortOrder {
  const known = orders.get(sort);
  if (known !== undefined) return known;
  const { columns, direction } = sort;
  const properties = columns.map(({ property }) => property);
  const identifier = properties.at(-1);
  if (identifier === undefined) throw new Error('a sort needs a column');
  const made = {
    key: columns.map(({ expression }) => expression).join(', '),
    order: columns.map(({ expression }) => `${expression} ${direction}`).join(', '),
    properties,
    identifier,
  };
  orders.set(sort, made);
  return made;
}

/** The first rows, in order, of those that meet a condition and one of several more; each of these is read by itself. */
function firstOfEach(
  from: string,
  condition: string,
  anyOf: readonly string[],
  { key, order, limit }: { readonly key: string; readonly order: string; readonly limit: number },
): string {
  const each = anyOf.map(
    (one) => `(SELECT t.* FROM ${from} WHERE ${condition} AND ${one} ORDER BY ${order} LIMIT ${limit})`,
  );
  return `(SELECT DISTINCT ON (${key}) t.* FROM (${each.join(' UNION ALL ')}) t ORDER BY ${order} LIMIT ${limit}) t`;
}
