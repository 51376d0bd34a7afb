import { createHash } from 'node:crypto';
import type { GraphQLSchema } from 'graphql';
import type pg from 'pg';
import type { Caller } from '../caller/caller.ts';
import { type Clock, dateInChina } from '../clock.ts';
import { type DepartmentCode, departments } from '../codes/departments.ts';
import { FileFault } from '../codes/import-faults.ts';
import type { GraphExtensions } from '../graph/graph-plugin.ts';
import type { IdSource } from '../ids.ts';
import {
  type BatchCounts,
  type BatchFile,
  closeBatch,
  openBatch,
  readRowResults,
  sweepBatches,
  touchBatch,
} from '../store/ingest/batch-rows.ts';
import { findAnswered, keepAnswer } from '../store/ingest/idempotent-batch.ts';
import type { IngestLookups } from '../store/ingest/ingest-lookups.ts';
import { keepRowResults, type MergeRequest, mergeBatch } from '../store/ingest/merge-batch.ts';
import { closeCorrected, type RejectedBatch, readRejected, sealRejected } from '../store/ingest/rejected-rows.ts';
import { checkStage } from '../store/ingest/stage-checks.ts';
import { StageTable, stageName, stageTarget } from '../store/ingest/stage-table.ts';
import { findStagedPersons } from '../store/ingest/staged-persons.ts';
import type { SealingKeys } from '../store/sealing.ts';
import type { DatasetDeclaration, ItemSources } from './dataset.ts';
import { DEFAULT_INGEST_LIMITS, type IngestLimits } from './read/bounded-bytes.ts';
import type { FileDescription, FileFacts } from './read/open-table.ts';
import { type IngestPolicy, NO_ROWS_COUNTED, RESULTS_SENT, type Receipt, receiptFault, receiptRow } from './receipt.ts';
import { stage } from './stage.ts';

export interface IngestOptions {
  readonly file: FileDescription;
  readonly policy: IngestPolicy;
  /** Share of rejected rows from which on the whole batch is refused, 0 to 1. */
  readonly maxErrorRate: number;
  readonly idempotencyKey?: string | undefined;
}

export interface IngestRequest extends IngestOptions, IngestLookups {
  readonly dataset: string;
  readonly caller: Caller;
  /** Whoever yields a piece does not use it again. */
  readonly body: AsyncIterable<Buffer>;
  readonly signal?: AbortSignal | undefined;
  /** Told of errors that the receipt only calls unexpected. */
  readonly onError?: ((error: unknown) => void) | undefined;
}

/** Where a subgraph takes in its datasets. */
export interface IngestDesk {
  readonly subgraph: string;
  readonly datasets: readonly DatasetDeclaration[];
  /**
   * Takes in one file. What is wrong with it stands in the receipt; this throws when not even a receipt can be written.
   */
  receive(request: IngestRequest): Promise<Receipt>;
  /** The rejected rows of a batch of the caller's department that nobody has corrected yet; undefined for any other. */
  rejected(batchId: string, caller: Caller): Promise<RejectedBatch | undefined>;
  /** Ends batches that a hub left behind. Returns how many. */
  sweep(): Promise<number>;
}

/** With fewer rows a rate says little. */
const BRAKE_ROWS = 10_000;
const TOUCH_MILLISECONDS = 20_000;
/** Of a refused batch; enough to find out what is wrong with it. */
const RESULTS_OF_REFUSED = 10_000;
const MERGE_ATTEMPTS = 3;

/** What of its subgraph's environment a desk works with. */
export interface IngestEnvironment {
  readonly pool: pg.Pool;
  readonly clock: Clock;
  readonly ids: IdSource;
  readonly keys: SealingKeys;
}

export interface IngestDeskOptions {
  readonly subgraph: string;
  readonly datasets: readonly DatasetDeclaration[];
  readonly environment: IngestEnvironment;
  /** The subgraph's schema, whose cards name the source of each item. */
  readonly schema: GraphQLSchema;
  readonly limits?: IngestLimits;
}

export function createIngestDesk(options: IngestDeskOptions): IngestDesk {
  const { subgraph, datasets, environment, schema, limits = DEFAULT_INGEST_LIMITS } = options;
  const sources = new Map(datasets.map((dataset) => [dataset.name, itemSources(schema, dataset)]));
  const { pool, clock } = environment;
  return {
    subgraph,
    datasets,
    sweep: () => sweepBatches(pool, subgraph, clock.now()),
    rejected: (batchId, caller) =>
      readRejected(pool, { subgraph, datasets, key: environment.keys.field }, batchId, caller),
    async receive(request) {
      const dataset = datasets.find(({ name }) => name === request.dataset);
      if (dataset === undefined) throw new Error(`${subgraph} has no dataset ${request.dataset}`);
      await sweepBatches(pool, subgraph, clock.now());
      const client = await pool.connect();
      let broken = true;
      try {
        const batch = new Batch(client, { subgraph, dataset, request, environment, limits });
        const receipt = await batch.run(sources.get(dataset.name) ?? new Map());
        broken = false;
        return receipt;
      } finally {
        // A connection in the middle of something is closed; the batch is then swept.
        client.release(broken);
      }
    },
  };
}

/** The source department of each item, from the data card of its field: the catalogue is the live graph. */
function itemSources(schema: GraphQLSchema, dataset: DatasetDeclaration): ItemSources {
  const found = new Map<string, DepartmentCode>();
  for (const { coordinate } of dataset.items) {
    const [typeName = '', fieldName = ''] = coordinate.split('.');
    const type = schema.getType(typeName);
    const field = type !== undefined && 'getFields' in type ? type.getFields()[fieldName] : undefined;
    const source = (field?.extensions as GraphExtensions | undefined)?.card?.source;
    if (source === undefined || !Object.hasOwn(departments, source)) {
      throw new Error(`dataset ${dataset.name}: ${coordinate} has no data card`);
    }
    found.set(coordinate, source);
  }
  return found;
}

interface BatchParts {
  readonly subgraph: string;
  readonly dataset: DatasetDeclaration;
  readonly request: IngestRequest;
  readonly environment: IngestEnvironment;
  readonly limits: IngestLimits;
}

/** One file on its way: received into its stage, checked, merged; or refused, with nothing of it left but the receipt. */
class Batch {
  readonly #id: string;
  readonly #client: pg.PoolClient;
  readonly #parts: BatchParts;
  readonly #stage: StageTable;
  readonly #at: Date;
  #rows = 0;
  #rejected = 0;
  #facts: FileFacts | undefined;

  constructor(client: pg.PoolClient, parts: BatchParts) {
    this.#client = client;
    this.#parts = parts;
    this.#id = parts.environment.ids.next();
    this.#at = parts.environment.clock.now();
    this.#stage = new StageTable(stageName(parts.subgraph, this.#id), parts.dataset, client);
  }

  async run(sources: ItemSources): Promise<Receipt> {
    const { subgraph, dataset, request } = this.#parts;
    const { caller, idempotencyKey: key } = request;
    if (key !== undefined && !/^[\x21-\x7e]{8,128}$/.test(key)) {
      return this.#unrecorded(new FileFault('IDEMPOTENCY_KEY_INVALID'));
    }
    await openBatch(this.#client, subgraph, {
      id: this.#id,
      dataset: dataset.name,
      datasetVersion: dataset.version,
      clientId: caller.clientId,
      department: caller.departmentCode,
      format: request.file.format,
      policy: request.policy,
      maxErrorRate: request.maxErrorRate,
      receivedAt: this.#at,
    });
    const alive = setInterval(() => this.#touch(), TOUCH_MILLISECONDS);
    try {
      await this.#stage.create();
      await this.#receive();
      const sealingKey = this.#parts.environment.keys.field;
      if (dataset.person !== undefined) {
        await findStagedPersons(
          this.#client,
          this.#stage.name,
          dataset.person,
          sealingKey,
          caller,
          request.findPersons,
        );
      }
      await checkStage(this.#client, this.#stage.name, dataset, caller, request.findKnownPlaces);
      await sealRejected(this.#client, this.#stage.name, dataset, sealingKey);
      // From here on the locked row says it.
      clearInterval(alive);
      return await this.#merge(sources);
    } catch (error) {
      return await this.#end(error);
    } finally {
      clearInterval(alive);
      // What cannot be dropped now (the connection may be gone) is swept: the receipt is what counts.
      await this.#stage.drop().catch(() => {});
    }
  }

  /** On a connection of its own: the batch's may be busy for minutes. What fails is tried again. */
  #touch(): void {
    const { subgraph, environment } = this.#parts;
    touchBatch(environment.pool, subgraph, this.#id).catch(() => {});
  }

  /** Reads the file to its end into the stage. */
  async #receive(): Promise<void> {
    const { dataset, request, environment, limits } = this.#parts;
    const { ids, keys, clock, pool } = environment;
    const { body, caller, file, signal } = request;
    const services = { keys, today: dateInChina(clock.now()), systemCode: systemOf(request) };
    const { progress, facts } = await stage(
      body,
      { dataset, file, limits, services, caller, ids },
      { copy: (text) => this.#stage.copy(text), target: stageTarget(this.#stage.name, pool) },
    );
    this.#facts = facts;
    for await (const { rows, rejected } of progress) {
      signal?.throwIfAborted();
      this.#rows = rows;
      this.#rejected = rejected;
      this.#brake();
    }
  }

  /** A file of the wrong kind is not read for hours. */
  #brake(): void {
    const { policy, maxErrorRate } = this.#parts.request;
    if (this.#rows < BRAKE_ROWS || (policy !== 'ALL_OR_NOTHING' && this.#rejected <= this.#rows * maxErrorRate)) return;
    const fault = this.#policyFault({ rows: this.#rows, rejected: this.#rejected });
    if (fault !== undefined) throw fault;
  }

  #policyFault({ rows, rejected }: { readonly rows: number; readonly rejected: number }): FileFault | undefined {
    const { policy, maxErrorRate } = this.#parts.request;
    if (policy === 'ALL_OR_NOTHING') return rejected === 0 ? undefined : new FileFault('ROW_REJECTED', { rejected });
    if (rejected <= rows * maxErrorRate) return undefined;
    return new FileFault('ERROR_RATE_EXCEEDED', { max: `${maxErrorRate * 100} %`, rejected, rows });
  }

  async #merge(sources: ItemSources): Promise<Receipt> {
    const { subgraph, dataset, request } = this.#parts;
    const { caller } = request;
    const merge: MergeRequest = {
      subgraph,
      batchId: this.#id,
      stage: this.#stage.name,
      dataset,
      caller,
      sources,
      at: this.#at,
      systemCode: systemOf(request),
    };
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.#mergeOnce(merge);
      } catch (error) {
        await this.#client.query('ROLLBACK');
        if (attempt === MERGE_ATTEMPTS || !isConcurrencyFailure(error)) throw error;
        // What the attempt had said of rows is rolled back with it: the stage is as it was.
      }
    }
  }

  async #mergeOnce(merge: MergeRequest): Promise<Receipt> {
    const { subgraph, request } = this.#parts;
    const client = this.#client;
    await client.query(
      `BEGIN; SET LOCAL work_mem = '48MB'; SET LOCAL jit = off; SET LOCAL random_page_cost = 1.1;
       SET LOCAL idle_in_transaction_session_timeout = 0; SET LOCAL statement_timeout = 0`,
    );
    await client.query(`SELECT FROM ${subgraph}.import_batch WHERE id = $1 FOR UPDATE`, [this.#id]);
    if (request.idempotencyKey !== undefined) {
      const answered = await findAnswered(client, subgraph, this.#answerKey());
      if (answered === 'OTHER') throw new FileFault('IDEMPOTENCY_KEY_REUSED');
      if (answered !== undefined) {
        await client.query(`DELETE FROM ${subgraph}.import_batch WHERE id = $1`, [this.#id]);
        await client.query('COMMIT');
        // Written by `keepAnswer` below.
        return { ...(answered as Receipt), replayed: true };
      }
    }
    let refused: FileFault | undefined;
    const counts = await mergeBatch(client, merge, (found) => {
      refused = this.#policyFault(found);
      if (refused !== undefined) this.#rejected = found.rejected;
      return refused === undefined;
    });
    if (counts === undefined) throw refused ?? new Error('the merge was refused for no reason');
    const corrected = await closeCorrected(client, merge);
    const closed = await closeBatch(client, subgraph, {
      id: this.#id,
      state: 'MERGED',
      at: this.#parts.environment.clock.now(),
      counts,
      file: this.#file(),
      fault: null,
      provenanceId: this.#id,
    });
    if (!closed) throw new FileFault('HUB_ENDED');
    const receipt = await this.#receipt('MERGED', counts, null, corrected);
    if (request.idempotencyKey !== undefined) await keepAnswer(client, subgraph, this.#answerKey(), receipt);
    await client.query('COMMIT');
    return receipt;
  }

  #answerKey() {
    const { dataset, request, environment } = this.#parts;
    const { caller, idempotencyKey = '', policy, maxErrorRate, file } = request;
    const { systemCode = '', version = 0 } = file.mapping ?? {};
    const content = `${dataset.name}\n${policy}\n${maxErrorRate}\n${this.#facts?.sha256 ?? ''}${systemCode === '' ? '' : `\n${systemCode} ${version}`}`;
    return {
      clientId: caller.clientId,
      key: idempotencyKey,
      mutation: `ingest ${dataset.name}`,
      requestHash: createHash('sha256').update(content).digest('hex'),
      at: environment.clock.now(),
    };
  }

  /** Nothing of the file stays; the receipt says why, and which rows had been found wanting by then. */
  async #end(error: unknown): Promise<Receipt> {
    const { subgraph, request, environment } = this.#parts;
    const fault = error instanceof FileFault ? error : new FileFault('UNEXPECTED');
    const isCut = request.signal?.aborted === true || isCutOff(error);
    if (!(error instanceof FileFault) && !isCut) request.onError?.(error);
    const state = isCut || fault.code === 'UNEXPECTED' ? 'ABANDONED' : 'REFUSED';
    const reason = isCut ? new FileFault('UPLOAD_CUT_OFF') : fault;
    const counts = { ...NO_ROWS_COUNTED, rows: this.#rows, rejected: this.#rows };
    const client = this.#client;
    await client.query('BEGIN');
    const closed = await closeBatch(client, subgraph, {
      id: this.#id,
      state,
      at: environment.clock.now(),
      counts,
      file: this.#file(),
      fault: { code: reason.code, values: reason.values },
      provenanceId: null,
    });
    if (closed && state === 'REFUSED') {
      await keepRowResults(client, { subgraph, stage: this.#stage.name, batchId: this.#id }, RESULTS_OF_REFUSED);
    }
    const receipt = await this.#receipt(state, counts, reason);
    await client.query('COMMIT');
    return receipt;
  }

  #file(): BatchFile {
    const { format } = this.#parts.request.file;
    const facts = this.#facts;
    return {
      bytes: facts?.bytes ?? 0,
      sha256: facts === undefined || facts.sha256 === '' ? null : facts.sha256,
      encoding: facts === undefined || format === 'XLSX' ? null : facts.encoding,
    };
  }

  async #receipt(
    state: Receipt['state'],
    counts: BatchCounts,
    fault: FileFault | null,
    corrected = 0,
  ): Promise<Receipt> {
    const { subgraph, dataset, request } = this.#parts;
    const results = await readRowResults(this.#client, subgraph, this.#id, RESULTS_SENT);
    const { rows, inserted, updated, unchanged, held, rejected, conflicts } = counts;
    return {
      batchId: this.#id,
      dataset: dataset.name,
      state,
      policy: request.policy,
      ...{ rows, inserted, updated, unchanged, held, rejected, conflicts, corrected },
      replayed: false,
      ...this.#file(),
      reason: fault === null ? null : receiptFault(fault.code, fault.values),
      results: results.map((row) => receiptRow(row, dataset)),
    };
  }

  /** A request that is not even a batch. */
  #unrecorded(fault: FileFault): Receipt {
    const { dataset, request } = this.#parts;
    const { rows, ...counts } = NO_ROWS_COUNTED;
    return {
      batchId: this.#id,
      dataset: dataset.name,
      state: 'REFUSED',
      policy: request.policy,
      rows,
      ...counts,
      corrected: 0,
      replayed: false,
      ...this.#file(),
      reason: receiptFault(fault.code, fault.values),
      results: [],
    };
  }
}

/** The system that the rows come from; the calling client itself where none is named. */
function systemOf({ caller, file }: Pick<IngestRequest, 'caller' | 'file'>): string {
  return file.mapping?.systemCode ?? caller.clientId;
}

/** Deadlock, serialisation failure, or a row that somebody else has just made. */
function isConcurrencyFailure(error: unknown): boolean {
  const code = (error as { code?: unknown } | null)?.code;
  return code === '40P01' || code === '40001' || code === '23505';
}

/** The request's stream ended before its end. */
function isCutOff(error: unknown): boolean {
  const code = (error as { code?: unknown } | null)?.code;
  return code === 'ECONNRESET' || code === 'ERR_STREAM_PREMATURE_CLOSE' || code === 'ABORT_ERR';
}
