import type pg from 'pg';
import { deriveMarks } from '../../prisma/seed/loading/derived-rows.ts';
import { insertProvenance, insertRows, placeOf, TEST_PROVENANCE_ID, testUuid } from './insert-rows.ts';
import { COMMUNITY_A, COMMUNITY_B, COMMUNITY_C, GRID_A1, GRID_A2, GRID_B1, GRID_C1 } from './people-rows.ts';

/** A grid of community A that nobody leads. */
export const GRID_A3 = '330402001001003';
/** A village that hangs directly on a county: the list puts the pseudo township x198 between them. */
export const COMMUNITY_S = '460202198001';
/** A village-level division without people. */
export const VILLAGE_EMPTY = '330402001003';

const provenanceId = TEST_PROVENANCE_ID;

type DivisionDraft = readonly [code: string, name: string, level: string, kind: string, parent?: string];

const divisions: readonly DivisionDraft[] = [
  ['33', '浙江省', 'PROVINCE', 'PROVINCE'],
  ['3304', '嘉兴市', 'PREFECTURE', 'PREFECTURE_CITY', '33'],
  ['330402', '南湖区', 'COUNTY', 'DISTRICT', '3304'],
  ['330402001', '新嘉街道', 'TOWNSHIP', 'SUBDISTRICT', '330402'],
  [COMMUNITY_A, '甲社区', 'VILLAGE', 'RESIDENTIAL_COMMUNITY', '330402001'],
  [COMMUNITY_B, '乙社区', 'VILLAGE', 'RESIDENTIAL_COMMUNITY', '330402001'],
  [VILLAGE_EMPTY, '空社区', 'VILLAGE', 'RESIDENTIAL_COMMUNITY', '330402001'],
  ['330411', '秀洲区', 'COUNTY', 'DISTRICT', '3304'],
  ['330411001', '新城街道', 'TOWNSHIP', 'SUBDISTRICT', '330411'],
  [COMMUNITY_C, '丙村', 'VILLAGE', 'ADMINISTRATIVE_VILLAGE', '330411001'],
  ['46', '海南省', 'PROVINCE', 'PROVINCE'],
  ['4602', '三亚市', 'PREFECTURE', 'PREFECTURE_CITY', '46'],
  ['460202', '海棠区', 'COUNTY', 'DISTRICT', '4602'],
  ['460202198', '海棠区直辖村级区划', 'TOWNSHIP', 'PSEUDO_TOWNSHIP', '460202'],
  [COMMUNITY_S, '林旺社区', 'VILLAGE', 'RESIDENTIAL_COMMUNITY', '460202'],
  ['32', '江苏省', 'PROVINCE', 'PROVINCE'],
  ['3203', '徐州市', 'PREFECTURE', 'PREFECTURE_CITY', '32'],
  ['320371', '徐州经济技术开发区', 'COUNTY', 'FUNCTIONAL_ZONE', '3203'],
];

export const workerKeys = {
  zhao: testUuid(3_001),
  qian: testUuid(3_002),
  sun: testUuid(3_003),
  li: testUuid(3_004),
  zhou: testUuid(3_005),
};
export const workerPersonKeys = {
  zhao: testUuid(21),
  qian: testUuid(3_102),
  sun: testUuid(3_103),
  li: testUuid(3_104),
  zhou: testUuid(3_105),
};
type WorkerName = keyof typeof workerKeys;

type WorkerDraft = readonly [name: WorkerName, text: string, community: string, post: string, leftOn: string | null];

/** 赵 leads grid A1; 钱 is a grid worker there; 孙 has left; 李 works in B, 周 in C (another county). */
const workers: readonly WorkerDraft[] = [
  ['zhao', '赵一', COMMUNITY_A, 'SECRETARY_DIRECTOR', null],
  ['qian', '钱二', COMMUNITY_A, 'SPECIALIST', null],
  ['sun', '孙三', COMMUNITY_A, 'SPECIALIST', '2025-03-31'],
  ['li', '李四', COMMUNITY_B, 'DEPUTY', null],
  ['zhou', '周五', COMMUNITY_C, 'SECRETARY_DIRECTOR', null],
];

export const assignmentKeys = {
  formerA1: testUuid(4_001),
  chiefA1: testUuid(4_002),
  workerA1: testUuid(4_003),
  microA1: testUuid(4_004),
  chiefA2: testUuid(4_005),
  chiefC1: testUuid(4_006),
};
/** A resident who is no community worker. */
export const VOLUNTEER_KEY = testUuid(3_200);

/** Inserts the divisions, communities, grids, committees, workers and posts above. */
export async function insertOrganizations(pool: pg.Pool): Promise<void> {
  await insertProvenance(pool, 'organizations');
  await insertRows(pool, 'organizations.division', divisions.map(divisionRow));
  await insertRows(pool, 'organizations.community', [
    communityRow(COMMUNITY_A, '甲社区', 'RESIDENTIAL_COMMUNITY', 'ORIGINAL'),
    communityRow(COMMUNITY_B, '乙社区', 'RESIDENTIAL_COMMUNITY', 'CONVERTED_VILLAGE'),
    communityRow(COMMUNITY_C, '丙村', 'ADMINISTRATIVE_VILLAGE', 'ORIGINAL'),
    communityRow(COMMUNITY_S, '林旺社区', 'RESIDENTIAL_COMMUNITY', 'ORIGINAL'),
  ]);
  await insertRows(
    pool,
    'organizations.grid',
    [GRID_A1, GRID_A2, GRID_A3, GRID_B1, GRID_C1].map((gridCode) => ({
      gridCode,
      name: `网格${gridCode.slice(-3)}`,
      kind: 'GENERAL',
      ...placeOf(gridCode),
      provenanceId,
    })),
  );
  await insertRows(
    pool,
    'organizations.micro_grid',
    [`${GRID_A1}001`, `${GRID_A1}002`, `${GRID_C1}001`].map((microGridCode) => ({
      microGridCode,
      name: `微网格${microGridCode.slice(-3)}`,
      gridCode: microGridCode.slice(0, 15),
      ...placeOf(microGridCode),
      provenanceId,
    })),
  );
  await insertRows(pool, 'organizations.committee', [
    committeeRow(2_001, 'SUPERVISION', '甲社区居务监督委员会', COMMUNITY_A),
    committeeRow(2_002, 'RESIDENTS', '甲社区居民委员会', COMMUNITY_A),
    committeeRow(2_003, 'VILLAGERS', '丙村村民委员会', COMMUNITY_C),
  ]);
  await insertRows(pool, 'organizations.community_worker', workers.map(workerRow));
  await insertRows(pool, 'organizations.grid_assignment', [
    volunteerPost('formerA1', 'GRID_CHIEF', GRID_A1, '2024-01-01T01:00:00Z', '2025-06-01T01:00:00Z'),
    workerPost('chiefA1', 'GRID_CHIEF', GRID_A1, 'zhao', '2025-06-01T01:00:00Z'),
    workerPost('workerA1', 'FULL_TIME_GRID_WORKER', GRID_A1, 'qian', '2024-05-01T01:00:00Z'),
    {
      ...volunteerPost('microA1', 'MICRO_GRID_CHIEF', GRID_A1, '2024-02-01T01:00:00Z', null),
      microGridCode: `${GRID_A1}001`,
    },
    volunteerPost('chiefA2', 'GRID_CHIEF', GRID_A2, '2024-03-01T01:00:00Z', null),
    workerPost('chiefC1', 'GRID_CHIEF', GRID_C1, 'zhou', '2024-04-01T01:00:00Z'),
  ]);
  await deriveMarks(pool);
}

/** Grids and communities whose own rows say otherwise than their posts and relations whether they lack somebody. */
export async function staleMarks(pool: pg.Pool): Promise<string[]> {
  const { rows } = await pool.query<{ code: string }>(`
    SELECT t.grid_code AS code FROM organizations.grid t
     WHERE t.led <> EXISTS (SELECT FROM organizations.grid_assignment a
                             WHERE a.grid_code = t.grid_code AND a.role = 'GRID_CHIEF' AND a.valid_to IS NULL)
    UNION ALL
    SELECT t.stat_code FROM organizations.community t
     WHERE t.engaged_roles <> ARRAY(SELECT DISTINCT e.role FROM organizations.engagement e
                                     WHERE e.subject_type = 'COMMUNITY' AND e.subject_key = t.stat_code AND e.valid_to IS NULL
                                     ORDER BY e.role)`);
  return rows.map(({ code }) => code);
}

function divisionRow([code, name, level, kind, parent]: DivisionDraft) {
  return {
    statCode: code.padEnd(12, '0'),
    code,
    name,
    level,
    kind,
    parentStatCode: parent?.padEnd(12, '0') ?? null,
    urbanRuralClassCode: level === 'VILLAGE' ? '111' : null,
    pseudo: kind === 'PSEUDO_TOWNSHIP',
    functionalZone: kind === 'FUNCTIONAL_ZONE',
    cityCode: code.padEnd(12, '0').slice(0, 4),
    countyCode: code.length >= 6 ? code.slice(0, 6) : null,
    townshipCode: code.length >= 9 ? code.slice(0, 9) : null,
    listEdition: '2023-06-30',
    provenanceId,
  };
}

function communityRow(statCode: string, name: string, kind: string, origin: string) {
  return { statCode, name, kind, origin, ...placeOf(statCode), provenanceId };
}

function committeeRow(key: number, kind: string, name: string, community: string) {
  return {
    id: testUuid(key),
    kind,
    name,
    uscc: kind === 'SUPERVISION' ? null : `54330499MCT000${key}X`.slice(0, 18),
    termNumber: 7,
    termStart: '2025-11-03',
    termEnd: '2030-11-03',
    chairName: '吴主任',
    seatCount: 5,
    ...placeOf(community),
    provenanceId,
  };
}

function workerRow([name, text, community, post, leftOn]: WorkerDraft) {
  return {
    id: workerKeys[name],
    personId: workerPersonKeys[name],
    name: text,
    namePinyin: name,
    post,
    gradeLevel: 9,
    mode: 'GENERALIST',
    certificate: name === 'zhao' ? 'SOCIAL_WORKER' : null,
    hiredOn: '2020-04-01',
    leftOn,
    ...placeOf(community),
    provenanceId,
  };
}

function workerPost(key: keyof typeof assignmentKeys, role: string, gridCode: string, name: WorkerName, from: string) {
  const holder = workers.find(([worker]) => worker === name);
  return {
    ...volunteerPost(key, role, gridCode, from, null),
    personId: workerPersonKeys[name],
    workerId: workerKeys[name],
    holderName: holder?.[1],
  };
}

function volunteerPost(
  key: keyof typeof assignmentKeys,
  role: string,
  gridCode: string,
  validFrom: string,
  validTo: string | null,
) {
  return {
    id: assignmentKeys[key],
    role,
    personId: VOLUNTEER_KEY,
    workerId: null,
    holderName: '郑志愿',
    gridCode,
    validFrom,
    validTo,
    ...placeOf(gridCode),
    provenanceId,
  };
}
