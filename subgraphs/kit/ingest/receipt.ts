import {
  type FaultValues,
  type FileFaultCode,
  fileFaultText,
  isRowFaultCode,
  rowFaultText,
} from '../codes/import-faults.ts';
import type { BatchCounts, RowOutcome, RowResult } from '../store/ingest/batch-rows.ts';
import type { DatasetDeclaration } from './dataset.ts';

export interface ReceiptFault {
  readonly code: FileFaultCode;
  readonly messageZh: string;
  readonly messageEn: string;
}

export interface ReceiptRow {
  readonly line: number;
  readonly outcome: Lowercase<RowOutcome>;
  /** The column's name in both languages; null when the row as a whole is meant. */
  readonly column: string | null;
  readonly columnZh: string | null;
  /** Masked as the catalogue masks it. */
  readonly value: string | null;
  readonly code: string;
  readonly messageZh: string;
  readonly messageEn: string;
}

/** 回执 — what became of a batch, as it is sent back and printed. The same stands on the graph for good. */
export interface Receipt {
  readonly batchId: string;
  readonly dataset: string;
  readonly state: 'MERGED' | 'REFUSED' | 'ABANDONED';
  readonly policy: IngestPolicy;
  readonly rows: number;
  readonly inserted: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly held: number;
  readonly rejected: number;
  readonly conflicts: number;
  /** Rejected rows of earlier batches that this one has brought again, corrected. */
  readonly corrected: number;
  /** Whether an earlier batch with the same idempotency key is answered again. */
  readonly replayed: boolean;
  readonly encoding: string | null;
  readonly bytes: number;
  readonly sha256: string | null;
  readonly reason: ReceiptFault | null;
  /** The first of the rows that were not simply taken; the graph has them all. */
  readonly results: readonly ReceiptRow[];
}

export type IngestPolicy = 'GOOD_ROWS' | 'ALL_OR_NOTHING';

export const NO_ROWS_COUNTED: BatchCounts = {
  rows: 0,
  inserted: 0,
  updated: 0,
  unchanged: 0,
  held: 0,
  rejected: 0,
  conflicts: 0,
};

/** In a receipt that is sent back; whoever wants more asks the graph. */
export const RESULTS_SENT = 100;

export function receiptFault(code: FileFaultCode, values: FaultValues): ReceiptFault {
  const { zh, en } = fileFaultText(code, values);
  return { code, messageZh: zh, messageEn: en };
}

export function receiptRow(row: RowResult, dataset: Pick<DatasetDeclaration, 'columns'>): ReceiptRow {
  const text = isRowFaultCode(row.code)
    ? rowFaultText(row.code, row.faultValues ?? {})
    : { zh: row.code, en: row.code };
  return {
    line: row.line,
    // The type is the other one's in lower case.
    outcome: row.outcome.toLowerCase() as Lowercase<RowOutcome>,
    column: row.columnKey,
    columnZh: dataset.columns.find(({ key }) => key === row.columnKey)?.zh ?? null,
    value: row.maskedValue,
    code: row.code,
    messageZh: text.zh,
    messageEn: text.en,
  };
}
