import type { Caller } from '../../kit/caller/caller.ts';
import type { OperationTrace } from '../../kit/operation-trace.ts';
import { ColumnSet } from '../../kit/store/column-set.ts';
import type { ListDeclaration } from '../../kit/store/keyset-list.ts';
import { type PlaceScope, placeCondition } from '../../kit/store/place-scope.ts';
import { statementText } from '../../kit/store/statement-text.ts';
import { inKeyOrder } from '../../kit/subgraph-context.ts';
import type { PartyStore } from './party-store.ts';

export type MemberCategory = 'APPLICANT' | 'ACTIVIST' | 'CANDIDATE' | 'PROBATIONARY' | 'FULL';

/** Those who are members; whoever is to become one is on record in the same table. */
const IS_MEMBER = "t.category IN ('FULL', 'PROBATIONARY')";

export interface PartyMemberRow {
  readonly id: string;
  readonly personId: string;
  readonly category: MemberCategory;
  readonly joinedOn: string | null;
  readonly organizationId: string;
  readonly employedMember: boolean;
  readonly mobileMember: boolean;
  readonly provenanceId: string;
  /** Items that another batch brought, by the key that their dataset has for them. */
  readonly itemProvenance: Readonly<Record<string, string>> | null;
}

const COLUMNS = new ColumnSet(
  `t.id, t.person_id AS "personId", t.category, t.joined_on::text AS "joinedOn",
  t.organization_id AS "organizationId", t.employed_member AS "employedMember", t.mobile_member AS "mobileMember",
  t.provenance_id AS "provenanceId", t.item_provenance AS "itemProvenance"`,
  // By these it is found.
  ['id', 'personId'],
);

const PLACE: PlaceScope = { alias: 't', hasGridCode: true };

function findBy(column: 'id' | 'person_id', property: 'id' | 'personId', condition: string) {
  return async (
    store: PartyStore,
    keys: readonly string[],
    caller: Caller,
    trace: OperationTrace,
    wanted?: ReadonlySet<string>,
  ): Promise<(PartyMemberRow | null)[]> => {
    const values: unknown[] = [keys];
    const scope = placeCondition(PLACE, caller, values);
    const rows = await store.database.rows<PartyMemberRow>(
      `party_member_by_${column}`,
      statementText`SELECT ${COLUMNS.select(wanted)} FROM party.party_member t WHERE t.${column} = ANY($1::uuid[]) AND ${scope}${condition}`,
      values,
      trace,
      { key: property },
    );
    return inKeyOrder(keys, rows, (row) => row[property]);
  };
}

export const findMembers = findBy('id', 'id', '');

/** The membership of each person; a person is a member once at most. */
export const findMembersByPerson = findBy('person_id', 'personId', ` AND ${IS_MEMBER}`);

export interface MemberCountRow {
  readonly organizationId: string;
  readonly memberCount: number;
}

/**
 * Direct members of organizations, wherever the members live: a count cut to the caller's area would be wrong. Asked
 * only for organizations of the caller's area.
 */
export async function countMembers(
  store: PartyStore,
  organizationIds: readonly string[],
  trace: OperationTrace,
): Promise<number[]> {
  const rows = await store.database.rows<MemberCountRow>(
    'member_count',
    statementText`SELECT t.organization_id AS "organizationId", count(*)::int AS "memberCount" FROM party.party_member t
      WHERE t.organization_id = ANY($1::uuid[]) AND ${IS_MEMBER} GROUP BY t.organization_id`,
    [organizationIds],
    trace,
  );
  return inKeyOrder(organizationIds, rows, (row) => row.organizationId).map((row) => row?.memberCount ?? 0);
}

/** Full members alone, which the size of a branch is measured by. */
export async function countFullMembers(
  store: PartyStore,
  organizationIds: readonly string[],
  trace: OperationTrace,
): Promise<number[]> {
  const rows = await store.database.rows<MemberCountRow>(
    'full_member_count',
    `SELECT t.organization_id AS "organizationId", count(*)::int AS "memberCount" FROM party.party_member t
      WHERE t.organization_id = ANY($1::uuid[]) AND t.category = 'FULL' GROUP BY t.organization_id`,
    [organizationIds],
    trace,
  );
  return inKeyOrder(organizationIds, rows, (row) => row.organizationId).map((row) => row?.memberCount ?? 0);
}

/** Members by id, of those who live in the caller's area. */
export const memberList: ListDeclaration<PartyMemberRow> = {
  name: 'party.members',
  from: 'party.party_member t',
  columns: COLUMNS,
  type: 'PartyMember',
  place: PLACE,
  always: IS_MEMBER,
  sorts: {
    ID: { columns: [{ expression: 't.id', property: 'id', cast: 'uuid' }], direction: 'ASC', filters: [] },
  },
  filters: {},
};

/** Applicants, activists and candidates by id, of those who live in the caller's area. */
export const developingList: ListDeclaration<PartyMemberRow> = {
  ...memberList,
  name: 'party.developing_members',
  always: `NOT ${IS_MEMBER}`,
};

/** The person that a row's `member_id` stands for, over the row's alias `t`. */
export const MEMBER_PERSON = '(SELECT m.person_id FROM party.party_member m WHERE m.id = t.member_id)';
