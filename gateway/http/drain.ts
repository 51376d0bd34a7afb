import type { FastifyInstance } from 'fastify';

/** Requests that are still running after this are cut off: a supervisor's patience is usually 10 to 30 seconds. */
const DRAIN_MILLISECONDS = 10_000;

/** Ends a server without dropping what it has begun. */
export class Drain {
  readonly #running = new Set<AbortController>();
  #draining = false;

  /** From here on the hub is not ready and takes no new operation. */
  get draining(): boolean {
    return this.#draining;
  }

  /** Counts an operation as running until the returned function is called. */
  enter(controller: AbortController): () => void {
    this.#running.add(controller);
    return () => this.#running.delete(controller);
  }

  /**
   * Stops accepting connections, lets running requests finish for a bounded time, then closes what is left.
   *
   * @returns how many operations had to be cut off.
   */
  async close(app: FastifyInstance, withinMilliseconds = DRAIN_MILLISECONDS): Promise<number> {
    this.#draining = true;
    let cutOff = 0;
    const closed = app.close();
    const timer = setTimeout(() => {
      cutOff = this.#running.size;
      for (const controller of this.#running) controller.abort(new Error('the hub is shutting down'));
      app.server.closeAllConnections();
    }, withinMilliseconds);
    try {
      await closed;
    } finally {
      clearTimeout(timer);
    }
    return cutOff;
  }
}
