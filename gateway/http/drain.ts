import { setTimeout as delay, setImmediate } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';

/** Requests that are still running after this are cut off: a supervisor's patience is usually 10 to 30 seconds. */
const DRAIN_MILLISECONDS = 10_000;
/**
 * What had arrived when the end was asked for may still lie unread in the kernel, and closing would reset it; whoever
 * balances load needs a moment to see the readiness turn. Both are served as ever for so long.
 */
const GRACE_MILLISECONDS = 250;
/** On a busy machine a burst takes longer to be read; it has been when nothing came for a while. */
const QUIET_MILLISECONDS = 100;
const LONGEST_GRACE_MILLISECONDS = 2_000;

/** An operation that is running, and where it stands among them. */
interface Running {
  readonly cancellation: Pick<AbortController, 'abort'>;
  at: number;
}

/** Ends a server without dropping what it has begun. */
export class Drain {
  /** No set: what a set held when it was last made anew stays in memory with its old table, long after it was taken out. */
  readonly #running: Running[] = [];
  readonly #ending = new AbortController();
  #draining = false;
  #refusing = false;

  /** From here on the hub is not ready, and keeps no connection alive. */
  get draining(): boolean {
    return this.#draining;
  }

  /** From here on it takes no new operation. */
  get refusing(): boolean {
    return this.#refusing;
  }

  /** How many operations are running. */
  get running(): number {
    return this.#running.length;
  }

  /** Given when it takes no new operation: what lasts as long as its client wants must end by itself. */
  get ending(): AbortSignal {
    return this.#ending.signal;
  }

  /** Counts an operation as running until the returned function is called. */
  enter(cancellation: Running['cancellation']): () => void {
    const entry = { cancellation, at: this.#running.length };
    this.#running.push(entry);
    return () => {
      const last = this.#running.pop();
      if (last === undefined || last === entry) return;
      this.#running[entry.at] = last;
      last.at = entry.at;
    };
  }

  /**
   * Turns unready, serves what had arrived, stops accepting connections, lets running requests finish for a bounded
   * time, then closes what is left.
   *
   * @returns how many operations had to be cut off.
   */
  async close(app: FastifyInstance, withinMilliseconds = DRAIN_MILLISECONDS): Promise<number> {
    this.#draining = true;
    if (app.server.listening) await grace(app);
    this.#refusing = true;
    this.#ending.abort();
    let cutOff = 0;
    const closed = app.close();
    const timer = setTimeout(() => {
      cutOff = this.#running.length;
      for (const { cancellation } of this.#running) cancellation.abort(new Error('the hub is shutting down'));
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

async function grace({ server }: FastifyInstance): Promise<void> {
  const started = performance.now();
  let latest = started;
  const arrived = () => {
    latest = performance.now();
  };
  server.on('connection', arrived).on('request', arrived);
  try {
    await delay(GRACE_MILLISECONDS);
    for (;;) {
      const asked = performance.now();
      await delay(QUIET_MILLISECONDS / 4);
      await setImmediate(); // timers come before the network in a turn: let it speak first
      const now = performance.now();
      // A process that was kept waiting has not looked, so it has not seen quiet.
      if (now - asked >= QUIET_MILLISECONDS) latest = now;
      if (now - latest >= QUIET_MILLISECONDS || now - started >= LONGEST_GRACE_MILLISECONDS) return;
    }
  } finally {
    server.off('connection', arrived).off('request', arrived);
  }
}
