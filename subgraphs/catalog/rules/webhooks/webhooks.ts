import type { Caller } from '../../../kit/caller/caller.ts';
import type { Clock } from '../../../kit/clock.ts';
import { isRefusal, type Refusal, refuse } from '../../../kit/codes/refusals.ts';
import { compileFilter } from '../../../kit/feed/change-filter.ts';
import { isUuid } from '../../../kit/ids.ts';
import { seal } from '../../../kit/store/sealing.ts';
import { checkTarget } from '../../../kit/webhooks/target-policy.ts';
import { makeWebhookSecret } from '../../../kit/webhooks/webhook-signature.ts';
import type { CatalogStore } from '../../store/catalog-store.ts';
import { countWebhooks, insertWebhook, lockWebhook, switchWebhook } from '../../store/webhooks/webhook-writes.ts';
import { writeCatalog } from '../catalog-write.ts';

export interface RegisterWebhookInput {
  readonly url: string;
  readonly types: readonly string[];
  readonly divisions: readonly string[];
  readonly idempotencyKey: string;
}

export interface SwitchWebhookInput {
  readonly webhookId: string;
  readonly active: boolean;
  readonly idempotencyKey: string;
}

export interface WebhookChanged {
  readonly webhookId: string;
}

export interface WebhookRegistered extends WebhookChanged {
  /** Only in the answer that made it; kept sealed, and shown to nobody again. */
  readonly secret: string | null;
}

export const MAX_WEBHOOKS = 20;
const TARGET_REFUSALS = {
  MALFORMED: 'WEBHOOK_URL_INVALID',
  NOT_HTTPS: 'WEBHOOK_URL_NOT_HTTPS',
  PRIVATE: 'WEBHOOK_URL_PRIVATE',
} as const;

/** Registers where the caller's client is told of changes from now on, under the rights and area that it has then. */
export async function registerWebhook(
  store: CatalogStore,
  caller: Caller,
  clock: Clock,
  input: RegisterWebhookInput,
): Promise<WebhookRegistered | Refusal> {
  const { divisions, types, url } = input;
  let secret: string | null = null;
  const cursor = store.changes.seal({ vector: await store.changes.latest() });
  const made = await writeCatalog<WebhookChanged>(
    { store, caller, clock },
    'registerWebhook',
    'webhook',
    input,
    async (transaction, provenanceId) => {
      const target = checkTarget(url, store.webhookTargets);
      if (typeof target === 'string') return refuse(TARGET_REFUSALS[target], 'input.url');
      if (!isFilter({ types })) return refuse('WEBHOOK_FILTER_INVALID', 'input.types');
      if (!isFilter({ divisions })) return refuse('WEBHOOK_FILTER_INVALID', 'input.divisions');
      // Their area hangs on the posts of whoever acts, and nobody acts here.
      if (caller.workerId !== undefined || caller.jurisdiction.length === 0) {
        return refuse('WEBHOOK_CLIENT_WITHOUT_AREA', 'input');
      }
      if ((await countWebhooks(transaction, caller.clientId)) >= MAX_WEBHOOKS) {
        return refuse('WEBHOOKS_TOO_MANY', 'input', { max: MAX_WEBHOOKS });
      }
      const webhookId = store.ids.next();
      secret = makeWebhookSecret();
      await insertWebhook(transaction, {
        ...{ id: webhookId, clientId: caller.clientId, url: target.href, types, divisions, cursor, provenanceId },
        sealedSecret: Uint8Array.from(seal(store.fieldKey, secret)),
        // Deliveries go by the real time, not by the demo city's.
        createdAt: new Date(),
      });
      return { answer: { webhookId }, rowCount: 1, events: [webhookEvent('webhook.registered', webhookId)] };
    },
  );
  return isRefusal(made) ? made : { ...made, secret };
}

/** Switches a webhook of the caller's client off or on. What happened meanwhile is delivered then, as far as it is kept. */
export function switchWebhookOf(
  store: CatalogStore,
  caller: Caller,
  clock: Clock,
  input: SwitchWebhookInput,
): Promise<WebhookChanged | Refusal> {
  const { active, webhookId } = input;
  return writeCatalog({ store, caller, clock }, 'switchWebhook', 'webhook', input, async (transaction) => {
    const known = isUuid(webhookId) ? await lockWebhook(transaction, caller.clientId, webhookId) : undefined;
    if (known === undefined) return refuse('WEBHOOK_NOT_FOUND', 'input.webhookId');
    await switchWebhook(transaction, webhookId, active);
    const eventType = active ? 'webhook.enabled' : 'webhook.disabled';
    return { answer: { webhookId }, rowCount: 1, events: [webhookEvent(eventType, webhookId)] };
  });
}

function isFilter(filter: Parameters<typeof compileFilter>[0]): boolean {
  try {
    compileFilter(filter);
    return true;
  } catch {
    return false;
  }
}

function webhookEvent(eventType: string, webhookId: string) {
  return { eventType, entityType: 'Webhook', entityId: webhookId, payload: { webhookId }, place: undefined };
}
