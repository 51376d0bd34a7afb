import { graphProblem } from '../../../kit/codes/problems.ts';
import type { FeedBatch } from '../../../kit/feed/change-feed.ts';
import { compileFilter, mayLearnOf } from '../../../kit/feed/change-filter.ts';
import { GRAPH_CARD } from '../../../kit/graph/data-card.ts';
import { builder, PageInfo } from '../builder.ts';
import { Change } from './change.ts';

const MAX_PAGE_SIZE = 1_000;
/** Events that one request looks at, however few of them it may show: an answer must not take for ever. */
const MAX_LOOKED_AT = 20_000;

interface ChangePage extends FeedBatch {
  readonly latest: () => Promise<string>;
}

const ChangeConnection = builder.objectRef<ChangePage>('ChangeConnection').implement({
  description: '变更列表 Changes in commit order per subgraph.',
  card: GRAPH_CARD,
  fields: (t) => ({
    nodes: t.field({
      type: [Change],
      description: '变更 The changes; may be fewer than asked for, even none, while more follow.',
      resolve: ({ events }) => [...events],
    }),
    pageInfo: t.field({
      type: PageInfo,
      description:
        '分页信息，endCursor 总有值 Where the page ends; `endCursor` is always there: go on behind it, now or later.',
      resolve: ({ vector, atEnd }, _args, { store }) => ({
        hasNextPage: !atEnd,
        endCursor: store.changes.seal({ vector }),
      }),
    }),
    latestCursor: t.string({
      description: '最新游标 A cursor behind everything that was committed: what happens from now on.',
      resolve: ({ latest }) => latest(),
    }),
  }),
});

const filterDescriptions = {
  types: '对象类型或变更类型，如 Incident、incident.advanced Types of objects or of changes, 200 at most.',
  divisions: '区划代码（4、6、9、12 或 15 位） Codes of areas, each with all that lies in it, 200 at most.',
  ids: '对象编号 Global ids of objects, 200 at most.',
};

builder.queryFields((t) => ({
  changes: t.field({
    type: ChangeConnection,
    description:
      '变更流 What was written since a cursor, at least once and in commit order per subgraph; only changes in the caller’s area and under his rights.',
    args: {
      after: t.arg.string({
        description: '游标；不给则从最早保留的变更开始 Without one, from the oldest that is kept.',
      }),
      types: t.arg.stringList({ description: filterDescriptions.types }),
      divisions: t.arg.stringList({ description: filterDescriptions.divisions }),
      ids: t.arg.idList({ description: filterDescriptions.ids }),
      first: t.arg.int({
        required: true,
        defaultValue: 100,
        description: `条数 1 to ${MAX_PAGE_SIZE}.`,
      }),
    },
    resolve: async (_root, { after, first, types, divisions, ids }, { store: { changes }, caller }) => {
      if (first < 1 || first > MAX_PAGE_SIZE)
        throw graphProblem('PAGE_SIZE_OUT_OF_RANGE', { first, max: MAX_PAGE_SIZE });
      const wanted = compileFilter({ types, divisions, ids });
      let vector = after == null ? await changes.oldest() : changes.open(after).vector;
      const found: FeedBatch['events'][number][] = [];
      for (let lookedAt = 0; ; ) {
        const batch = await changes.read(vector, MAX_PAGE_SIZE);
        lookedAt += batch.events.length;
        for (const placed of batch.events) {
          if (!mayLearnOf(caller, placed.event) || !wanted(placed.event)) continue;
          found.push(placed);
          // The rest of the batch is read again by the next page.
          if (found.length === first) return page(found, placed.vector, false);
        }
        vector = batch.vector;
        if (batch.atEnd || lookedAt >= MAX_LOOKED_AT) return page(found, vector, batch.atEnd);
      }
      function page(events: FeedBatch['events'], end: FeedBatch['vector'], atEnd: boolean): ChangePage {
        return { events, vector: end, atEnd, latest: async () => changes.seal({ vector: await changes.latest() }) };
      }
    },
  }),
  change: t.field({
    type: Change,
    nullable: true,
    description: '按游标取一条变更 One change by its cursor; null when it is no longer kept or not for the caller.',
    args: { cursor: t.arg.string({ required: true, description: '该变更的游标 Its cursor.' }) },
    resolve: async (_root, { cursor }, { store: { changes }, caller }) => {
      const found = await changes.eventOf(changes.open(cursor));
      return found !== undefined && mayLearnOf(caller, found.event) ? found : null;
    },
  }),
}));
