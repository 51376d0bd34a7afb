import { type FeedEvent, isTombstone } from '../../subgraphs/kit/feed/feed-event.ts';

/** A change as it travels outside of GraphQL; the same names as the graph's type `Change`, and no value. */
export interface ChangeMessage {
  readonly changeId: string;
  readonly subgraph: string;
  readonly eventType: string;
  readonly entityType: string;
  readonly entityId: string;
  readonly deleted: boolean;
  readonly divisionCode: string | null;
  readonly occurredAt: string;
}

export function changeMessage(event: FeedEvent): ChangeMessage {
  const { position, subgraph, eventType, entityType, entityId, divisionCode, occurredAt } = event;
  return {
    changeId: position.id,
    subgraph,
    eventType,
    entityType,
    entityId,
    deleted: isTombstone(event),
    divisionCode,
    occurredAt: occurredAt.toISOString(),
  };
}
