import type pg from 'pg';

export interface AnswerKey {
  readonly clientId: string;
  readonly key: string;
  readonly mutation: string;
  readonly requestHash: string;
  readonly at: Date;
}

/**
 * Takes the key for this batch, or finds what was answered to it before; OTHER when it was used for something else.
 * Waits for another batch with the key that is just being merged.
 */
export async function findAnswered(
  client: pg.ClientBase,
  subgraph: string,
  { clientId, key, mutation, requestHash, at }: AnswerKey,
): Promise<unknown> {
  const { rowCount } = await client.query(
    `INSERT INTO ${subgraph}.idempotency (client_id, key, mutation, request_hash, created_at)
     VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING`,
    [clientId, key, mutation, requestHash, at],
  );
  if (rowCount === 1) return undefined;
  const { rows } = await client.query<{ mutation: string; request_hash: string; response: string | null }>(
    `SELECT mutation, request_hash, response FROM ${subgraph}.idempotency WHERE client_id = $1 AND key = $2`,
    [clientId, key],
  );
  const [known] = rows;
  if (known?.mutation !== mutation || known.request_hash !== requestHash || known.response === null) return 'OTHER';
  return JSON.parse(known.response);
}

export async function keepAnswer(
  client: pg.ClientBase,
  subgraph: string,
  { clientId, key }: AnswerKey,
  answer: object,
): Promise<void> {
  await client.query(`UPDATE ${subgraph}.idempotency SET response = $3 WHERE client_id = $1 AND key = $2`, [
    clientId,
    key,
    JSON.stringify(answer),
  ]);
}
