import { isRefusal, type Refusal } from '../../../kit/codes/refusals.ts';
import { GRAPH_CARD } from '../../../kit/graph/data-card.ts';
import { reportSynchronisation, type SynchronisationReported } from '../../rules/chain/report-synchronisation.ts';
import { findDatasets } from '../../store/chain/dataset-rows.ts';
import { builder, refusalTypes } from '../builder.ts';
import { DataFactor, Dataset } from './dataset.ts';

const ReportedHealth = builder.enumType('ReportedHealth', {
  description: '上报的运行状态 Health that a connected system may report of itself.',
  values: {
    UP: { description: '正常 Works.' },
    DEGRADED: { description: '部分异常 Works in part.' },
    DOWN: { description: '中断 Does not answer.' },
  },
});

const ReportSynchronisationInput = builder.inputType('ReportSynchronisationInput', {
  description: '同步上报 What a system has just given to the graph.',
  fields: (t) => ({
    systemCode: t.string({ required: true, description: '系统代码 Code of the system.' }),
    typeName: t.string({ required: true, description: '类型名 Type of the graph whose fields it gave.' }),
    name: t.string({ description: '数据集名称 Name of the dataset, 2 to 80 characters; the known one stays without.' }),
    factor: t.field({ type: DataFactor, description: '要素 What it is about; the known one stays without.' }),
    rowCount: t.int({ required: true, description: '数据量 Rows that the dataset holds now.' }),
    syncedAt: t.field({ type: 'DateTime', required: true, description: '同步时间 When; not in the future.' }),
    health: t.field({ type: ReportedHealth, required: true, description: '运行状态 Health of the system.' }),
    idempotencyKey: t.string({
      required: true,
      description: '幂等键 8 to 128 visible characters; the same key and input give the same answer once more.',
    }),
  }),
});

const ReportSynchronisationSuccess = builder
  .objectRef<SynchronisationReported & { __typename: 'ReportSynchronisationSuccess' }>('ReportSynchronisationSuccess')
  .implement({
    description: '同步上报完成 The synchronisation was recorded.',
    card: GRAPH_CARD,
    fields: (t) => ({
      dataset: t.field({
        type: Dataset,
        nullable: true,
        description: '数据集 The dataset as reported.',
        resolve: async ({ datasetCode }, _args, { store, trace }) =>
          (await findDatasets(store, [datasetCode], trace))[0] ?? null,
      }),
    }),
  });

const ReportSynchronisationPayload = builder.unionType('ReportSynchronisationPayload', {
  description: '同步上报结果 Done, or why not.',
  types: [ReportSynchronisationSuccess, refusalTypes.InvalidInput, refusalTypes.NotFound, refusalTypes.Conflict],
  resolveType: (value) => (value as { __typename: string }).__typename,
});

builder.mutationField('reportSynchronisation', (t) =>
  t.field({
    type: ReportSynchronisationPayload,
    nullable: true,
    description: '同步上报 A system reports what it has given: rows, time and its health.',
    card: { right: 'system.write' },
    args: { input: t.arg({ type: ReportSynchronisationInput, required: true, description: '输入 What was given.' }) },
    resolve: async (_root, { input }, { store, caller, clock, loaders }) => {
      const result: SynchronisationReported | Refusal = await reportSynchronisation(store, caller, clock, input);
      loaders.clear();
      return isRefusal(result) ? result : { __typename: 'ReportSynchronisationSuccess' as const, ...result };
    },
  }),
);
