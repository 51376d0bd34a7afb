import type { CatalogTransaction } from '../department-system-rows.ts';
import { hashSecret } from './client-secret-rows.ts';

export interface NewClient {
  readonly id: string;
  readonly name: string;
  readonly kind: string;
  readonly departmentCode: string;
  readonly jurisdictionCodes: string[];
  readonly rights: string[];
  readonly redirectUris: string[];
  readonly scenarioCodes: string[];
  readonly costBudgetPerMinute: number;
  readonly createdAt: Date;
}

/** A client as a change finds it. */
export interface ClientState {
  readonly name: string;
  readonly active: boolean;
  readonly trustedOnly: boolean;
  readonly jurisdictionCodes: readonly string[];
  readonly rights: readonly string[];
  readonly scenarioCodes: readonly string[];
  readonly redirectUris: readonly string[];
  readonly costBudgetPerMinute: number;
}

/** Locks a client until the transaction ends: its secrets and operations change one at a time. */
export async function lockClient(transaction: CatalogTransaction, clientId: string): Promise<ClientState | undefined> {
  const [row] = await transaction.$queryRaw<ClientState[]>`
    SELECT name, active, trusted_only AS "trustedOnly", jurisdiction_codes AS "jurisdictionCodes", rights,
           scenario_codes AS "scenarioCodes", redirect_uris AS "redirectUris",
           cost_budget_per_minute AS "costBudgetPerMinute"
      FROM catalog.client WHERE id = ${clientId} FOR UPDATE`;
  return row;
}

/** Returns false when the id is taken. */
export async function insertClient(transaction: CatalogTransaction, client: NewClient): Promise<boolean> {
  const { count } = await transaction.client.createMany({ data: [client], skipDuplicates: true });
  return count === 1;
}

/** Every change of a client raises its version, by which remembered grants are checked. */
export async function updateClient(
  transaction: CatalogTransaction,
  id: string,
  change: Partial<ClientState>,
): Promise<void> {
  const { jurisdictionCodes, redirectUris, rights, scenarioCodes, ...plain } = change;
  const lists = Object.entries({ jurisdictionCodes, redirectUris, rights, scenarioCodes }).flatMap(([name, codes]) =>
    codes === undefined ? [] : [[name, [...codes]] as const],
  );
  await transaction.client.update({
    where: { id },
    data: { ...plain, ...Object.fromEntries(lists), version: { increment: 1 } },
  });
}

export function countLiveSecrets(transaction: CatalogTransaction, clientId: string, now: Date): Promise<number> {
  return transaction.clientSecret.count({ where: { clientId, revokedAt: null, expiresAt: { gt: now } } });
}

export async function insertSecret(
  transaction: CatalogTransaction,
  row: { readonly id: string; readonly clientId: string; readonly issuedAt: Date; readonly expiresAt: Date },
  secret: string,
): Promise<void> {
  await transaction.clientSecret.create({ data: { ...row, secretHash: hashSecret(secret) } });
}

/** Returns false when the client has no such live secret. */
export async function revokeSecret(
  transaction: CatalogTransaction,
  clientId: string,
  id: string,
  now: Date,
): Promise<boolean> {
  const { count } = await transaction.clientSecret.updateMany({
    where: { id, clientId, revokedAt: null, expiresAt: { gt: now } },
    data: { revokedAt: now },
  });
  return count === 1;
}

/** Returns how many of the operations are new. */
export async function insertTrustedOperations(
  transaction: CatalogTransaction,
  clientId: string,
  operations: readonly { readonly hash: string; readonly name: string | null }[],
  registeredAt: Date,
): Promise<number> {
  const { count } = await transaction.trustedOperation.createMany({
    data: operations.map(({ hash, name }) => ({ clientId, hash, name, registeredAt })),
    skipDuplicates: true,
  });
  return count;
}
