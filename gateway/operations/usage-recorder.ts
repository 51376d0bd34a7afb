import type { CatalogPort, OperationUsageReport } from '../../subgraphs/kit/catalog-port.ts';
import { type Clock, dateInChina } from '../../subgraphs/kit/clock.ts';
import type { ServedOperation } from './prepare.ts';

export interface UsageRecorderOptions {
  readonly catalog: Pick<CatalogPort, 'recordUsage'>;
  readonly clock: Clock;
  readonly flushMilliseconds?: number;
  /** Pairs of operation and client that wait for the next flush; see `dropped`. */
  readonly capacity?: number;
  /** Different operations of one client and day that are recorded each by itself. */
  readonly operationsPerClient?: number;
  /** Told once when reports stop getting through, and once when they do again. */
  readonly onTrouble?: (event: 'failed' | 'recovered', error?: unknown) => void;
}

/** What is recorded of an operation; the rest of it must not be kept alive by a counter. */
type Recorded = Omit<OperationUsageReport, 'clientId' | 'requestCount' | 'errorCount' | 'lastSeenAt'>;

interface Counter {
  readonly recorded: Recorded;
  readonly clientId: string;
  requestCount: number;
  errorCount: number;
  lastSeenAt: Date;
}

const FLUSH_MILLISECONDS = 5_000;
/** Some hundred operations of some dozen clients are ordinary; with their documents these take about 10 MB. */
const CAPACITY = 5_000;
/** A client has some hundred operations; one that writes a new one for each request must not fill the record. */
const OPERATIONS_PER_CLIENT = 500;
const MAX_CLIENTS = 1_000;
/** What stands for all operations of a client beyond that; they are counted, but neither kept nor told apart. */
const FURTHER: Recorded = {
  hash: 'further-operations',
  name: null,
  operationType: 'query',
  document: '# 超出每个接入方每日登记上限的操作 operations beyond those that are recorded per client and day',
  coordinates: [],
  elements: [],
};
/** One statement's worth; a longer report would hold its locks for too long. */
const REPORT_SIZE = 500;

/**
 * Counts which client ran which operation and leaves it with the catalogue every few seconds. A report that fails is
 * kept and sent again, so nothing is lost while the catalogue is away, until the counters are full.
 */
export class UsageRecorder {
  readonly #options: UsageRecorderOptions;
  readonly #capacity: number;
  #counters = new Map<string, Counter>();
  /** Hashes that were recorded today, by client. */
  readonly #seen = new Map<string, Set<string>>();
  #day = '';
  readonly #timer: NodeJS.Timeout;
  #flushing: Promise<void> | undefined;
  #failing = false;
  /** Uses that could not be counted because too many different ones were waiting. */
  dropped = 0;

  constructor(options: UsageRecorderOptions) {
    this.#options = options;
    this.#capacity = options.capacity ?? CAPACITY;
    this.#timer = setInterval(() => void this.flush(), options.flushMilliseconds ?? FLUSH_MILLISECONDS);
    this.#timer.unref();
  }

  record(operation: ServedOperation, clientId: string, failed: boolean): void {
    const now = this.#options.clock.now();
    const recorded = this.#isWithinLimit(operation.hash, clientId, now) ? recordedOf(operation) : FURTHER;
    this.#add({ recorded, clientId, requestCount: 1, errorCount: failed ? 1 : 0, lastSeenAt: now });
  }

  #isWithinLimit(hash: string, clientId: string, now: Date): boolean {
    const day = dateInChina(now);
    if (day !== this.#day || this.#seen.size > MAX_CLIENTS) this.#seen.clear();
    this.#day = day;
    const seen = this.#seen.get(clientId) ?? new Set();
    this.#seen.set(clientId, seen);
    if (seen.has(hash)) return true;
    if (seen.size >= (this.#options.operationsPerClient ?? OPERATIONS_PER_CLIENT)) return false;
    seen.add(hash);
    return true;
  }

  /** Sends what has been counted; never throws. */
  flush(): Promise<void> {
    this.#flushing ??= this.#send().finally(() => {
      this.#flushing = undefined;
    });
    return this.#flushing;
  }

  /** Sends the rest and stops. */
  async close(): Promise<void> {
    clearInterval(this.#timer);
    await this.#flushing;
    await this.flush();
  }

  async #send(): Promise<void> {
    const counters = [...this.#counters.values()];
    this.#counters = new Map();
    for (let start = 0; start < counters.length; start += REPORT_SIZE) {
      const part = counters.slice(start, start + REPORT_SIZE);
      try {
        await this.#options.catalog.recordUsage(part.map(toReport));
        if (this.#failing) this.#options.onTrouble?.('recovered');
        this.#failing = false;
      } catch (error) {
        for (const counter of counters.slice(start)) this.#add(counter);
        if (!this.#failing) this.#options.onTrouble?.('failed', error);
        this.#failing = true;
        return;
      }
    }
  }

  #add(counter: Counter): void {
    const key = `${counter.recorded.hash} ${counter.clientId}`;
    const known = this.#counters.get(key);
    if (known !== undefined) {
      known.requestCount += counter.requestCount;
      known.errorCount += counter.errorCount;
      if (counter.lastSeenAt > known.lastSeenAt) known.lastSeenAt = counter.lastSeenAt;
    } else if (this.#counters.size < this.#capacity) {
      this.#counters.set(key, counter);
    } else {
      this.dropped += counter.requestCount;
    }
  }
}

const rememberedOperations = new WeakMap<ServedOperation, Recorded>();

function recordedOf(operation: ServedOperation): Recorded {
  const known = rememberedOperations.get(operation);
  if (known !== undefined) return known;
  const recorded: Recorded = {
    hash: operation.hash,
    name: operation.recordedName,
    operationType: operation.operation.operation,
    document: operation.normalisedText,
    coordinates: operation.coordinates,
    elements: operation.elements,
  };
  rememberedOperations.set(operation, recorded);
  return recorded;
}

function toReport({ recorded, ...counts }: Counter): OperationUsageReport {
  return { ...recorded, ...counts };
}
