import type { BatchLoader } from '../batch-loader.ts';
import { haveSameValues } from '../same-values.ts';
import {
  type ListDeclaration,
  MAX_PAGE_SIZE,
  type Page,
  type PageParents,
  readPages,
  TOTAL_CAP,
} from '../store/keyset-list.ts';
import { LargeTotals } from '../store/large-totals.ts';
import type { SqlDatabase } from '../store/sql-database.ts';
import type { SubgraphContext } from '../subgraph-context.ts';
import { GRAPH_CARD } from './data-card.ts';
import type { GraphBuilder } from './graph-builder.ts';
import { type SelectionInfo, selects } from './selected-fields.ts';

export type { SelectionInfo };

/** What a store offers for lists: its database and the key that seals cursors. */
export interface ListStore {
  readonly database: SqlDatabase;
  readonly cursorKey: Buffer;
}

export interface PageArguments {
  readonly first: number;
  readonly after?: string | null | undefined;
  readonly page?: number | null | undefined;
}

export const DEFAULT_PAGE_SIZE = 20;

interface PageInfoShape {
  hasNextPage: boolean;
  endCursor: string | null;
}

/** Declares the `PageInfo` that all subgraphs share. Once per subgraph. */
export function definePageInfo<Store>(builder: GraphBuilder<Store>) {
  return builder.objectRef<PageInfoShape>('PageInfo').implement({
    description: '分页信息 Where a page ends.',
    card: GRAPH_CARD,
    directives: { shareable: {} },
    fields: (t) => ({
      hasNextPage: t.exposeBoolean('hasNextPage', { description: '是否还有下一页 Whether more rows follow.' }),
      endCursor: t.exposeString('endCursor', {
        nullable: true,
        description: '末行游标，传给 after 取下一页 Cursor of the last row; pass it as `after`.',
      }),
    }),
  });
}

/** Declares `<Name>Connection` and `<Name>Edge` over a node type. */
export function defineConnection<Store, Row extends object>(
  builder: GraphBuilder<Store>,
  name: string,
  node: ReturnType<typeof builder.objectRef<Row>>,
  pageInfo: ReturnType<typeof definePageInfo<Store>>,
) {
  const edge = builder.objectRef<{ page: Page<Row>; row: Row }>(`${name}Edge`).implement({
    description: '列表行 One row of a list.',
    card: GRAPH_CARD,
    fields: (t) => ({
      cursor: t.string({
        description: '游标 Position of this row; opaque.',
        resolve: ({ page, row }) => page.cursorOf(row),
      }),
      node: t.field({ type: node, description: '对象 The row itself.', resolve: ({ row }) => row as never }),
    }),
  });
  return builder.objectRef<Page<Row>>(`${name}Connection`).implement({
    description: '列表页 One page of a list.',
    card: GRAPH_CARD,
    fields: (t) => ({
      edges: t.field({
        type: [edge],
        description: '各行及其游标 The rows with their cursors.',
        resolve: (page) => page.rows.map((row) => ({ page, row })),
      }),
      nodes: t.field({
        type: [node],
        description: '各行 The rows.',
        resolve: (page) => page.rows as never,
      }),
      pageInfo: t.field({
        type: pageInfo,
        description: '分页信息 Where this page ends.',
        resolve: (page) => {
          const last = page.rows.at(-1);
          return { hasNextPage: page.hasNextPage, endCursor: last === undefined ? null : page.cursorOf(last) };
        },
      }),
      totalCount: t.int({
        description: `总数（最多数到 ${TOTAL_CAP}） Rows of the whole list, counted up to ${TOTAL_CAP}.`,
        resolve: (page) => page.total ?? 0,
      }),
      totalCountCapped: t.boolean({
        description: `总数是否已达上限 ${TOTAL_CAP}（实际可能更多） Whether counting stopped at ${TOTAL_CAP}.`,
        resolve: (page) => (page.total ?? 0) >= TOTAL_CAP,
      }),
    }),
  });
}

/** The arguments every list takes. */
export function pageArguments<Store>(t: PageArgumentBuilder<Store>) {
  return {
    first: t.int({
      defaultValue: DEFAULT_PAGE_SIZE,
      required: true,
      description: `每页条数（1 到 ${MAX_PAGE_SIZE}） Rows per page, 1 to ${MAX_PAGE_SIZE}.`,
    }),
    after: t.string({ description: '从这个游标之后开始 Start after this cursor.' }),
    page: t.int({
      description: `页码（从 1 起，到第 ${TOTAL_CAP} 行为止；更远用游标） Number of the page, up to row ${TOTAL_CAP}; use \`after\` beyond, never both.`,
    }),
  };
}
type PageArgumentBuilder<Store> = Parameters<
  Extract<NonNullable<Parameters<GraphBuilder<Store>['queryField']>[1]>, (t: never) => unknown>
>[0]['arg'];

/** Whether the operation asks for the count, which costs a statement's part of its own. */
export function wantsTotal(info: SelectionInfo): boolean {
  return selects(info, 'totalCount') || selects(info, 'totalCountCapped');
}

/** Reads the root page of a list. */
export async function rootPage<Row extends object, Store extends ListStore>(
  list: ListDeclaration<Row>,
  args: PageArguments,
  choice: { sort: string; filter: Readonly<Record<string, unknown>> },
  context: SubgraphContext<Store>,
  info: SelectionInfo,
): Promise<Page<Row>> {
  const [page] = await runPages<Row, Store>(list, args, choice, undefined, context, wantsTotal(info));
  return page as Page<Row>;
}

/** Reads the page of a list below one entity; all entities of a step that ask the same page share one statement. */
export function pageBelow<Row extends object, Store extends ListStore>(
  list: ListDeclaration<Row>,
  { key, ...parent }: { column: string; cast: PageParents['cast']; key: string },
  args: PageArguments,
  choice: { sort: string; filter: Readonly<Record<string, unknown>> },
  context: SubgraphContext<Store>,
  info: SelectionInfo,
): Page<Row> | Promise<Page<Row>> {
  return pagesBelow(list, parent, args, choice, context, info).ask(key);
}

/** The loader of the pages of a list below entities, by the entities' keys. */
export function pagesBelow<Row extends object, Store extends ListStore>(
  list: ListDeclaration<Row>,
  { column, cast }: { readonly column: string; readonly cast: PageParents['cast'] },
  args: PageArguments,
  choice: { sort: string; filter: Readonly<Record<string, unknown>> },
  context: SubgraphContext<Store>,
  info: SelectionInfo,
): BatchLoader<Page<Row>> {
  const total = wantsTotal(info);
  const { name } = list;
  const { first, after, page } = args;
  const { sort, filter } = choice;
  const { recentList: recent } = context.loaders;
  if (
    recent?.name === name &&
    recent.column === column &&
    recent.first === first &&
    recent.after === after &&
    recent.page === page &&
    recent.sort === sort &&
    recent.total === total &&
    // A filter with anything but plain values in it is looked up by its text.
    haveSameValues(recent.filter, filter)
  ) {
    return recent.loader as BatchLoader<Page<Row>>; // of the list of that name
  }
  const shape =
    after == null && isEmptyFilter(filter)
      ? `${name} ${column} ${first} ${page ?? ''} ${sort} ${total}`
      : JSON.stringify([name, column, first, after ?? null, page ?? null, choice, total]);
  const loader = context.loaders.batch<Page<Row>>(`list:${shape}`, (keys) =>
    runPages<Row, Store>(list, args, choice, { column, cast, keys }, context, total),
  );
  context.loaders.recentList = { name, column, first, after, page, sort, filter, total, loader };
  return loader;
}

function isEmptyFilter(filter: Readonly<Record<string, unknown>>): boolean {
  for (const name in filter) if (filter[name] != null) return false;
  return true;
}

function runPages<Row extends object, Store extends ListStore>(
  list: ListDeclaration<Row>,
  args: PageArguments,
  choice: { sort: string; filter: Readonly<Record<string, unknown>> },
  parents: PageParents | undefined,
  context: SubgraphContext<Store>,
  total: boolean,
): Promise<Page<Row>[]> {
  const { database, cursorKey } = context.store;
  const wanted = list.type === undefined ? undefined : context.wanted?.get(list.type);
  const { first, after, page } = args;
  const { sort, filter } = choice;
  const request = {
    first,
    after: after ?? undefined,
    page: page ?? undefined,
    sort,
    filter,
    wantsTotal: total,
    wanted,
  };
  return readPages<Row>(
    list,
    request,
    parents,
    context.caller,
    cursorKey,
    (name, text, values, rowsOf) => database.rows(name, text, values, context.trace, rowsOf),
    largeTotalsOf(database),
  );
}

const largeTotals = new WeakMap<SqlDatabase, LargeTotals>();

function largeTotalsOf(database: SqlDatabase): LargeTotals {
  let known = largeTotals.get(database);
  if (known === undefined) {
    known = new LargeTotals();
    largeTotals.set(database, known);
  }
  return known;
}
