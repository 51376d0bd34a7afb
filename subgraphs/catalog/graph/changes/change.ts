import { isTombstone } from '../../../kit/feed/feed-event.ts';
import type { PlacedEvent } from '../../../kit/feed/feed-log.ts';
import { GRAPH_CARD } from '../../../kit/graph/data-card.ts';
import { builder } from '../builder.ts';
import { findNode } from '../node.ts';

/** 变更 — what the outbox says of one write, without any value: those are read through `entity`. */
export const Change = builder.objectRef<PlacedEvent>('Change').implement({
  description:
    '变更 One change that was committed: what happened to which object, where and when. Values are read through `entity`, under the reader’s rights.',
  card: GRAPH_CARD,
  fields: (t) => ({
    cursor: t.string({
      description: '游标，传给 after 即从此变更之后继续 Pass it as `after` to go on behind this change.',
      resolve: (change, _args, { store }) => store.changes.seal(change),
    }),
    changeId: t.string({
      description: '变更编号，用于去重 Id of the change; the same change delivered twice has the same one.',
      resolve: ({ event }) => event.position.id,
    }),
    subgraph: t.string({
      description: '子图 Subgraph that wrote it; the order of changes holds within one.',
      resolve: ({ event }) => event.subgraph,
    }),
    eventType: t.string({
      description: '变更类型，如 incident.advanced What happened.',
      resolve: ({ event }) => event.eventType,
    }),
    entityType: t.string({ description: '对象类型 Type of the object.', resolve: ({ event }) => event.entityType }),
    entityId: t.id({ description: '对象编号 Global id of the object.', resolve: ({ event }) => event.entityId }),
    entity: t.field({
      type: 'Node',
      nullable: true,
      description:
        '对象的现状 The object as it is now; null when it is gone, outside the reader’s area, or of a type without global ids.',
      resolve: ({ event }, _args, context) => (isTombstone(event) ? null : findNode(event.entityId, context)),
    }),
    deleted: t.boolean({
      description: '墓碑 Whether the object is gone.',
      resolve: ({ event }) => isTombstone(event),
    }),
    divisionCode: t.string({
      nullable: true,
      description: '发生地代码 Code of the smallest area that it happened in; null for what is of no place.',
      resolve: ({ event }) => event.divisionCode,
    }),
    occurredAt: t.field({
      type: 'DateTime',
      description: '发生时刻 When it was written.',
      resolve: ({ event }) => event.occurredAt,
    }),
  }),
});
