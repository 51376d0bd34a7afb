import { tierOrRangeFilter } from '../../../kit/store/division-filter.ts';
import { columnList, type EntityTable } from '../../../kit/store/entity-table.ts';
import type { ListDeclaration } from '../../../kit/store/keyset-list.ts';
import type { Place } from '../../../kit/store/place-scope.ts';
import type { CommitteeRow } from '../bodies/committee-rows.ts';
import type { OrganizationsTransaction } from '../organizations-transaction.ts';
import type { ShortList } from '../short-list.ts';

export type ElectionState = 'PREPARED' | 'ROLL_PUBLISHED' | 'NOMINATED' | 'VOTED' | 'CERTIFIED' | 'VOID';

/** An election is posted on the notice board from roll to result: its rows are open to every caller. */
export interface ElectionRow {
  readonly id: string;
  readonly committeeKind: CommitteeRow['kind'];
  readonly committeeId: string | null;
  readonly termNumber: number;
  readonly byElection: boolean;
  readonly seats: number;
  readonly state: ElectionState;
  readonly rollPublishedOn: string | null;
  readonly votedOn: string | null;
  readonly certifiedOn: string | null;
  readonly registeredVoters: number;
  readonly ballotsCast: number;
  readonly validBallots: number;
  readonly communityCode: string;
  readonly provenanceId: string;
}

export const electionTable: EntityTable<ElectionRow> = {
  table: 'election',
  columns: [
    'id',
    'committeeKind',
    'committeeId',
    'termNumber',
    'byElection',
    'seats',
    'state',
    'rollPublishedOn',
    'votedOn',
    'certifiedOn',
    'registeredVoters',
    'ballotsCast',
    'validBallots',
    'communityCode',
    'provenanceId',
  ],
  dates: ['rollPublishedOn', 'votedOn', 'certifiedOn'],
};

/** A community elects a few times in a generation. */
export const communityElections: ShortList<ElectionRow> = {
  name: 'community_elections',
  table: electionTable,
  owner: { column: 'community_code', property: 'communityCode', cast: 'text' },
  order: 't.term_number DESC, t.id DESC',
  limit: 50,
};

/** Elections of a division by community. */
export const electionList: ListDeclaration<ElectionRow> = {
  name: 'organizations.elections',
  from: 'organizations.election t',
  columns: columnList(electionTable),
  sorts: {
    COMMUNITY: {
      columns: [
        { expression: 't.community_code', property: 'communityCode', cast: 'text' },
        { expression: 't.id', property: 'id', cast: 'uuid' },
      ],
      direction: 'ASC',
      filters: ['divisionCode'],
    },
  },
  filters: { divisionCode: tierOrRangeFilter('t', 'community_code', 12) },
};

export interface CandidateRow {
  readonly id: string;
  readonly electionId: string;
  readonly committeeId: string | null;
  readonly personId: string;
  readonly name: string;
  readonly nomination: 'SELF' | 'JOINT' | 'ORGANIZATION';
  readonly votes: number;
  readonly elected: boolean;
  readonly provenanceId: string;
}

export const candidateTable: EntityTable<CandidateRow> = {
  table: 'election_candidate',
  columns: ['id', 'electionId', 'committeeId', 'personId', 'name', 'nomination', 'votes', 'elected', 'provenanceId'],
};

export const electionCandidates: ShortList<CandidateRow> = {
  name: 'election_candidates',
  table: candidateTable,
  owner: { column: 'election_id', property: 'electionId', cast: 'uuid' },
  order: 't.votes DESC, t.id',
  limit: 100,
};

/** Who sits in a committee: those elected into it. */
export const committeeMembers: ShortList<CandidateRow> = {
  name: 'committee_members',
  table: candidateTable,
  owner: { column: 'committee_id', property: 'committeeId', cast: 'uuid' },
  order: 't.votes DESC, t.id',
  limit: 50,
};

export interface LockedElection extends Place {
  readonly id: string;
  readonly committeeKind: CommitteeRow['kind'];
  readonly committeeId: string | null;
  readonly termNumber: number;
  readonly byElection: boolean;
  readonly seats: number;
  readonly state: ElectionState;
  readonly rollPublishedOn: string | null;
  readonly registeredVoters: number;
  readonly ballotsCast: number;
  readonly validBallots: number;
  readonly candidateCount: number;
  readonly communityKind: string;
}

/** Locks an election with what its steps depend on. */
export async function lockElection(transaction: OrganizationsTransaction, id: string): Promise<LockedElection | null> {
  const rows = await transaction.$queryRaw<LockedElection[]>`
    SELECT e.id, e.committee_kind AS "committeeKind", e.committee_id AS "committeeId", e.term_number AS "termNumber",
           e.by_election AS "byElection", e.seats, e.state, e.roll_published_on::text AS "rollPublishedOn",
           e.registered_voters AS "registeredVoters", e.ballots_cast AS "ballotsCast",
           e.valid_ballots AS "validBallots", e.city_code AS "cityCode", e.county_code AS "countyCode",
           e.township_code AS "townshipCode", e.community_code AS "communityCode",
           (SELECT count(*)::int FROM organizations.election_candidate c WHERE c.election_id = e.id) AS "candidateCount",
           (SELECT kind FROM organizations.community c WHERE c.stat_code = e.community_code) AS "communityKind"
      FROM organizations.election e WHERE e.id = ${id}::uuid FOR UPDATE OF e`;
  return rows[0] ?? null;
}
