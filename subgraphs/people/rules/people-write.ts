import type { Caller } from '../../kit/caller/caller.ts';
import type { Clock } from '../../kit/clock.ts';
import type { Refusal } from '../../kit/codes/refusals.ts';
import { carryOut, type Written } from '../../kit/store/write-request.ts';
import type { PeopleStore } from '../store/people-store.ts';
import { openPeopleTransaction, type PeopleTransaction } from '../store/residence-writes.ts';

/** What a rule of this subgraph works with. */
export interface RuleContext {
  readonly store: PeopleStore;
  readonly caller: Caller;
  readonly clock: Clock;
}

/** `carryOut` over this subgraph's transaction. */
export function write<Input extends { readonly idempotencyKey: string }, Answer>(
  { store, caller, clock }: RuleContext,
  { mutation, dataset, input }: { readonly mutation: string; readonly dataset: string; readonly input: Input },
  rule: (transaction: PeopleTransaction, provenanceId: string) => Promise<Written<Answer> | Refusal>,
): Promise<Answer | Refusal> {
  const request = { mutation, dataset, caller, clock, ids: store.ids, idempotencyKey: input.idempotencyKey, input };
  return carryOut(openPeopleTransaction(store), request, rule);
}

/** A day `YYYY-MM-DD` as Prisma takes it for a column of type date. */
export function dateColumn(day: string): Date {
  return new Date(`${day}T00:00:00Z`);
}
