import { join } from 'node:path';
import type { ExportFormat } from '../../subgraphs/kit/exports/export-work.ts';

export const EXPORT_TYPES: Readonly<Record<ExportFormat, { readonly extension: string; readonly mediaType: string }>> =
  {
    NDJSON: { extension: 'ndjson', mediaType: 'application/x-ndjson; charset=utf-8' },
    CSV: { extension: 'csv', mediaType: 'text/csv; charset=utf-8' },
  };

/** Where the file of an export lies; the id is a UUID of our own making. */
export function exportPath(folder: string, id: string, format: ExportFormat): string {
  return join(folder, `${id}.${EXPORT_TYPES[format].extension}`);
}
