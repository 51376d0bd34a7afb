import type { ChangeEvent } from '../../../kit/store/write-request.ts';

/** An event about a client; its payload carries codes only, never a secret. */
export function clientEvent(
  eventType: string,
  clientId: string,
  payload: Readonly<Record<string, unknown>> = {},
): ChangeEvent {
  return { eventType, entityType: 'Client', entityId: clientId, payload: { clientId, ...payload }, place: undefined };
}
