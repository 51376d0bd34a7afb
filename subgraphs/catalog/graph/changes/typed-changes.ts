import { changesFor, mayLearnOf } from '../../../kit/feed/change-filter.ts';
import type { PlacedEvent } from '../../../kit/feed/feed-log.ts';
import { findKey, globalId } from '../../../kit/global-id.ts';
import { GRAPH_CARD } from '../../../kit/graph/data-card.ts';
import { builder } from '../builder.ts';
import type { ForeignEntities } from '../node.ts';
import { Change } from './change.ts';
import { AFTER, DIVISIONS, follow, IDS } from './follow.ts';

/** A subscription to the changes of one type of objects, and what its parts are called. */
export interface TypedChange {
  readonly entityType: string;
  /** Type that events name where they do not name the object itself; its keys are the object's. */
  readonly eventEntityType?: string;
  /** Type of one change. */
  readonly type: string;
  /** Query field of one change; the subscription adds a `d`, by which the gateway knows that they belong together. */
  readonly name: string;
  /** Field of the type that holds the object. */
  readonly field: string;
  readonly description: string;
  readonly subscription: string;
  readonly entity: string;
  readonly types: string;
}

/** Adds the subscription and the query of one change; nothing where the city has no such type. */
export function defineTypedChanges(foreign: ForeignEntities, typed: TypedChange): void {
  const { description, entityType, eventEntityType, field, name } = typed;
  const told = eventEntityType ?? entityType;
  const Entity = foreign.get(entityType);
  if (Entity === undefined) return;
  const TypeOfChange = builder.objectRef<PlacedEvent>(typed.type).implement({
    description,
    card: GRAPH_CARD,
    fields: (t) => ({
      change: t.field({ type: Change, description: '变更 What happened.', resolve: (placed) => placed }),
      [field]: t.field({
        type: Entity,
        nullable: true,
        description: typed.entity,
        resolve: ({ event }) => ({
          id:
            eventEntityType === undefined ? event.entityId : globalId(entityType, findKey(told, event.entityId) ?? ''),
        }),
      }),
    }),
  });
  const isOfType = ({ event }: PlacedEvent) => event.entityType === told;
  builder.queryField(name, (t) =>
    t.field({
      type: TypeOfChange,
      nullable: true,
      description: `按游标取一条变更 ${description}`,
      args: { cursor: t.arg.string({ required: true, description: '该变更的游标 Its cursor.' }) },
      resolve: async (_root, { cursor }, { store: { changes }, caller }) => {
        const found = await changes.eventOf(changes.open(cursor));
        return found !== undefined && isOfType(found) && mayLearnOf(caller, found.event) ? found : null;
      },
    }),
  );
  builder.subscriptionField(`${name}d`, (t) =>
    t.field({
      type: TypeOfChange,
      description: typed.subscription,
      args: {
        after: t.arg.string({ description: AFTER }),
        types: t.arg.stringList({ required: true, defaultValue: [told], description: typed.types }),
        divisions: t.arg.stringList({ description: DIVISIONS }),
        ids: t.arg.idList({ description: IDS }),
      },
      subscribe: async function* (_root, { after, ...filter }, { store, caller }) {
        for await (const placed of follow(store.changes, caller, after, changesFor(filter)))
          if (isOfType(placed)) yield placed;
      },
      resolve: (placed) => placed as PlacedEvent, // what `subscribe` yields
    }),
  );
}
