/**
 * Ends one operation before its time. As an `AbortController` with its signal, but that most operations are never ended:
 * the signal that others listen to is made when one of them asks for it.
 */
export class Cancellation {
  aborted = false;
  reason: unknown;
  #controller: AbortController | undefined;
  #onAbort: ((reason: unknown) => void) | undefined;

  abort(reason: unknown): void {
    if (this.aborted) return;
    this.aborted = true;
    this.reason = reason;
    this.#controller?.abort(reason);
    this.#onAbort?.(reason);
  }

  throwIfAborted(): void {
    if (this.aborted) throw this.reason;
  }

  /** For whoever listens to a signal, such as `fetch`. */
  get signal(): AbortSignal {
    if (this.#controller === undefined) {
      this.#controller = new AbortController();
      if (this.aborted) this.#controller.abort(this.reason);
    }
    return this.#controller.signal;
  }

  /** What comes of the work, or the reason as soon as it is ended: work that does not heed it keeps nobody waiting. One at a time. */
  race<Result>(work: Promise<Result>): Promise<Result> {
    return new Promise((resolve, reject) => {
      if (this.aborted) reject(this.reason);
      this.#onAbort = reject;
      work.then(resolve, reject);
    });
  }
}

/** Says whether anybody still waits. */
export type CancelSignal = AbortSignal | Cancellation;

export function abortSignalOf(signal: CancelSignal): AbortSignal {
  return signal instanceof Cancellation ? signal.signal : signal;
}
