import type { FastifyRequest } from 'fastify';
import { FileFault } from '../../subgraphs/kit/codes/import-faults.ts';
import type { IngestOptions } from '../../subgraphs/kit/ingest/ingest-desk.ts';
import { encodingByName } from '../../subgraphs/kit/ingest/read/decode-text.ts';
import type { FileDescription, FileFormat } from '../../subgraphs/kit/ingest/read/open-table.ts';

export interface IngestQuery extends IngestOptions {
  /** The system whose mapping reads the file. */
  readonly systemCode: string | undefined;
}

const FORMATS: Readonly<Record<string, FileFormat>> = {
  'text/csv': 'CSV',
  'text/tab-separated-values': 'CSV',
  'application/x-ndjson': 'NDJSON',
  'application/jsonl': 'NDJSON',
  'application/json': 'JSON',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': 'XLSX',
};
const DEFAULT_ERROR_RATE = 0.05;

/** @throws FileFault for what cannot be honoured. */
export function readIngestOptions({ headers, query }: Pick<FastifyRequest, 'headers' | 'query'>): IngestQuery {
  const given = query as Readonly<Record<string, unknown>>; // Fastify parses queries into plain objects
  const unknown = Object.keys(given).find((name) => !['policy', 'maxErrorRate', 'mapping'].includes(name));
  if (unknown !== undefined) {
    throw new FileFault('OPTION_INVALID', { option: unknown.slice(0, 40), expected: 'policy, maxErrorRate, mapping' });
  }
  const { policy = 'good-rows', maxErrorRate = String(DEFAULT_ERROR_RATE) } = given;
  if (policy !== 'good-rows' && policy !== 'all-or-nothing') {
    throw new FileFault('OPTION_INVALID', { option: 'policy', expected: 'good-rows, all-or-nothing' });
  }
  const rate = Number(maxErrorRate);
  if (typeof maxErrorRate !== 'string' || maxErrorRate === '' || !(rate >= 0 && rate <= 1)) {
    throw new FileFault('OPTION_INVALID', { option: 'maxErrorRate', expected: '0 … 1' });
  }
  const { mapping } = given;
  if (mapping !== undefined && typeof mapping !== 'string') {
    throw new FileFault('OPTION_INVALID', { option: 'mapping', expected: '系统代码 a system’s code' });
  }
  const key = headers['idempotency-key'];
  return {
    systemCode: mapping,
    file: readDescription(headers['content-type'] ?? '', headers['content-encoding'] ?? 'identity'),
    policy: policy === 'good-rows' ? 'GOOD_ROWS' : 'ALL_OR_NOTHING',
    maxErrorRate: rate,
    ...(typeof key === 'string' ? { idempotencyKey: key } : {}),
  };
}

function readDescription(contentType: string, contentEncoding: string): FileDescription {
  const [mediaType = '', ...parameters] = contentType.split(';').map((part) => part.trim());
  const format = FORMATS[mediaType.toLowerCase()];
  if (format === undefined) throw new FileFault('FORMAT_UNKNOWN');
  const packing = contentEncoding.trim().toLowerCase();
  if (packing !== 'identity' && packing !== 'gzip') throw new FileFault('COMPRESSION_UNKNOWN');
  const charset = parameters.find((parameter) => /^charset=/i.test(parameter))?.slice('charset='.length);
  const encoding = charset === undefined ? undefined : encodingByName(charset);
  if (charset !== undefined && encoding === undefined) {
    throw new FileFault('OPTION_INVALID', { option: 'charset', expected: 'utf-8, gb18030, gbk' });
  }
  return { format, encoding, gzip: packing === 'gzip' };
}

/** @throws FileFault for what cannot be honoured. */
export function readPullOptions({
  query,
}: FastifyRequest): Pick<IngestOptions, 'policy' | 'maxErrorRate'> & { system: string } {
  const { from, ...rest } = query as Readonly<Record<string, unknown>>; // Fastify parses queries into plain objects
  if (typeof from !== 'string' || from === '') {
    throw new FileFault('OPTION_INVALID', { option: 'from', expected: '系统代码 a system’s code' });
  }
  const { policy, maxErrorRate } = readIngestOptions({
    headers: { 'content-type': 'application/x-ndjson' },
    query: rest,
  });
  return { system: from, policy, maxErrorRate };
}
