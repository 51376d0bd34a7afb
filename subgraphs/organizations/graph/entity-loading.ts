import { findUuidKey, globalId } from '../../kit/global-id.ts';
import { entityLoader } from '../../kit/graph/entity-loader.ts';
import { placeRows, REFERENCE_ROWS } from '../../kit/graph/row-scope.ts';
import { type EntityTable, findRowsById } from '../../kit/store/entity-table.ts';
import type { SubgraphContext } from '../../kit/subgraph-context.ts';
import type { OrganizationsStore } from '../store/organizations-store.ts';
import { findRowsBelow, type ShortList } from '../store/short-list.ts';

export type Context = SubgraphContext<OrganizationsStore>;

/** The loader of an entity that lies in one table. */
export function tableLoader<Row extends { readonly id: string }>(typeName: string, table: EntityTable<Row>) {
  return entityLoader<Row, OrganizationsStore>(
    typeName,
    table.place === undefined ? REFERENCE_ROWS : placeRows(`organizations.${table.table}`),
    (id) => findUuidKey(typeName, id),
    (keys, context) => findRowsById(context.store, table, keys, context.caller, context.trace),
  );
}

/** The short list of one owner; all owners of a step share one statement. */
export function loadShortList<Row extends { readonly id: string }>(
  list: ShortList<Row>,
  key: string,
  context: Context,
): Promise<Row[]> {
  const { store, caller, trace } = context;
  return context.loaders
    .get<Row[]>(`short:${list.name}`, (keys) => findRowsBelow(store, list, keys, caller, trace))
    .load(key);
}

/** A global id, or null where there is no key. */
export function globalIdOrNull(typeName: string, key: string | null): string | null {
  return key === null ? null : globalId(typeName, key);
}
