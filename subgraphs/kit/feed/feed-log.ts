import type { FeedVector } from './feed-cursor.ts';
import type { FeedEvent } from './feed-event.ts';
import { comparePositions, type FeedPosition, laterPosition } from './feed-position.ts';

/** An event with where a reader stands who has seen it and those before it. */
export interface PlacedEvent {
  readonly event: FeedEvent;
  readonly vector: FeedVector;
  /** The cursor, once somebody has asked for it: readers share the objects of the newest events. */
  cursor?: string;
}

interface Indexed {
  readonly position: FeedPosition;
  /** Number of the event in the log. */
  readonly number: number;
}

/**
 * The newest events of all subgraphs in one order, without a gap. All who read it get the same objects with the same
 * places, so that what is made of an event can be made once for all of them.
 */
export class FeedLog {
  /** What lies after these places is in the log. */
  #from: FeedVector;
  #end: FeedVector;
  #isComplete = true;
  #events: PlacedEvent[] = [];
  /** Number of the first event. */
  #first = 0;
  readonly #index: Map<string, Indexed[]>;
  readonly #capacity: number;

  constructor(from: FeedVector, capacity: number) {
    this.#from = from;
    this.#end = from;
    this.#capacity = capacity;
    this.#index = new Map([...from.keys()].map((subgraph) => [subgraph, []]));
  }

  get end(): FeedVector {
    return this.#end;
  }

  /** Whether it held all that was committed when it was last added to. */
  get isComplete(): boolean {
    return this.#isComplete;
  }

  /** Adds what was found up to `end`, by subgraph and in order. */
  append(
    found: readonly (readonly FeedEvent[])[],
    { end, isComplete }: { end: FeedVector; isComplete: boolean },
  ): void {
    const next = found.map(() => 0);
    const vector = new Map(this.#end);
    for (;;) {
      let first: FeedEvent | undefined;
      let from = -1;
      found.forEach((events, index) => {
        const event = events[next[index] ?? 0];
        if (event !== undefined && (first === undefined || event.occurredAt < first.occurredAt)) {
          first = event;
          from = index;
        }
      });
      if (first === undefined) break;
      const event: FeedEvent = first;
      next[from] = (next[from] ?? 0) + 1;
      const { generation = '' } = end.get(event.subgraph) ?? {};
      vector.set(event.subgraph, { generation, position: event.position });
      this.#index.get(event.subgraph)?.push({ position: event.position, number: this.#first + this.#events.length });
      this.#events.push({ event, vector: new Map(vector) });
    }
    this.#end = end;
    this.#isComplete = isComplete;
    if (this.#events.length > this.#capacity * 1.25) this.#forget(this.#events.length - this.#capacity);
  }

  /** Whether something after the places is in the log; undefined when they lie before it. */
  isBeyond(after: FeedVector): boolean | undefined {
    const first = this.#firstUnseen(after);
    return first === undefined ? undefined : first < this.#first + this.#events.length;
  }

  /** The events after the places; undefined when they lie before the log. */
  read(after: FeedVector, limit: number) {
    const first = this.#firstUnseen(after);
    if (first === undefined) return undefined;
    const events: PlacedEvent[] = [];
    for (let at = first - this.#first; at < this.#events.length; at++) {
      const placed = this.#events[at] as PlacedEvent; // within the bounds
      const seen = after.get(placed.event.subgraph);
      if (seen !== undefined && comparePositions(placed.event.position, seen.position) <= 0) continue;
      events.push(placed);
      if (events.length === limit) return { events, vector: later(after, placed.vector), atEnd: false };
    }
    return { events, vector: later(after, this.#end), atEnd: this.#isComplete };
  }

  /** The event at exactly this place of its subgraph. */
  find(subgraph: string, { generation, position }: { generation: string; position: FeedPosition }) {
    if (this.#end.get(subgraph)?.generation !== generation) return undefined;
    const index = this.#index.get(subgraph) ?? [];
    const found = index[firstAfter(index, position) - 1];
    const placed = found === undefined ? undefined : this.#events[found.number - this.#first];
    return placed !== undefined && comparePositions(placed.event.position, position) === 0 ? placed.event : undefined;
  }

  /** Number of the first event that a reader at these places has not seen. */
  #firstUnseen(after: FeedVector): number | undefined {
    let first = this.#first + this.#events.length;
    for (const [subgraph, { generation, position }] of this.#from) {
      const place = after.get(subgraph);
      if (place?.generation !== generation || comparePositions(place.position, position) < 0) return undefined;
      const index = this.#index.get(subgraph) ?? [];
      first = Math.min(first, index[firstAfter(index, place.position)]?.number ?? first);
    }
    return first;
  }

  #forget(count: number): void {
    this.#from = this.#events[count - 1]?.vector ?? this.#from;
    this.#events = this.#events.slice(count);
    this.#first += count;
    for (const [subgraph, index] of this.#index) {
      const kept = index.findIndex(({ number }) => number >= this.#first);
      this.#index.set(subgraph, kept === -1 ? [] : index.slice(kept));
    }
  }
}

function later(a: FeedVector, b: FeedVector): FeedVector {
  return new Map(
    [...b].map(([subgraph, place]) => {
      const { position } = a.get(subgraph) ?? place;
      return [subgraph, { generation: place.generation, position: laterPosition(position, place.position) }];
    }),
  );
}

/** Index of the first entry after a position. */
function firstAfter(index: readonly Indexed[], position: FeedPosition): number {
  let low = 0;
  let high = index.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const entry = index[middle];
    if (entry !== undefined && comparePositions(entry.position, position) <= 0) low = middle + 1;
    else high = middle;
  }
  return low;
}
