import { randomBytes } from 'node:crypto';
import type { Caller } from '../../../kit/caller/caller.ts';
import type { Clock } from '../../../kit/clock.ts';
import { isRefusal, type Refusal, refuse } from '../../../kit/codes/refusals.ts';
import { isUuid } from '../../../kit/ids.ts';
import type { CatalogStore } from '../../store/catalog-store.ts';
import { countLiveSecrets, insertSecret, lockClient, revokeSecret } from '../../store/clients/client-writes.ts';
import { writeCatalog } from '../catalog-write.ts';
import { clientEvent } from './client-event.ts';
import { noteClientChange } from './note-client-change.ts';
import type { ClientChanged } from './register-client.ts';

export interface IssueClientSecretInput {
  readonly clientId: string;
  readonly validDays: number;
  readonly idempotencyKey: string;
}

interface SecretMade extends ClientChanged {
  readonly secretId: string;
  readonly expiresAt: string;
}

export interface SecretIssued extends SecretMade {
  /** Only in the answer that made it: neither the secret nor a copy of it is kept. */
  readonly secret: string | null;
}

export interface RevokeClientSecretInput {
  readonly clientId: string;
  readonly secretId: string;
  readonly idempotencyKey: string;
}

export const MAX_SECRET_DAYS = 366;
/** The one in use, and the one that replaces it. */
const MAX_LIVE_SECRETS = 2;
const DAY = 24 * 3_600_000;

/**
 * Issues a secret of 256 random bits beside the one in use, so that a client changes over without a pause. Its hash
 * alone is kept. The same idempotency key again tells of the secret, but not the secret.
 */
export async function issueClientSecret(
  store: CatalogStore,
  caller: Caller,
  clock: Clock,
  input: IssueClientSecretInput,
): Promise<SecretIssued | Refusal> {
  const { clientId, validDays } = input;
  let secret: string | null = null;
  const made = await writeCatalog<SecretMade>(
    { store, caller, clock },
    'issueClientSecret',
    'client_secret',
    input,
    async (transaction) => {
      if (validDays < 1 || validDays > MAX_SECRET_DAYS) {
        return refuse('SECRET_DAYS_INVALID', 'input.validDays', { max: MAX_SECRET_DAYS });
      }
      const client = await lockClient(transaction, clientId);
      if (client === undefined) return refuse('CLIENT_NOT_FOUND', 'input.clientId');
      if (!client.active) return refuse('CLIENT_DISABLED', 'input.clientId');
      if (client.redirectUris.length > 0) return refuse('CLIENT_HAS_NO_SECRETS', 'input.clientId');
      // Secrets are checked by the real time, not by the demo city's.
      const issuedAt = new Date();
      if ((await countLiveSecrets(transaction, clientId, issuedAt)) >= MAX_LIVE_SECRETS) {
        return refuse('CLIENT_SECRETS_TWO', 'input.clientId');
      }
      const secretId = store.ids.next();
      const expiresAt = new Date(issuedAt.getTime() + validDays * DAY);
      secret = randomBytes(32).toString('base64url');
      await insertSecret(transaction, { id: secretId, clientId, issuedAt, expiresAt }, secret);
      const after = { secretId, expiresAt: expiresAt.toISOString() };
      await noteClientChange(
        transaction,
        { caller, clock, ids: store.ids },
        { clientId, kind: 'SECRET_ISSUED', after },
      );
      return {
        answer: { clientId, secretId, expiresAt: expiresAt.toISOString() },
        rowCount: 1,
        events: [clientEvent('client.secret-issued', clientId, { secretId })],
      };
    },
  );
  return isRefusal(made) ? made : { ...made, secret };
}

/** Ends a secret at once. Tokens that were issued for it live on for their few minutes. */
export function revokeClientSecret(
  store: CatalogStore,
  caller: Caller,
  clock: Clock,
  input: RevokeClientSecretInput,
): Promise<ClientChanged | Refusal> {
  const { clientId, secretId } = input;
  return writeCatalog({ store, caller, clock }, 'revokeClientSecret', 'client_secret', input, async (transaction) => {
    if ((await lockClient(transaction, clientId)) === undefined) return refuse('CLIENT_NOT_FOUND', 'input.clientId');
    if (!isUuid(secretId) || !(await revokeSecret(transaction, clientId, secretId, new Date()))) {
      return refuse('CLIENT_SECRET_NOT_FOUND', 'input.secretId');
    }
    await noteClientChange(
      transaction,
      { caller, clock, ids: store.ids },
      { clientId, kind: 'SECRET_REVOKED', after: { secretId } },
    );
    return {
      answer: { clientId },
      rowCount: 1,
      events: [clientEvent('client.secret-revoked', clientId, { secretId })],
    };
  });
}
