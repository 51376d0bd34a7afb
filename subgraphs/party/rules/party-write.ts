import type { Caller } from '../../kit/caller/caller.ts';
import type { Clock } from '../../kit/clock.ts';
import { type Refusal, refuse } from '../../kit/codes/refusals.ts';
import { findCodeKey } from '../../kit/global-id.ts';
import { coversPlace, type Place } from '../../kit/store/place-scope.ts';
import { carryOut, type Written } from '../../kit/store/write-request.ts';
import { openPartyTransaction, type PartyTransaction } from '../store/membership-writes.ts';
import type { PartyStore } from '../store/party-store.ts';

/** What a rule of this subgraph works with. */
export interface RuleContext {
  readonly store: PartyStore;
  readonly caller: Caller;
  readonly clock: Clock;
}

/** A mutation of this subgraph: its name, the table that it writes, its input. */
export interface PartyWrite<Input extends { readonly idempotencyKey: string }> {
  readonly mutation: string;
  readonly dataset: string;
  readonly input: Input;
}

/** `carryOut` over this subgraph's transaction. */
export function write<Input extends { readonly idempotencyKey: string }, Answer>(
  { store, caller, clock }: RuleContext,
  { mutation, dataset, input }: PartyWrite<Input>,
  rule: (transaction: PartyTransaction, provenanceId: string) => Promise<Written<Answer> | Refusal>,
): Promise<Answer | Refusal> {
  const request = { mutation, dataset, caller, clock, ids: store.ids, idempotencyKey: input.idempotencyKey, input };
  return carryOut(openPartyTransaction(store), request, rule);
}

/** Refuses a text that is too short, too long or carries control characters. */
export function textFlaw(text: string, culprit: string, min: number, max: number): Refusal | undefined {
  const length = [...text.trim()].length;
  return length < min || length > max || /\p{Cc}/u.test(text)
    ? refuse('TEXT_INVALID', culprit, { min, max })
    : undefined;
}

export function dayOf(date: string): Date {
  return new Date(`${date}T00:00:00Z`);
}

/** The place of a community of the caller's area that has a party organization; the refusal otherwise. */
export async function findCommunityPlace(
  transaction: PartyTransaction,
  caller: Caller,
  communityId: string,
  culprit: string,
): Promise<Place | Refusal> {
  const communityCode = findCodeKey('Community', 12, communityId);
  const organization =
    communityCode === undefined
      ? null
      : await transaction.partyOrganization.findFirst({ where: { communityCode }, select: { id: true } });
  if (communityCode === undefined || organization === null) return refuse('COMMUNITY_WITHOUT_PARTY', culprit);
  const place = {
    cityCode: communityCode.slice(0, 4),
    countyCode: communityCode.slice(0, 6),
    townshipCode: communityCode.slice(0, 9),
    communityCode,
  };
  return coversPlace(caller, place) ? place : refuse('COMMUNITY_WITHOUT_PARTY', culprit);
}
