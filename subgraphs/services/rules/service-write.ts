import type { Refusal } from '../../kit/codes/refusals.ts';
import { carryOut, type Written } from '../../kit/store/write-request.ts';
import type { SubgraphContext } from '../../kit/subgraph-context.ts';
import type { ServicesStore } from '../store/services-store.ts';
import { openServicesTransaction, type ServicesTransaction } from '../store/services-transaction.ts';

/** What a rule needs of the operation that it serves: who asks, when, on which calendar, over which store. */
export type ServicesCall = Pick<SubgraphContext<ServicesStore>, 'store' | 'caller' | 'clock' | 'calendar'>;

/** Carries out a mutation of this subgraph; `input.idempotencyKey` is its key. */
export function writeServices<Answer>(
  call: ServicesCall,
  mutation: string,
  dataset: string,
  input: { readonly idempotencyKey: string },
  rule: (transaction: ServicesTransaction, provenanceId: string) => Promise<Written<Answer> | Refusal>,
): Promise<Answer | Refusal> {
  const { store, caller, clock } = call;
  const request = {
    ...{ mutation, dataset, caller, clock, ids: store.ids, idempotencyKey: input.idempotencyKey, input },
  };
  return carryOut(openServicesTransaction(store), request, rule);
}
