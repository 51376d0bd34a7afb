import type { Caller } from '../../../kit/caller/caller.ts';
import type { ChangeFeed } from '../../../kit/feed/change-feed.ts';
import { type ChangeFilter, compileFilter, mayLearnOf } from '../../../kit/feed/change-filter.ts';
import type { PlacedEvent } from '../../../kit/feed/feed-log.ts';
import { GRAPH_CARD } from '../../../kit/graph/data-card.ts';
import { builder } from '../builder.ts';
import type { ForeignEntities } from '../node.ts';
import { Change } from './change.ts';

interface SubscriptionArguments extends ChangeFilter {
  readonly after?: string | null | undefined;
}

/** How often a reader that waits looks whether it has been left. */
const PATIENCE_MILLISECONDS = 1_000;

/**
 * What a subgraph that is asked by itself tells its subscribers. The hub's gateway follows the feed on its own, once for
 * all of them, and asks for each change by its cursor: every subscription `…d` has a query `…` of one change.
 */
async function* follow(feed: ChangeFeed, caller: Caller, { after, ...filter }: SubscriptionArguments) {
  const wanted = compileFilter(filter);
  let vector = after == null ? await feed.latest() : feed.open(after).vector;
  for (;;) {
    const batch = await feed.read(vector, 200);
    vector = batch.vector;
    for (const placed of batch.events) if (mayLearnOf(caller, placed.event) && wanted(placed.event)) yield placed;
    if (batch.atEnd) await feed.changed(vector, AbortSignal.timeout(PATIENCE_MILLISECONDS));
  }
}

const AFTER = '游标；不给则从现在起 Without one, from now on; with the cursor of the last change seen, behind it.';
const DIVISIONS = '区划代码（4、6、9、12 或 15 位） Codes of areas, each with all that lies in it, 200 at most.';
const IDS = '对象编号 Global ids of objects, 200 at most.';

export function defineSubscriptions(foreign: ForeignEntities): void {
  builder.subscriptionType({
    description: '订阅 What is told as it happens; at least once, in commit order per subgraph.',
    card: GRAPH_CARD,
  });
  builder.subscriptionFields((t) => ({
    changed: t.field({
      type: Change,
      description: '变更推送 Changes in the caller’s area and under his rights, as they are committed.',
      args: {
        after: t.arg.string({ description: AFTER }),
        types: t.arg.stringList({ description: '对象类型或变更类型 Types of objects or of changes, 200 at most.' }),
        divisions: t.arg.stringList({ description: DIVISIONS }),
        ids: t.arg.idList({ description: IDS }),
      },
      subscribe: (_root, args, { store, caller }) => follow(store.changes, caller, args),
      resolve: (placed) => placed as PlacedEvent, // what `follow` yields
    }),
  }));

  defineIncidentChanges(foreign.get('Incident'));
  defineOverviewChanges(foreign.get('PlaceOverview'));
}

type ForeignEntity = ReturnType<ForeignEntities['get']>;

function defineIncidentChanges(Incident: ForeignEntity): void {
  if (Incident === undefined) return;
  const IncidentChange = builder.objectRef<PlacedEvent>('IncidentChange').implement({
    description: '事件变更 A change of an incident, with the incident as it is now.',
    card: GRAPH_CARD,
    fields: (t) => ({
      change: t.field({ type: Change, description: '变更 What happened.', resolve: (placed) => placed }),
      incident: t.field({
        type: Incident,
        nullable: true,
        description: '事件 The incident as it is now; null when it is gone or outside the caller’s area.',
        resolve: ({ event }) => ({ id: event.entityId }),
      }),
    }),
  });
  const isOfIncident = ({ event }: PlacedEvent) => event.entityType === 'Incident';
  builder.queryField('incidentChange', (t) =>
    t.field({
      type: IncidentChange,
      nullable: true,
      description: '按游标取一条事件变更 One change of an incident by its cursor.',
      args: { cursor: t.arg.string({ required: true, description: '该变更的游标 Its cursor.' }) },
      resolve: async (_root, { cursor }, { store: { changes }, caller }) => {
        const found = await changes.eventOf(changes.open(cursor));
        return found !== undefined && isOfIncident(found) && mayLearnOf(caller, found.event) ? found : null;
      },
    }),
  );
  builder.subscriptionField('incidentChanged', (t) =>
    t.field({
      type: IncidentChange,
      description:
        '事件推送 Changes of incidents in areas of the caller’s, as they are committed; for boards and queues.',
      args: {
        after: t.arg.string({ description: AFTER }),
        types: t.arg.stringList({
          required: true,
          defaultValue: ['Incident'],
          description: '变更类型，如 incident.advanced Types of changes; all of incidents by default.',
        }),
        divisions: t.arg.stringList({ description: DIVISIONS }),
        ids: t.arg.idList({ description: IDS }),
      },
      subscribe: async function* (_root, args, { store, caller }) {
        for await (const placed of follow(store.changes, caller, args)) if (isOfIncident(placed)) yield placed;
      },
      resolve: (placed) => placed as PlacedEvent, // what `subscribe` yields
    }),
  );
}

/** Screens that watch places: told when figures of these very places have been counted anew, at most some times a second. */
function defineOverviewChanges(PlaceOverview: ForeignEntity): void {
  if (PlaceOverview === undefined) return;
  const OverviewChange = builder.objectRef<PlacedEvent>('OverviewChange').implement({
    description: '概览变更 Figures of a place that are others now, with its overview.',
    card: GRAPH_CARD,
    fields: (t) => ({
      change: t.field({ type: Change, description: '变更 What happened.', resolve: (placed) => placed }),
      overview: t.field({
        type: PlaceOverview,
        nullable: true,
        description: '概览 The overview as it is now.',
        resolve: ({ event }) => ({ id: event.entityId }),
      }),
    }),
  });
  const isOfOverview = ({ event }: PlacedEvent) => event.entityType === 'PlaceOverview';
  builder.queryField('overviewChange', (t) =>
    t.field({
      type: OverviewChange,
      nullable: true,
      description: '按游标取一条概览变更 One change of an overview by its cursor.',
      args: { cursor: t.arg.string({ required: true, description: '该变更的游标 Its cursor.' }) },
      resolve: async (_root, { cursor }, { store: { changes }, caller }) => {
        const found = await changes.eventOf(changes.open(cursor));
        return found !== undefined && isOfOverview(found) && mayLearnOf(caller, found.event) ? found : null;
      },
    }),
  );
  builder.subscriptionField('overviewChanged', (t) =>
    t.field({
      type: OverviewChange,
      description: '概览推送 Overviews of places as their figures change; for big screens.',
      args: {
        after: t.arg.string({ description: AFTER }),
        types: t.arg.stringList({
          required: true,
          defaultValue: ['PlaceOverview'],
          description: '变更类型 Types of changes; leave it as it is.',
        }),
        ids: t.arg.idList({
          required: true,
          description: '地方编号，如 PlaceOverview:330402 Global ids of the places on the screen, 200 at most.',
        }),
      },
      subscribe: async function* (_root, args, { store, caller }) {
        for await (const placed of follow(store.changes, caller, args)) if (isOfOverview(placed)) yield placed;
      },
      resolve: (placed) => placed as PlacedEvent, // what `subscribe` yields
    }),
  );
}
