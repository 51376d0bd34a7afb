import { departmentName } from '../codes/departments.ts';
import { fileFaultText, isFileFaultCode, isRowFaultCode, rowFaultText } from '../codes/import-faults.ts';
import { isUuid } from '../ids.ts';
import type { DatasetDeclaration } from '../ingest/dataset.ts';
import {
  type ImportBatchRow,
  type ImportLineRow,
  importBatchList,
  importLineList,
} from '../store/ingest/import-lists.ts';
import {
  defineConnection,
  type definePageInfo,
  type ListStore,
  pageArguments,
  pageBelow,
  rootPage,
} from './connection.ts';
import { GRAPH_CARD } from './data-card.ts';
import type { GraphBuilder } from './graph-builder.ts';

/**
 * Declares the receipts of what a subgraph takes in: `<prefix>Imports` and `<prefix>Import(batchId)`. Once per subgraph
 * that has datasets.
 */
export function defineImports<Store extends ListStore>(
  builder: GraphBuilder<Store>,
  pageInfo: ReturnType<typeof definePageInfo<Store>>,
  {
    subgraph,
    title,
    datasets,
  }: { readonly subgraph: string; readonly title: string; readonly datasets: readonly DatasetDeclaration[] },
): void {
  const batches = importBatchList(subgraph);
  const lines = importLineList(subgraph);
  const names = new Map(datasets.map((dataset) => [dataset.name, dataset.zh]));
  const columnNames = new Map(datasets.flatMap(({ columns }) => columns.map(({ key, zh }) => [key, zh] as const)));
  const card = { ...GRAPH_CARD, category: 'GOVERNMENT', grade: 2, sharing: 'CONDITIONAL' } as const;

  const State = builder.enumType(`${title}ImportState`, {
    description: '导入状态 Where a batch stands.',
    values: {
      RECEIVING: { description: '接收中 Being received or merged.' },
      MERGED: { description: '已入库 Merged.' },
      REFUSED: { description: '整批拒收 Refused; nothing was written.' },
      ABANDONED: { description: '已中止 Cut off; nothing was written.' },
    },
  });
  const Policy = builder.enumType(`${title}ImportPolicy`, {
    description: '导入策略 What one rejected row does to its batch.',
    values: {
      GOOD_ROWS: { description: '合格行入库 The others are taken, up to an error rate.' },
      ALL_OR_NOTHING: { description: '全有或全无 The whole batch is refused.' },
    },
  });
  const Outcome = builder.enumType(`${title}ImportOutcome`, {
    description: '行结果 What became of a row that was not simply taken.',
    values: {
      UNCHANGED: { description: '未变 Repeats an earlier row.' },
      HELD: { description: '暂缓 In conflict or ambiguous.' },
      REJECTED: { description: '拒收 Wrong by itself.' },
    },
  });

  const Line = builder.objectRef<ImportLineRow>(`${title}ImportLine`);
  Line.implement({
    description: '导入行 A row of a batch that was held, rejected or repeated.',
    card,
    fields: (t) => ({
      line: t.exposeInt('line', { description: '行号，含表头 Line in the file, the header included.' }),
      outcome: t.field({ type: Outcome, description: '结果 What became of it.', resolve: (row) => row.outcome }),
      code: t.exposeString('code', { description: '原因代码 Stable code of the reason.' }),
      messageZh: t.string({
        description: '原因（中文） The reason in Chinese.',
        resolve: (row) => (isRowFaultCode(row.code) ? rowFaultText(row.code, row.faultValues ?? {}).zh : row.code),
      }),
      messageEn: t.string({
        description: '原因（英文） The reason in English.',
        resolve: (row) => (isRowFaultCode(row.code) ? rowFaultText(row.code, row.faultValues ?? {}).en : row.code),
      }),
      column: t.exposeString('columnKey', { nullable: true, description: '列 Key of the column to blame.' }),
      columnName: t.string({
        nullable: true,
        description: '列名 Chinese name of that column.',
        resolve: ({ columnKey }) => (columnKey === null ? null : (columnNames.get(columnKey) ?? columnKey)),
      }),
      maskedValue: t.exposeString('maskedValue', {
        nullable: true,
        description: '脱敏值 What stood there, masked.',
      }),
      correctedByBatchId: t.exposeString('correctedBy', {
        nullable: true,
        description: '更正批次 The batch that brought the row again, corrected; null while it is open.',
      }),
    }),
  });
  const LineConnection = defineConnection(builder, `${title}ImportLine`, Line, pageInfo);

  const Batch = builder.objectRef<ImportBatchRow>(`${title}Import`);
  Batch.implement({
    description: '导入回执 What became of one file that a department sent; kept for good.',
    card,
    fields: (t) => ({
      batchId: t.string({ description: '批次编号 Batch, as provenance names it.', resolve: (row) => row.id }),
      dataset: t.exposeString('dataset', { description: '数据集 Dataset.' }),
      datasetName: t.string({
        description: '数据集名称 Its name.',
        resolve: ({ dataset }) => names.get(dataset) ?? dataset,
      }),
      datasetVersion: t.exposeInt('datasetVersion', {
        description: '数据集版本 Version of its declaration then.',
        card: { unit: '版 version' },
      }),
      systemCode: t.exposeString('clientId', { description: '来源系统代码 System that sent it.' }),
      departmentCode: t.exposeString('department', { description: '来源部门代码 Department that sent it.' }),
      departmentName: t.string({
        description: '来源部门 Its name.',
        resolve: ({ department }) => departmentName(department).zh,
      }),
      format: t.exposeString('format', { description: '格式 CSV, NDJSON, JSON or XLSX.' }),
      encoding: t.exposeString('encoding', { nullable: true, description: '编码 Encoding that the text was in.' }),
      policy: t.field({
        type: Policy,
        description: '策略 Policy that it was sent with.',
        resolve: (row) => row.policy,
      }),
      maxErrorRate: t.exposeFloat('maxErrorRate', {
        description: '不合格率上限 Share of rejected rows above which the batch is refused.',
        card: { unit: '比例 share' },
      }),
      state: t.field({ type: State, description: '状态 Where it stands.', resolve: (row) => row.state }),
      receivedAt: t.expose('receivedAt', { type: 'DateTime', description: '接收时间 When it began to arrive.' }),
      finishedAt: t.expose('finishedAt', {
        type: 'DateTime',
        nullable: true,
        description: '结束时间 When it was over.',
      }),
      byteCount: t.exposeFloat('byteCount', { description: '字节数 Size as sent.', card: { unit: '字节 bytes' } }),
      contentSha256: t.exposeString('contentSha256', {
        nullable: true,
        description: '内容摘要 SHA-256 of the file as sent; null when it was not read to its end.',
      }),
      rowCount: t.exposeInt('rowCount', { description: '行数 Rows of the file.', card: { unit: '行 rows' } }),
      insertedCount: t.exposeInt('insertedCount', { description: '新增 Newly registered.', card: { unit: '行 rows' } }),
      updatedCount: t.exposeInt('updatedCount', { description: '更新 Changed.', card: { unit: '行 rows' } }),
      unchangedCount: t.exposeInt('unchangedCount', { description: '未变 Equal already.', card: { unit: '行 rows' } }),
      heldCount: t.exposeInt('heldCount', { description: '暂缓 In conflict or ambiguous.', card: { unit: '行 rows' } }),
      rejectedCount: t.exposeInt('rejectedCount', { description: '拒收 Rejected.', card: { unit: '行 rows' } }),
      conflictCount: t.exposeInt('conflictCount', {
        description: '冲突项 Items said differently by the source.',
        card: { unit: '项 items' },
      }),
      reasonCode: t.exposeString('faultCode', {
        nullable: true,
        description: '拒收原因代码 Why the batch was refused.',
      }),
      reasonZh: t.string({
        nullable: true,
        description: '拒收原因（中文） In Chinese.',
        resolve: (row) => reasonOf(row)?.zh ?? null,
      }),
      reasonEn: t.string({
        nullable: true,
        description: '拒收原因（英文） In English.',
        resolve: (row) => reasonOf(row)?.en ?? null,
      }),
      lines: t.field({
        type: LineConnection,
        description: '逐行结果 Rows that were not simply taken; of a refused batch the first ten thousand.',
        args: {
          ...pageArguments(t.arg),
          outcome: t.arg({ type: Outcome, description: '只看此结果 Only this outcome.' }),
        },
        resolve: (batch, { outcome, ...page }, context, info) =>
          pageBelow(
            lines,
            { column: 't.batch_id', cast: 'uuid', key: batch.id },
            page,
            { sort: 'LINE', filter: { outcome } },
            context,
            info,
          ),
      }),
    }),
  });
  const BatchConnection = defineConnection(builder, `${title}Import`, Batch, pageInfo);

  builder.queryFields((t) => ({
    [`${subgraph}Imports`]: t.field({
      type: BatchConnection,
      description: '导入回执 Batches of the caller’s department, newest first; data stewards see all.',
      args: pageArguments(t.arg),
      resolve: (_root, page, context, info) => rootPage(batches, page, { sort: 'NEWEST', filter: {} }, context, info),
    }),
    [`${subgraph}Import`]: t.field({
      type: Batch,
      nullable: true,
      description: '按批次编号查回执 One receipt by its batch; null for another department’s.',
      args: { batchId: t.arg.string({ required: true, description: '批次编号 Batch.' }) },
      resolve: async (_root, { batchId }, context, info) => {
        if (!isUuid(batchId)) return null;
        const page = await rootPage(batches, { first: 1 }, { sort: 'NEWEST', filter: { batchId } }, context, info);
        return page.rows[0] ?? null;
      },
    }),
  }));
}

function reasonOf({ faultCode, faultValues }: ImportBatchRow) {
  return faultCode !== null && isFileFaultCode(faultCode) ? fileFaultText(faultCode, faultValues ?? {}) : undefined;
}
