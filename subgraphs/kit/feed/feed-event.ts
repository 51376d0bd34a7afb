import type { FeedPosition } from './feed-position.ts';

/** One event as its subgraph's outbox holds it. What it was about is read through the graph, under the reader's rights. */
export interface FeedEvent {
  readonly subgraph: string;
  readonly position: FeedPosition;
  readonly eventType: string;
  readonly entityType: string;
  /** Global id. */
  readonly entityId: string;
  /** Code of the smallest area that it happened in; null for one that is of no place. */
  readonly divisionCode: string | null;
  readonly occurredAt: Date;
}

/** 墓碑: what the event is about is gone; its type says so, `<entity>.deleted`. */
export function isTombstone(event: Pick<FeedEvent, 'eventType'>): boolean {
  return event.eventType.endsWith('.deleted');
}
