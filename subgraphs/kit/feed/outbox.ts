import type { FeedEvent } from './feed-event.ts';
import type { FeedPosition } from './feed-position.ts';

/** What the outbox of a subgraph still holds. */
export interface OutboxState {
  /** Changes when positions of before are of no use any more. */
  readonly generation: string;
  /** The last event that retention has removed: positions before it are refused. */
  readonly floor: FeedPosition;
}

/** A part of an outbox, with the state that held when it was read, or later. */
export interface OutboxPage {
  readonly events: readonly FeedEvent[];
  readonly state: OutboxState;
}

/** The outboxes of some subgraphs that share one count of transactions, which is one Postgres cluster. */
export interface Outbox {
  readonly subgraphs: readonly string[];
  /** Every transaction below this number has ended, so that no event can come to lie before it any more. */
  horizon(): Promise<number>;
  state(subgraph: string): Promise<OutboxState>;
  /** Events after a position and below a horizon, in commit order. */
  read(subgraph: string, after: FeedPosition, horizon: number, limit: number): Promise<OutboxPage>;
  /** Removes events older than an instant, oldest first and in small parts; returns how many. */
  trim(subgraph: string, olderThan: Date): Promise<number>;
}
