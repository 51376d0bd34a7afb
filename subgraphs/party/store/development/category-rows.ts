import type { Caller } from '../../../kit/caller/caller.ts';
import type { OperationTrace } from '../../../kit/operation-trace.ts';
import { type Place, type PlaceScope, placeCondition } from '../../../kit/store/place-scope.ts';
import { statementText } from '../../../kit/store/statement-text.ts';
import { groupByKey } from '../../../kit/subgraph-context.ts';
import type { MemberCategory } from '../member-rows.ts';
import type { PartyTransaction } from '../membership-writes.ts';
import type { PartyStore } from '../party-store.ts';

export interface MemberCategoryRow {
  readonly memberId: string;
  readonly category: MemberCategory;
  readonly validFrom: string;
  readonly validTo: string | null;
  readonly provenanceId: string;
}

const PLACE_OF_MEMBER: PlaceScope = { alias: 'm', hasGridCode: true };

/** What members have been, the newest first: five steps at most. */
export async function findCategoriesOf(
  store: PartyStore,
  memberIds: readonly string[],
  caller: Caller,
  trace: OperationTrace,
): Promise<MemberCategoryRow[][]> {
  const values: unknown[] = [memberIds];
  const scope = placeCondition(PLACE_OF_MEMBER, caller, values);
  const rows = await store.database.rows<MemberCategoryRow>(
    'categories_of_members',
    statementText`SELECT t.member_id AS "memberId", t.category, t.valid_from::text AS "validFrom", t.valid_to::text AS "validTo",
            t.provenance_id AS "provenanceId"
       FROM party.member_category t JOIN party.party_member m ON m.id = t.member_id AND ${scope}
      WHERE t.member_id = ANY($1::uuid[]) ORDER BY t.member_id, t.valid_from DESC`,
    values,
    trace,
    { key: 'memberId' },
  );
  return groupByKey(memberIds, rows, (row) => row.memberId);
}

export interface LockedDevelopment extends Place {
  readonly id: string;
  readonly gridCode: string;
  readonly organizationId: string;
  readonly category: MemberCategory;
  /** Since when he is what he is; null where nobody has recorded it. */
  readonly since: string | null;
}

/** Locks the row of a member, or of somebody who is to become one. */
export async function lockDevelopment(transaction: PartyTransaction, id: string): Promise<LockedDevelopment | null> {
  const rows = await transaction.$queryRaw<LockedDevelopment[]>`
    SELECT m.id, m.organization_id AS "organizationId", m.category, m.city_code AS "cityCode",
           m.county_code AS "countyCode", m.township_code AS "townshipCode", m.community_code AS "communityCode",
           m.grid_code AS "gridCode",
           (SELECT c.valid_from::text FROM party.member_category c
             WHERE c.member_id = m.id AND c.valid_to IS NULL) AS since
      FROM party.party_member m WHERE m.id = ${id}::uuid FOR UPDATE OF m`;
  return rows[0] ?? null;
}

/** Puts an applicant on record; false when the person is on record already. */
export async function insertApplicant(
  transaction: PartyTransaction,
  applicant: Place & {
    readonly id: string;
    readonly personId: string;
    readonly organizationId: string;
    readonly gridCode: string;
    readonly provenanceId: string;
  },
  from: Date,
): Promise<boolean> {
  const { count } = await transaction.partyMember.createMany({
    data: [{ ...applicant, category: 'APPLICANT', joinedOn: null, employedMember: false, mobileMember: false }],
    skipDuplicates: true,
  });
  if (count === 0) return false;
  const { id: memberId, provenanceId } = applicant;
  await transaction.memberCategory.create({ data: { memberId, category: 'APPLICANT', validFrom: from, provenanceId } });
  return true;
}

/** Ends what somebody was and begins what he is now; who is admitted belongs to his organization from that day on. */
export async function moveCategory(
  transaction: PartyTransaction,
  { id, organizationId }: LockedDevelopment,
  to: { readonly category: MemberCategory; readonly from: Date; readonly membershipId: string },
  provenanceId: string,
): Promise<void> {
  await transaction.memberCategory.updateMany({
    where: { memberId: id, validTo: null },
    data: { validTo: to.from, provenanceId },
  });
  await transaction.memberCategory.create({
    data: { memberId: id, category: to.category, validFrom: to.from, provenanceId },
  });
  const admitted = to.category === 'PROBATIONARY';
  await transaction.partyMember.update({
    where: { id },
    data: { category: to.category, provenanceId, ...(admitted ? { joinedOn: to.from } : {}) },
  });
  if (!admitted) return;
  await transaction.membership.create({
    data: { id: to.membershipId, memberId: id, organizationId, validFrom: to.from, provenanceId },
  });
}
