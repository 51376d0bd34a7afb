import type { Prisma } from '../../../../prisma/catalog/client/client.ts';

type Transaction = Prisma.TransactionClient;

export interface NewWebhook {
  readonly id: string;
  readonly clientId: string;
  readonly url: string;
  readonly types: readonly string[];
  readonly divisions: readonly string[];
  readonly sealedSecret: Uint8Array<ArrayBuffer>;
  readonly cursor: string;
  readonly createdAt: Date;
  readonly provenanceId: string;
}

/** Locks the client, so that of two registrations each sees the other. */
export async function countWebhooks(transaction: Transaction, clientId: string): Promise<number> {
  await transaction.$queryRaw`SELECT 1 FROM catalog.client WHERE id = ${clientId} FOR UPDATE`;
  return transaction.webhook.count({ where: { clientId } });
}

export async function insertWebhook(transaction: Transaction, webhook: NewWebhook): Promise<void> {
  const { types, divisions, ...rest } = webhook;
  await transaction.webhook.create({
    data: { ...rest, types: [...types], divisions: [...divisions], nextAttemptAt: webhook.createdAt },
  });
}

/** Locks the webhook of a client; undefined when it has none of this id. */
export async function lockWebhook(transaction: Transaction, clientId: string, id: string) {
  const [row] = await transaction.$queryRaw<{ state: string }[]>`
    SELECT state FROM catalog.webhook WHERE id = ${id}::uuid AND client_id = ${clientId} FOR UPDATE`;
  return row;
}

/** One that is switched on again is tried at once. */
export async function switchWebhook(transaction: Transaction, id: string, active: boolean): Promise<void> {
  await transaction.webhook.update({
    where: { id },
    data: active
      ? { state: 'ACTIVE', stateReason: null, attempts: 0, nextAttemptAt: new Date() }
      : { state: 'DISABLED', stateReason: 'OWNER' },
  });
}

/** Marks dead letters of a webhook to be sent again: those of these ids, or all. Writes nothing when one is not there. */
export async function markLetters(
  transaction: Transaction,
  webhookId: string,
  ids: readonly string[] | undefined,
): Promise<number | undefined> {
  const where = { webhookId, state: 'DEAD', ...(ids === undefined ? {} : { id: { in: [...ids] } }) };
  const found = await transaction.webhookDeadLetter.count({ where });
  if (ids !== undefined && found !== new Set(ids).size) return undefined;
  // By the real time, as deliveries are.
  await transaction.webhookDeadLetter.updateMany({ where, data: { state: 'WAITING', resentAt: new Date() } });
  return found;
}
