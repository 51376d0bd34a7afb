import { setTimeout as delay } from 'node:timers/promises';
import type { FeedPlace, FeedVector } from './feed-cursor.ts';
import type { FeedEvent } from './feed-event.ts';
import { comparePositions, endBelow, type FeedPosition } from './feed-position.ts';
import type { Outbox } from './outbox.ts';

/** While something happens; a look is one statement without a table, some 60 µs. */
const BUSY_MILLISECONDS = 20;
/** When nothing has happened for a while. */
const CALM_MILLISECONDS = 200;
const CALM_AFTER_MILLISECONDS = 5_000;
/** Nobody waits: from then on nothing is looked at. */
const FORGET_MILLISECONDS = 30_000;
const TROUBLE_MILLISECONDS = 1_000;
const PAGE = 2_000;
/** Events that are remembered per subgraph, some 400 bytes each. */
const REMEMBERED = 20_000;

/** The newest events of one subgraph, without a gap. */
interface Remembered {
  readonly generation: string;
  /** What lies after this place is remembered. */
  from: FeedPosition;
  end: FeedPosition;
  events: FeedEvent[];
}

/**
 * Follows the outboxes while somebody waits for events, one reader per subgraph whatever the number of those who wait.
 * It looks at Postgres' count of transactions, which costs next to nothing, and reads only when that has moved on.
 */
export class FeedTail {
  readonly #outboxes: readonly Outbox[];
  readonly #onTrouble: (error: unknown) => void;
  readonly #memory = new Map<string, Remembered>();
  readonly #waiting = new Set<() => void>();
  readonly #stop = new AbortController();
  #running: Promise<void> | undefined;
  #wantedAt = 0;

  constructor(outboxes: readonly Outbox[], onTrouble: (error: unknown) => void) {
    this.#outboxes = outboxes;
    this.#onTrouble = onTrouble;
  }

  /** What is remembered after a place, up to the end where that is reached; undefined when it must be read. */
  read(subgraph: string, place: FeedPlace | undefined, limit: number) {
    const memory = this.#memory.get(subgraph);
    // Without a reader at work the end is old.
    if (memory === undefined || place === undefined || this.#running === undefined) return undefined;
    const { generation, from, end, events: all } = memory;
    if (place.generation !== generation || comparePositions(place.position, from) < 0) return undefined;
    const first = firstAfter(all, place.position);
    const events = all.slice(first, first + limit);
    return { events, generation, end: first + events.length === all.length ? end : undefined };
  }

  find(subgraph: string, { generation, position }: FeedPlace): FeedEvent | undefined {
    const memory = this.#memory.get(subgraph);
    if (memory?.generation !== generation) return undefined;
    const event = memory.events[firstAfter(memory.events, position) - 1];
    return event !== undefined && comparePositions(event.position, position) === 0 ? event : undefined;
  }

  /** Resolves when events after the places are remembered, or may be, or the signal is given. */
  async advanced(after: FeedVector, signal: AbortSignal): Promise<void> {
    if (signal.aborted || this.#stop.signal.aborted || this.#isBeyond(after)) return;
    await new Promise<void>((resolve) => {
      const done = () => {
        this.#waiting.delete(done);
        signal.removeEventListener('abort', done);
        resolve();
      };
      this.#waiting.add(done);
      signal.addEventListener('abort', done, { once: true });
      this.#wantedAt = performance.now();
      this.#running ??= this.#follow().finally(() => {
        this.#running = undefined;
        this.#memory.clear();
      });
    });
  }

  async close(): Promise<void> {
    this.#stop.abort();
    for (const wake of [...this.#waiting]) wake();
    await this.#running;
  }

  #isBeyond(after: FeedVector): boolean {
    for (const [subgraph, { events }] of this.#memory) {
      const last = events.at(-1);
      const place = after.get(subgraph);
      if (last !== undefined && place !== undefined && comparePositions(place.position, last.position) < 0) return true;
    }
    return false;
  }

  async #follow(): Promise<void> {
    const { signal } = this.#stop;
    const horizons = new Map<Outbox, number>();
    let movedAt = performance.now();
    while (!signal.aborted) {
      const now = performance.now();
      if (this.#waiting.size > 0) this.#wantedAt = now;
      else if (now - this.#wantedAt > FORGET_MILLISECONDS) return;
      let pause = now - movedAt > CALM_AFTER_MILLISECONDS ? CALM_MILLISECONDS : BUSY_MILLISECONDS;
      try {
        const first = horizons.size === 0;
        const found = await Promise.all(this.#outboxes.map((outbox) => this.#look(outbox, horizons)));
        if (found.some((count) => count > 0)) movedAt = performance.now();
        // Who waits since before the first look may have missed something.
        if (first || found.some((count) => count > 0)) for (const wake of [...this.#waiting]) wake();
      } catch (error) {
        this.#onTrouble(error);
        horizons.clear();
        this.#memory.clear();
        pause = TROUBLE_MILLISECONDS;
      }
      await delay(pause, undefined, { signal, ref: false }).catch(() => {});
    }
  }

  async #look(outbox: Outbox, horizons: Map<Outbox, number>): Promise<number> {
    const horizon = await outbox.horizon();
    const known = horizons.get(outbox);
    if (known === horizon) return 0;
    const counts = await Promise.all(outbox.subgraphs.map((subgraph) => this.#advance(outbox, subgraph, horizon)));
    horizons.set(outbox, horizon);
    return counts.reduce((sum, count) => sum + count, 0);
  }

  async #advance(outbox: Outbox, subgraph: string, horizon: number): Promise<number> {
    const end = endBelow(horizon);
    const memory = this.#memory.get(subgraph);
    if (memory === undefined) {
      const { generation } = await outbox.state(subgraph);
      this.#memory.set(subgraph, { generation, from: end, end, events: [] });
      return 0;
    }
    let count = 0;
    for (;;) {
      const after = memory.events.at(-1)?.position;
      const place = after !== undefined && comparePositions(after, memory.end) > 0 ? after : memory.end;
      const { events, state } = await outbox.read(subgraph, place, horizon, PAGE);
      if (state.generation !== memory.generation) throw new Error(`the outbox of ${subgraph} has begun anew`);
      for (const event of events) memory.events.push(event);
      count += events.length;
      const surplus = memory.events.length - REMEMBERED;
      if (surplus > REMEMBERED / 4) {
        memory.from = memory.events[surplus - 1]?.position ?? memory.from;
        memory.events = memory.events.slice(surplus);
      }
      if (events.length < PAGE) break;
    }
    memory.end = end;
    return count;
  }
}

/** Index of the first event after a position. */
function firstAfter(events: readonly FeedEvent[], position: FeedPosition): number {
  let low = 0;
  let high = events.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const event = events[middle];
    if (event !== undefined && comparePositions(event.position, position) <= 0) low = middle + 1;
    else high = middle;
  }
  return low;
}
