import { setTimeout as delay, setImmediate as nextTurn } from 'node:timers/promises';
import type { AccessRecord, CatalogPort } from '../../subgraphs/kit/catalog-port.ts';

interface Waiting {
  readonly records: readonly AccessRecord[];
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/** One statement's worth. */
const BATCH = 1_000;
/** Between two commits, while they are shared: each costs as much as the lines of some ten requests. */
const GATHER_MILLISECONDS = 4;

/**
 * Writes the access log in batches that clock themselves: whatever has gathered while the last commit ran is the next
 * one. A single request waits for one commit; under load many share it.
 */
export class AccessRecorder {
  readonly #catalog: Pick<CatalogPort, 'recordAccess'>;
  #waiting: Waiting[] = [];
  #running: Promise<void> | undefined;

  constructor(catalog: Pick<CatalogPort, 'recordAccess'>) {
    this.#catalog = catalog;
  }

  /** Resolves when the lines are durable, rejects when they are not known to be. */
  record(records: readonly AccessRecord[]): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ records, resolve, reject });
      this.#running ??= this.#run();
    });
  }

  /** Waits for what is being written. */
  async close(): Promise<void> {
    await this.#running;
  }

  async #run(): Promise<void> {
    // Operations that were read in one batch end in one turn: they share the first commit, too.
    await nextTurn();
    while (this.#waiting.length > 0) {
      const batch: Waiting[] = [];
      for (let lines = 0; lines < BATCH; ) {
        const next = this.#waiting.shift();
        if (next === undefined) break;
        batch.push(next);
        lines += next.records.length;
      }
      try {
        await this.#catalog.recordAccess(batch.flatMap(({ records }) => records));
        for (const { resolve } of batch) resolve();
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
      // Who comes alone waits for nobody.
      if (batch.length > 1) await delay(GATHER_MILLISECONDS);
    }
    this.#running = undefined;
  }
}
