import type { CatalogPort, SignedCheckpoint } from '../../subgraphs/kit/catalog-port.ts';

export interface CheckpointTimerOptions {
  readonly catalog: Pick<CatalogPort, 'signCheckpoint'>;
  readonly onCheckpoint: (checkpoint: SignedCheckpoint) => void;
  readonly onFailure: (error: unknown) => void;
  readonly everyMilliseconds?: number;
}

/** What is lost of the log with its newest lines, and not noticed, is what no checkpoint has signed yet. */
const EVERY_MILLISECONDS = 60_000;

/** Has the access log signed every minute in which it grew, and once more at the end. */
export class CheckpointTimer {
  readonly #options: CheckpointTimerOptions;
  readonly #timer: NodeJS.Timeout;
  #signing: Promise<void> | undefined;

  constructor(options: CheckpointTimerOptions) {
    this.#options = options;
    this.#timer = setInterval(() => void this.sign(), options.everyMilliseconds ?? EVERY_MILLISECONDS);
    this.#timer.unref();
  }

  /** Never throws. */
  sign(): Promise<void> {
    this.#signing ??= this.#sign().finally(() => {
      this.#signing = undefined;
    });
    return this.#signing;
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    await this.#signing;
    await this.sign();
  }

  async #sign(): Promise<void> {
    try {
      const signed = await this.#options.catalog.signCheckpoint();
      if (signed !== undefined) this.#options.onCheckpoint(signed);
    } catch (error) {
      this.#options.onFailure(error);
    }
  }
}
