import { dateInChina } from '../../../kit/clock.ts';
import { isRefusal, type Refusal, refuse } from '../../../kit/codes/refusals.ts';
import { findCodeKey, globalId } from '../../../kit/global-id.ts';
import { coversPlace } from '../../../kit/store/place-scope.ts';
import { appendTransition } from '../../../kit/store/transition-rows.ts';
import { lockSubject } from '../../store/bodies/engagement-writes.ts';
import type { ElectionRow } from '../../store/elections/election-rows.ts';
import { type RuleContext, write } from '../organizations-write.ts';
import { electionMachine } from './election-machine.ts';
import { type ElectionChanged, electionRule } from './election-step.ts';

export interface OpenElectionInput {
  readonly communityId: string;
  readonly committeeKind: ElectionRow['committeeKind'];
  readonly byElection: boolean;
  readonly seats: number;
  readonly idempotencyKey: string;
}

/** Which committee governs a community, by its kind. */
const COMMITTEE_OF: Readonly<Record<string, ElectionRow['committeeKind']>> = {
  ADMINISTRATIVE_VILLAGE: 'VILLAGERS',
  RESIDENTIAL_COMMUNITY: 'RESIDENTS',
  FARM_COMMUNITY: 'FARM_RESIDENTS',
};

/** Opens the election of a community's committee for its next term, or of single seats in the present one. */
export function openElection(context: RuleContext, input: OpenElectionInput): Promise<ElectionChanged | Refusal> {
  const { store, caller, clock } = context;
  return write(context, { mutation: 'openElection', dataset: 'election', input }, async (transaction, provenanceId) => {
    const code = findCodeKey('Community', 12, input.communityId);
    const community = code === undefined ? null : await lockSubject(transaction, 'COMMUNITY', code);
    if (community === null || !coversPlace(caller, community)) {
      return refuse('COMMUNITY_NOT_FOUND', 'input.communityId');
    }
    const { validTo: ended } = community;
    if (ended != null) return refuse('DIVISION_ENDED', 'input.communityId', { validTo: ended });
    const { committeeKind } = input;
    if (committeeKind !== 'SUPERVISION' && committeeKind !== COMMITTEE_OF[community.kind]) {
      return refuse('COMMITTEE_KIND_UNFIT', 'input.committeeKind');
    }
    const now = clock.now();
    const today = dateInChina(now);
    const least = await electionRule(transaction, 'COMMITTEE_SEATS_MINIMUM', community.kind, today);
    if (isRefusal(least)) return least;
    const most = await electionRule(transaction, 'COMMITTEE_SEATS_MAXIMUM', community.kind, today);
    if (isRefusal(most)) return most;
    const min = input.byElection || input.committeeKind === 'SUPERVISION' ? 1 : least.numerator;
    if (input.seats < min || input.seats > most.numerator) {
      return refuse('ELECTION_SEATS_INVALID', 'input.seats', { min, max: most.numerator });
    }
    const { communityCode } = community;
    const live = await transaction.election.findFirst({
      where: { communityCode, committeeKind, state: { notIn: ['CERTIFIED', 'VOID'] } },
    });
    if (live !== null) return refuse('ELECTION_UNDER_WAY', 'input.communityId');
    const present = await transaction.committee.findFirst({
      where: { communityCode, kind: committeeKind },
      orderBy: { termNumber: 'desc' },
    });
    if (input.byElection && present === null) return refuse('COMMITTEE_NOT_FOUND', 'input.committeeKind');
    const id = store.ids.next();
    const { cityCode, countyCode, townshipCode } = community;
    await transaction.election.create({
      data: {
        id,
        committeeKind,
        committeeId: input.byElection ? (present?.id ?? null) : null,
        termNumber: (present?.termNumber ?? 0) + (input.byElection ? 0 : 1),
        byElection: input.byElection,
        seats: input.seats,
        state: electionMachine.initial,
        registeredVoters: 0,
        ballotsCast: 0,
        validBallots: 0,
        cityCode,
        countyCode,
        townshipCode,
        communityCode,
        provenanceId,
      },
    });
    await appendTransition(transaction, {
      subjectId: id,
      event: 'open',
      fromState: null,
      toState: electionMachine.initial,
      at: now,
      actorDepartmentCode: caller.departmentCode,
      note: null,
      provenanceId,
    });
    const answer = { electionId: globalId('Election', id) };
    const event = {
      eventType: 'election.opened',
      entityType: 'Election',
      entityId: answer.electionId,
      payload: { ...answer, communityId: input.communityId },
      place: community,
    };
    return { answer, rowCount: 2, events: [event] };
  });
}
