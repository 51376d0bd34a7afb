/**
 * A place in the outbox of one subgraph: after the event of this transaction, ordinal and id. Transactions are counted
 * by Postgres (`pg_current_xact_id()`, 64 bits, of which 53 are used up after two million wraparounds).
 */
export interface FeedPosition {
  readonly xid: number;
  readonly ordinal: number;
  readonly id: string;
}

const LEAST_ID = '00000000-0000-0000-0000-000000000000';
const GREATEST_ID = 'ffffffff-ffff-ffff-ffff-ffffffffffff';
const GREATEST_ORDINAL = 2_147_483_647;

/** Before the first event. */
export const BEGINNING: FeedPosition = { xid: 0, ordinal: -1, id: LEAST_ID };

/** After every event of the transactions below `horizon`. */
export function endBelow(horizon: number): FeedPosition {
  return { xid: horizon - 1, ordinal: GREATEST_ORDINAL, id: GREATEST_ID };
}

/** Negative when `a` stands before `b`; numbers are compared as numbers. */
export function comparePositions(a: FeedPosition, b: FeedPosition): number {
  return a.xid - b.xid || a.ordinal - b.ordinal || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}

export function laterPosition(a: FeedPosition, b: FeedPosition): FeedPosition {
  return comparePositions(a, b) < 0 ? b : a;
}
