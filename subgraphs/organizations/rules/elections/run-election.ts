import { dateInChina } from '../../../kit/clock.ts';
import { isRefusal, type Refusal, refuse } from '../../../kit/codes/refusals.ts';
import { findUuidKey } from '../../../kit/global-id.ts';
import { findNameFlaw, plainName } from '../../../kit/names/register-name.ts';
import type { CandidateRow } from '../../store/elections/election-rows.ts';
import { dateColumn } from '../../store/organizations-transaction.ts';
import type { RuleContext } from '../organizations-write.ts';
import { textFlaw } from '../plain-text.ts';
import { type ElectionChanged, electionRule, takeElectionStep } from './election-step.ts';

interface StepInput {
  readonly electionId: string;
  readonly idempotencyKey: string;
}

const MOST_VOTERS = 1_000_000;
const DAY_MILLISECONDS = 86_400_000;

export interface PublishRollInput extends StepInput {
  readonly registeredVoters: number;
}

/** Publishes the roll of voters; the vote follows after the days that the law sets. */
export function publishRoll(context: RuleContext, input: PublishRollInput): Promise<ElectionChanged | Refusal> {
  const { registeredVoters } = input;
  return takeElectionStep(context, 'publishRoll', 'publishRoll', input, { registeredVoters }, async (_t, _e, now) =>
    registeredVoters < 1 || registeredVoters > MOST_VOTERS
      ? refuse('ELECTION_COUNT_INVALID', 'input.registeredVoters', { max: MOST_VOTERS })
      : { data: { registeredVoters, rollPublishedOn: dateColumn(dateInChina(now)) }, rowCount: 0 },
  );
}

export interface NominateInput extends StepInput {
  readonly personId: string;
  readonly name: string;
  readonly nomination: CandidateRow['nomination'];
}

/**
 * Nominates a candidate: jointly, by an organization, or the person himself (自荐直选). Once per person and election, and
 * only somebody of age who lives or is registered in the community: who may not vote cannot be elected. He stands under
 * the name that the population register has.
 */
export function nominate(context: RuleContext, input: NominateInput): Promise<ElectionChanged | Refusal> {
  const { store, caller } = context;
  return takeElectionStep(
    context,
    'nominate',
    'nominate',
    input,
    {},
    async (transaction, election, _now, provenanceId) => {
      const flaw = textFlaw(input.name, 'input.name', 2, 40);
      if (flaw !== undefined) return flaw;
      const personId = findUuidKey('Person', input.personId);
      if (personId === undefined) return refuse('PERSON_NOT_FOUND', 'input.personId');
      const votes = caller.facts?.['input.personId']?.votingCommunityCodes;
      if (Array.isArray(votes) && !votes.includes(election.communityCode)) {
        return refuse('CANDIDATE_NO_VOTER', 'input.personId');
      }
      const otherName = findNameFlaw(caller, 'input.personId', input.name, 'input.name');
      if (otherName !== undefined) return otherName;
      const known = await transaction.electionCandidate.findUnique({
        where: { electionId_personId: { electionId: election.id, personId } },
      });
      if (known !== null) return refuse('CANDIDATE_EXISTS', 'input.personId');
      await transaction.electionCandidate.create({
        data: {
          id: store.ids.next(),
          electionId: election.id,
          personId,
          name: plainName(input.name),
          nomination: input.nomination,
          votes: 0,
          elected: false,
          provenanceId,
        },
      });
      return { data: {}, rowCount: 1 };
    },
  );
}

export function closeNominations(context: RuleContext, input: StepInput): Promise<ElectionChanged | Refusal> {
  return takeElectionStep(context, 'closeNominations', 'closeNominations', input, {}, async () => ({
    data: {},
    rowCount: 0,
  }));
}

export function declareVoid(context: RuleContext, input: StepInput): Promise<ElectionChanged | Refusal> {
  return takeElectionStep(context, 'declareVoid', 'declareVoid', input, {}, async () => ({ data: {}, rowCount: 0 }));
}

export interface RecordBallotsInput extends StepInput {
  readonly ballotsCast: number;
  readonly validBallots: number;
  readonly votes: readonly { readonly candidateId: string; readonly votes: number }[];
}

/** Records the count: no more ballots than voters, no more votes for anybody than valid ballots. */
export function recordBallots(context: RuleContext, input: RecordBallotsInput): Promise<ElectionChanged | Refusal> {
  return takeElectionStep(
    context,
    'recordBallots',
    'recordBallots',
    input,
    {},
    async (transaction, election, now, provenanceId) => {
      const today = dateInChina(now);
      const days = await electionRule(transaction, 'ROLL_PUBLICATION_DAYS', election.communityKind, today);
      if (isRefusal(days)) return days;
      const earliest = new Date(
        Date.parse(`${election.rollPublishedOn ?? today}T00:00:00Z`) + days.numerator * DAY_MILLISECONDS,
      );
      if (today < earliest.toISOString().slice(0, 10)) {
        return refuse('ELECTION_TOO_EARLY', 'input.electionId', { earliest: earliest.toISOString().slice(0, 10) });
      }
      const { ballotsCast, validBallots } = input;
      if (ballotsCast < 0 || ballotsCast > election.registeredVoters) {
        return refuse('ELECTION_COUNT_INVALID', 'input.ballotsCast', { max: election.registeredVoters });
      }
      if (validBallots < 0 || validBallots > ballotsCast) {
        return refuse('ELECTION_COUNT_INVALID', 'input.validBallots', { max: ballotsCast });
      }
      const candidates = await transaction.electionCandidate.findMany({ where: { electionId: election.id } });
      const votes = new Map(
        input.votes.map((vote) => [findUuidKey('ElectionCandidate', vote.candidateId), vote.votes]),
      );
      if (votes.size !== candidates.length || candidates.some(({ id }) => !votes.has(id))) {
        return refuse('ELECTION_VOTES_INCOMPLETE', 'input.votes', { candidates: candidates.length });
      }
      for (const { id } of candidates) {
        const own = votes.get(id) ?? 0;
        if (own < 0 || own > validBallots)
          return refuse('ELECTION_COUNT_INVALID', 'input.votes', { max: validBallots });
        await transaction.electionCandidate.update({ where: { id }, data: { votes: own, provenanceId } });
      }
      return { data: { ballotsCast, validBallots, votedOn: dateColumn(today) }, rowCount: candidates.length };
    },
  );
}
