import { dayText } from '../chance/calendar-day.ts';
import { Lottery } from '../chance/lottery.ts';
import { REFERENCE_DAY } from '../people/family.ts';
import { provenanceIds } from '../provenance.ts';
import type { CommitteeRow } from '../rows.ts';
import type { CommunityDraft } from '../territory/community-draft.ts';
import type { ElectionCandidateRow, ElectionRow } from './election-rows.ts';

/** The election of the present committee; where a community comes first, two that are under way beside it. */
export function holdElections(draft: CommunityDraft, committee: CommitteeRow): void {
  const { organizationIds: ids, place, plan } = draft;
  const random = draft.stream('elections');
  const adults = draft.residents.filter(({ age }) => age >= 25 && age <= 66);
  const people = new Lottery(random, adults);
  const voters = Math.max(1, Math.round(draft.residents.filter(({ age }) => age >= 18).length * 0.7));
  const provenanceId = provenanceIds['organizations.election'];

  const hold = (more: Partial<ElectionRow> & Pick<ElectionRow, 'state' | 'seats'>): string => {
    const id = ids.next();
    draft.table('organizations.election').push({
      id,
      committeeKind: committee.kind,
      committeeId: null,
      termNumber: committee.termNumber,
      byElection: false,
      rollPublishedOn: null,
      votedOn: null,
      certifiedOn: null,
      registeredVoters: voters,
      ballotsCast: 0,
      validBallots: 0,
      ...more,
      ...place,
      provenanceId,
    });
    return id;
  };
  const stand = (electionId: string, count: number, valid: number, committeeId: string | null, seats: number): void => {
    for (let i = 0; i < count; i++) {
      const person = people.draw();
      if (person === undefined) return;
      const elected = committeeId !== null && i < seats;
      const candidate: ElectionCandidateRow = {
        id: ids.next(),
        electionId,
        committeeId: elected ? committeeId : null,
        personId: person.row.id,
        name: person.row.name,
        nomination: random.pick(['SELF', 'JOINT', 'ORGANIZATION'] as const),
        votes: Math.floor(valid * (i < seats ? 0.9 - i * 0.04 : 0.3)),
        elected,
        provenanceId,
      };
      draft.table('organizations.election_candidate').push(candidate);
    }
  };

  const start = Date.parse(`${committee.termStart}T00:00:00Z`) / 86_400_000;
  const cast = Math.round(voters * (0.62 + random.fraction() * 0.3));
  const certified = hold({
    state: 'CERTIFIED',
    seats: committee.seatCount,
    committeeId: committee.id,
    rollPublishedOn: dayText(start - 28),
    votedOn: dayText(start - 3),
    certifiedOn: committee.termStart,
    ballotsCast: cast,
    validBallots: cast - 3,
  });
  stand(certified, committee.seatCount + 1, cast - 3, committee.id, committee.seatCount);
  if (plan.ordinal !== 0) return;
  const enough = Math.floor(voters / 2) + 1;
  const voted = hold({
    state: 'VOTED',
    seats: 1,
    byElection: true,
    committeeId: committee.id,
    rollPublishedOn: dayText(REFERENCE_DAY - 30),
    votedOn: dayText(REFERENCE_DAY - 2),
    ballotsCast: enough,
    validBallots: enough,
  });
  stand(voted, 2, enough, null, 1);
  const open = hold({
    state: 'ROLL_PUBLISHED',
    committeeKind: 'SUPERVISION',
    seats: 3,
    rollPublishedOn: dayText(REFERENCE_DAY - 10),
    termNumber: committee.termNumber + 1,
  });
  stand(open, 2, 0, null, 0);
}
