import { dateInChina } from '../../../kit/clock.ts';
import { isRefusal, type Refusal, refuse } from '../../../kit/codes/refusals.ts';
import { findUuidKey, globalId } from '../../../kit/global-id.ts';
import { coversPlace, type Place } from '../../../kit/store/place-scope.ts';
import { keyedHash } from '../../../kit/store/sealing.ts';
import {
  countBallot,
  findCatalogItem,
  hasPost,
  insertDeliberation,
  insertDisclosure,
  insertPost,
  lockDeliberation,
  updateDeliberation,
} from '../../store/deliberation/deliberation-writes.ts';
import { getRuleInForce } from '../../store/governance-rule-rows.ts';
import type { ServicesTransaction } from '../../store/services-transaction.ts';
import { insertStep } from '../../store/transition-steps.ts';
import { findCommunityCode } from '../community-key.ts';
import { communityPlace } from '../community-place.ts';
import { plainText } from '../plain-text.ts';
import { type ServicesCall, writeServices } from '../service-write.ts';
import { type DeliberationEvent, type DeliberationState, deliberationMachine } from './deliberation-machine.ts';
import {
  type DeliberationForm,
  type DeliberationLevel,
  type DeliberationSide,
  type DeliberationVenue,
  deliberationForms,
  deliberationSides,
} from './forms.ts';
import { leastReaching, outcome, quorumRule } from './quorum.ts';

export interface DeliberationWritten {
  readonly deliberationId: string;
}

export interface OpenDeliberationInput {
  readonly catalogItemId: string;
  readonly communityId: string;
  readonly title: string;
  readonly form: DeliberationForm;
  readonly level: DeliberationLevel;
  readonly venue: DeliberationVenue;
  readonly side: DeliberationSide;
  readonly eligibleVoters: number;
  readonly idempotencyKey: string;
}

const MAX_VOTERS = 100_000;

/**
 * 民提 — opens a deliberation. The county's catalogue says what may be deliberated, at which levels, and by whom (the
 * “1+3” rule: who, what, how); the form says which quorum rule it will decide by, in the version in force today.
 */
export function openDeliberation(
  call: ServicesCall,
  input: OpenDeliberationInput,
): Promise<DeliberationWritten | Refusal> {
  const { store, caller, clock } = call;
  return writeServices(call, 'openDeliberation', 'deliberation', input, async (transaction, provenanceId) => {
    const place = communityPlace(findCommunityCode(input.communityId) ?? '');
    if (place === undefined || !coversPlace(caller, place)) return refuse('COMMUNITY_NOT_FOUND', 'input.communityId');
    const catalogItemId = findUuidKey('DeliberationCatalogItem', input.catalogItemId);
    const item = catalogItemId === undefined ? null : await findCatalogItem(transaction, catalogItemId);
    if (catalogItemId === undefined || item === null || item.countyCode !== place.countyCode) {
      return refuse('CATALOG_ITEM_NOT_FOUND', 'input.catalogItemId');
    }
    if (!item.sides.includes(input.side)) {
      const sides = item.sides.map((side) => deliberationSides[side as DeliberationSide]);
      return refuse('PROPOSER_NOT_ELIGIBLE', 'input.side', {
        sidesZh: sides.map(({ zh }) => zh).join('、'),
        sidesEn: sides.map(({ en }) => en).join(', '),
      });
    }
    if (!item.levels.includes(input.level)) return refuse('LEVEL_NOT_IN_CATALOG', 'input.level');
    if (!Number.isInteger(input.eligibleVoters) || input.eligibleVoters < 1 || input.eligibleVoters > MAX_VOTERS) {
      return refuse('NUMBER_OUT_OF_RANGE', 'input.eligibleVoters', { min: 1, max: MAX_VOTERS });
    }
    const title = plainText(input.title, 'input.title', 2, 120);
    if (isRefusal(title)) return title;
    const id = store.ids.next();
    const openedAt = clock.now();
    const { form, level, venue, side, eligibleVoters } = input;
    await insertDeliberation(transaction, {
      ...{ id, title, form, level, venue, side, catalogItemId, eligibleVoters, openedAt, provenanceId, ...place },
      ...{ state: deliberationMachine.initial, quorumRuleCode: deliberationForms[form].quorum },
    });
    await insertStep(transaction, {
      ...{ subjectId: id, event: 'PROPOSE', from: null, to: deliberationMachine.initial, at: openedAt, provenanceId },
      actorDepartmentCode: caller.departmentCode,
    });
    return written(id, 'deliberation.opened', { form, level, venue, side }, place, 2);
  });
}

export interface AdvanceDeliberationInput {
  readonly deliberationId: string;
  readonly event: DeliberationEvent;
  readonly note?: string | null | undefined;
  readonly votingEndsAt?: Date | null | undefined;
  readonly idempotencyKey: string;
}

/** Takes the next of the six steps. */
export function advanceDeliberation(
  call: ServicesCall,
  input: AdvanceDeliberationInput,
): Promise<DeliberationWritten | Refusal> {
  const { caller, clock } = call;
  return writeServices(call, 'advanceDeliberation', 'deliberation', input, async (transaction, provenanceId) => {
    const found = await lockVisible(call, transaction, input.deliberationId);
    if (found === null) return refuse('DELIBERATION_NOT_FOUND', 'input.deliberationId');
    const note = input.note == null ? null : plainText(input.note, 'input.note', 2, 500);
    if (isRefusal(note)) return note;
    const now = clock.now();
    const taken = deliberationMachine.take({
      // Written by this machine only.
      ...{ event: input.event, state: found.state as DeliberationState, caller, given: { ...input } },
      ...{ subject: await factsOf(found, transaction, now), culprit: 'input.event' },
    });
    if (isRefusal(taken)) return taken;
    const { votingEndsAt } = input;
    if (taken.event === 'DECIDE' && votingEndsAt != null && votingEndsAt <= now) {
      return refuse('DATE_IN_PAST', 'input.votingEndsAt');
    }
    await updateDeliberation(transaction, found.id, {
      state: taken.to,
      ...(taken.event === 'DECIDE' && votingEndsAt != null ? { votingEndsAt } : {}),
    });
    await insertStep(transaction, {
      ...{ subjectId: found.id, ...taken, at: now, note, provenanceId, actorDepartmentCode: caller.departmentCode },
    });
    return written(found.id, 'deliberation.stepped', { event: taken.event, toState: taken.to }, found, 2);
  });
}

type LockedDeliberation = NonNullable<Awaited<ReturnType<typeof lockDeliberation>>>;

async function lockVisible(
  { caller }: ServicesCall,
  transaction: ServicesTransaction,
  globalDeliberationId: string,
): Promise<LockedDeliberation | null> {
  const id = findUuidKey('Deliberation', globalDeliberationId);
  const found = id === undefined ? null : await lockDeliberation(transaction, id);
  return found !== null && coversPlace(caller, found) ? found : null;
}

async function factsOf(found: LockedDeliberation, transaction: ServicesTransaction, now: Date) {
  const rule = await getRuleInForce(transaction, found.quorumRuleCode, dateInChina(found.openedAt));
  return {
    ...{ posts: found.postCount, disclosed: found.disclosedAt !== null },
    ...outcome(found, quorumRule(rule.parameters)),
    votingOver: found.votingEndsAt !== null && found.votingEndsAt <= now,
  };
}

function written(id: string, eventType: string, more: object, place: Place, rowCount: number) {
  const answer = { deliberationId: globalId('Deliberation', id) };
  const event = { eventType, entityType: 'Deliberation', entityId: answer.deliberationId };
  return { answer, rowCount, events: [{ ...event, payload: { ...answer, ...more }, place }] };
}

export interface AddPostInput {
  readonly deliberationId: string;
  readonly parentId?: string | null | undefined;
  readonly side: DeliberationSide;
  readonly text: string;
  readonly idempotencyKey: string;
}

/** 民议 — says something, or replies to what was said, while the matter is being discussed. */
export function addPost(call: ServicesCall, input: AddPostInput): Promise<DeliberationWritten | Refusal> {
  const { store, clock } = call;
  return writeServices(call, 'addDeliberationPost', 'deliberation', input, async (transaction, provenanceId) => {
    const found = await lockVisible(call, transaction, input.deliberationId);
    if (found === null) return refuse('DELIBERATION_NOT_FOUND', 'input.deliberationId');
    if (found.state !== 'DISCUSSING') return refuse('DELIBERATION_NOT_DISCUSSING', 'input.deliberationId');
    const parentId = input.parentId == null ? null : (findUuidKey('DeliberationPost', input.parentId) ?? '');
    if (parentId === '' || (parentId !== null && !(await hasPost(transaction, found.id, parentId)))) {
      return refuse('DELIBERATION_POST_NOT_FOUND', 'input.parentId');
    }
    const text = plainText(input.text, 'input.text', 1, 1000);
    if (isRefusal(text)) return text;
    const id = store.ids.next();
    await insertPost(transaction, {
      ...{ id, deliberationId: found.id, parentId, side: input.side, text, postedAt: clock.now(), provenanceId },
    });
    return written(found.id, 'deliberation.posted', { postId: globalId('DeliberationPost', id) }, found, 2);
  });
}

export interface CastVoteInput {
  readonly deliberationId: string;
  readonly voterId: string;
  readonly choice: 'YES' | 'NO' | 'ABSTAIN';
  readonly idempotencyKey: string;
}

const CHOICES = { YES: 'yes', NO: 'no', ABSTAIN: 'abstain' } as const;

/**
 * 云投票 — one secret ballot per voter, whatever the number of parallel calls. The voter is kept as a keyed hash that
 * holds for this deliberation only, the choice as one more in a count; the request's own trace does not hold the choice
 * either, so that nobody can find it again. Whether the voter is entitled is the caller's to know.
 */
export function castVote(call: ServicesCall, input: CastVoteInput): Promise<DeliberationWritten | Refusal> {
  const { store, clock } = call;
  const voterId = keyedHash(store.voterKey, `${input.deliberationId}/${input.voterId}`).toString('hex');
  const traced = { deliberationId: input.deliberationId, voterId, idempotencyKey: input.idempotencyKey };
  return writeServices(call, 'castVote', 'ballot', traced, async (transaction) => {
    const found = await lockVisible(call, transaction, input.deliberationId);
    if (found === null) return refuse('DELIBERATION_NOT_FOUND', 'input.deliberationId');
    const person = findUuidKey('Person', input.voterId);
    if (person === undefined) return refuse('PERSON_NOT_FOUND', 'input.voterId');
    const now = clock.now();
    if (found.state !== 'DECIDING' || found.votingEndsAt === null || found.votingEndsAt <= now) {
      return refuse('VOTE_NOT_OPEN', 'input.deliberationId');
    }
    // Hands are counted there: ballots beside them would be overwritten by the count.
    if (found.venue === 'ON_SITE') return refuse('VOTE_ON_SITE', 'input.deliberationId');
    const cast = found.yes + found.no + found.abstain;
    if (cast >= found.eligibleVoters) return refuse('VOTE_FULL', 'input.deliberationId', { count: cast });
    const voter = keyedHash(store.voterKey, `${found.id}/${person}`);
    if (!(await countBallot(transaction, found.id, voter, CHOICES[input.choice]))) {
      return refuse('ALREADY_VOTED', 'input.voterId');
    }
    return written(found.id, 'deliberation.ballotCast', { ballotsCast: cast + 1 }, found, 2);
  });
}

export interface RecordDecisionInput {
  readonly deliberationId: string;
  readonly yes: number;
  readonly no: number;
  readonly abstain: number;
  readonly idempotencyKey: string;
}

/**
 * Records the count of hands of an assembly on site, and ends its vote. Refused without a quorum, naming how many must
 * be there: an assembly without one has decided nothing.
 */
export function recordDecision(call: ServicesCall, input: RecordDecisionInput): Promise<DeliberationWritten | Refusal> {
  const { clock } = call;
  return writeServices(call, 'recordDecision', 'deliberation', input, async (transaction) => {
    const found = await lockVisible(call, transaction, input.deliberationId);
    if (found === null) return refuse('DELIBERATION_NOT_FOUND', 'input.deliberationId');
    if (found.state !== 'DECIDING' || found.venue !== 'ON_SITE') return refuse('VOTE_NOT_OPEN', 'input.deliberationId');
    // A result that stands is not counted again.
    if (found.yes + found.no + found.abstain > 0) return refuse('DECISION_RECORDED', 'input.deliberationId');
    const { yes, no, abstain } = input;
    const present = yes + no + abstain;
    if (Math.min(yes, no, abstain) < 0 || present > found.eligibleVoters) {
      return refuse('NUMBER_OUT_OF_RANGE', 'input.yes', { min: 0, max: found.eligibleVoters });
    }
    const kept = await getRuleInForce(transaction, found.quorumRuleCode, dateInChina(found.openedAt));
    const rule = quorumRule(kept.parameters);
    if (!outcome({ ...input, eligibleVoters: found.eligibleVoters }, rule).quorumMet) {
      return refuse('QUORUM_NOT_MET', 'input.yes', {
        ...{ present, eligible: found.eligibleVoters, needed: leastReaching(found.eligibleVoters, rule.present) },
        basis: kept.legalBasis,
      });
    }
    await updateDeliberation(transaction, found.id, { yes, no, abstain, votingEndsAt: clock.now() });
    return written(found.id, 'deliberation.decided', { ballotsCast: present }, found, 1);
  });
}

export interface PublishDisclosureInput {
  readonly communityId: string;
  readonly kind: 'AFFAIRS' | 'ACCOUNTS' | 'DECISION' | 'BROADCAST' | 'VIDEO_MEETING';
  readonly title: string;
  readonly text: string;
  readonly deliberationId?: string | null | undefined;
  readonly idempotencyKey: string;
}

/** 居务公开 — discloses something to everybody; that of a decision goes with its deliberation once the vote is over. */
export function publishDisclosure(
  call: ServicesCall,
  input: PublishDisclosureInput,
): Promise<{ disclosureId: string } | Refusal> {
  const { store, caller, clock } = call;
  return writeServices(call, 'publishDisclosure', 'disclosure', input, async (transaction, provenanceId) => {
    const place = communityPlace(findCommunityCode(input.communityId) ?? '');
    if (place === undefined || !coversPlace(caller, place)) return refuse('COMMUNITY_NOT_FOUND', 'input.communityId');
    const title = plainText(input.title, 'input.title', 2, 120);
    if (isRefusal(title)) return title;
    const text = plainText(input.text, 'input.text', 2, 4000);
    if (isRefusal(text)) return text;
    const publishedAt = clock.now();
    let deliberationId: string | null = null;
    if (input.deliberationId != null || input.kind === 'DECISION') {
      const found = await lockVisible(call, transaction, input.deliberationId ?? '');
      if (found === null || found.communityCode !== place.communityCode) {
        return refuse('DELIBERATION_NOT_FOUND', 'input.deliberationId');
      }
      if (input.kind === 'DECISION' && (found.votingEndsAt === null || found.votingEndsAt > publishedAt)) {
        return refuse('VOTE_NOT_OVER', 'input.deliberationId');
      }
      deliberationId = found.id;
      if (input.kind === 'DECISION') await updateDeliberation(transaction, found.id, { disclosedAt: publishedAt });
    }
    const id = store.ids.next();
    await insertDisclosure(transaction, {
      ...{ id, kind: input.kind, title, text, deliberationId, publishedAt, provenanceId, ...place },
    });
    const answer = { disclosureId: globalId('Disclosure', id) };
    const event = { eventType: 'disclosure.published', entityType: 'Disclosure', entityId: answer.disclosureId };
    return { answer, rowCount: 1, events: [{ ...event, payload: { ...answer, kind: input.kind }, place }] };
  });
}
