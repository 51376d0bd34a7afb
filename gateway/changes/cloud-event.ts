import type { ChangeMessage } from './change-message.ts';

/** A change as CloudEvents 1.0 in JSON, with the cursor behind it. */
export function cloudEvent(change: ChangeMessage, cursor: string) {
  const { changeId, eventType, occurredAt, subgraph, ...data } = change;
  return {
    specversion: '1.0',
    id: changeId,
    source: `/yiyun/${subgraph}`,
    type: `yiyun.${eventType}`,
    subject: data.entityId,
    time: occurredAt,
    datacontenttype: 'application/json',
    data: { ...data, cursor },
  };
}

export const CLOUD_EVENT_TYPE = 'application/cloudevents+json; charset=utf-8';
