import type { Refusal } from '../../kit/codes/refusals.ts';
import { carryOut, type Written } from '../../kit/store/write-request.ts';
import { type CatalogTransaction, openCatalogTransaction } from '../store/department-system-rows.ts';
import type { Act } from './matters/act.ts';

/** Carries out a mutation of this subgraph; `input.idempotencyKey` is its key. */
export function writeCatalog<Answer>(
  { store, caller, clock }: Pick<Act, 'store' | 'caller' | 'clock'>,
  mutation: string,
  dataset: string,
  input: { readonly idempotencyKey: string },
  rule: (transaction: CatalogTransaction, provenanceId: string) => Promise<Written<Answer> | Refusal>,
): Promise<Answer | Refusal> {
  const request = {
    ...{ mutation, dataset, caller, clock, ids: store.ids, idempotencyKey: input.idempotencyKey, input },
  };
  return carryOut(openCatalogTransaction(store), request, rule);
}
