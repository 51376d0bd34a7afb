import { changesOf } from '../../../kit/feed/change-filter.ts';
import type { PlacedEvent } from '../../../kit/feed/feed-log.ts';
import { GRAPH_CARD } from '../../../kit/graph/data-card.ts';
import { builder } from '../builder.ts';
import { findNode } from '../node.ts';
import { AFTER, follow } from './follow.ts';

interface FollowedChange {
  readonly placed: PlacedEvent;
  readonly progressId: string;
}

const PROGRESS_ID =
  '进度编号 Id of a progress (`CaseProgress`, `ReportProgress`, `RequestProgress`), as the query by its code shows it.';

/**
 * Follows one thing by its code. Neither the thing’s id nor its place is told, so that this is no `Change`: whoever holds
 * the code may be anybody.
 */
export function defineProgressChanges(): void {
  const ProgressChange = builder.objectRef<FollowedChange>('ProgressChange').implement({
    description: '进度变更 Something has happened to what a code is of, with its public progress as it is now.',
    card: GRAPH_CARD,
    fields: (t) => ({
      cursor: t.string({
        description: '游标，传给 after 即从此变更之后继续 Pass it as `after` to go on behind this change.',
        resolve: ({ placed }, _args, { store }) => store.changes.seal(placed),
      }),
      occurredAt: t.field({
        type: 'DateTime',
        description: '发生时刻 When it was written.',
        resolve: ({ placed }) => placed.event.occurredAt,
      }),
      progress: t.field({
        type: 'Node',
        nullable: true,
        description: '进度 The progress as it is now.',
        resolve: ({ progressId }, _args, context) => findNode(progressId, context),
      }),
    }),
  });
  builder.queryField('progressChange', (t) =>
    t.field({
      type: ProgressChange,
      nullable: true,
      description: '按游标取一条进度变更 One change of a progress by its cursor; null when it is not of this one.',
      args: {
        cursor: t.arg.string({ required: true, description: '该变更的游标 Its cursor.' }),
        id: t.arg.id({ required: true, description: PROGRESS_ID }),
      },
      resolve: async (_root, { cursor, id: progressId }, { store: { changes } }) => {
        const placed = await changes.eventOf(changes.open(cursor));
        return placed?.event.entityId === changes.followed(progressId) ? { placed, progressId } : null;
      },
    }),
  );
  builder.subscriptionField('progressChanged', (t) =>
    t.field({
      type: ProgressChange,
      description:
        '进度推送 Follows one case, report or request for whoever holds its code, wherever it lies; the public progress only.',
      args: {
        id: t.arg.id({ required: true, description: PROGRESS_ID }),
        after: t.arg.string({ description: AFTER }),
      },
      subscribe: async function* (_root, { after, id: progressId }, { store: { changes }, caller }) {
        const told = changesOf(changes.followed(progressId));
        for await (const placed of follow(changes, caller, after, told)) yield { placed, progressId };
      },
      resolve: (change) => change as FollowedChange, // what `subscribe` yields
    }),
  );
}
