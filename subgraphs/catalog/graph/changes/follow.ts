import type { Caller } from '../../../kit/caller/caller.ts';
import type { ChangeFeed } from '../../../kit/feed/change-feed.ts';
import type { ReaderTest } from '../../../kit/feed/change-filter.ts';

/** How often a reader that waits looks whether it has been left. */
const PATIENCE_MILLISECONDS = 1_000;

/**
 * What a subgraph that is asked by itself tells its subscribers. The hub's gateway follows the feed on its own, once for
 * all of them, and asks for each change by its cursor: every subscription `…d` has a query `…` of one change.
 */
export async function* follow(feed: ChangeFeed, caller: Caller, after: string | null | undefined, told: ReaderTest) {
  let vector = after == null ? await feed.latest() : feed.open(after).vector;
  for (;;) {
    const batch = await feed.read(vector, 200);
    vector = batch.vector;
    for (const placed of batch.events) if (told(caller, placed.event)) yield placed;
    if (batch.atEnd) await feed.changed(vector, AbortSignal.timeout(PATIENCE_MILLISECONDS));
  }
}

export const AFTER =
  '游标；不给则从现在起 Without one, from now on; with the cursor of the last change seen, behind it.';
export const DIVISIONS = '区划代码（4、6、9、12 或 15 位） Codes of areas, each with all that lies in it, 200 at most.';
export const IDS = '对象编号 Global ids of objects, 200 at most.';
