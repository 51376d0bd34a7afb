import type { CatalogPort } from '../../subgraphs/kit/catalog-port.ts';

export interface WriteLogOptions {
  readonly catalog: Pick<CatalogPort, 'recordWrites'>;
  /** Whether a global id names somebody whose data the log is about. */
  readonly isSubject: (id: string) => boolean;
  readonly onFailure: (error: unknown) => void;
  readonly everyMilliseconds?: number | undefined;
}

/** For what other processes have written, or one that is gone; a look without news is one small statement. */
const EVERY_MILLISECONDS = 2_000;

/**
 * Sees to it that every committed write gets its line in the access log. Nobody waits for it: the write has committed
 * its receipt with itself, and whoever comes next finds it there.
 */
export class WriteLog {
  readonly #options: WriteLogOptions;
  readonly #timer: NodeJS.Timeout;
  #running: Promise<void> | undefined;
  #isWanted = false;

  constructor(options: WriteLogOptions) {
    this.#options = options;
    this.#timer = setInterval(() => void this.record(), options.everyMilliseconds ?? EVERY_MILLISECONDS);
    this.#timer.unref();
    void this.record();
  }

  /** Writes the lines of what has been committed by now. Never throws. */
  record(): Promise<void> {
    this.#isWanted = true;
    this.#running ??= this.#run().finally(() => {
      this.#running = undefined;
    });
    return this.#running;
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    await this.#running;
    await this.record();
  }

  async #run(): Promise<void> {
    while (this.#isWanted) {
      this.#isWanted = false;
      try {
        await this.#options.catalog.recordWrites(this.#options.isSubject);
      } catch (error) {
        this.#options.onFailure(error);
        return;
      }
    }
  }
}
