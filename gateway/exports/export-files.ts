import { join } from 'node:path';
import type { ExportFormat } from '../../subgraphs/kit/exports/export-work.ts';

export const EXPORT_TYPES: Readonly<Record<ExportFormat, { readonly extension: string; readonly mediaType: string }>> =
  {
    NDJSON: { extension: 'ndjson', mediaType: 'application/x-ndjson; charset=utf-8' },
    CSV: { extension: 'csv', mediaType: 'text/csv; charset=utf-8' },
    PARQUET: { extension: 'parquet', mediaType: 'application/vnd.apache.parquet' },
  };

/** Where the file of an export lies: by its lease, a UUID of our own making, so that each attempt has a file of its own. */
export function exportPath(folder: string, lease: string, format: ExportFormat): string {
  return join(folder, `${lease}.${EXPORT_TYPES[format].extension}`);
}
