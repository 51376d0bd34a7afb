import type { Caller } from '../../../kit/caller/caller.ts';
import type { ClientGrant } from '../../../kit/catalog-port.ts';
import type { Clock } from '../../../kit/clock.ts';
import { isDepartmentCode } from '../../../kit/codes/departments.ts';
import { type Refusal, refuse } from '../../../kit/codes/refusals.ts';
import type { CatalogStore } from '../../store/catalog-store.ts';
import { insertClient } from '../../store/clients/client-writes.ts';
import { findScenarioCodes } from '../../store/purpose-rows.ts';
import { writeCatalog } from '../catalog-write.ts';
import { clientEvent } from './client-event.ts';
import { type ClientTerms, termsRefusal } from './client-terms.ts';
import { noteClientChange } from './note-client-change.ts';

export interface RegisterClientInput extends ClientTerms {
  readonly clientId: string;
  readonly kind: ClientGrant['kind'];
  readonly departmentCode: string;
  readonly idempotencyKey: string;
}

export interface ClientChanged {
  readonly clientId: string;
}

/**
 * Registers a client of the graph: who it belongs to, for which area, with which rights and budget. With redirect
 * addresses people log in at it; without, it authenticates by a secret that is issued apart.
 */
export function registerClient(
  store: CatalogStore,
  caller: Caller,
  clock: Clock,
  input: RegisterClientInput,
): Promise<ClientChanged | Refusal> {
  const { clientId } = input;
  return writeCatalog({ store, caller, clock }, 'registerClient', 'client', input, async (transaction) => {
    const { name, kind, departmentCode, jurisdictionCodes, rights, redirectUris, costBudgetPerMinute } = input;
    const { scenarioCodes } = input;
    if (!/^[a-z0-9][a-z0-9-]{2,63}$/.test(clientId)) return refuse('CLIENT_ID_INVALID', 'input.clientId');
    if (!isDepartmentCode(departmentCode)) return refuse('DEPARTMENT_UNKNOWN', 'input.departmentCode');
    const terms = { name, jurisdictionCodes, rights, redirectUris, costBudgetPerMinute, scenarioCodes };
    const refusal = termsRefusal(terms, await findScenarioCodes(transaction, clock.now()));
    if (refusal !== undefined) return refusal;
    const inserted = await insertClient(transaction, {
      ...{ id: clientId, name: name.trim(), kind, departmentCode, costBudgetPerMinute, createdAt: clock.now() },
      jurisdictionCodes: [...jurisdictionCodes],
      rights: [...rights],
      redirectUris: [...redirectUris],
      scenarioCodes: [...scenarioCodes],
    });
    if (!inserted) return refuse('CLIENT_ID_TAKEN', 'input.clientId');
    await noteClientChange(
      transaction,
      { caller, clock, ids: store.ids },
      { clientId, kind: 'REGISTERED', after: { ...terms, kind, departmentCode } },
    );
    return {
      answer: { clientId },
      rowCount: 1,
      events: [clientEvent('client.registered', clientId, { departmentCode, kind })],
    };
  });
}
