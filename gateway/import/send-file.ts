import { createReadStream, statSync } from 'node:fs';
import { request as httpRequest, type IncomingMessage, type RequestOptions } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { StartupProblem } from '../../subgraphs/kit/codes/startup-problem.ts';
import type { DatasetDeclaration } from '../../subgraphs/kit/ingest/dataset.ts';
import type { Receipt } from '../../subgraphs/kit/ingest/receipt.ts';
import { commandToken } from '../identity/command-token.ts';
import { SendProgress } from './send-progress.ts';
import { withoutNpmBanner } from './without-npm-banner.ts';

export interface SendOptions {
  readonly url: string;
  readonly token: string | undefined;
  readonly dataDirectory: string;
  readonly policy: string;
  readonly maxErrorRate: string;
  readonly encoding: string | undefined;
  readonly key: string | undefined;
  /** The system whose mapping reads the file. */
  readonly mapping: string | undefined;
}

const MEDIA_TYPES: Readonly<Record<string, string>> = {
  csv: 'text/csv',
  txt: 'text/csv',
  tsv: 'text/tab-separated-values',
  ndjson: 'application/x-ndjson',
  jsonl: 'application/x-ndjson',
  json: 'application/json',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
};

/** Sends a file as it is read, and returns its receipt; a bar on a terminal shows how far it has come. */
export async function sendFile(dataset: DatasetDeclaration, path: string, options: SendOptions): Promise<Receipt> {
  const { mediaType, gzip } = describeFile(path);
  const target = ingestUrl(options, dataset.name);
  const token = await commandToken(options.token, options.dataDirectory, 'system');
  const size = path === '-' ? undefined : fileSize(path);
  const progress = new SendProgress(process.stderr, size);
  const charset = options.encoding === undefined ? '' : `; charset=${options.encoding}`;
  const headers = {
    authorization: `Bearer ${token}`,
    'content-type': `${mediaType}${charset}`,
    ...(gzip ? { 'content-encoding': 'gzip' } : {}),
    ...(options.key === undefined ? {} : { 'idempotency-key': options.key }),
  };
  const file = path === '-' ? process.stdin : createReadStream(path, { highWaterMark: 256 * 1024 });
  const body = mediaType === 'text/csv' && !gzip ? Readable.from(withoutNpmBanner(file)) : file;
  const { status, text } = await post(target, headers, body, progress);
  return readAnswer(status, text, target);
}

/** Has the hub fetch from a department's system, and returns the receipt once that is over. */
export async function pullFrom(dataset: DatasetDeclaration, system: string, options: SendOptions): Promise<Receipt> {
  const target = ingestUrl({ ...options, mapping: undefined }, `${dataset.name}/pull`);
  target.searchParams.set('from', system);
  const token = await commandToken(options.token, options.dataDirectory, 'system');
  const progress = new SendProgress(process.stderr, undefined);
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/x-ndjson' };
  const { status, text } = await post(target, headers, Readable.from([]), progress);
  return readAnswer(status, text, target);
}

function describeFile(path: string): { readonly mediaType: string; readonly gzip: boolean } {
  const gzip = path.endsWith('.gz');
  const plain = gzip ? path.slice(0, -'.gz'.length) : path;
  const mediaType = path === '-' ? 'text/csv' : MEDIA_TYPES[plain.slice(plain.lastIndexOf('.') + 1).toLowerCase()];
  if (mediaType !== undefined) return { mediaType, gzip };
  throw new StartupProblem(
    `无法由文件名判断格式：应以 .csv、.tsv、.ndjson、.jsonl、.json 或 .xlsx 结尾，可加 .gz。`,
    `The name does not tell the format: it must end in .csv, .tsv, .ndjson, .jsonl, .json or .xlsx, and may add .gz.`,
  );
}

/** Says of a file that somebody named that it cannot be read. */
export function unreadableFile(path: string, cause: unknown): StartupProblem {
  return new StartupProblem(`无法读取文件 ${path}：请核对路径。`, `The file ${path} cannot be read: check its path.`, {
    cause,
  });
}

function fileSize(path: string): number {
  try {
    return statSync(path).size;
  } catch (error) {
    throw unreadableFile(path, error);
  }
}

function ingestUrl({ url, policy, maxErrorRate, mapping }: SendOptions, dataset: string): URL {
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) {
    throw new StartupProblem(
      '--url 的值无效：须为 http 或 https 地址，例如 http://localhost:4000/graphql。',
      'The value of --url is invalid: give an http or https address, for example http://localhost:4000/graphql.',
    );
  }
  const target = new URL(`/ingest/${dataset}`, url);
  target.searchParams.set('policy', policy);
  target.searchParams.set('maxErrorRate', maxErrorRate);
  if (mapping !== undefined) target.searchParams.set('mapping', mapping);
  return target;
}

/** `fetch` gives up on an answer that takes five minutes; merging millions of rows may. */
function post(
  target: URL,
  headers: Readonly<Record<string, string>>,
  body: Readable,
  progress: SendProgress,
): Promise<{ readonly status: number; readonly text: string }> {
  const send = target.protocol === 'https:' ? httpsRequest : httpRequest;
  const counted = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      progress.sent(chunk.length);
      done(null, chunk);
    },
  });
  return new Promise((resolve, reject) => {
    const options: RequestOptions = { method: 'POST', headers };
    const outgoing = send(target, options, (response: IncomingMessage) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.once('error', reject);
      response.once('end', () => {
        progress.finish();
        resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString('utf8') });
      });
    });
    const fail = (error: unknown) => {
      progress.finish();
      const code = (error as { code?: unknown } | null)?.code;
      reject(
        new StartupProblem(
          `无法发送到 ${target.origin}（${String(code)}）：请确认枢纽在运行，并检查 --url。`,
          `It cannot be sent to ${target.origin} (${String(code)}): make sure that the hub runs, and check --url.`,
          { cause: error },
        ),
      );
    };
    outgoing.once('error', fail);
    pipeline(body, counted, outgoing).then(() => progress.waiting(), fail);
  });
}

function readAnswer(status: number, text: string, target: URL): Receipt {
  let answer: unknown;
  try {
    answer = JSON.parse(text);
  } catch {
    answer = undefined;
  }
  // What the hub sends with 200, 422 and 500 is a receipt; anything else carries errors.
  if (typeof answer === 'object' && answer !== null && 'batchId' in answer) return answer as Receipt;
  const errors = (answer as { errors?: readonly { message?: string }[] } | undefined)?.errors ?? [];
  const [zh = `HTTP ${status}`, en = `HTTP ${status}`] = (errors[0]?.message ?? `HTTP ${status}`).split(' | ');
  throw new StartupProblem(`${target.origin} 未接收：${zh}。`, `${target.origin} did not take it: ${en}.`);
}
