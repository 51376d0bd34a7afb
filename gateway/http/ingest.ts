import { on } from 'node:events';
import type {
  FastifyInstance,
  FastifyReply,
  FastifyRequest,
  onRequestAsyncHookHandler,
  onRequestHookHandler,
} from 'fastify';
import type { Caller } from '../../subgraphs/kit/caller/caller.ts';
import {
  type FaultValues,
  FileFault,
  type FileFaultCode,
  fileFaultText,
} from '../../subgraphs/kit/codes/import-faults.ts';
import { accessRefused } from '../../subgraphs/kit/codes/right-missing.ts';
import type { DatasetDeclaration } from '../../subgraphs/kit/ingest/dataset.ts';
import type { IngestDesk, IngestOptions } from '../../subgraphs/kit/ingest/ingest-desk.ts';
import type { Receipt } from '../../subgraphs/kit/ingest/receipt.ts';
import type { SourceWork } from '../../subgraphs/kit/ingest/sources/source-work.ts';
import { type AccessAudit, importRequest } from '../audit/access-audit.ts';
import type { Graph } from '../graph.ts';
import type { SourcePuller } from '../sources/source-puller.ts';
import type { Drain } from './drain.ts';
import { reportInternalError } from './error-report.ts';
import { ingestLookups } from './ingest-lookups.ts';
import { readIngestOptions, readPullOptions } from './ingest-options.ts';
import { replyProblem } from './problem-reply.ts';
import { sendRejectedRows } from './rejected-rows.ts';

export const INGEST_PATH = '/ingest';

export interface IngestRouteOptions {
  readonly graph: Pick<Graph, 'apiSchema' | 'executor'>;
  readonly desks: readonly IngestDesk[];
  readonly audit: Pick<AccessAudit, 'announceImport' | 'announceRejected' | 'noteWritten'>;
  readonly drain: Drain;
  /** Mappings of department systems, and what fetches from them; none in a graph without a catalogue. */
  readonly sources?:
    | { readonly work: Pick<SourceWork, 'findMapping'>; readonly puller: Pick<SourcePuller, 'pull'> }
    | undefined;
  /** Makes the caller known, before the body is looked at. */
  readonly onRequest: readonly (onRequestHookHandler | onRequestAsyncHookHandler)[];
}

/** Rights of clients are the data stewards' affair. */
const RIGHTS_ARE_GRANTED_BY = 'data-authority';

/** Who sends nothing for so long is gone; what he sent is thrown away. */
const SILENCE_MILLISECONDS = 60_000;
/** A client that is still sending reads no answer: what is left of a refused file is read away, but not for ever. */
const READ_AWAY_BYTES = 512 * 1024 * 1024;
const READ_AWAY_MILLISECONDS = 30_000;

/**
 * `POST /ingest/<dataset>` takes in a file as it arrives. Status 200 for what was merged, 422 for what was refused, each
 * with the receipt; 400, 403, 404 and 415 for what is no batch at all.
 */
export function registerIngest(app: FastifyInstance, options: IngestRouteOptions): void {
  app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    // The body is read by whoever takes it in, piece by piece.
    scope.addContentTypeParser('*', (_request, payload, done) => done(null, payload));
    scope.post<{ Params: { dataset: string } }>(
      `${INGEST_PATH}/:dataset`,
      {
        // Fastify takes lists of both kinds, and has a type for lists of one only.
        onRequest: options.onRequest as onRequestHookHandler[],
        config: { longBody: true },
        bodyLimit: Number.MAX_SAFE_INTEGER,
      },
      (request, reply) => receive(request, reply, options),
    );
    scope.post<{ Params: { dataset: string } }>(
      `${INGEST_PATH}/:dataset/pull`,
      { onRequest: options.onRequest as onRequestHookHandler[], config: { longBody: true } },
      (request, reply) => pullDataset(request, reply, options),
    );
    scope.get<{ Params: { batchId: string } }>(
      `${INGEST_PATH}/rejected/:batchId`,
      { onRequest: options.onRequest as onRequestHookHandler[] },
      (request, reply) => sendRejectedRows(request, reply, options),
    );
  });
}

async function receive(
  request: FastifyRequest<{ Params: { dataset: string } }>,
  reply: FastifyReply,
  { graph, desks, audit, drain, sources }: IngestRouteOptions,
): Promise<FastifyReply> {
  const found = await findDataset(request, reply, desks);
  if (found === undefined) return reply;
  const { caller, desk, dataset } = found;
  let ingest: IngestOptions;
  try {
    const { systemCode, ...read } = readIngestOptions(request);
    ingest = systemCode === undefined ? read : await withMapping(read, systemCode, dataset.name, caller, sources);
  } catch (error) {
    if (!(error instanceof FileFault)) throw error;
    const isMediaType = error.code === 'FORMAT_UNKNOWN' || error.code === 'COMPRESSION_UNKNOWN';
    return refuse(request, reply, isMediaType ? 415 : 400, error.code, error.values);
  }
  const ledgerRefusal = await audit.announceImport({ requestId: request.id, caller, dataset: dataset.name });
  if (ledgerRefusal !== undefined) {
    await readAway(request);
    return replyProblem(request, reply, 503, ledgerRefusal);
  }
  const controller = new AbortController();
  const leave = drain.enter(controller);
  const onCut = () => {
    if (!request.raw.complete) controller.abort(new Error('the client has gone'));
  };
  request.raw.once('close', onCut);
  try {
    const receipt = await desk.receive({
      ...ingest,
      dataset: dataset.name,
      caller: { ...caller, request: importRequest(request.id, dataset.name) },
      body: bodyOf(request, controller.signal),
      ...ingestLookups(graph),
      signal: controller.signal,
      onError: (error) => reportInternalError(request.log, 'a batch failed', error),
    });
    audit.noteWritten();
    await readAway(request);
    return await answer(request, reply, receipt);
  } finally {
    request.raw.off('close', onCut);
    leave();
  }
}

/** The dataset that a path names and the caller may send; undefined when the request has been refused. */
async function findDataset(
  request: FastifyRequest<{ Params: { dataset: string } }>,
  reply: FastifyReply,
  desks: readonly IngestDesk[],
): Promise<{ caller: Caller; desk: IngestDesk; dataset: DatasetDeclaration } | undefined> {
  const caller = request.graphqlIdentity?.caller;
  if (caller === undefined) throw new Error('the ingest was reached without a caller');
  const { dataset: name } = request.params;
  const desk = desks.find(({ datasets }) => datasets.some((dataset) => dataset.name === name));
  const dataset = desk?.datasets.find((candidate) => candidate.name === name);
  if (desk === undefined || dataset === undefined) {
    const known = desks.flatMap(({ datasets }) => datasets.map((each) => each.name)).join('、');
    await refuse(request, reply, 404, 'DATASET_UNKNOWN', {
      dataset: name.slice(0, 40).replace(/[^\w-]/g, '?'),
      known,
    });
    return undefined;
  }
  if (!caller.rights.has(dataset.right)) {
    await readAway(request);
    const problem = accessRefused(caller, `${INGEST_PATH}/${dataset.name}`, RIGHTS_ARE_GRANTED_BY, dataset.right);
    replyProblem(request, reply, 403, problem);
    return undefined;
  }
  return { caller, desk, dataset };
}

/** The file with the mapping that reads it: the newest of a system of the caller's own department. */
async function withMapping(
  options: IngestOptions,
  systemCode: string,
  dataset: string,
  caller: Caller,
  sources: IngestRouteOptions['sources'],
): Promise<IngestOptions> {
  const mapping = await sources?.work.findMapping(systemCode, dataset);
  if (mapping === undefined || mapping.departmentCode !== caller.departmentCode) {
    throw new FileFault('MAPPING_UNKNOWN', { system: systemCode.slice(0, 64).replace(/[^\w-]/g, '?'), dataset });
  }
  return { ...options, file: { ...options.file, mapping } };
}

/** `POST /ingest/<dataset>/pull?from=<system>` fetches from a department's system what its mapping says. */
async function pullDataset(
  request: FastifyRequest<{ Params: { dataset: string } }>,
  reply: FastifyReply,
  { desks, audit, drain, sources }: IngestRouteOptions,
): Promise<FastifyReply> {
  const found = await findDataset(request, reply, desks);
  if (found === undefined) return reply;
  const { caller, dataset } = found;
  await readAway(request);
  const controller = new AbortController();
  const leave = drain.enter(controller);
  const onGone = () => {
    if (!reply.raw.writableFinished) controller.abort(new Error('the client has gone'));
  };
  reply.raw.once('close', onGone);
  try {
    const { system, policy, maxErrorRate } = readPullOptions(request);
    const ledgerRefusal = await audit.announceImport({ requestId: request.id, caller, dataset: dataset.name });
    if (ledgerRefusal !== undefined) return replyProblem(request, reply, 503, ledgerRefusal);
    if (sources === undefined) throw new FileFault('MAPPING_UNKNOWN', { system: '', dataset: dataset.name });
    const options = { policy, maxErrorRate };
    const named = { ...caller, request: importRequest(request.id, dataset.name) };
    const receipt = await sources.puller.pull(system, dataset.name, named, options, controller.signal);
    audit.noteWritten();
    return await answer(request, reply, receipt);
  } catch (error) {
    if (!(error instanceof FileFault)) throw error;
    const status = error.code === 'SOURCE_BUSY' ? 409 : 400;
    return await refuse(request, reply, status, error.code, error.values);
  } finally {
    reply.raw.off('close', onGone);
    leave();
  }
}

function answer(request: FastifyRequest, reply: FastifyReply, receipt: Receipt): FastifyReply {
  const { batchId, dataset, state, rows, inserted, updated, held, rejected } = receipt;
  request.log.info({ batchId, dataset, state, rows, inserted, updated, held, rejected }, 'a batch has ended');
  const status = state === 'MERGED' ? 200 : receipt.reason?.code === 'UNEXPECTED' ? 500 : 422;
  return reply.code(status).type('application/json; charset=utf-8').send(JSON.stringify(receipt));
}

async function refuse(
  request: FastifyRequest,
  reply: FastifyReply,
  status: number,
  code: FileFaultCode,
  values: FaultValues,
): Promise<FastifyReply> {
  await readAway(request);
  const { zh, en } = fileFaultText(code, values);
  return reply
    .code(status)
    .type('application/json; charset=utf-8')
    .send(JSON.stringify({ errors: [{ message: `${zh} | ${en}`, extensions: { code, ...values } }] }));
}

/** Pieces of the body; ends with an error when nothing comes for too long or the request is aborted. */
async function* bodyOf(request: FastifyRequest, signal: AbortSignal): AsyncGenerator<Buffer> {
  const { raw } = request;
  const pieces = piecesOf(raw);
  try {
    yield* watched(pieces, signal);
  } finally {
    // Not awaited: it waits for a piece that may never come. What is left flows to whoever reads it away.
    pieces.return(undefined).catch(() => {});
  }
  if (!raw.complete) throw Object.assign(new Error('the body ended early'), { code: 'ECONNRESET' });
}

/**
 * The pieces as they arrive, each with memory of its own. The stream's own iterator makes one of those that wait, and
 * leaves their memory to the collector. Leaving early does not take the connection: the answer goes down the same one.
 */
async function* piecesOf(raw: FastifyRequest['raw']): AsyncGenerator<Buffer> {
  if (raw.readableEnded || raw.destroyed) return;
  const events = on(raw, 'data', { close: ['end', 'close'], highWaterMark: 1, lowWaterMark: 1 });
  for await (const [piece] of events) yield piece as Buffer; // no encoding is set
}

async function* watched(pieces: AsyncIterator<Buffer>, signal: AbortSignal): AsyncGenerator<Buffer> {
  for (;;) {
    signal.throwIfAborted();
    let timer: NodeJS.Timeout | undefined;
    let stop: (() => void) | undefined;
    const silence = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(
        () => reject(Object.assign(new Error('nothing came for too long'), { code: 'ECONNRESET' })),
        SILENCE_MILLISECONDS,
      );
      stop = () => reject(signal.reason);
      signal.addEventListener('abort', stop, { once: true });
    });
    try {
      const { value, done } = await Promise.race([pieces.next(), silence]);
      if (done === true) return;
      yield value;
    } finally {
      clearTimeout(timer);
      if (stop !== undefined) signal.removeEventListener('abort', stop);
    }
  }
}

async function readAway({ raw }: FastifyRequest): Promise<void> {
  if (raw.complete || raw.destroyed) return;
  await new Promise<void>((resolve) => {
    let bytes = 0;
    const timer = setTimeout(resolve, READ_AWAY_MILLISECONDS);
    const done = () => {
      clearTimeout(timer);
      resolve();
    };
    raw.on('data', (piece: Buffer) => {
      bytes += piece.length;
      if (bytes > READ_AWAY_BYTES) done();
    });
    raw.once('end', done).once('close', done).resume();
  });
}
