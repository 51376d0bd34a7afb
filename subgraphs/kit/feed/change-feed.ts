import { graphProblem } from '../codes/problems.ts';
import { FollowCodes } from '../follow-codes.ts';
import type { SealingKeys } from '../store/sealing.ts';
import { type FeedVector, type OpenedCursor, openVector, sealVector } from './feed-cursor.ts';
import type { FeedEvent } from './feed-event.ts';
import type { PlacedEvent } from './feed-log.ts';
import { BEGINNING, comparePositions, endBelow } from './feed-position.ts';
import { FeedTail } from './feed-tail.ts';
import type { Outbox, OutboxState } from './outbox.ts';

export interface ChangeFeedOptions {
  readonly outboxes: readonly Outbox[];
  readonly keys: Pick<SealingKeys, 'cursor' | 'lookup'>;
  /** Told of each failure to look for new events; the next look tries again. */
  readonly onTrouble?: (error: unknown) => void;
}

const PATIENCE_MILLISECONDS = 1_000;

/** Events of several subgraphs with where a reader stands after each. */
export interface FeedBatch {
  readonly events: readonly PlacedEvent[];
  /** Where the reader stands after them all; ahead of the last event where nothing followed it. */
  readonly vector: FeedVector;
  /** Nothing more had been committed when this was read. */
  readonly atEnd: boolean;
}

/**
 * 变更流 — the events of all subgraphs, in commit order per subgraph, from any place that retention has left. Readers
 * that keep up are served from memory, where one reader per subgraph and process puts what it finds; others from
 * the outboxes.
 */
export class ChangeFeed {
  readonly subgraphs: readonly string[];
  readonly #key: Buffer;
  readonly #codes: FollowCodes;
  readonly #outboxOf: ReadonlyMap<string, Outbox>;
  readonly #tail: FeedTail;

  constructor({ outboxes, keys, onTrouble = () => {} }: ChangeFeedOptions) {
    this.#key = keys.cursor;
    this.#codes = new FollowCodes(keys.lookup);
    this.#outboxOf = new Map(outboxes.flatMap((outbox) => outbox.subgraphs.map((name) => [name, outbox] as const)));
    this.subgraphs = [...this.#outboxOf.keys()];
    this.#tail = new FeedTail(outboxes, onTrouble);
  }

  seal(place: { readonly vector: FeedVector; readonly event?: FeedEvent; cursor?: string }): string {
    place.cursor ??= sealVector(this.#key, place.vector, place.event?.subgraph);
    return place.cursor;
  }

  /** Throws CHANGE_CURSOR_INVALID for what this hub has not made. */
  open(cursor: string): OpenedCursor {
    return openVector(this.#key, cursor);
  }

  /** Global id of what a progress is of. Throws PROGRESS_UNKNOWN for what no code has made. */
  followed(progressId: string): string {
    const found = this.#codes.findFollowed(progressId);
    if (found === undefined) throw graphProblem('PROGRESS_UNKNOWN');
    return found;
  }

  /** Before the oldest event that is kept. */
  async oldest(): Promise<FeedVector> {
    return this.#vectorOf(({ state }) => state.floor);
  }

  /** After the newest event that is settled. */
  async latest(): Promise<FeedVector> {
    return this.#vectorOf(({ horizon }) => endBelow(horizon));
  }

  /**
   * The events after a place, `limit` at most.
   *
   * @throws CHANGE_CURSOR_EXPIRED when retention has removed what followed the place, or it belongs to other tables.
   */
  async read(after: FeedVector, limit: number): Promise<FeedBatch> {
    let remembered = this.#tail.read(after, limit);
    while (remembered !== undefined && remembered.events.length === 0 && !remembered.atEnd) {
      // More is there and is being read, once for all who wait for it.
      await this.#tail.advanced(after, AbortSignal.timeout(PATIENCE_MILLISECONDS));
      remembered = this.#tail.read(after, limit);
    }
    if (remembered !== undefined) return remembered;
    const horizons = new Map<Outbox, Promise<number>>();
    const parts = await Promise.all(
      this.subgraphs.map(async (subgraph) => {
        const outbox = this.#outbox(subgraph);
        const asked = horizons.get(outbox) ?? outbox.horizon();
        horizons.set(outbox, asked);
        const horizon = await asked;
        const place = after.get(subgraph);
        const { events, state } = await outbox.read(subgraph, place?.position ?? BEGINNING, horizon, limit);
        refuseExpired(place, state);
        const end = events.length < limit ? endBelow(horizon) : undefined;
        return { subgraph, events, generation: state.generation, end };
      }),
    );
    const vector = new Map(after);
    const placed: PlacedEvent[] = [];
    const next = parts.map(() => 0);
    while (placed.length < limit) {
      let first = -1;
      for (let index = 0; index < parts.length; index++) {
        const event = parts[index]?.events[next[index] ?? 0];
        if (event === undefined) continue;
        const best = first === -1 ? undefined : parts[first]?.events[next[first] ?? 0];
        if (best === undefined || event.occurredAt < best.occurredAt) first = index;
      }
      const part = parts[first];
      const event = part?.events[next[first] ?? 0];
      if (part === undefined || event === undefined) break;
      next[first] = (next[first] ?? 0) + 1;
      vector.set(part.subgraph, { generation: part.generation, position: event.position });
      placed.push({ event, vector: new Map(vector) });
    }
    let atEnd = true;
    parts.forEach(({ subgraph, events, generation, end }, index) => {
      if (next[index] !== events.length || end === undefined) {
        atEnd = false;
        return;
      }
      const position = vector.get(subgraph)?.position;
      // A reader that was told of a later horizon keeps it.
      if (position === undefined || comparePositions(position, end) < 0)
        vector.set(subgraph, { generation, position: end });
    });
    return { events: placed, vector, atEnd };
  }

  /**
   * Whether what followed a place is kept, whatever is remembered of it: asked where a reader begins.
   *
   * @throws CHANGE_CURSOR_EXPIRED when it is not, or the place belongs to other tables.
   */
  async assertKept(after: FeedVector): Promise<void> {
    await Promise.all(
      this.subgraphs.map(async (subgraph) =>
        refuseExpired(after.get(subgraph), await this.#outbox(subgraph).state(subgraph)),
      ),
    );
  }

  /** Resolves when something may have been committed after a place, or the signal is given. */
  async changed(after: FeedVector, signal: AbortSignal): Promise<void> {
    await this.#tail.advanced(after, signal);
  }

  /** The event that a cursor of an event belongs to; undefined when it is no longer kept, or the cursor is of none. */
  async eventOf({ vector, last }: OpenedCursor): Promise<PlacedEvent | undefined> {
    const place = last === undefined ? undefined : vector.get(last);
    if (last === undefined || place === undefined) return undefined;
    const { position } = place;
    const remembered = this.#tail.find(last, place);
    if (remembered !== undefined) return { event: remembered, vector };
    const { xid, ordinal, id } = position;
    const before = { ...endBelow(xid + 1), ordinal: ordinal - 1 };
    const { events, state } = await this.#outbox(last).read(last, before, xid + 1, 100);
    const found = events.find((event) => event.position.id === id);
    return state.generation === place.generation && found !== undefined ? { event: found, vector } : undefined;
  }

  /** Removes events older than an instant; returns how many. */
  async trim(olderThan: Date): Promise<number> {
    let removed = 0;
    for (const subgraph of this.subgraphs) {
      for (;;) {
        const count = await this.#outbox(subgraph).trim(subgraph, olderThan);
        removed += count;
        if (count === 0) break;
      }
    }
    return removed;
  }

  close(): Promise<void> {
    return this.#tail.close();
  }

  async #vectorOf(
    positionOf: (at: { horizon: number; state: OutboxState }) => OutboxState['floor'],
  ): Promise<FeedVector> {
    const horizons = new Map(
      [...new Set(this.#outboxOf.values())].map((outbox) => [outbox, outbox.horizon()] as const),
    );
    const entries = await Promise.all(
      this.subgraphs.map(async (subgraph) => {
        const outbox = this.#outbox(subgraph);
        const [horizon, state] = await Promise.all([horizons.get(outbox) ?? outbox.horizon(), outbox.state(subgraph)]);
        return [subgraph, { generation: state.generation, position: positionOf({ horizon, state }) }] as const;
      }),
    );
    return new Map(entries);
  }

  #outbox(subgraph: string): Outbox {
    const found = this.#outboxOf.get(subgraph);
    if (found === undefined) throw new Error(`no outbox of ${subgraph}`);
    return found;
  }
}

function refuseExpired(place: ReturnType<FeedVector['get']>, { generation, floor }: OutboxState): void {
  if (place === undefined) return;
  if (place.generation !== generation || comparePositions(place.position, floor) < 0) {
    throw graphProblem('CHANGE_CURSOR_EXPIRED');
  }
}
