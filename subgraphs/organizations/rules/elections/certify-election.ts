import { dateInChina } from '../../../kit/clock.ts';
import { isRefusal, type Refusal, refuse } from '../../../kit/codes/refusals.ts';
import type { LockedElection } from '../../store/elections/election-rows.ts';
import { dateColumn, type OrganizationsTransaction } from '../../store/organizations-transaction.ts';
import { addYears } from '../add-years.ts';
import type { RuleContext } from '../organizations-write.ts';
import { type ElectionChanged, electionRule, takeElectionStep } from './election-step.ts';

export interface CertifyElectionInput {
  readonly electionId: string;
  readonly idempotencyKey: string;
}

/**
 * Certifies the result by the rules in force on the day: more than the share of the roll must have voted, and whoever
 * has more than the share of the valid ballots is elected, the most votes first, as far as there are seats. A new term
 * begins with it; a by-election fills seats of the present one.
 */
export function certifyElection(context: RuleContext, input: CertifyElectionInput): Promise<ElectionChanged | Refusal> {
  return takeElectionStep(
    context,
    'certifyElection',
    'certify',
    input,
    {},
    async (transaction, election, now, provenanceId) => {
      const today = dateInChina(now);
      const turnout = await electionRule(transaction, 'ELECTION_TURNOUT', election.communityKind, today);
      if (isRefusal(turnout)) return turnout;
      // More than the share, in whole numbers: cast / registered > numerator / denominator.
      if (election.ballotsCast * turnout.denominator <= election.registeredVoters * turnout.numerator) {
        const needed = Math.floor((election.registeredVoters * turnout.numerator) / turnout.denominator) + 1;
        return refuse('ELECTION_UNDER_QUORUM', 'input.electionId', { cast: election.ballotsCast, needed });
      }
      const majority = await electionRule(transaction, 'ELECTION_MAJORITY', election.communityKind, today);
      if (isRefusal(majority)) return majority;
      const candidates = await transaction.electionCandidate.findMany({
        where: { electionId: election.id },
        orderBy: [{ votes: 'desc' }, { id: 'asc' }],
      });
      const elected = candidates
        .filter(({ votes }) => votes * majority.denominator > election.validBallots * majority.numerator)
        .slice(0, election.seats);
      const [first] = elected;
      if (first === undefined) return refuse('ELECTION_NOBODY_ELECTED', 'input.electionId');
      const term = await termOf(context, transaction, election, today, first.name, provenanceId);
      if (isRefusal(term)) return term;
      await transaction.electionCandidate.updateMany({
        where: { id: { in: elected.map(({ id }) => id) } },
        data: { elected: true, committeeId: term.committeeId, provenanceId },
      });
      return {
        data: { certifiedOn: dateColumn(today), committeeId: term.committeeId },
        rowCount: elected.length + term.rowCount,
      };
    },
  );
}

/** The committee that the elected sit in: that of the new term, or the present one after a by-election. */
async function termOf(
  { store }: RuleContext,
  transaction: OrganizationsTransaction,
  election: LockedElection,
  today: string,
  chairName: string,
  provenanceId: string,
): Promise<{ committeeId: string; rowCount: number } | Refusal> {
  if (election.byElection && election.committeeId !== null) return { committeeId: election.committeeId, rowCount: 0 };
  const years = await electionRule(transaction, 'COMMITTEE_TERM_YEARS', election.communityKind, today);
  if (isRefusal(years)) return years;
  const { communityCode, cityCode, countyCode, townshipCode, committeeKind } = election;
  const former = await transaction.committee.findFirst({
    where: { communityCode, kind: committeeKind },
    orderBy: { termNumber: 'desc' },
  });
  if (former === null) return refuse('COMMITTEE_NOT_FOUND', 'input.electionId');
  const id = store.ids.next();
  await transaction.committee.create({
    data: {
      id,
      kind: committeeKind,
      name: former.name,
      uscc: former.uscc,
      termNumber: election.termNumber,
      termStart: dateColumn(today),
      termEnd: dateColumn(addYears(today, years.numerator)),
      chairName,
      seatCount: election.seats,
      cityCode,
      countyCode,
      townshipCode,
      communityCode,
      provenanceId,
    },
  });
  return { committeeId: id, rowCount: 1 };
}
