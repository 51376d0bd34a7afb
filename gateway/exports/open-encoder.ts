import type { ExportFormat } from '../../subgraphs/kit/exports/export-work.ts';
import type { ExportEncoder } from './export-encoder.ts';
import { exportLines } from './export-lines.ts';
import type { ExportColumn } from './export-operation.ts';
import { ParquetEncoder } from './parquet-encoder.ts';

const NOTHING = new Uint8Array(0);

/** The encoder of a format. */
export function openEncoder(format: ExportFormat, columns: readonly ExportColumn[]): ExportEncoder {
  if (format === 'PARQUET') return new ParquetEncoder(columns);
  const lines = exportLines(
    format,
    columns.map(({ path }) => path),
  );
  return {
    begin: () => Buffer.from(lines.head, 'utf8'),
    rows: (rows) => Buffer.from(rows.map((row) => lines.line(row)).join(''), 'utf8'),
    end: () => NOTHING,
  };
}
