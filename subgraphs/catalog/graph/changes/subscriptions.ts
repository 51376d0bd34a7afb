import { changesFor } from '../../../kit/feed/change-filter.ts';
import type { PlacedEvent } from '../../../kit/feed/feed-log.ts';
import { GRAPH_CARD } from '../../../kit/graph/data-card.ts';
import { builder } from '../builder.ts';
import type { ForeignEntities } from '../node.ts';
import { Change } from './change.ts';
import { AFTER, DIVISIONS, follow, IDS } from './follow.ts';
import { defineProgressChanges } from './progress-changes.ts';
import { defineTypedChanges, type TypedChange } from './typed-changes.ts';

/** Kinds of objects that boards and screens subscribe to with a selection of their own. */
const typedChanges: readonly TypedChange[] = [
  {
    entityType: 'Incident',
    type: 'IncidentChange',
    name: 'incidentChange',
    field: 'incident',
    description: '事件变更 A change of an incident, with the incident as it is now.',
    subscription:
      '事件推送 Changes of incidents in areas of the caller’s, as they are committed; for boards and queues.',
    entity: '事件 The incident as it is now; null when it is gone or outside the caller’s area.',
    types: '变更类型，如 incident.advanced Types of changes; all of incidents by default.',
  },
  {
    entityType: 'ListEntry',
    type: 'ListEntryChange',
    name: 'listEntryChange',
    field: 'entry',
    description: '清单变更 A change of an entry of the three lists, or a call-out, with the entry as it is now.',
    subscription:
      '清单推送 Entries that are published, claimed or done, and call-outs that are raised: both sides see who won.',
    entity: '条目 The entry as it is now; null when it is gone.',
    types: '变更类型，如 list_entry.claimed、call_out.raised Types of changes; all of entries by default.',
  },
  {
    entityType: 'ServiceRequest',
    type: 'ServiceRequestChange',
    name: 'serviceRequestChange',
    field: 'request',
    description: '办件变更 A change of a request or an order, with it as it is now.',
    subscription:
      '办件推送 Requests and orders as they move, are assigned, become overdue or get another term; for desks and queues.',
    entity: '办件 The request as it is now; null when it is gone or outside the caller’s area.',
    types:
      '变更类型，如 service-request.assigned、service-request.overdue Types of changes; all of requests by default.',
  },
  {
    entityType: 'Alert',
    type: 'AlertChange',
    name: 'alertChange',
    field: 'alert',
    description: '预警变更 An alert that was raised, has grown or was dealt with, as it is now.',
    subscription: '预警推送 Alerts of areas of the caller’s, within seconds of what has raised them.',
    entity: '预警 The alert as it is now; null when it is outside the caller’s area.',
    types: '变更类型，如 alert.raised、alert.grown Types of changes; all of alerts by default.',
  },
  {
    entityType: 'Deliberation',
    type: 'DeliberationChange',
    name: 'deliberationChange',
    field: 'deliberation',
    description: '协商变更 A deliberation that took a step, was posted to or voted on, as it is now.',
    subscription:
      '协商推送 Steps, posts and ballots of deliberations in areas of the caller’s; what a ballot says is never told.',
    entity: '协商 The deliberation as it is now; null when it is outside the caller’s area.',
    types:
      '变更类型，如 deliberation.stepped、deliberation.posted、deliberation.ballotCast Types of changes; all of deliberations by default.',
  },
  {
    entityType: 'Person',
    eventEntityType: 'PointsAccount',
    type: 'PointsChange',
    name: 'pointsChange',
    field: 'person',
    description: '积分变更 A volunteer’s points that are others now, with the person, whose `volunteer` shows them.',
    subscription: '积分推送 Points that volunteers of areas of the caller’s were given or have redeemed.',
    entity: '自然人 The person; null outside the caller’s area.',
    types: '变更类型 Types of changes; points.changed by default.',
  },
  {
    entityType: 'PlaceOverview',
    type: 'OverviewChange',
    name: 'overviewChange',
    field: 'overview',
    description: '概览变更 Figures of a place that are others now, with its overview.',
    subscription:
      '概览推送 Overviews of places as their figures change, some times a second at most; for big screens. Name the places by `ids`.',
    entity: '概览 The overview as it is now.',
    types: '变更类型 Types of changes; leave it as it is.',
  },
];

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
      subscribe: (_root, { after, ...filter }, { store, caller }) =>
        follow(store.changes, caller, after, changesFor(filter)),
      resolve: (placed) => placed as PlacedEvent, // what `follow` yields
    }),
  }));

  for (const typed of typedChanges) defineTypedChanges(foreign, typed);
  defineProgressChanges();
}
