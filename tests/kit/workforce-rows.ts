import type pg from 'pg';
import { Random } from '../../prisma/seed/chance/random.ts';
import { RowIds } from '../../prisma/seed/chance/row-ids.ts';
import { organizationRuleRows } from '../../prisma/seed/organizations/organization-rules.ts';
import { insertRows, placeOf, TEST_PROVENANCE_ID, testUuid } from './insert-rows.ts';
import { workerKeys, workerPersonKeys } from './organizations-rows.ts';
import { CITY, COMMUNITY_A, COMMUNITY_B, COMMUNITY_C } from './people-rows.ts';

const provenanceId = TEST_PROVENANCE_ID;

export const courseKeys = {
  first: testUuid(5_001),
  second: testUuid(5_002),
  third: testUuid(5_003),
  trip: testUuid(5_004),
};
export const postKeys = { specialistA: testUuid(5_101), deputyA: testUuid(5_102), headC: testUuid(5_103) };
export const registrationKeys = { zhao: testUuid(5_201), qian: testUuid(5_202), zhou: testUuid(5_203) };
export const serviceKeys = { qian: testUuid(5_301), zhao: testUuid(5_302) };
export const recordKeys = { award: testUuid(5_401), pay: testUuid(5_402), appraisal: testUuid(5_403) };

type WorkerName = keyof typeof workerKeys;

const holder = (name: WorkerName, community: string) => ({
  personId: workerPersonKeys[name],
  workerId: workerKeys[name],
  ...placeOf(community),
  provenanceId,
});

/**
 * The files of the workers of `insertOrganizations`. 赵 is registered until 2028; 钱's registration ran out on 2026-06-01
 * with 71 hours of continuing education; 李 has a certificate and no registration; 周 works in another county.
 */
export async function insertWorkforce(pool: pg.Pool): Promise<void> {
  const rules = organizationRuleRows(new RowIds(new Random('test-rules'), 0));
  await insertRows(
    pool,
    'organizations.organization_rule',
    rules.map((rule) => ({ ...rule, provenanceId })),
  );
  await insertRows(pool, 'organizations.training_category', [
    { code: 'training-1', ordinal: 1, name: '继续教育', provenanceId },
    { code: 'training-2', ordinal: 2, name: null, provenanceId },
  ]);
  await insertRows(pool, 'organizations.training_course', [
    courseRow(courseKeys.first, 'CONTINUING', 'CITY', '2024-03-12', 36, null),
    courseRow(courseKeys.second, 'CONTINUING', 'CITY', '2025-03-12', 36, null),
    courseRow(courseKeys.third, 'CONTINUING', 'CITY', '2026-03-12', 6, null),
    courseRow(courseKeys.trip, 'ADVANCED', 'CITY', '2025-05-20', 8, 'OTHER_CITY'),
  ]);
  await insertRows(pool, 'organizations.certificate', [
    certificateRow(5_501, 'zhao', COMMUNITY_A, 'SOCIAL_WORKER', 'TEST-ZHAO'),
    certificateRow(5_502, 'qian', COMMUNITY_A, 'ASSISTANT', 'TEST-QIAN'),
    certificateRow(5_503, 'li', COMMUNITY_B, 'ASSISTANT', 'TEST-LI'),
    certificateRow(5_504, 'zhou', COMMUNITY_C, 'ASSISTANT', 'TEST-ZHOU'),
  ]);
  await insertRows(pool, 'organizations.social_worker_registration', [
    registrationRow('zhao', COMMUNITY_A, 5_501, 'SOCIAL_WORKER', '2025-01-01', '2028-01-01'),
    registrationRow('qian', COMMUNITY_A, 5_502, 'ASSISTANT', '2023-06-01', '2026-06-01'),
    registrationRow('zhou', COMMUNITY_C, 5_504, 'ASSISTANT', '2024-06-01', '2027-06-01'),
  ]);
  await insertRows(pool, 'organizations.training_attendance', [
    attendanceRow(5_601, courseKeys.first, '2024-03-12', 36),
    attendanceRow(5_602, courseKeys.second, '2025-03-12', 35),
    // Hours of another kind of course do not count.
    attendanceRow(5_603, courseKeys.trip, '2025-05-20', 8),
  ]);
  await insertRows(pool, 'organizations.post', [
    postRow(postKeys.specialistA, 'SPECIALIST', 1, 1, 11, COMMUNITY_A),
    postRow(postKeys.deputyA, 'DEPUTY', 2, 6, 14, COMMUNITY_A),
    postRow(postKeys.headC, 'SECRETARY_DIRECTOR', 1, 10, 18, COMMUNITY_C),
  ]);
  await insertRows(pool, 'organizations.service_record', [
    serviceRow(serviceKeys.qian, 'qian', 'SPECIALIST', postKeys.specialistA, '2020-04-01'),
    serviceRow(serviceKeys.zhao, 'zhao', 'SECRETARY_DIRECTOR', null, '2020-04-01'),
  ]);
  await insertRows(pool, 'organizations.worker_record', [
    recordRow(recordKeys.award, 'AWARD', '最美社工', { batch: '2025' }),
    recordRow(recordKeys.pay, 'ALLOWANCE', '职业津贴', { amountYuan: 200, perMonth: true }),
    recordRow(recordKeys.appraisal, 'APPRAISAL', '年度能力评价', { score: 91 }),
  ]);
}

function courseRow(id: string, kind: string, tier: string, startsOn: string, hours: number, studyScope: string | null) {
  return {
    id,
    title: `${startsOn} 培训`,
    kind,
    tier,
    categoryCode: kind === 'CONTINUING' ? 'training-1' : null,
    mode: 'MIXED',
    studyScope,
    runNumber: 1,
    term: startsOn.slice(0, 4),
    startsOn,
    hours,
    budgetYuan: 50_000,
    reportedAttendees: 200,
    cityCode: CITY,
    provenanceId,
  };
}

function certificateRow(key: number, name: WorkerName, community: string, level: string, certificateNumber: string) {
  const { workerId, ...rest } = holder(name, community);
  return { id: testUuid(key), workerId, holderName: name, level, certificateNumber, passedYear: 2022, ...rest };
}

function registrationRow(
  name: keyof typeof registrationKeys,
  community: string,
  certificate: number,
  level: string,
  registeredOn: string,
  expiresOn: string,
) {
  return {
    id: registrationKeys[name],
    certificateId: testUuid(certificate),
    holderName: name,
    level,
    registeredOn,
    expiresOn,
    ...holder(name, community),
  };
}

function attendanceRow(key: number, courseId: string, attendedOn: string, hours: number) {
  return { id: testUuid(key), courseId, attendedOn, hours, ...holder('qian', COMMUNITY_A) };
}

function postRow(id: string, kind: string, headcount: number, lowestGrade: number, highestGrade: number, at: string) {
  return {
    id,
    title: '测试岗位',
    kind,
    headcount,
    duties: '职责',
    position: '岗位',
    goals: '目标',
    appraisal: '考核',
    pay: '待遇',
    lowestGrade,
    highestGrade,
    establishedOn: '2021-01-01',
    ...placeOf(at),
    provenanceId,
  };
}

function serviceRow(id: string, name: WorkerName, postKind: string, postId: string | null, validFrom: string) {
  return { id, postKind, postId, fullTime: true, duty: '社区工作', validFrom, ...holder(name, COMMUNITY_A) };
}

function recordRow(id: string, kind: string, title: string, more: Record<string, unknown>) {
  return { id, kind, title, holderName: '钱二', happenedOn: '2025-12-01', ...more, ...holder('qian', COMMUNITY_A) };
}
