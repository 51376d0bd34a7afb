import { setTimeout as delay } from 'node:timers/promises';
import type { Caller } from '../../subgraphs/kit/caller/caller.ts';
import type { CatalogPort, DueWebhook, WebhookDeliveries } from '../../subgraphs/kit/catalog-port.ts';
import { isGraphProblem } from '../../subgraphs/kit/codes/problems.ts';
import type { ChangeFeed } from '../../subgraphs/kit/feed/change-feed.ts';
import { compileFilter, mayLearnOf, mayLearnOfKind } from '../../subgraphs/kit/feed/change-filter.ts';
import type { PlacedEvent } from '../../subgraphs/kit/feed/feed-log.ts';
import { RESEND_REQUESTED } from '../../subgraphs/kit/webhooks/resend-requested.ts';
import type { TargetPolicy } from '../../subgraphs/kit/webhooks/target-policy.ts';
import { webhookHeaders } from '../../subgraphs/kit/webhooks/webhook-signature.ts';
import { changeMessage } from '../changes/change-message.ts';
import { CLOUD_EVENT_TYPE, cloudEvent } from '../changes/cloud-event.ts';
import { findClientItself } from '../identity/client-itself.ts';
import { type Attempt, sendWebhook } from './send-webhook.ts';

export interface WebhookDispatcherOptions {
  readonly catalog: Pick<CatalogPort, 'findClient'> & { readonly webhooks: WebhookDeliveries };
  readonly changes: ChangeFeed;
  readonly targets: TargetPolicy;
  /** Told of what went wrong on this side; it is tried again. */
  readonly onTrouble: (error: unknown) => void;
  /** Pauses before each further attempt; after the last the change is a dead letter. */
  readonly retryMilliseconds?: readonly number[];
  readonly lookMilliseconds?: number;
}

const [SECOND, HOUR] = [1_000, 3_600_000];
/** Nine hours in all: a night's outage is survived, and a receiver that is gone for good does not stay for ever. */
const RETRY_MILLISECONDS = [5, 30, 120, 600, 1_800].map((seconds) => seconds * SECOND).concat(HOUR, 2 * HOUR, 5 * HOUR);
const LOOK_MILLISECONDS = 1_000;
/** Kept below the lease of a minute. */
const RENEW_MILLISECONDS = 20_000;
const MAX_RUNNING = 200;
const BATCH = 50;

/**
 * Delivers changes to webhooks: each in its order and at least once, as CloudEvents signed by the Standard Webhooks
 * specification, under the client's rights and area of the moment. One that fails is tried again with growing pauses,
 * then put among the dead letters. Of several hubs one works on a webhook at a time.
 */
export class WebhookDispatcher {
  readonly #options: WebhookDispatcherOptions;
  readonly #stop = new AbortController();
  readonly #running = new Set<Promise<void>>();
  readonly #looking: Promise<void>;

  constructor(options: WebhookDispatcherOptions) {
    this.#options = options;
    this.#looking = this.#look();
  }

  async close(): Promise<void> {
    this.#stop.abort();
    await this.#looking;
    await Promise.all(this.#running);
  }

  async #look(): Promise<void> {
    const { catalog, lookMilliseconds = LOOK_MILLISECONDS, onTrouble } = this.#options;
    const { signal } = this.#stop;
    while (!signal.aborted) {
      try {
        const room = MAX_RUNNING - this.#running.size;
        for (const webhook of room > 0 ? await catalog.webhooks.lease(room) : []) {
          const run = this.#serve(webhook)
            .catch(onTrouble)
            .finally(() => this.#running.delete(run));
          this.#running.add(run);
        }
      } catch (error) {
        onTrouble(error);
      }
      await delay(lookMilliseconds, undefined, { signal, ref: false }).catch(() => {});
    }
  }

  /** Delivers to one webhook until something fails, it is switched off, or the hub ends. */
  async #serve(webhook: DueWebhook): Promise<void> {
    const { catalog, changes } = this.#options;
    const { webhooks } = catalog;
    const { id, clientId, types, divisions } = webhook;
    const { signal } = this.#stop;
    const wanted = compileFilter({
      ...(types.length > 0 ? { types } : {}),
      ...(divisions.length > 0 ? { divisions } : {}),
    });
    let { attempts, cursor } = webhook;
    let vector = changes.open(cursor).vector;
    let savedAt = performance.now();
    let mayHaveLetters = true;
    while (!signal.aborted) {
      // No person acts through it, and no purpose is stated.
      const caller = (await findClientItself(this.#options.catalog, clientId))?.caller;
      if (caller === undefined) return webhooks.disable(id, 'CLIENT');
      if (mayHaveLetters) mayHaveLetters = await this.#resend(webhook, caller);
      const batch = await changes.read(vector, BATCH).catch((error: unknown) => {
        if (isGraphProblem(error) && error.extensions.code === 'CHANGE_CURSOR_EXPIRED') return undefined;
        throw error;
      });
      if (batch === undefined) return webhooks.disable(id, 'CURSOR_EXPIRED');
      let delivered = 0;
      let status: number | undefined;
      for (const placed of batch.events) {
        if (signal.aborted) break;
        const { entityId, eventType } = placed.event;
        if (eventType === RESEND_REQUESTED && entityId.endsWith(id)) mayHaveLetters = true;
        if (!mayLearnOf(caller, placed.event) || !wanted(placed.event)) continue;
        const body = JSON.stringify(cloudEvent(changeMessage(placed.event), changes.seal(placed)));
        const attempt = await this.#send(webhook, placed.event.position.id, body);
        if (!attempt.delivered) {
          // Ended by us: nothing is known of it, and it is sent again.
          if (signal.aborted) break;
          if (delivered > 0) await webhooks.advance(id, { cursor, delivered, status, nextInMilliseconds: 0 });
          const failed = (delivered > 0 ? 0 : attempts) + 1;
          return this.#giveUpOrWait(webhook, { placed, body, attempt, failed });
        }
        delivered++;
        attempts = 0;
        status = attempt.status;
        cursor = changes.seal(placed);
      }
      if (signal.aborted) {
        await webhooks.advance(id, { cursor, delivered, status, nextInMilliseconds: 1 });
        return;
      }
      vector = batch.vector;
      cursor = changes.seal({ vector });
      if (delivered > 0 || performance.now() - savedAt > RENEW_MILLISECONDS) {
        savedAt = performance.now();
        if (!(await webhooks.advance(id, { cursor, delivered, status, nextInMilliseconds: 0 }))) return;
      }
      // Letters that were asked for in this batch go out at once, whatever else happens in the city.
      if (batch.atEnd && !mayHaveLetters)
        await changes.changed(vector, AbortSignal.any([signal, AbortSignal.timeout(RENEW_MILLISECONDS)]));
    }
    await webhooks.advance(id, { cursor, delivered: 0, nextInMilliseconds: 1 });
  }

  async #giveUpOrWait(
    { id }: DueWebhook,
    { placed, body, attempt, failed }: { placed: PlacedEvent; body: string; attempt: Attempt; failed: number },
  ): Promise<void> {
    const { catalog, changes, retryMilliseconds = RETRY_MILLISECONDS } = this.#options;
    const { status, error = 'UNKNOWN' } = attempt;
    const failure = { attempts: failed, status, error };
    const pause = retryMilliseconds[failed - 1];
    if (status === 410) {
      await catalog.webhooks.fail(id, { ...failure, nextInMilliseconds: 0 });
      await catalog.webhooks.disable(id, 'GONE');
    } else if (pause === undefined) {
      await catalog.webhooks.bury(id, { ...failure, cursor: changes.seal(placed), body });
    } else {
      // Receivers that failed together must not all come back together.
      await catalog.webhooks.fail(id, {
        ...failure,
        nextInMilliseconds: Math.round(pause * (0.9 + Math.random() * 0.2)),
      });
    }
  }

  /** Sends dead letters again that their owner asks for, each once; whether there may be more. */
  async #resend(webhook: DueWebhook, caller: Caller): Promise<boolean> {
    const { webhooks } = this.#options.catalog;
    const letters = await webhooks.findWaitingLetters(webhook.id);
    for (const letter of letters) {
      const { id, entityType, divisionCode } = readLetter(letter.body);
      if (!mayLearnOfKind(caller, entityType, divisionCode)) {
        await webhooks.settleLetter(webhook.id, letter, { state: 'WITHDRAWN' });
        continue;
      }
      const { delivered, status, error } = await this.#send(webhook, id, letter.body);
      // Ended by us: nothing is known of it, and it is sent again.
      if (!delivered && this.#stop.signal.aborted) return true;
      await webhooks.settleLetter(webhook.id, letter, { state: delivered ? 'DELIVERED' : 'DEAD', status, error });
    }
    return letters.length > 0;
  }

  #send({ secret, url }: DueWebhook, changeId: string, body: string): Promise<Attempt> {
    const headers = {
      'content-type': CLOUD_EVENT_TYPE,
      'user-agent': 'Yiyun-Webhooks/1',
      ...webhookHeaders(secret, changeId, new Date(), body),
    };
    return sendWebhook(url, headers, body, this.#options.targets, this.#stop.signal);
  }
}

/** What decides who may learn of a letter: the change may be older than what the feed has kept. */
function readLetter(body: string) {
  const { id, data } = JSON.parse(body) as ReturnType<typeof cloudEvent>; // as it was buried
  return { id, entityType: data.entityType, divisionCode: data.divisionCode };
}
