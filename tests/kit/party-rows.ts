import type pg from 'pg';
import { organizationCodeOf } from '../../subgraphs/kit/party-organization-code.ts';
import { insertProvenance, insertRows, placeOf, TEST_PROVENANCE_ID, testUuid } from './insert-rows.ts';
import { CITY, COMMUNITY_A, COMMUNITY_C, COUNTY_AB, COUNTY_C, GRID_A1, GRID_A2, GRID_C1 } from './people-rows.ts';

const provenanceId = TEST_PROVENANCE_ID;

/** From the city's committee down to the group of a micro-grid in A1; a joint branch, and a branch in C. */
export const organizationKeys = {
  city: testUuid(6_001),
  county: testUuid(6_002),
  township: testUuid(6_003),
  communityA: testUuid(6_004),
  branchA1: testUuid(6_005),
  groupA1: testUuid(6_006),
  branchA2: testUuid(6_007),
  retiredA: testUuid(6_008),
  jointA: testUuid(6_009),
  countyC: testUuid(6_010),
  communityC: testUuid(6_011),
  branchC1: testUuid(6_012),
};
type OrganizationName = keyof typeof organizationKeys;

/** 张 and 王 live in A1 and belong to its branch; 吴 lives in C1 and belongs to the branch of A1, too. */
export const memberKeys = { zhang: testUuid(7_001), wang: testUuid(7_002), wu: testUuid(7_003) };
export const memberPersonKeys = { zhang: testUuid(21), wang: testUuid(22), wu: testUuid(7_103) };
export const membershipKeys = {
  zhangFormer: testUuid(8_001),
  zhang: testUuid(8_002),
  wang: testUuid(8_003),
  wu: testUuid(8_004),
};
/** A person who is no member. */
export const OUTSIDER_KEY = testUuid(7_200);

interface OrganizationDraft {
  readonly name: OrganizationName;
  readonly text: string;
  readonly kind: string;
  readonly parent: OrganizationName | null;
  /** The code of its place, 4 to 18 digits. */
  readonly place: string;
  readonly secretary?: readonly [key: string, name: string];
}

const organizations: readonly OrganizationDraft[] = [
  { name: 'city', text: '中共嘉兴市委员会', kind: 'COMMITTEE', parent: null, place: CITY },
  { name: 'county', text: '中共南湖区委员会', kind: 'COMMITTEE', parent: 'city', place: COUNTY_AB },
  {
    name: 'township',
    text: '中共新嘉街道工作委员会',
    kind: 'COMMITTEE',
    parent: 'county',
    place: COMMUNITY_A.slice(0, 9),
  },
  {
    name: 'communityA',
    text: '中共甲社区总支部委员会',
    kind: 'GENERAL_BRANCH',
    parent: 'township',
    place: COMMUNITY_A,
    secretary: [memberPersonKeys.zhang, '张三'],
  },
  {
    name: 'branchA1',
    text: '甲社区第一网格党支部',
    kind: 'GRID_BRANCH',
    parent: 'communityA',
    place: GRID_A1,
    secretary: [memberPersonKeys.wang, '王芳'],
  },
  { name: 'groupA1', text: '1号微网格党小组', kind: 'MICRO_GRID_GROUP', parent: 'branchA1', place: `${GRID_A1}001` },
  { name: 'branchA2', text: '甲社区第二网格党支部', kind: 'GRID_BRANCH', parent: 'communityA', place: GRID_A2 },
  { name: 'retiredA', text: '甲社区离退休党员支部', kind: 'BRANCH', parent: 'communityA', place: COMMUNITY_A },
  { name: 'jointA', text: '甲社区两新组织联合党支部', kind: 'JOINT_BRANCH', parent: 'communityA', place: COMMUNITY_A },
  { name: 'countyC', text: '中共秀洲区委员会', kind: 'COMMITTEE', parent: 'city', place: COUNTY_C },
  { name: 'communityC', text: '丙村党支部', kind: 'BRANCH', parent: 'countyC', place: COMMUNITY_C },
  { name: 'branchC1', text: '丙村第一网格党支部', kind: 'GRID_BRANCH', parent: 'communityC', place: GRID_C1 },
];

/** Inserts the organizations, members and memberships above. */
export async function insertParty(pool: pg.Pool): Promise<void> {
  await insertProvenance(pool, 'party');
  await insertRows(pool, 'party.party_organization', organizations.map(organizationRow));
  await insertRows(pool, 'party.party_member', [
    memberRow('zhang', 'FULL', '1985-07-01', GRID_A1),
    memberRow('wang', 'PROBATIONARY', '2026-01-10', GRID_A1),
    memberRow('wu', 'FULL', '2001-07-01', GRID_C1),
  ]);
  await insertRows(pool, 'party.membership', [
    membershipRow('zhangFormer', 'zhang', 'retiredA', '2020-01-01', '2024-03-01'),
    membershipRow('zhang', 'zhang', 'branchA1', '2024-03-01', null),
    membershipRow('wang', 'wang', 'branchA1', '2026-01-10', null),
    membershipRow('wu', 'wu', 'branchA1', '2015-05-01', null),
  ]);
}

function organizationRow({ name, text, kind, parent, place, secretary }: OrganizationDraft) {
  const tier = (digits: number) => (place.length >= digits ? place.slice(0, digits) : null);
  return {
    id: organizationKeys[name],
    kind,
    name: text,
    parentId: parent === null ? null : organizationKeys[parent],
    secretaryPersonId: secretary?.[0] ?? null,
    secretaryName: secretary?.[1] ?? null,
    establishedOn: '2019-06-01',
    termEndsOn: kind === 'MICRO_GRID_GROUP' ? null : '2029-06-01',
    cityCode: place.slice(0, 4),
    countyCode: tier(6),
    townshipCode: tier(9),
    communityCode: tier(12),
    gridCode: tier(15),
    microGridCode: tier(18),
    organizationCode: organizationCodeOf(organizationKeys[name]),
    provenanceId,
  };
}

function memberRow(name: keyof typeof memberKeys, category: string, joinedOn: string, gridCode: string) {
  return {
    id: memberKeys[name],
    personId: memberPersonKeys[name],
    category,
    joinedOn,
    organizationId: organizationKeys.branchA1,
    employedMember: name === 'wang',
    mobileMember: name === 'wu',
    ...placeOf(gridCode),
    gridCode,
    provenanceId,
  };
}

function membershipRow(
  key: keyof typeof membershipKeys,
  member: keyof typeof memberKeys,
  organization: OrganizationName,
  validFrom: string,
  validTo: string | null,
) {
  return {
    id: membershipKeys[key],
    memberId: memberKeys[member],
    organizationId: organizationKeys[organization],
    validFrom,
    validTo,
    provenanceId,
  };
}
