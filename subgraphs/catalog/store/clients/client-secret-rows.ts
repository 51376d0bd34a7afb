import { createHash } from 'node:crypto';
import type { OperationTrace } from '../../../kit/operation-trace.ts';
import { groupByKey } from '../../../kit/subgraph-context.ts';
import type { CatalogStore } from '../catalog-store.ts';

export interface ClientSecretRow {
  readonly id: string;
  readonly clientId: string;
  readonly issuedAt: Date;
  readonly expiresAt: Date;
}

/** A secret is random and long, so that a plain hash of it tells nothing. */
export function hashSecret(secret: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(createHash('sha256').update(secret).digest());
}

/** Whether the secret is one of the client's live ones; found by its hash, so nothing is compared character by character. */
export async function hasLiveSecret(
  store: CatalogStore,
  clientId: string,
  secret: string,
  now: Date,
): Promise<boolean> {
  const found = await store.prisma.clientSecret.findUnique({ where: { secretHash: hashSecret(secret) } });
  return found !== null && found.clientId === clientId && found.revokedAt === null && found.expiresAt > now;
}

/** Live secrets of clients, the newest first; never more than two. */
export async function findLiveSecrets(
  store: CatalogStore,
  clientIds: readonly string[],
  now: Date,
  trace: OperationTrace,
): Promise<ClientSecretRow[][]> {
  const rows = await store.database.rows<ClientSecretRow>(
    'live_secrets_of_clients',
    `SELECT t.id, t.client_id AS "clientId", t.issued_at AS "issuedAt", t.expires_at AS "expiresAt"
       FROM catalog.client_secret t
      WHERE t.client_id = ANY($1::text[]) AND t.revoked_at IS NULL AND t.expires_at > $2::timestamptz
      ORDER BY t.client_id, t.issued_at DESC, t.id`,
    [clientIds, now],
    trace,
    { key: 'clientId' },
  );
  return groupByKey(clientIds, rows, (row) => row.clientId);
}
