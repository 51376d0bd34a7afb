/** Idle time that a quick batch leaves at most: the event loop had nothing to do but to wait for it. */
const QUICK_IDLE_MILLISECONDS = 20;
/** And in all; a machine that is too busy makes everything slow, but not by this much. */
const QUICK_MILLISECONDS = 250;
const REMEMBERED = 5_000;

export interface Started {
  readonly at: number;
  readonly idle: number;
}

/**
 * Which statements are quick, by their names, as measured when they last ran. What runs beside a slow one is taken for
 * slow as well until it has run without it.
 */
export class StatementTempo {
  readonly #quick = new Set<string>();

  isQuick(name: string): boolean {
    return this.#quick.has(name);
  }

  start(): Started {
    return { at: performance.now(), idle: performance.eventLoopUtilization().idle };
  }

  finish(started: Started, names: Iterable<string>): void {
    const isQuick =
      performance.eventLoopUtilization().idle - started.idle < QUICK_IDLE_MILLISECONDS &&
      performance.now() - started.at < QUICK_MILLISECONDS;
    if (this.#quick.size >= REMEMBERED) this.#quick.clear();
    for (const name of names) {
      if (isQuick) this.#quick.add(name);
      else this.#quick.delete(name);
    }
  }
}
