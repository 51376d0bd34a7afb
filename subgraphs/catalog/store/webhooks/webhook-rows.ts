import type { OperationTrace } from '../../../kit/operation-trace.ts';
import type { CatalogStore } from '../catalog-store.ts';

export interface WebhookRow {
  readonly id: string;
  readonly clientId: string;
  readonly url: string;
  readonly types: readonly string[];
  readonly divisions: readonly string[];
  readonly state: 'ACTIVE' | 'DISABLED';
  readonly stateReason: string | null;
  readonly cursor: string;
  readonly attempts: number;
  readonly nextAttemptAt: Date;
  readonly deliveredCount: number;
  readonly deadCount: number;
  readonly lastStatus: number | null;
  readonly lastError: string | null;
  readonly lastDeliveredAt: Date | null;
  readonly createdAt: Date;
}

export interface DeadLetterRow {
  readonly id: string;
  readonly webhookId: string;
  readonly cursor: string;
  readonly body: string;
  readonly attempts: number;
  readonly lastStatus: number | null;
  readonly lastError: string | null;
  readonly diedAt: Date;
  readonly state: 'DEAD' | 'WAITING' | 'DELIVERED' | 'WITHDRAWN';
  readonly resentAt: Date | null;
}

const COLUMNS = `id, client_id AS "clientId", url, types, divisions, state, state_reason AS "stateReason", cursor,
  attempts, next_attempt_at AS "nextAttemptAt", delivered_count AS "deliveredCount", dead_count AS "deadCount",
  last_status AS "lastStatus", last_error AS "lastError", last_delivered_at AS "lastDeliveredAt",
  created_at AS "createdAt"`;

/** All webhooks of a client, the oldest first; they are few by rule. */
export function findWebhooksOf({ database }: CatalogStore, clientId: string, trace: OperationTrace) {
  return database.rows<WebhookRow>(
    'webhooksOfClient',
    `SELECT ${COLUMNS} FROM catalog.webhook WHERE client_id = $1 ORDER BY id`,
    [clientId],
    trace,
  );
}

export async function findWebhook({ database }: CatalogStore, id: string, trace: OperationTrace) {
  const [row] = await database.rows<WebhookRow>(
    'webhook',
    `SELECT ${COLUMNS} FROM catalog.webhook WHERE id = $1::uuid`,
    [id],
    trace,
  );
  return row;
}

/** The newest dead letters of webhooks. */
export function findDeadLetters({ database }: CatalogStore, webhookIds: readonly string[], trace: OperationTrace) {
  return database.rows<DeadLetterRow>(
    'webhookDeadLetters',
    `SELECT d.id, d.webhook_id AS "webhookId", d.cursor, d.body, d.attempts, d.last_status AS "lastStatus",
       d.last_error AS "lastError", d.died_at AS "diedAt", d.state, d.resent_at AS "resentAt"
     FROM unnest($1::uuid[]) w(id), LATERAL (SELECT * FROM catalog.webhook_dead_letter l WHERE l.webhook_id = w.id
       ORDER BY l.id DESC LIMIT 50) d`,
    [webhookIds],
    trace,
  );
}
