import type { Caller } from '../../../kit/caller/caller.ts';
import type { Clock } from '../../../kit/clock.ts';
import { type Refusal, refuse } from '../../../kit/codes/refusals.ts';
import { carryOut } from '../../../kit/store/write-request.ts';
import type { CatalogStore } from '../../store/catalog-store.ts';
import { insertTrustedOperations, lockClient, updateClient } from '../../store/clients/client-writes.ts';
import {
  findManifest,
  insertManifest,
  keepTrustedDocuments,
  retireManifest,
  type TrustedDocument,
} from '../../store/clients/manifest-rows.ts';
import { type CatalogTransaction, openCatalogTransaction } from '../../store/department-system-rows.ts';
import { clientEvent } from './client-event.ts';
import { noteClientChange } from './note-client-change.ts';
import type { ClientChanged } from './register-client.ts';

export interface TrustOperationsInput {
  readonly clientId: string;
  /** The documents as the graph has read them; undefined for one with errors. */
  readonly operations: readonly (TrustedDocument | undefined)[];
  /** Both or neither: which version of which scenario the documents are. */
  readonly scenario?: string | null | undefined;
  readonly version?: string | null | undefined;
  readonly idempotencyKey: string;
}

export interface OperationsTrusted extends ClientChanged {
  readonly hashes: readonly string[];
}

export interface RetireOperationsInput {
  readonly clientId: string;
  readonly scenario: string;
  readonly version: string;
  readonly idempotencyKey: string;
}

const MAX_DOCUMENTS = 200;
const SCENARIO = /^[a-z0-9][a-z0-9-]{1,63}$/;
const VERSION = /^[\w][\w.+-]{0,63}$/;

/**
 * Registers documents that a client may run: the very texts, by their SHA-256. With a scenario and a version they are
 * that version's manifest, which never changes afterwards; several versions may be live, so that old and new front ends
 * run side by side.
 */
export function trustOperations(
  store: CatalogStore,
  caller: Caller,
  clock: Clock,
  input: TrustOperationsInput,
): Promise<OperationsTrusted | Refusal> {
  const { clientId, operations, scenario, version, idempotencyKey } = input;
  const request = { mutation: 'trustOperations', dataset: 'trusted_operation', caller, clock, ids: store.ids };
  return carryOut(openCatalogTransaction(store), { ...request, idempotencyKey, input }, async (transaction) => {
    if ((await lockClient(transaction, clientId)) === undefined) return refuse('CLIENT_NOT_FOUND', 'input.clientId');
    if (operations.length < 1 || operations.length > MAX_DOCUMENTS || operations.includes(undefined)) {
      return refuse('TRUSTED_DOCUMENT_INVALID', 'input.documents', { max: MAX_DOCUMENTS });
    }
    const documents = operations.filter((operation) => operation !== undefined);
    const hashes = documents.map(({ hash }) => hash);
    await keepTrustedDocuments(transaction, documents, clock.now());
    let rowCount: number;
    if (scenario == null && version == null) {
      rowCount = await insertTrustedOperations(transaction, clientId, documents, clock.now());
    } else {
      const written = await registerManifest(transaction, { clientId, scenario, version, hashes }, clock.now());
      if (typeof written !== 'number') return written;
      rowCount = written;
    }
    await updateClient(transaction, clientId, {});
    const label = scenario == null ? {} : { scenario, version };
    await noteClientChange(
      transaction,
      { caller, clock, ids: store.ids },
      { clientId, kind: 'OPERATIONS_TRUSTED', after: { ...label, trustedOperations: hashes } },
    );
    return {
      answer: { clientId, hashes },
      rowCount,
      events: [clientEvent('client.operations-trusted', clientId, { ...label, hashes })],
    };
  });
}

async function registerManifest(
  transaction: CatalogTransaction,
  wanted: Pick<TrustOperationsInput, 'clientId' | 'scenario' | 'version'> & { readonly hashes: readonly string[] },
  now: Date,
): Promise<number | Refusal> {
  const { clientId, scenario, version } = wanted;
  if (scenario == null || !SCENARIO.test(scenario)) return refuse('MANIFEST_LABEL_INVALID', 'input.scenario');
  if (version == null || !VERSION.test(version)) return refuse('MANIFEST_LABEL_INVALID', 'input.version');
  const hashes = [...new Set(wanted.hashes)].sort();
  const known = await findManifest(transaction, { clientId, scenario, version });
  if (known === null) {
    const row = { clientId, scenario, version, hashes, registeredAt: now, retiredAt: null };
    await insertManifest(transaction, row);
    return hashes.length;
  }
  // A build that is published twice is the same version; a retired one does not come back.
  if (known.retiredAt === null && known.hashes.join() === hashes.join()) return 0;
  return refuse('MANIFEST_VERSION_TAKEN', 'input.version', { scenario, version });
}

/** Ends one version of a scenario: what no other live version holds is no longer run. The version itself is kept. */
export function retireOperations(
  store: CatalogStore,
  caller: Caller,
  clock: Clock,
  input: RetireOperationsInput,
): Promise<ClientChanged | Refusal> {
  const { clientId, scenario, version, idempotencyKey } = input;
  const request = { mutation: 'retireOperations', dataset: 'trusted_operation', caller, clock, ids: store.ids };
  return carryOut(openCatalogTransaction(store), { ...request, idempotencyKey, input }, async (transaction) => {
    if ((await lockClient(transaction, clientId)) === undefined) return refuse('CLIENT_NOT_FOUND', 'input.clientId');
    const known = await findManifest(transaction, { clientId, scenario, version });
    if (known === null) return refuse('MANIFEST_NOT_FOUND', 'input.version', { scenario, version });
    if (known.retiredAt !== null) return refuse('MANIFEST_RETIRED', 'input.version', { scenario, version });
    await retireManifest(transaction, { clientId, scenario, version }, clock.now());
    await updateClient(transaction, clientId, {});
    await noteClientChange(
      transaction,
      { caller, clock, ids: store.ids },
      { clientId, kind: 'OPERATIONS_RETIRED', after: { scenario, version } },
    );
    return {
      answer: { clientId },
      rowCount: 1,
      events: [clientEvent('client.operations-retired', clientId, { scenario, version })],
    };
  });
}
