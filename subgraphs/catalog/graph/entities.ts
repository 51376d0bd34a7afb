import { findKey, findUuidKey } from '../../kit/global-id.ts';
import { defineConnection } from '../../kit/graph/connection.ts';
import type { DataCard } from '../../kit/graph/data-card.ts';
import { entityLoader } from '../../kit/graph/entity-loader.ts';
import { REFERENCE_ROWS } from '../../kit/graph/row-scope.ts';
import type { SubgraphContext } from '../../kit/subgraph-context.ts';
import type { CatalogStore } from '../store/catalog-store.ts';
import { type DataFieldRow, findDataFields } from '../store/data-field-rows.ts';
import { type DepartmentSystemRow, findSystems, findSystemsByCode } from '../store/department-system-rows.ts';
import { builder, PageInfo } from './builder.ts';

/** The card of what the catalogue itself says: open to every client, kept by the data authority. */
export const CATALOG_CARD: DataCard = {
  source: 'data-authority',
  sharing: 'UNCONDITIONAL',
  grade: 1,
  category: 'GOVERNMENT',
  updateCycle: 'ON_CHANGE',
};

export const DepartmentSystem = builder.objectRef<DepartmentSystemRow>('DepartmentSystem');
export const DataField = builder.objectRef<DataFieldRow>('DataField');

export const DepartmentSystemConnection = defineConnection(builder, 'DepartmentSystem', DepartmentSystem, PageInfo);
export const DataFieldConnection = defineConnection(builder, 'DataField', DataField, PageInfo);

export const systemLoader = entityLoader<DepartmentSystemRow, CatalogStore>(
  'DepartmentSystem',
  REFERENCE_ROWS,
  (id) => findUuidKey('DepartmentSystem', id),
  (keys, context) => findSystems(context.store, keys, context.trace),
);

export const dataFieldLoader = entityLoader<DataFieldRow, CatalogStore>(
  'DataField',
  REFERENCE_ROWS,
  (id) => findKey('DataField', id),
  (keys, context) => findDataFields(context.store, keys, context.trace),
);

/** A system by its code; all of a step share one statement. */
export function systemByCode(code: string, { store, trace, loaders }: SubgraphContext<CatalogStore>) {
  return loaders
    .get<DepartmentSystemRow | null>('systemByCode', (codes) => findSystemsByCode(store, codes, trace))
    .load(code);
}
