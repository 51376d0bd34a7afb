import type { BatchLoader } from '../batch-loader.ts';
import type { SubgraphContext } from '../subgraph-context.ts';
import type { EntityOptions } from './graph-plugin.ts';
import { loadedBelow } from './loaded-below.ts';
import type { RowScope } from './row-scope.ts';

/**
 * Loads entities of one type inside the subgraph that owns them: as references from the gateway and as neighbours
 * from other types of the same subgraph, through one loader per operation, so that both share a statement.
 */
export interface EntityLoader<Row extends object, Store> extends EntityOptions<SubgraphContext<Store>> {
  /**
   * The row with this id, or null when it does not exist or lies outside the caller's jurisdiction; to be handed on to
   * the graph, since it may have no more than what the operation's fields of this type read.
   */
  load(id: string, context: SubgraphContext<Store>): Promise<Row | null>;
  /** The loader of `load`, for fields that are loaded below rows. */
  of(context: SubgraphContext<Store>): BatchLoader<Row | null>;
  /** The options of a field that is such an entity, by the global id that a row above has of it. */
  below<Above, Id extends string | null>(
    idOf: (row: Above) => Id,
  ): ReturnType<typeof loadedBelow<Above, object, Row | null, Store, Id>>;
  /** The same, and whole: for a resolver that looks into the row itself. */
  read(id: string, context: SubgraphContext<Store>): Promise<Row | null>;
}

/**
 * Declares which rows a type has and how they are found. `rows` says whose they are (see `row-scope.ts`); `keyOf` turns a global id into the store's key (undefined for an id of
 * another type or a malformed one, which then simply is not found); `find` reads the rows of the keys in one
 * statement, in the keys' order, whole or what is `wanted` of them.
 */
export function entityLoader<Row extends object, Store>(
  typeName: string,
  rows: RowScope,
  keyOf: (id: string) => string | undefined,
  find: (
    keys: readonly string[],
    context: SubgraphContext<Store>,
    wanted: ReadonlySet<string> | undefined,
  ) => Promise<readonly (Row | null)[]>,
): EntityLoader<Row, Store> {
  const batch = async (ids: readonly string[], context: SubgraphContext<Store>): Promise<readonly (Row | null)[]> => {
    const keys: string[] = [];
    for (const id of ids) {
      const key = keyOf(id);
      if (key !== undefined) keys.push(key);
    }
    if (keys.length === 0) return ids.map(() => null);
    const found = await find(keys, context, context.wanted?.get(typeName));
    // Nearly always each id has a key.
    if (keys.length === ids.length) return found;
    let next = 0;
    return ids.map((id) => (keyOf(id) === undefined ? null : (found[next++] ?? null)));
  };
  const [name, wholeName] = [`entity:${typeName}`, `whole:${typeName}`];
  const loaderOf = (context: SubgraphContext<Store>) =>
    context.loaders.batch<Row | null>(name, (ids) => batch(ids, context));
  const load = (id: string, context: SubgraphContext<Store>) => loaderOf(context).load(id);
  const read = (id: string, context: SubgraphContext<Store>) =>
    context.loaders.batch<Row | null>(wholeName, (ids) => batch(ids, { ...context, wanted: undefined })).load(id);
  return {
    rows,
    load,
    of: loaderOf,
    below: <Above, Id extends string | null>(idOf: (row: Above) => Id) =>
      loadedBelow({ keyOf: idOf, loaderOf: (_args: object, context: SubgraphContext<Store>) => loaderOf(context) }),
    read,
    resolveReferences: (ids, _columns, context) => loaderOf(context).loadAll(ids),
  };
}
