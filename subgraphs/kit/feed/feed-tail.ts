import { setTimeout as delay } from 'node:timers/promises';
import type { FeedPlace, FeedVector } from './feed-cursor.ts';
import type { FeedEvent } from './feed-event.ts';
import { FeedLog } from './feed-log.ts';
import { endBelow } from './feed-position.ts';
import type { Outbox } from './outbox.ts';

/** While something happens; a look is one statement without a table, some 60 µs. */
const BUSY_MILLISECONDS = 20;
/** When nothing has happened for a while. */
const CALM_MILLISECONDS = 200;
const CALM_AFTER_MILLISECONDS = 5_000;
/** Nobody waits: from then on nothing is looked at. */
const FORGET_MILLISECONDS = 30_000;
const TROUBLE_MILLISECONDS = 1_000;
/** What is read of a subgraph at once: a transaction may have millions of events. */
const PAGE = 2_000;
/** Events that are remembered, some 600 bytes each. */
const REMEMBERED = 20_000;

/**
 * Follows the outboxes while somebody waits for events, one reader per subgraph whatever the number of those who wait.
 * It looks at Postgres' count of transactions, which costs next to nothing, and reads only when that has moved on.
 */
export class FeedTail {
  readonly #outboxes: readonly Outbox[];
  readonly #onTrouble: (error: unknown) => void;
  readonly #waiting = new Set<{ readonly after: FeedVector; readonly wake: () => void }>();
  readonly #stop = new AbortController();
  #log: FeedLog | undefined;
  #running: Promise<void> | undefined;
  #wantedAt = 0;

  constructor(outboxes: readonly Outbox[], onTrouble: (error: unknown) => void) {
    this.#outboxes = outboxes;
    this.#onTrouble = onTrouble;
  }

  /** What is remembered after a place; undefined when it must be read. */
  read(after: FeedVector, limit: number) {
    return this.#log?.read(after, limit);
  }

  find(subgraph: string, place: FeedPlace): FeedEvent | undefined {
    return this.#log?.find(subgraph, place);
  }

  /** Resolves when events after the places are remembered, or may be, or the signal is given. */
  async advanced(after: FeedVector, signal: AbortSignal): Promise<void> {
    if (signal.aborted || this.#stop.signal.aborted || this.#log?.isBeyond(after) === true) return;
    await new Promise<void>((resolve) => {
      const waiting = {
        after,
        wake: () => {
          this.#waiting.delete(waiting);
          signal.removeEventListener('abort', waiting.wake);
          resolve();
        },
      };
      this.#waiting.add(waiting);
      signal.addEventListener('abort', waiting.wake, { once: true });
      this.#wantedAt = performance.now();
      this.#running ??= this.#follow().finally(() => {
        this.#running = undefined;
        this.#log = undefined;
      });
    });
  }

  async close(): Promise<void> {
    this.#stop.abort();
    for (const { wake } of [...this.#waiting]) wake();
    await this.#running;
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
        const { found, behind } = await this.#look(horizons);
        if (found) movedAt = performance.now();
        if (behind) pause = 0;
        for (const { after, wake } of [...this.#waiting]) if (this.#log?.isBeyond(after) !== false) wake();
      } catch (error) {
        this.#onTrouble(error);
        horizons.clear();
        this.#log = undefined;
        pause = TROUBLE_MILLISECONDS;
      }
      await delay(pause, undefined, { signal, ref: false }).catch(() => {});
    }
  }

  /** Takes in a page of each subgraph that has something new; behind where more of it is known to be there. */
  async #look(horizons: Map<Outbox, number>): Promise<{ readonly found: boolean; readonly behind: boolean }> {
    const seen = await Promise.all(this.#outboxes.map((outbox) => outbox.horizon()));
    const log = this.#log;
    if (log === undefined) {
      const places = await Promise.all(
        this.#outboxes.flatMap((outbox, index) =>
          outbox.subgraphs.map(async (subgraph) => {
            const { generation } = await outbox.state(subgraph);
            return [subgraph, { generation, position: endBelow(seen[index] ?? 0) }] as const;
          }),
        ),
      );
      this.#log = new FeedLog(new Map(places), REMEMBERED);
      for (const [index, outbox] of this.#outboxes.entries()) horizons.set(outbox, seen[index] ?? 0);
      return { found: false, behind: false };
    }
    const isRead = this.#outboxes.every((outbox, index) => horizons.get(outbox) === seen[index]);
    if (isRead && log.isComplete) return { found: false, behind: false };
    const pages = await Promise.all(
      this.#outboxes.flatMap((outbox, index) => {
        const horizon = Math.max(seen[index] ?? 0, horizons.get(outbox) ?? 0);
        return outbox.subgraphs.map((subgraph) => readPage(outbox, subgraph, log.end.get(subgraph), horizon));
      }),
    );
    const end = new Map([...log.end, ...pages.flatMap(({ subgraph, end }) => (end ? [[subgraph, end] as const] : []))]);
    const behind = pages.some(({ more }) => more);
    log.append(
      pages.map(({ events }) => events),
      { end, isComplete: !behind },
    );
    for (const [index, outbox] of this.#outboxes.entries()) horizons.set(outbox, seen[index] ?? 0);
    return { found: pages.some(({ events }) => events.length > 0), behind };
  }
}

/** The next events of a subgraph, a page at most, and the place after them; at the horizon when nothing is left before it. */
async function readPage(outbox: Outbox, subgraph: string, from: FeedPlace | undefined, horizon: number) {
  if (from === undefined) return { subgraph, events: [], end: undefined, more: false };
  const { generation } = from;
  const { events, state } = await outbox.read(subgraph, from.position, horizon, PAGE);
  if (state.generation !== generation) throw new Error(`the outbox of ${subgraph} has begun anew`);
  const last = events.length < PAGE ? undefined : events.at(-1);
  return {
    subgraph,
    events,
    end: { generation, position: last?.position ?? endBelow(horizon) },
    more: last !== undefined,
  };
}
