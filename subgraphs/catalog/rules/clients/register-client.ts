import type { Caller } from '../../../kit/caller/caller.ts';
import type { ClientGrant } from '../../../kit/catalog-port.ts';
import type { Clock } from '../../../kit/clock.ts';
import { isDepartmentCode } from '../../../kit/codes/departments.ts';
import { type Refusal, refuse } from '../../../kit/codes/refusals.ts';
import { isRightCode } from '../../../kit/codes/rights.ts';
import { carryOut } from '../../../kit/store/write-request.ts';
import type { CatalogStore } from '../../store/catalog-store.ts';
import { insertClient } from '../../store/clients/client-writes.ts';
import { openCatalogTransaction } from '../../store/department-system-rows.ts';
import { textRefusal } from '../text-refusal.ts';
import { clientEvent } from './client-event.ts';

export interface RegisterClientInput {
  readonly clientId: string;
  readonly name: string;
  readonly kind: ClientGrant['kind'];
  readonly departmentCode: string;
  readonly jurisdictionCodes: readonly string[];
  readonly rights: readonly string[];
  readonly redirectUris: readonly string[];
  readonly costBudgetPerMinute: number;
  readonly idempotencyKey: string;
}

export interface ClientChanged {
  readonly clientId: string;
}

const MAX_AREAS = 100;
export const MAX_COST_BUDGET = 100_000_000;

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
  const { clientId, idempotencyKey } = input;
  const request = {
    ...{ mutation: 'registerClient', dataset: 'client', caller, clock, ids: store.ids, idempotencyKey, input },
  };
  return carryOut(openCatalogTransaction(store), request, async (transaction) => {
    const refusal = findFault(input);
    if (refusal !== undefined) return refusal;
    const { name, kind, departmentCode, jurisdictionCodes, rights, redirectUris, costBudgetPerMinute } = input;
    const inserted = await insertClient(transaction, {
      ...{ id: clientId, name: name.trim(), kind, departmentCode, costBudgetPerMinute, createdAt: clock.now() },
      jurisdictionCodes: [...jurisdictionCodes],
      rights: [...rights],
      redirectUris: [...redirectUris],
    });
    if (!inserted) return refuse('CLIENT_ID_TAKEN', 'input.clientId');
    return {
      answer: { clientId },
      rowCount: 1,
      events: [clientEvent('client.registered', clientId, { departmentCode, kind })],
    };
  });
}

function findFault(input: RegisterClientInput): Refusal | undefined {
  const { clientId, departmentCode, jurisdictionCodes, rights, redirectUris } = input;
  if (!/^[a-z0-9][a-z0-9-]{2,63}$/.test(clientId)) return refuse('CLIENT_ID_INVALID', 'input.clientId');
  const text = textRefusal('input.name', input.name, 2, 80);
  if (text !== undefined) return text;
  if (!isDepartmentCode(departmentCode)) return refuse('DEPARTMENT_UNKNOWN', 'input.departmentCode');
  if (
    jurisdictionCodes.length > MAX_AREAS ||
    !jurisdictionCodes.every((code) => /^\d{4}(\d{2}(\d{3}(\d{3}){0,2})?)?$/.test(code))
  ) {
    return refuse('JURISDICTION_INVALID', 'input.jurisdictionCodes', { max: MAX_AREAS });
  }
  if (!rights.every(isRightCode)) return refuse('RIGHT_UNKNOWN', 'input.rights');
  if (!redirectUris.every(isRedirectUri)) return refuse('REDIRECT_URI_INVALID', 'input.redirectUris');
  return budgetRefusal(input.costBudgetPerMinute);
}

export function budgetRefusal(costBudgetPerMinute: number): Refusal | undefined {
  const valid = costBudgetPerMinute >= 1 && costBudgetPerMinute <= MAX_COST_BUDGET;
  return valid ? undefined : refuse('COST_BUDGET_INVALID', 'input.costBudgetPerMinute', { max: MAX_COST_BUDGET });
}

/** RFC 8252: https, or the loopback for programs on the user's own machine. */
function isRedirectUri(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, hash, username } = new URL(text);
  if (hash !== '' || username !== '') return false;
  return protocol === 'https:' || (protocol === 'http:' && ['127.0.0.1', '[::1]', 'localhost'].includes(hostname));
}
