import { isRefusal } from '../../../kit/codes/refusals.ts';
import { type DataCard, GRAPH_CARD } from '../../../kit/graph/data-card.ts';
import { isUuid } from '../../../kit/ids.ts';
import { type ExportStarted, MAX_OPEN_EXPORTS, startExport } from '../../rules/exports/start-export.ts';
import { type ExportRow, findExport, findExportsOf } from '../../store/exports/export-rows.ts';
import { builder, refusalTypes } from '../builder.ts';

const EXPORT_CARD: DataCard = {
  source: 'data-authority',
  sharing: 'CONDITIONAL',
  grade: 2,
  category: 'GOVERNMENT',
  updateCycle: 'REALTIME',
};
const WRITE = { right: 'export.write' } as const;

const ExportFormat = builder.enumType('ExportFormat', {
  description: '导出格式 How rows are written.',
  values: {
    NDJSON: { description: '逐行 JSON One object per line, as the graph gives it.' },
    CSV: { description: '逗号分隔 RFC 4180 in UTF-8, a column for each value, lists as JSON.' },
    PARQUET: { description: '列式 Apache Parquet, a nullable column for each value, lists as JSON texts.' },
  },
});
const ExportState = builder.enumType('ExportState', {
  description: '导出状态 Where an export stands.',
  values: {
    WAITING: { description: '排队中 Not begun.' },
    RUNNING: { description: '导出中 Being written.' },
    READY: { description: '可下载 The file may be fetched.' },
    FAILED: { description: '失败 There is no file; the reason says why.' },
    EXPIRED: { description: '已过期 The file is gone.' },
  },
});

const Export = builder.objectRef<ExportRow>('Export').implement({
  description: '批量导出 A query of one list that is written to a file, under the rights and masks of its client.',
  card: EXPORT_CARD,
  fields: (t) => ({
    exportId: t.exposeString('id', { description: '导出编号 Id.' }),
    document: t.exposeString('document', { description: '查询 The query of one list.' }),
    format: t.field({ type: ExportFormat, description: '格式 Format.', resolve: ({ format }) => format }),
    state: t.field({ type: ExportState, description: '状态 State.', resolve: ({ state }) => state }),
    stateReason: t.exposeString('stateReason', {
      nullable: true,
      description:
        '失败原因代码：NOT_ONE_LIST、NO_NODES 查询须只取一个分页清单及其 nodes，DOCUMENT_INVALID 查询无效，其余为错误代码 Why it failed.',
    }),
    rowCount: t.exposeInt('rowCount', { description: '行数，导出中为已写行数 Rows, so far or in all.' }),
    byteCount: t.field({
      type: 'Float',
      description: '字节数 Size of the file.',
      card: { unit: '字节 bytes' },
      resolve: ({ byteCount }) => byteCount,
    }),
    sha256: t.exposeString('contentSha256', { nullable: true, description: '校验和 SHA-256 of the file.' }),
    gaps: t.stringList({
      description: '未开放项的原因代码 Codes for which fields stayed closed in some rows; none: nothing did.',
      resolve: ({ gaps }) => [...gaps],
    }),
    legalBasis: t.exposeString('legalBasis', {
      nullable: true,
      description: '法律依据 Legal basis it was asked under.',
    }),
    scenario: t.exposeString('scenario', { nullable: true, description: '使用场景 Scenario it was asked for.' }),
    unmask: t.exposeBoolean('unmask', { description: '去脱敏 Whether masked values were asked for in clear.' }),
    changesAfter: t.exposeString('cursor', {
      nullable: true,
      description: '增量起点 Cursor of changes from which the file may be kept up to date, at least once.',
    }),
    path: t.string({
      nullable: true,
      description:
        '下载地址 Path below the hub, for the same client with its token; null unless the file may be fetched.',
      resolve: ({ id, state, expiresAt }) =>
        state === 'READY' && expiresAt !== null && expiresAt > new Date() ? `/exports/${id}` : null,
    }),
    requestedAt: t.expose('requestedAt', { type: 'DateTime', description: '申请时刻 When it was asked for.' }),
    finishedAt: t.expose('finishedAt', { type: 'DateTime', nullable: true, description: '完成时刻 When it was done.' }),
    expiresAt: t.expose('expiresAt', {
      type: 'DateTime',
      nullable: true,
      description: '过期时刻 Until when it is kept.',
    }),
  }),
});

builder.queryFields((t) => ({
  exports: t.field({
    type: [Export],
    nullable: true,
    description: '本接入方的批量导出，新的在前，至多 51 个 Exports of the calling client, newest first, 51 at most.',
    card: WRITE,
    resolve: (_root, _args, { store, caller, trace }) => findExportsOf(store, caller.clientId, trace),
  }),
  export: t.field({
    type: Export,
    nullable: true,
    description: '按编号查导出 One export of the calling client.',
    card: WRITE,
    args: { exportId: t.arg.string({ required: true, description: '导出编号 Id.' }) },
    resolve: async (_root, { exportId }, { store, caller, trace }) =>
      isUuid(exportId) ? ((await findExport(store, caller.clientId, exportId, trace)) ?? null) : null,
  }),
}));

type Answer = ExportStarted & { readonly __typename: string };
const StartExportSuccess = builder.objectRef<Answer>('StartExportSuccess').implement({
  description: '导出已受理 The export is waiting for its turn.',
  card: GRAPH_CARD,
  fields: (t) => ({
    export: t.field({
      type: Export,
      nullable: true,
      description: '导出 The export.',
      resolve: async ({ exportId }, _args, { store, caller, trace }) =>
        (await findExport(store, caller.clientId, exportId, trace)) ?? null,
    }),
  }),
});
const StartExportPayload = builder.unionType('StartExportPayload', {
  description: '导出受理结果 Done, or why not.',
  types: [StartExportSuccess, refusalTypes.InvalidInput, refusalTypes.Conflict],
  resolveType: (value: unknown) => (value as { __typename: string }).__typename,
});
const StartExportInput = builder.inputType('StartExportInput', {
  description: '导出申请 What to write to a file.',
  fields: (t) => ({
    document: t.string({
      required: true,
      description: '查询：只取一个分页清单的 nodes A query of the nodes of one list; pages are asked by the hub.',
    }),
    variables: t.string({ description: '变量（JSON 对象） Variables of the query, a JSON object.' }),
    format: t.field({ type: ExportFormat, required: true, description: '格式 Format.' }),
    idempotencyKey: t.string({
      required: true,
      description: '幂等键 8 to 128 visible characters; the same key and input give the same answer once more.',
    }),
  }),
});

builder.mutationField('startExport', (t) =>
  t.field({
    type: StartExportPayload,
    nullable: true,
    description: `申请批量导出 Has a query of one list written to a file, under the purpose of this request; ${MAX_OPEN_EXPORTS} at a time.`,
    card: WRITE,
    args: { input: t.arg({ type: StartExportInput, required: true, description: '输入 What to write.' }) },
    resolve: async (_root, { input }, { store, caller, clock }) => {
      const result = await startExport(store, caller, clock, input);
      return isRefusal(result) ? result : { __typename: 'StartExportSuccess', ...result };
    },
  }),
);
