import type { ExportFormat } from '../../subgraphs/kit/exports/export-work.ts';
import { csvCell } from './csv-cell.ts';

type Row = Readonly<Record<string, unknown>>;

/** What is to be written of a file before its rows, and for a row. */
export interface ExportLines {
  readonly head: string;
  line(row: Row): string;
}

/** The mark by which spreadsheets know UTF-8. */
const BYTE_ORDER_MARK = '\ufeff';

/** NDJSON keeps rows as the graph gives them; CSV (RFC 4180) has a column for each value, lists as JSON. */
export function exportLines(
  format: Exclude<ExportFormat, 'PARQUET'>,
  columns: readonly (readonly string[])[],
): ExportLines {
  if (format === 'NDJSON') return { head: '', line: (row) => `${JSON.stringify(row)}\n` };
  return {
    head: `${BYTE_ORDER_MARK}${columns.map((path) => cell(path.join('.'))).join(',')}\r\n`,
    line: (row) => `${columns.map((path) => cell(valueAt(row, path))).join(',')}\r\n`,
  };
}

/** The value of a row behind some response keys. */
export function valueAt(row: Row, path: readonly string[]): unknown {
  let value: unknown = row;
  for (const key of path) value = (value as Row | null | undefined)?.[key];
  return value;
}

function cell(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return csvCell(typeof value === 'string' ? value : JSON.stringify(value));
}
