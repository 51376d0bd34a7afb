import { setImmediate as nextTurn } from 'node:timers/promises';
import type { AccessRecord, CatalogPort } from '../../subgraphs/kit/catalog-port.ts';

interface Waiting {
  readonly records: readonly AccessRecord[];
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/** One statement's worth. */
const BATCH = 1_000;
/** Between two commits, at most: each costs as much as the lines of some thirty requests. */
const GATHER_MILLISECONDS = 48;
/** Of the requests that are being answered, what is enough for a commit: the rest are reading meanwhile. */
const WORTHWHILE = 0.75;
/** When no further line has come for so long, the others are not near their end. */
const QUIET_MILLISECONDS = 20;

/**
 * Writes the access log in batches that clock themselves. A single request waits for one commit; where many are under
 * way, a commit that others have shared is followed by the next when most of them wait for it, or none has joined them
 * for a moment, and soon in any case: the more there are, the less each pays.
 */
export class AccessRecorder {
  readonly #catalog: Pick<CatalogPort, 'recordAccess'>;
  readonly #underWay: () => number;
  #waiting: Waiting[] = [];
  #running: Promise<void> | undefined;
  #gathered: (() => void) | undefined;

  /** @param underWay how many requests are being answered, those that wait here among them. */
  constructor(catalog: Pick<CatalogPort, 'recordAccess'>, underWay: () => number) {
    this.#catalog = catalog;
    this.#underWay = underWay;
  }

  /** Resolves when the lines are durable, rejects when they are not known to be. */
  record(records: readonly AccessRecord[]): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ records, resolve, reject });
      this.#running ??= this.#run();
      if (this.#isWorthwhile()) this.#gathered?.();
    });
  }

  /** Waits for what is being written. */
  async close(): Promise<void> {
    await this.#running;
  }

  #isWorthwhile(): boolean {
    return this.#waiting.length >= this.#underWay() * WORTHWHILE;
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
      if (batch.length > 1) await this.#gather();
    }
    this.#running = undefined;
  }

  /** Until enough wait, or no more come. */
  async #gather(): Promise<void> {
    const end = performance.now() + GATHER_MILLISECONDS;
    let known: number;
    do {
      known = this.#waiting.length;
      if (known > 0 && this.#isWorthwhile()) return;
      await this.#pause();
    } while (this.#waiting.length > known && performance.now() < end);
  }

  /** Until enough wait, or for a moment. */
  async #pause(): Promise<void> {
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, QUIET_MILLISECONDS);
      this.#gathered = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    this.#gathered = undefined;
  }
}
