import { divisionFilter } from '../../../kit/store/division-filter.ts';
import { columnList } from '../../../kit/store/entity-table.ts';
import type { ListDeclaration } from '../../../kit/store/keyset-list.ts';
import type { Place } from '../../../kit/store/place-scope.ts';
import { MEMBER_PERSON } from '../member-rows.ts';
import type { PartyTransaction } from '../membership-writes.ts';
import type { PartyTable } from '../party-table.ts';

/** Kinds that tell of a unit or a cadre in office; a member's report tells of a membership and stands apart. */
export const openEngagementKinds = [
  'GRAND_COMMITTEE_MEMBER',
  'PAIRING',
  'CADRE_LINK',
  'FIRST_SECRETARY',
  'UNIT_REPORT',
] as const;
export type OpenEngagementKind = (typeof openEngagementKinds)[number];
export type EngagementKind = OpenEngagementKind | 'MEMBER_REPORT';

export interface EngagementRow {
  readonly id: string;
  readonly kind: EngagementKind;
  readonly unitName: string | null;
  readonly holderName: string | null;
  readonly holderPost: string | null;
  readonly memberId: string | null;
  /** The member as a person, for the access log. */
  readonly memberPersonId: string | null;
  readonly validFrom: string;
  readonly expiresOn: string | null;
  readonly validTo: string | null;
  readonly visitCount: number;
  readonly lastVisitedOn: string | null;
  readonly communityCode: string;
  readonly provenanceId: string;
}

export const ENGAGEMENT_TABLE: PartyTable<EngagementRow> = {
  table: 'party_engagement',
  columns: [
    'id',
    'kind',
    'unitName',
    'holderName',
    'holderPost',
    'memberId',
    'validFrom',
    'expiresOn',
    'validTo',
    'visitCount',
    'lastVisitedOn',
    'communityCode',
    'provenanceId',
  ],
  dates: ['validFrom', 'expiresOn', 'validTo', 'lastVisitedOn'],
  expressions: { memberPersonId: MEMBER_PERSON },
  place: { alias: 't', hasGridCode: false },
};

/** Live engagements. Each tier's code leads an index with the kind behind it. */
export const engagementList: ListDeclaration<EngagementRow> = {
  name: 'party.engagements',
  from: 'party.party_engagement t',
  columns: columnList(ENGAGEMENT_TABLE),
  always: "t.valid_to IS NULL AND t.kind <> 'MEMBER_REPORT'",
  sorts: {
    KIND: {
      columns: [
        { expression: 't.kind', property: 'kind', cast: 'text' },
        { expression: 't.id', property: 'id', cast: 'uuid' },
      ],
      direction: 'ASC',
      filters: ['divisionCode', 'kind', 'expiresBy'],
    },
  },
  filters: {
    divisionCode: divisionFilter('t', false),
    kind: (value, values) => `t.kind = $${values.push(value)}`,
    expiresBy: (value, values) => `t.expires_on <= $${values.push(value)}::date`,
  },
};

/** Reports of members, which tell that somebody is one: kept to the caller's area. */
export const memberReportList: ListDeclaration<EngagementRow> = {
  ...engagementList,
  name: 'party.member_reports',
  place: ENGAGEMENT_TABLE.place,
  always: "t.valid_to IS NULL AND t.kind = 'MEMBER_REPORT'",
};

export function findLiveEngagement(
  transaction: PartyTransaction,
  where: { readonly kind: EngagementKind; readonly subjectKey: string; readonly communityCode: string },
) {
  return transaction.partyEngagement.findFirst({ where: { ...where, validTo: null } });
}

export function findFirstSecretary(transaction: PartyTransaction, communityCode: string) {
  return transaction.partyEngagement.findFirst({ where: { kind: 'FIRST_SECRETARY', communityCode, validTo: null } });
}

export interface NewEngagement extends Omit<Place, 'gridCode'> {
  readonly id: string;
  readonly kind: EngagementKind;
  readonly unitName: string | null;
  readonly holderName: string | null;
  readonly holderPost: string | null;
  readonly memberId: string | null;
  /** What makes it the same engagement when it is told twice. */
  readonly subjectKey: string;
  readonly validFrom: Date;
  readonly expiresOn: Date | null;
  readonly provenanceId: string;
}

/** Inserts a live engagement; false when the same one is live already. */
export async function insertEngagement(transaction: PartyTransaction, data: NewEngagement): Promise<boolean> {
  const { count } = await transaction.partyEngagement.createMany({ data: [data], skipDuplicates: true });
  return count === 1;
}

export async function lockEngagement(
  transaction: PartyTransaction,
  id: string,
): Promise<
  (Place & { readonly kind: EngagementKind; readonly validFrom: Date; readonly validTo: Date | null }) | null
> {
  const rows = await transaction.$queryRaw<(Place & { kind: EngagementKind; validFrom: Date; validTo: Date | null })[]>`
    SELECT kind, valid_from AS "validFrom", valid_to AS "validTo", city_code AS "cityCode",
           county_code AS "countyCode", township_code AS "townshipCode", community_code AS "communityCode"
      FROM party.party_engagement WHERE id = ${id}::uuid FOR UPDATE`;
  return rows[0] ?? null;
}

export async function closeEngagement(
  transaction: PartyTransaction,
  id: string,
  data: { readonly validTo: Date; readonly provenanceId: string },
): Promise<void> {
  await transaction.partyEngagement.update({ where: { id }, data });
}

export async function addVisit(
  transaction: PartyTransaction,
  id: string,
  visitedOn: Date,
  provenanceId: string,
): Promise<void> {
  await transaction.$executeRaw`
    UPDATE party.party_engagement
       SET visit_count = visit_count + 1, last_visited_on = greatest(last_visited_on, ${visitedOn}::date),
           provenance_id = ${provenanceId}::uuid
     WHERE id = ${id}::uuid`;
}
