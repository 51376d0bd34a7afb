import type { Receipt } from '../../subgraphs/kit/ingest/receipt.ts';

const ROWS_SHOWN = 20;
const STATES = {
  MERGED: '已入库 merged',
  REFUSED: '整批拒收，未写入 refused, nothing was written',
  ABANDONED: '已中止，未写入 abandoned, nothing was written',
} as const;

/** A receipt for people to read. */
export function printReceipt(receipt: Receipt): string {
  const { results, reason } = receipt;
  const told = results.slice(0, ROWS_SHOWN);
  return [
    `批次 batch ${receipt.batchId} · ${receipt.dataset} · ${STATES[receipt.state]}${receipt.replayed ? ' · 重放 replayed' : ''}`,
    `共 ${receipt.rows} 行 rows：新增 inserted ${receipt.inserted}，更新 updated ${receipt.updated}，未变 unchanged ${receipt.unchanged}，暂缓 held ${receipt.held}，拒收 rejected ${receipt.rejected}，冲突项 conflicts ${receipt.conflicts}${receipt.corrected === 0 ? '' : `，更正 corrected ${receipt.corrected}`}`,
    ...(reason === null ? [] : [`原因 reason ${reason.code}: ${reason.messageZh} ${reason.messageEn}`]),
    ...told.map(
      (row) =>
        `  第 ${row.line} 行 line ${row.line} ${row.outcome} ${row.columnZh ?? ''}${row.value === null ? '' : `「${row.value}」`} ${row.code}: ${row.messageZh} ${row.messageEn}`,
    ),
    ...(results.length > told.length
      ? [`  … 其余见图谱 the rest stands on the graph: ${receipt.dataset}: …Import(batchId)`]
      : []),
    ...(receipt.state === 'MERGED' && receipt.rejected > 0
      ? [`  取回被拒收的行 fetch the rejected rows: npm run --silent import -- --rejected ${receipt.batchId} > fix.csv`]
      : []),
  ].join('\n');
}
