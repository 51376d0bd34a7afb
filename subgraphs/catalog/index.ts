import type { SubgraphDefinition } from '../kit/subgraph-definition.ts';
import { buildCatalogSchema } from './graph/schema.ts';
import { type CatalogStore, openCatalogStore } from './store/catalog-store.ts';

/** 目录 — what the graph itself is: systems, data cards, operations, versions; and `node(id)` over all entities. */
export function catalog(foreignTypes: readonly string[]): SubgraphDefinition<CatalogStore> {
  return {
    name: 'catalog',
    entities: ['DepartmentSystem', 'DataField'],
    buildSchema: () => buildCatalogSchema(foreignTypes),
    openStore: openCatalogStore,
  };
}
