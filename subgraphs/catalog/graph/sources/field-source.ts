import { globalId } from '../../../kit/global-id.ts';
import type { SubgraphContext } from '../../../kit/subgraph-context.ts';
import type { CatalogStore } from '../../store/catalog-store.ts';
import { type DatasetRow, findDatasetsBySource, sourceKey } from '../../store/chain/dataset-rows.ts';
import type { DataFieldRow } from '../../store/data-field-rows.ts';
import { findMappingsOf, type SourceMappingRow } from '../../store/sources/mapping-rows.ts';
import { builder } from '../builder.ts';
import { DataField, DepartmentSystem, systemLoader } from '../entities.ts';
import { SOURCE_CARD } from './source-mapping.ts';

/** How one column of a department's system comes to be a field. */
interface FieldSource {
  readonly systemId: string;
  readonly dataset: string;
  readonly column: string;
  readonly columnZh: string;
  readonly mapping: SourceMappingRow | undefined;
}

const mappedFrom = ({ column, mapping }: FieldSource) => mapping?.document.columns[column]?.from ?? null;

const FieldSourceType = builder.objectRef<FieldSource>('FieldSource').implement({
  description: '源列血缘 From which column of which system a field is filled, by what a department sends.',
  card: SOURCE_CARD,
  fields: (t) => ({
    system: t.field({
      type: DepartmentSystem,
      nullable: true,
      description: '来源系统 System that gives it.',
      ...systemLoader.below(({ systemId }: { readonly systemId: string }) => globalId('DepartmentSystem', systemId)),
    }),
    dataset: t.exposeString('dataset', { description: '接收数据集 Dataset that takes it in, such as people.' }),
    column: t.exposeString('column', { description: '接收列 Column of that dataset.' }),
    columnZh: t.exposeString('columnZh', { description: '接收列中文名 Its Chinese name, as in a file.' }),
    systemColumn: t.string({
      nullable: true,
      description:
        '源系统列 What the system itself calls it, by its newest mapping; null where it sends the dataset’s own column.',
      resolve: mappedFrom,
    }),
    mappingVersion: t.int({
      nullable: true,
      description: '映射版本 Version of that mapping.',
      card: { unit: '版 version' },
      resolve: ({ mapping }) => mapping?.version ?? null,
    }),
  }),
});

async function sourcesOf(field: DataFieldRow, context: SubgraphContext<CatalogStore>): Promise<FieldSource[]> {
  const { loaders, store, trace } = context;
  const columns = store.datasets.flatMap((dataset) =>
    dataset.columns
      .filter(({ coordinate }) => coordinate === field.coordinate)
      .map(({ key, zh }) => ({ dataset: dataset.name, column: key, columnZh: zh })),
  );
  if (columns.length === 0) return [];
  const source = await loaders
    .get<DatasetRow | null>('datasetOfField', (keys) => findDatasetsBySource(store, keys, trace))
    .load(sourceKey(field.typeName, field.sourceDepartment));
  if (source === null) return [];
  const { systemId } = source;
  // The newest of each dataset comes first.
  const mappings = await loaders
    .get<SourceMappingRow[]>('sourceMappings', (ids) => findMappingsOf(store, ids, trace))
    .load(systemId);
  return columns.map((column) => ({
    ...column,
    systemId,
    mapping: mappings.find(({ dataset, document }) => dataset === column.dataset && column.column in document.columns),
  }));
}

builder.objectField(DataField, 'sources', (t) =>
  t.field({
    type: [FieldSourceType],
    description: '源列血缘 From which column of its source system it is filled; empty where no dataset takes it in.',
    card: SOURCE_CARD,
    resolve: (field, _args, context) => sourcesOf(field, context),
  }),
);
