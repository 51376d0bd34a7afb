import type { Caller } from '../../../kit/caller/caller.ts';
import type { Clock } from '../../../kit/clock.ts';
import { type Refusal, refuse } from '../../../kit/codes/refusals.ts';
import { carryOut } from '../../../kit/store/write-request.ts';
import type { CatalogStore } from '../../store/catalog-store.ts';
import { insertTrustedOperations, lockClient, updateClient } from '../../store/clients/client-writes.ts';
import { openCatalogTransaction } from '../../store/department-system-rows.ts';
import { clientEvent } from './client-event.ts';
import { budgetRefusal, type ClientChanged } from './register-client.ts';

export interface ChangeClientInput {
  readonly clientId: string;
  readonly active?: boolean | null | undefined;
  readonly trustedOnly?: boolean | null | undefined;
  readonly costBudgetPerMinute?: number | null | undefined;
  readonly idempotencyKey: string;
}

export interface TrustOperationsInput {
  readonly clientId: string;
  /** The documents as the graph has read them; undefined for one with errors. */
  readonly operations: readonly (TrustedOperation | undefined)[];
  readonly idempotencyKey: string;
}

export interface TrustedOperation {
  /** SHA-256 of the text, hex. */
  readonly hash: string;
  readonly name: string | null;
}

export interface OperationsTrusted extends ClientChanged {
  readonly hashes: readonly string[];
}

const MAX_DOCUMENTS = 200;

/** Switches a client off or on, holds it to its trusted operations, or gives it another budget. */
export function changeClient(
  store: CatalogStore,
  caller: Caller,
  clock: Clock,
  input: ChangeClientInput,
): Promise<ClientChanged | Refusal> {
  const { clientId, idempotencyKey, active, trustedOnly, costBudgetPerMinute } = input;
  const request = {
    ...{ mutation: 'changeClient', dataset: 'client', caller, clock, ids: store.ids, idempotencyKey, input },
  };
  return carryOut(openCatalogTransaction(store), request, async (transaction) => {
    if ((await lockClient(transaction, clientId)) === undefined) return refuse('CLIENT_NOT_FOUND', 'input.clientId');
    const fault = costBudgetPerMinute == null ? undefined : budgetRefusal(costBudgetPerMinute);
    if (fault !== undefined) return fault;
    const change = {
      ...(active == null ? {} : { active }),
      ...(trustedOnly == null ? {} : { trustedOnly }),
      ...(costBudgetPerMinute == null ? {} : { costBudgetPerMinute }),
    };
    await updateClient(transaction, clientId, change);
    return { answer: { clientId }, rowCount: 1, events: [clientEvent('client.changed', clientId, change)] };
  });
}

/** Registers documents that a client held to trusted operations may run: the very text, by its SHA-256. */
export function trustOperations(
  store: CatalogStore,
  caller: Caller,
  clock: Clock,
  input: TrustOperationsInput,
): Promise<OperationsTrusted | Refusal> {
  const { clientId, operations, idempotencyKey } = input;
  const request = {
    mutation: 'trustOperations',
    dataset: 'trusted_operation',
    caller,
    clock,
    ids: store.ids,
    idempotencyKey,
    input,
  };
  return carryOut(openCatalogTransaction(store), request, async (transaction) => {
    if ((await lockClient(transaction, clientId)) === undefined) return refuse('CLIENT_NOT_FOUND', 'input.clientId');
    if (operations.length < 1 || operations.length > MAX_DOCUMENTS || operations.includes(undefined)) {
      return refuse('TRUSTED_DOCUMENT_INVALID', 'input.documents', { max: MAX_DOCUMENTS });
    }
    const known = operations.filter((operation) => operation !== undefined);
    const rowCount = await insertTrustedOperations(transaction, clientId, known, clock.now());
    await updateClient(transaction, clientId, {});
    const hashes = known.map(({ hash }) => hash);
    return {
      answer: { clientId, hashes },
      rowCount,
      events: [clientEvent('client.operations-trusted', clientId, { hashes })],
    };
  });
}
