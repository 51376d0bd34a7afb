import type pg from 'pg';
import { insertRows, TEST_PROVENANCE_ID, testUuid } from './insert-rows.ts';
import { workerKeys } from './organizations-rows.ts';
import { CITY, COMMUNITY_A, COMMUNITY_C, COUNTY_AB, COUNTY_C } from './people-rows.ts';

const provenanceId = TEST_PROVENANCE_ID;

export const organizationKeys = {
  office: testUuid(6_001),
  unit: testUuid(6_002),
  incubator: testUuid(6_003),
  society: testUuid(6_004),
  owners: testUuid(6_005),
  property: testUuid(6_006),
  firm: testUuid(6_007),
  elsewhere: testUuid(6_008),
  alliance: testUuid(6_009),
};
export const engagementKeys = { incubatee: testUuid(6_101), supervisor: testUuid(6_102), grown: testUuid(6_103) };
export const fundKeys = { city: testUuid(6_201), county: testUuid(6_202), elsewhere: testUuid(6_203) };

/** Bodies of county AB, one of county C, an incubator with one incubatee, a supervisor, and three funds. */
export async function insertBodies(pool: pg.Pool): Promise<void> {
  const inA = { countyCode: COUNTY_AB, townshipCode: COMMUNITY_A.slice(0, 9), communityCode: COMMUNITY_A };
  const social = { form: 'COMMUNITY_SOCIAL_ORGANIZATION', registration: 'FILED' };
  await insertRows(pool, 'organizations.organization', [
    body('office', 'SUBDISTRICT_OFFICE', '新嘉街道办事处', {
      countyCode: COUNTY_AB,
      townshipCode: COMMUNITY_A.slice(0, 9),
      structure: 'CONVENTIONAL',
    }),
    body('unit', 'OFFICE_UNIT', '社会事务办公室', { parentId: organizationKeys.office, countyCode: COUNTY_AB }),
    body('incubator', 'INCUBATOR', '南湖区孵化基地', { countyCode: COUNTY_AB }),
    body('society', 'SOCIAL_ORGANIZATION', '甲社区互助社', { ...inA, ...social, field: 'CHARITY' }),
    body('owners', 'OWNERS_COMMITTEE', '甲小区业主委员会', { ...inA, estateName: '甲小区' }),
    body('property', 'PROPERTY_SERVICE', '示例物业', { rating: 4 }),
    body('firm', 'LAW_FIRM', '示例律师事务所', {}),
    body('elsewhere', 'SOCIAL_ORGANIZATION', '丙村互助社', {
      ...social,
      field: 'CHARITY',
      countyCode: COUNTY_C,
      townshipCode: COMMUNITY_C.slice(0, 9),
      communityCode: COMMUNITY_C,
    }),
    body('alliance', 'ALLIANCE', '长三角联盟', {}),
  ]);
  await insertRows(pool, 'organizations.engagement', [
    relation(
      'incubatee',
      'INCUBATEE',
      ['ORGANIZATION', organizationKeys.society, '甲社区互助社'],
      ['ORGANIZATION', organizationKeys.incubator],
    ),
    relation('supervisor', 'SUPERVISOR', ['WORKER', workerKeys.zhao, '赵一'], ['WORKER', workerKeys.qian]),
    {
      ...relation(
        'grown',
        'INCUBATEE',
        ['ORGANIZATION', organizationKeys.elsewhere, '丙村互助社'],
        ['ORGANIZATION', organizationKeys.incubator],
      ),
      validTo: '2025-09-01',
      endReason: '孵化出壳',
    },
  ]);
  await insertRows(pool, 'organizations.fund', [
    fund('city', '市级发展基金', null),
    fund('county', '南湖区工作经费', COUNTY_AB),
    fund('elsewhere', '秀洲区工作经费', COUNTY_C),
  ]);
}

function body(key: keyof typeof organizationKeys, kind: string, name: string, more: Record<string, unknown>) {
  return { id: organizationKeys[key], kind, name, cityCode: CITY, establishedOn: '2020-01-01', ...more, provenanceId };
}

function relation(
  key: keyof typeof engagementKeys,
  role: string,
  [holderType, holderKey, holderName]: readonly [string, string, string],
  [subjectType, subjectKey]: readonly [string, string],
) {
  return {
    id: engagementKeys[key],
    role,
    holderType,
    holderKey,
    holderName,
    subjectType,
    subjectKey,
    validFrom: '2024-01-01',
    cityCode: CITY,
    provenanceId,
  };
}

function fund(key: keyof typeof fundKeys, name: string, countyCode: string | null) {
  return {
    id: fundKeys[key],
    name,
    source: 'WORKING_BUDGET',
    year: 2026,
    allottedYuan: 100,
    spentYuan: 0,
    balanceYuan: 100,
    entryCount: 0,
    cityCode: CITY,
    countyCode,
    provenanceId,
  };
}
