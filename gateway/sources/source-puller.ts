import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Caller } from '../../subgraphs/kit/caller/caller.ts';
import type { CatalogPort } from '../../subgraphs/kit/catalog-port.ts';
import { FileFault } from '../../subgraphs/kit/codes/import-faults.ts';
import type { IngestDesk, IngestOptions } from '../../subgraphs/kit/ingest/ingest-desk.ts';
import type { Receipt } from '../../subgraphs/kit/ingest/receipt.ts';
import type { LeasedPull, SourceWork } from '../../subgraphs/kit/ingest/sources/source-work.ts';
import type { IngestLookups } from '../../subgraphs/kit/store/ingest/ingest-lookups.ts';
import { type AccessAudit, importRequest } from '../audit/access-audit.ts';
import { findClientItself } from '../identity/client-itself.ts';
import type { SourceConnections } from './connections.ts';
import { openSourceBody } from './source-body.ts';

export interface SourcePullerOptions {
  readonly work: SourceWork;
  readonly connections: SourceConnections;
  readonly desks: readonly IngestDesk[];
  readonly catalog: Pick<CatalogPort, 'findClient'>;
  readonly audit: Pick<AccessAudit, 'announceImport'>;
  readonly lookups: IngestLookups;
  readonly onTrouble: (error: unknown) => void;
  readonly lookMilliseconds?: number;
}

const LOOK_MILLISECONDS = 5_000;
const HOLD_MILLISECONDS = 20_000;
/** After each failure in a row the wait doubles: a system that is down, or under maintenance, is left alone. */
const FIRST_WAIT_MILLISECONDS = 60_000;
const LONGEST_WAIT_MILLISECONDS = 3_600_000;
const DEFAULT_ERROR_RATE = 0.05;

/**
 * Fetches datasets from department systems: when somebody asks, and by the schedule of their mappings. One pull of a
 * system and dataset at a time, over all hubs; what comes is taken in like a file, with the same checks and a receipt.
 */
export class SourcePuller {
  readonly #options: SourcePullerOptions;
  readonly #stop = new AbortController();
  readonly #running: Promise<void>;

  constructor(options: SourcePullerOptions) {
    this.#options = options;
    this.#running = this.#run();
  }

  async close(): Promise<void> {
    this.#stop.abort();
    await this.#running;
  }

  /**
   * Fetches what is new and returns the receipt.
   *
   * @throws FileFault when there is no such mapping of the caller's department, no source, or another pull is running.
   */
  async pull(
    systemCode: string,
    dataset: string,
    caller: Caller,
    options: Pick<IngestOptions, 'policy' | 'maxErrorRate'>,
    signal: AbortSignal,
  ): Promise<Receipt> {
    const { work } = this.#options;
    const known = await work.findMapping(systemCode, dataset);
    if (known === undefined || known.departmentCode !== caller.departmentCode) {
      throw new FileFault('MAPPING_UNKNOWN', { system: systemCode.slice(0, 64), dataset });
    }
    const leased = await work.begin(systemCode, dataset);
    if (leased === undefined) throw new FileFault('MAPPING_UNKNOWN', { system: systemCode.slice(0, 64), dataset });
    if (leased === 'BUSY') throw new FileFault('SOURCE_BUSY');
    return this.#take(leased, caller, options, AbortSignal.any([signal, this.#stop.signal]));
  }

  async #run(): Promise<void> {
    const { work, lookMilliseconds = LOOK_MILLISECONDS, onTrouble } = this.#options;
    const { signal } = this.#stop;
    while (!signal.aborted) {
      try {
        const due = await work.beginDue();
        if (due !== undefined) {
          await this.#takeDue(due, signal);
          continue;
        }
      } catch (error) {
        if (!signal.aborted) onTrouble(error);
      }
      await delay(lookMilliseconds, undefined, { signal, ref: false }).catch(() => {});
    }
  }

  async #takeDue(due: LeasedPull, signal: AbortSignal): Promise<void> {
    const { desks, audit, catalog } = this.#options;
    const dataset = desks.flatMap((desk) => desk.datasets).find(({ name }) => name === due.dataset);
    const itself = due.clientId === null ? undefined : await findClientItself(catalog, due.clientId);
    const caller = itself?.caller;
    if (caller === undefined || dataset === undefined || !caller.rights.has(dataset.right)) {
      return this.#fail(due, 'CLIENT');
    }
    const requestId = randomUUID();
    const refusal = await audit.announceImport({ requestId, caller, dataset: due.dataset });
    if (refusal !== undefined) return this.#fail(due, 'LEDGER_UNAVAILABLE');
    const named = { ...caller, request: importRequest(requestId, due.dataset) };
    await this.#take(due, named, { policy: 'GOOD_ROWS', maxErrorRate: DEFAULT_ERROR_RATE }, signal).catch(
      (error: unknown) => {
        if (!(error instanceof FileFault) && !signal.aborted) throw error;
      },
    );
  }

  async #take(
    pull: LeasedPull,
    caller: Caller,
    options: Pick<IngestOptions, 'policy' | 'maxErrorRate'>,
    signal: AbortSignal,
  ): Promise<Receipt> {
    const { work, connections, desks, lookups, onTrouble } = this.#options;
    const desk = desks.find(({ datasets }) => datasets.some(({ name }) => name === pull.dataset));
    const holding = setInterval(() => work.hold(pull).catch(onTrouble), HOLD_MILLISECONDS);
    try {
      if (desk === undefined) throw new FileFault('DATASET_UNKNOWN', { dataset: pull.dataset, known: '' });
      const { body, cursor } = openSourceBody(pull, connections, signal);
      const receipt = await desk.receive({
        ...options,
        dataset: pull.dataset,
        caller,
        file: { format: 'NDJSON', encoding: 'utf-8', gzip: false, mapping: pull },
        body,
        ...lookups,
        signal,
        onError: onTrouble,
      });
      const { state, reason, batchId } = receipt;
      // Nothing new is no failure.
      const good = state === 'MERGED' || reason?.code === 'FILE_EMPTY';
      await this.#end(pull, good, {
        state: good ? 'MERGED' : state,
        reason: good ? null : (reason?.code ?? null),
        batchId,
        cursor: state === 'MERGED' ? cursor() : null,
      });
      return receipt;
    } catch (error) {
      await this.#fail(pull, error instanceof FileFault ? error.code : 'UNEXPECTED');
      throw error;
    } finally {
      clearInterval(holding);
    }
  }

  #fail(pull: LeasedPull, reason: string): Promise<void> {
    return this.#end(pull, false, { state: 'FAILED', reason, batchId: null, cursor: null });
  }

  async #end(
    pull: LeasedPull,
    good: boolean,
    end: { state: string; reason: string | null; batchId: string | null; cursor: string | null },
  ): Promise<void> {
    const failures = good ? 0 : pull.failures + 1;
    const minutes = pull.mapping.source?.everyMinutes;
    const wait = good
      ? (minutes ?? 0) * 60_000
      : Math.min(FIRST_WAIT_MILLISECONDS * 2 ** (failures - 1), LONGEST_WAIT_MILLISECONDS);
    await this.#options.work.end(pull, { ...end, failures, nextInMilliseconds: minutes === undefined ? null : wait });
  }
}
