import { createHash } from 'node:crypto';
import { FileFault } from '../../codes/import-faults.ts';
import { mapRows } from '../mapping/map-rows.ts';
import { fieldsOf, type SourceMapping } from '../mapping/source-mapping.ts';
import { boundBytes, gunzip, type IngestLimits } from './bounded-bytes.ts';
import { csvRows } from './csv-rows.ts';
import { decodeText, type TextEncoding } from './decode-text.ts';
import { jsonDocumentRows } from './json-rows.ts';
import { ndjsonRows } from './ndjson-rows.ts';
import type { RawRow } from './raw-row.ts';
import { xlsxRows } from './xlsx-rows.ts';

export type FileFormat = 'CSV' | 'NDJSON' | 'JSON' | 'XLSX';

export interface FileDescription {
  readonly format: FileFormat;
  /** Undefined: found out from the bytes. */
  readonly encoding: TextEncoding | undefined;
  readonly gzip: boolean;
  /** How its columns become the dataset's; they are the dataset's without it. */
  readonly mapping?: UsedMapping | undefined;
}

/** A version of a department's mapping, with the system that it belongs to. */
export interface UsedMapping {
  readonly systemCode: string;
  readonly version: number;
  readonly mapping: SourceMapping;
}

/** What is known of a file once it has been read to its end. */
export interface FileFacts {
  bytes: number;
  sha256: string;
  encoding: TextEncoding;
}

/** The rows of a file of any format, the header first, while its bytes are counted and hashed. */
export function openTable(
  source: AsyncIterable<Buffer>,
  description: FileDescription,
  limits: IngestLimits,
): { readonly rows: AsyncGenerator<readonly RawRow[]>; readonly facts: FileFacts } {
  const facts: FileFacts = { bytes: 0, sha256: '', encoding: description.encoding ?? 'utf-8' };
  const counted = countBytes(boundBytes(source, limits.maxBytes), facts);
  const plain = description.gzip ? gunzip(counted, limits.maxUnpackedBytes) : counted;
  const rows = rowsOf(plain, description, limits, facts);
  return { rows: description.mapping === undefined ? rows : mapRows(rows, description.mapping.mapping), facts };
}

function rowsOf(
  bytes: AsyncIterable<Buffer>,
  { format, encoding, mapping: used }: FileDescription,
  limits: IngestLimits,
  facts: FileFacts,
): AsyncGenerator<readonly RawRow[]> {
  switch (format) {
    case 'CSV':
      return csvRows(decodeText(bytes, encoding, facts), limits.maxLineBytes);
    case 'NDJSON':
      return ndjsonRows(
        decodeText(bytes, encoding, facts),
        limits.maxLineBytes,
        used === undefined ? undefined : fieldsOf(used.mapping),
      );
    case 'JSON':
      return jsonDocumentRows(decodeText(bytes, encoding, facts), used?.mapping);
    case 'XLSX':
      return xlsxRows(bytes, limits);
  }
}

async function* countBytes(source: AsyncIterable<Buffer>, facts: FileFacts): AsyncGenerator<Buffer> {
  const hash = createHash('sha256');
  for await (const chunk of source) {
    facts.bytes += chunk.length;
    hash.update(chunk);
    yield chunk;
  }
  facts.sha256 = hash.digest('hex');
  if (facts.bytes === 0) throw new FileFault('FILE_EMPTY');
}
