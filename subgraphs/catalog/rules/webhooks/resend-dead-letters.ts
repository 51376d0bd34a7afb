import type { Caller } from '../../../kit/caller/caller.ts';
import type { Clock } from '../../../kit/clock.ts';
import { type Refusal, refuse } from '../../../kit/codes/refusals.ts';
import { isUuid } from '../../../kit/ids.ts';
import { RESEND_REQUESTED } from '../../../kit/webhooks/resend-requested.ts';
import type { CatalogStore } from '../../store/catalog-store.ts';
import { lockWebhook, markLetters } from '../../store/webhooks/webhook-writes.ts';
import { writeCatalog } from '../catalog-write.ts';

export interface ResendDeadLettersInput {
  readonly webhookId: string;
  /** All of them without it. */
  readonly deadLetterIds?: readonly string[] | null | undefined;
  readonly idempotencyKey: string;
}

export interface DeadLettersMarked {
  readonly webhookId: string;
  readonly letterCount: number;
}

/** Has the dispatcher send dead letters of the caller's webhook again, under the rights that its client has then. */
export function resendDeadLetters(
  store: CatalogStore,
  caller: Caller,
  clock: Clock,
  input: ResendDeadLettersInput,
): Promise<DeadLettersMarked | Refusal> {
  const { deadLetterIds, webhookId } = input;
  return writeCatalog(
    { store, caller, clock },
    'resendDeadLetters',
    'webhook_dead_letter',
    input,
    async (transaction) => {
      const known = isUuid(webhookId) ? await lockWebhook(transaction, caller.clientId, webhookId) : undefined;
      if (known === undefined) return refuse('WEBHOOK_NOT_FOUND', 'input.webhookId');
      if (known.state !== 'ACTIVE') return refuse('WEBHOOK_DISABLED', 'input.webhookId');
      const isKnowable = deadLetterIds?.every(isUuid) ?? true;
      const letterCount = isKnowable
        ? await markLetters(transaction, webhookId, deadLetterIds ?? undefined)
        : undefined;
      if (letterCount === undefined) return refuse('DEAD_LETTER_NOT_FOUND', 'input.deadLetterIds');
      return {
        answer: { webhookId, letterCount },
        rowCount: letterCount,
        events: [
          {
            ...{ eventType: RESEND_REQUESTED, entityType: 'Webhook', entityId: webhookId },
            ...{ payload: { webhookId, letterCount }, place: undefined },
          },
        ],
      };
    },
  );
}
