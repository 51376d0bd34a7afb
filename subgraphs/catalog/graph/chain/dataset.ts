import { departmentName } from '../../../kit/codes/departments.ts';
import { globalId } from '../../../kit/global-id.ts';
import { defineConnection, pageArguments, pageBelow, rootPage } from '../../../kit/graph/connection.ts';
import { KEY_CARD } from '../../../kit/graph/data-card.ts';
import { loadProvenance } from '../../../kit/graph/provenance.ts';
import type { SubgraphContext } from '../../../kit/subgraph-context.ts';
import type { CatalogStore } from '../../store/catalog-store.ts';
import { type DatasetRow, datasetList, findDatasetsBySource, sourceKey } from '../../store/chain/dataset-rows.ts';
import { type DataFieldRow, dataFieldList } from '../../store/data-field-rows.ts';
import { systemList } from '../../store/department-system-rows.ts';
import { builder, PageInfo, Provenance } from '../builder.ts';
import {
  CATALOG_CARD,
  DataField,
  DataFieldConnection,
  DepartmentSystem,
  DepartmentSystemConnection,
  systemByCode,
  systemLoader,
} from '../entities.ts';

export const DataFactor = builder.enumType('DataFactor', {
  description: '要素 What a dataset is about: 人、事、地、物、情.',
  values: {
    PERSON: { description: '人 Persons.' },
    EVENT: { description: '事 Events and matters.' },
    PLACE: { description: '地 Places.' },
    THING: { description: '物 Things.' },
    SENTIMENT: { description: '情 Opinions and demands.' },
  },
});

const DataOrigin = builder.enumType('DataOrigin', {
  description: '数据由来 Where the value of a field comes from.',
  values: {
    SOURCE: { description: '数源采集 Given by the system of its source department.' },
    DERIVED: { description: '派生 Computed; its formula is in derivedFrom.' },
    UNREGISTERED: { description: '未登记 No dataset is registered for it yet.' },
  },
});

export const Dataset = builder.objectRef<DatasetRow>('Dataset');
const DatasetConnection = defineConnection(builder, 'Dataset', Dataset, PageInfo);

Dataset.implement({
  description: '数据集 What one department’s system gives for one type of the graph.',
  card: CATALOG_CARD,
  fields: (t) => ({
    code: t.exposeString('code', { description: '数据集代码 Stable code.' }),
    name: t.exposeString('name', { nullable: true, description: '名称 Name; null while it is pending.' }),
    typeName: t.exposeString('typeName', { description: '类型名 Type of the graph whose fields it fills.' }),
    departmentName: t.string({
      description: '数源部门 Department that maintains it.',
      resolve: ({ departmentCode }) => departmentName(departmentCode).zh,
    }),
    system: t.field({
      type: DepartmentSystem,
      nullable: true,
      description: '来源系统 System that gives it.',
      card: KEY_CARD,
      ...systemLoader.below(({ systemId }: { readonly systemId: string }) => globalId('DepartmentSystem', systemId)),
    }),
    factor: t.field({
      type: DataFactor,
      nullable: true,
      description: '要素 What it is about.',
      resolve: (d) => d.factor,
    }),
    rowCount: t.exposeFloat('rowCount', {
      nullable: true,
      description: '数据量 Rows as last reported; null while nothing was given.',
      card: { unit: '行 rows', updateCycle: 'DAILY' },
    }),
    lastSyncedAt: t.expose('lastSyncedAt', {
      type: 'DateTime',
      nullable: true,
      description: '最近同步时间 When it was last given.',
      card: { updateCycle: 'REALTIME' },
    }),
    fields: t.field({
      type: DataFieldConnection,
      description: '信息项 Fields of the live graph that it fills.',
      card: KEY_CARD,
      args: pageArguments(t.arg),
      resolve: (dataset, page, context, info) =>
        pageBelow(
          {
            ...dataFieldList,
            name: 'catalog.dataset_fields',
            always: 't.removed_at IS NULL AND t.derived_from IS NULL',
          },
          {
            column: "(t.type_name || '|' || t.source_department)",
            cast: 'text',
            key: sourceKey(dataset.typeName, dataset.departmentCode),
          },
          page,
          { sort: 'COORDINATE', filter: {} },
          context,
          info,
        ),
    }),
    provenance: t.field({
      type: Provenance,
      description: '数据来源 Who registered or reported it.',
      card: KEY_CARD,
      resolve: ({ provenanceId }, _args, context) => loadProvenance(provenanceId, context),
    }),
  }),
});

builder.objectFields(DepartmentSystem, (t) => ({
  parent: t.field({
    type: DepartmentSystem,
    nullable: true,
    description: '上级 What it belongs to in the chain: the cloud, a platform, or the system whose module it is.',
    card: KEY_CARD,
    ...systemLoader.below(({ parentId }: { readonly parentId: string | null }) =>
      parentId === null ? null : globalId('DepartmentSystem', parentId),
    ),
  }),
  children: t.field({
    type: DepartmentSystemConnection,
    description: '下级 Platforms of the cloud, systems of a platform, modules of a system.',
    card: KEY_CARD,
    args: pageArguments(t.arg),
    resolve: ({ id }, page, context, info) =>
      pageBelow(
        { ...systemList, name: 'catalog.system_children' },
        { column: 't.parent_id', cast: 'uuid', key: id },
        page,
        { sort: 'CODE', filter: {} },
        context,
        info,
      ),
  }),
  datasets: t.field({
    type: DatasetConnection,
    description: '数据集 What it gives to the graph.',
    card: KEY_CARD,
    args: pageArguments(t.arg),
    resolve: ({ id }, page, context, info) =>
      pageBelow(
        { ...datasetList, name: 'catalog.system_datasets' },
        { column: 't.system_id', cast: 'uuid', key: id },
        page,
        { sort: 'CODE', filter: {} },
        context,
        info,
      ),
  }),
}));

function datasetOf(field: DataFieldRow, { store, trace, loaders }: SubgraphContext<CatalogStore>) {
  return loaders
    .get<DatasetRow | null>('datasetOfField', (keys) => findDatasetsBySource(store, keys, trace))
    .load(sourceKey(field.typeName, field.sourceDepartment));
}

/** What only this subgraph serves is the hub's own record of itself. */
const isOwn = ({ subgraphs }: DataFieldRow) => subgraphs.length === 1 && subgraphs[0] === 'catalog';

builder.objectFields(DataField, (t) => ({
  origin: t.field({
    type: DataOrigin,
    description: '数据由来 Given by a source system, derived by a formula, or not registered yet.',
    card: KEY_CARD,
    resolve: async (field, _args, context) => {
      if (field.derivedFrom !== null) return 'DERIVED';
      return isOwn(field) || (await datasetOf(field, context)) !== null ? 'SOURCE' : 'UNREGISTERED';
    },
  }),
  dataset: t.field({
    type: Dataset,
    nullable: true,
    description: '数据集 Dataset that fills it; null where it is derived or the hub’s own.',
    card: KEY_CARD,
    resolve: (field, _args, context) => (field.derivedFrom === null ? datasetOf(field, context) : null),
  }),
  sourceSystem: t.field({
    type: DepartmentSystem,
    nullable: true,
    description: '来源系统 System that its value comes from; null where it is derived.',
    card: KEY_CARD,
    resolve: async (field, _args, context) => {
      if (field.derivedFrom !== null) return null;
      const dataset = await datasetOf(field, context);
      if (dataset !== null) return systemLoader.load(globalId('DepartmentSystem', dataset.systemId), context);
      return isOwn(field) ? systemByCode('hub', context) : null;
    },
  }),
}));

builder.queryFields((t) => ({
  cloud: t.field({
    type: DepartmentSystem,
    nullable: true,
    description: '一朵云 Where the chain begins: cloud, platforms, department systems, datasets, fields.',
    resolve: (_root, _args, context) => systemByCode('cloud', context),
  }),
  datasets: t.field({
    type: DatasetConnection,
    description: '数据集列表 Datasets by code.',
    args: pageArguments(t.arg),
    resolve: (_root, page, context, info) => rootPage(datasetList, page, { sort: 'CODE', filter: {} }, context, info),
  }),
}));
