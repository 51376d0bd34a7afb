import type { Caller } from '../../../kit/caller/caller.ts';
import type { Clock } from '../../../kit/clock.ts';
import { type Refusal, refuse } from '../../../kit/codes/refusals.ts';
import type { CatalogStore } from '../../store/catalog-store.ts';
import { lockClient, updateClient } from '../../store/clients/client-writes.ts';
import { findScenarioCodes } from '../../store/purpose-rows.ts';
import { writeCatalog } from '../catalog-write.ts';
import { textRefusal } from '../text-refusal.ts';
import { clientEvent } from './client-event.ts';
import { type ClientTerms, termsRefusal } from './client-terms.ts';
import { changedItems, noteClientChange } from './note-client-change.ts';
import type { ClientChanged } from './register-client.ts';

/** What is not given stays as it is. */
export interface ChangeClientInput extends Partial<Nullable<ClientTerms>> {
  readonly clientId: string;
  readonly active?: boolean | null | undefined;
  readonly trustedOnly?: boolean | null | undefined;
  readonly reason?: string | null | undefined;
  readonly idempotencyKey: string;
}
type Nullable<Terms> = { readonly [Term in keyof Terms]: Terms[Term] | null | undefined };

/**
 * Changes what a client may do: its rights, area, scenarios, budget, whether it is held to its trusted operations, and
 * whether it may call at all. The gateways notice within a second, whatever tokens are about. Nobody changes himself.
 */
export function changeClient(
  store: CatalogStore,
  caller: Caller,
  clock: Clock,
  input: ChangeClientInput,
): Promise<ClientChanged | Refusal> {
  const { clientId, idempotencyKey, reason, ...asked } = input;
  return writeCatalog({ store, caller, clock }, 'changeClient', 'client', input, async (transaction) => {
    if (clientId === caller.clientId) return refuse('CLIENT_IS_CALLER', 'input.clientId');
    const client = await lockClient(transaction, clientId);
    if (client === undefined) return refuse('CLIENT_NOT_FOUND', 'input.clientId');
    const given = Object.fromEntries(
      Object.entries(asked).filter(([, value]) => value !== undefined && value !== null),
    ) as Partial<ClientTerms> & { readonly active?: boolean; readonly trustedOnly?: boolean };
    const fault =
      termsRefusal(given, await findScenarioCodes(transaction, clock.now())) ??
      // People log in, or a system has secrets: which of them is settled when the client is registered.
      (given.redirectUris !== undefined && given.redirectUris.length > 0 !== client.redirectUris.length > 0
        ? refuse('REDIRECT_URI_INVALID', 'input.redirectUris')
        : textRefusal('input.reason', reason, 2, 200));
    if (fault !== undefined) return fault;
    const after = { ...given, ...(given.name === undefined ? {} : { name: given.name.trim() }) };
    const changed = changedItems({ ...client }, after).map(({ item }) => item);
    if (changed.length === 0) return refuse('CLIENT_UNCHANGED', 'input');
    await updateClient(transaction, clientId, after);
    await noteClientChange(
      transaction,
      { caller, clock, ids: store.ids },
      { clientId, kind: 'CHANGED', before: { ...client }, after, reason },
    );
    return { answer: { clientId }, rowCount: 1, events: [clientEvent('client.changed', clientId, { changed })] };
  });
}
