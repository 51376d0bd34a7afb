import type { Caller } from '../../subgraphs/kit/caller/caller.ts';
import type { ChangeFeed } from '../../subgraphs/kit/feed/change-feed.ts';
import type { ReaderTest } from '../../subgraphs/kit/feed/change-filter.ts';
import type { FeedVector } from '../../subgraphs/kit/feed/feed-cursor.ts';
import type { PlacedEvent } from '../../subgraphs/kit/feed/feed-log.ts';

export interface FollowOptions {
  readonly feed: ChangeFeed;
  readonly from: FeedVector;
  readonly told: ReaderTest;
  /** Asked for each batch, so that rights and area are those of the moment; throws when the caller is let in no more. */
  readonly currentCaller: () => Promise<Caller>;
  readonly signal: AbortSignal;
  /** A batch is handed on at least this often, empty where nothing happened: a sign of life, with a newer place. */
  readonly heartbeatMilliseconds: number;
  readonly batchSize?: number;
}

export interface FollowedBatch {
  readonly events: readonly PlacedEvent[];
  readonly vector: FeedVector;
}

const BATCH = 1_000;
/** Rights are looked at again so often even when nothing happens. */
const WATCH_MILLISECONDS = 1_000;

/** The changes after a place that the caller is told of, for as long as the signal is not given. */
export async function* followChanges(options: FollowOptions): AsyncGenerator<FollowedBatch, void, void> {
  const { feed, told, currentCaller, signal, heartbeatMilliseconds, batchSize = BATCH } = options;
  let vector = options.from;
  let saidAt = performance.now();
  const readNext = () => {
    const reading = feed.read(vector, batchSize);
    // Its failure is told where it is awaited, if anybody still does.
    reading.catch(() => {});
    return reading;
  };
  let next = readNext();
  while (!signal.aborted) {
    const batch = await next;
    const caller = await currentCaller();
    vector = batch.vector;
    // Postgres finds the next events while the reader takes these.
    if (!batch.atEnd) next = readNext();
    const events = batch.events.filter(({ event }) => told(caller, event));
    if (events.length > 0 || performance.now() - saidAt >= heartbeatMilliseconds) {
      saidAt = performance.now();
      yield { events, vector };
    }
    if (!batch.atEnd) continue;
    const pause = AbortSignal.timeout(Math.min(WATCH_MILLISECONDS, heartbeatMilliseconds));
    await feed.changed(vector, AbortSignal.any([signal, pause]));
    next = readNext();
  }
}
