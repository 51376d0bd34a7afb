import type { Caller } from '../../kit/caller/caller.ts';
import type { Clock } from '../../kit/clock.ts';
import type { Refusal } from '../../kit/codes/refusals.ts';
import { carryOut, type Written } from '../../kit/store/write-request.ts';
import type { OrganizationsStore } from '../store/organizations-store.ts';
import { type OrganizationsTransaction, openOrganizationsTransaction } from '../store/organizations-transaction.ts';

/** What a rule of this subgraph works with. */
export interface RuleContext {
  readonly store: OrganizationsStore;
  readonly caller: Caller;
  readonly clock: Clock;
}

/** A mutation of this subgraph: its name, the table that it writes, its input. */
export interface OrganizationsWrite<Input extends { readonly idempotencyKey: string }> {
  readonly mutation: string;
  readonly dataset: string;
  readonly input: Input;
}

/** `carryOut` over this subgraph's transaction. */
export function write<Input extends { readonly idempotencyKey: string }, Answer>(
  { store, caller, clock }: RuleContext,
  { mutation, dataset, input }: OrganizationsWrite<Input>,
  rule: (transaction: OrganizationsTransaction, provenanceId: string) => Promise<Written<Answer> | Refusal>,
): Promise<Answer | Refusal> {
  const request = { mutation, dataset, caller, clock, ids: store.ids, idempotencyKey: input.idempotencyKey, input };
  return carryOut(openOrganizationsTransaction(store), request, rule);
}
