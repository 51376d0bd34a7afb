import { isRefusal } from '../../../kit/codes/refusals.ts';
import { type DataCard, GRAPH_CARD } from '../../../kit/graph/data-card.ts';
import { loadProvenance } from '../../../kit/graph/provenance.ts';
import { type SourceMappingStored, storeSourceMapping } from '../../rules/sources/store-source-mapping.ts';
import {
  findMappingsOf,
  findPullsOf,
  type SourceMappingRow,
  type SourcePullRow,
} from '../../store/sources/mapping-rows.ts';
import { builder, Provenance, refusalTypes } from '../builder.ts';
import { DepartmentSystem, systemLoader } from '../entities.ts';

/** How data comes in is the affair of the department and the data authority, and no secret among departments. */
export const SOURCE_CARD: DataCard = {
  source: 'data-authority',
  sharing: 'CONDITIONAL',
  grade: 2,
  category: 'GOVERNMENT',
  updateCycle: 'ON_CHANGE',
};

export const SourceMapping = builder.objectRef<SourceMappingRow>('SourceMapping').implement({
  description:
    '映射 How a system’s columns become those of a dataset, and where its rows are fetched from; by version.',
  card: SOURCE_CARD,
  fields: (t) => ({
    dataset: t.exposeString('dataset', { description: '数据集 Dataset.' }),
    version: t.exposeInt('version', {
      description: '版本 Version; the newest one is used.',
      card: { unit: '版 version' },
    }),
    document: t.string({
      description: '映射文件 The mapping as JSON; connections are named, their addresses and secrets are not in it.',
      resolve: ({ document }) => JSON.stringify(document, null, 2),
    }),
    clientId: t.exposeString('clientId', {
      nullable: true,
      description: '拉取名义 Client as which the hub fetches on its own.',
    }),
    note: t.exposeString('note', { nullable: true, description: '说明 Why it was changed.' }),
    storedAt: t.expose('storedAt', { type: 'DateTime', description: '登记时间 When it was stored.' }),
    storedBy: t.exposeString('storedBy', { description: '登记方 Client that stored it.' }),
    provenance: t.field({
      type: Provenance,
      description: '数据来源 Which request stored it.',
      resolve: ({ provenanceId }, _args, context) => loadProvenance(provenanceId, context),
    }),
  }),
});

const SourcePull = builder.objectRef<SourcePullRow>('SourcePull').implement({
  description: '拉取 How fetching a dataset from a system goes.',
  card: { ...SOURCE_CARD, updateCycle: 'REALTIME' },
  fields: (t) => ({
    dataset: t.exposeString('dataset', { description: '数据集 Dataset.' }),
    lastAt: t.expose('lastAt', { type: 'DateTime', nullable: true, description: '最近拉取 When it was last fetched.' }),
    lastState: t.exposeString('lastState', {
      nullable: true,
      description: '最近结果：MERGED 已入库，REFUSED 拒收，ABANDONED 中止，FAILED 未成批 How that ended.',
    }),
    lastReason: t.exposeString('lastReason', { nullable: true, description: '原因代码 Code of the reason.' }),
    lastBatchId: t.exposeString('lastBatchId', { nullable: true, description: '批次 Its batch, for the receipt.' }),
    failureCount: t.exposeInt('failures', {
      description: '连续失败次数 Failures since the last success; each makes the wait longer.',
      card: { unit: '次 times' },
    }),
    nextAt: t.expose('nextAt', {
      type: 'DateTime',
      nullable: true,
      description: '下次拉取 When it is fetched next; null when only on request.',
    }),
  }),
});

builder.objectFields(DepartmentSystem, (t) => ({
  mappings: t.field({
    type: [SourceMapping],
    description: '映射及其历史 Its mappings, every version, the newest of each dataset first.',
    card: SOURCE_CARD,
    args: { dataset: t.arg.string({ description: '数据集 Only of this dataset.' }) },
    resolve: async ({ id }, { dataset }, { store, trace, loaders }) => {
      const all = await loaders
        .get<SourceMappingRow[]>('sourceMappings', (ids) => findMappingsOf(store, ids, trace))
        .load(id);
      return dataset == null ? all : all.filter((mapping) => mapping.dataset === dataset);
    },
  }),
  pulls: t.field({
    type: [SourcePull],
    description: '拉取情况 How fetching from it goes, by dataset.',
    card: SOURCE_CARD,
    resolve: ({ id }, _args, { store, trace, loaders }) =>
      loaders.get<SourcePullRow[]>('sourcePulls', (ids) => findPullsOf(store, ids, trace)).load(id),
  }),
}));

const StoreSourceMappingInput = builder.inputType('StoreSourceMappingInput', {
  description: '映射登记 Which mapping to store.',
  fields: (t) => ({
    systemCode: t.string({ required: true, description: '系统代码 Code of the system.' }),
    dataset: t.string({ required: true, description: '数据集 Dataset, such as people.' }),
    document: t.string({
      required: true,
      description: '映射文件（JSON，至多 64 KB） The mapping: columns, ignoreOthers, envelope, source.',
    }),
    clientId: t.string({ description: '拉取名义 Client of the system’s department as which the hub fetches.' }),
    note: t.string({ description: '说明 Why it is changed, up to 200 characters.' }),
    idempotencyKey: t.string({
      required: true,
      description: '幂等键 8 to 128 visible characters; the same key and input give the same answer once more.',
    }),
  }),
});

const StoreSourceMappingSuccess = builder
  .objectRef<SourceMappingStored & { __typename: 'StoreSourceMappingSuccess' }>('StoreSourceMappingSuccess')
  .implement({
    description: '映射登记完成 The mapping was stored.',
    card: GRAPH_CARD,
    fields: (t) => ({
      version: t.exposeInt('version', { description: '版本 Its version.', card: { unit: '版 version' } }),
      system: t.field({
        type: DepartmentSystem,
        nullable: true,
        description: '系统 The system.',
        resolve: ({ systemId }, _args, context) => systemLoader.load(systemId, context),
      }),
    }),
  });

const StoreSourceMappingPayload = builder.unionType('StoreSourceMappingPayload', {
  description: '映射登记结果 Done, or why not.',
  types: [StoreSourceMappingSuccess, refusalTypes.InvalidInput, refusalTypes.NotFound, refusalTypes.Conflict],
  resolveType: (value) => (value as { __typename: string }).__typename,
});

builder.mutationField('storeSourceMapping', (t) =>
  t.field({
    type: StoreSourceMappingPayload,
    nullable: true,
    description: '映射登记 Stores how a system’s columns become those of a dataset; checked before it is kept.',
    card: { right: 'system.write' },
    args: {
      input: t.arg({ type: StoreSourceMappingInput, required: true, description: '输入 What to store.' }),
    },
    resolve: async (_root, { input }, { store, caller, clock, loaders }) => {
      const result = await storeSourceMapping(store, caller, clock, input);
      loaders.clear();
      return isRefusal(result) ? result : { __typename: 'StoreSourceMappingSuccess' as const, ...result };
    },
  }),
);
