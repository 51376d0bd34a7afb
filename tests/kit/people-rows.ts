import type pg from 'pg';
import { deriveGridPopulation } from '../../prisma/seed/loading/derived-rows.ts';
import { keyedHash, seal } from '../../subgraphs/kit/store/sealing.ts';
import { insertProvenance, insertRows, placeOf, TEST_PROVENANCE_ID, testUuid } from './insert-rows.ts';
import { testKeys } from './open-test-subgraph.ts';

/** Two communities of one township, and one of another county of the same city. */
export const GRID_A1 = '330402001001001';
export const GRID_A2 = '330402001001002';
export const GRID_B1 = '330402001002001';
export const GRID_C1 = '330411001001001';
export const COMMUNITY_A = GRID_A1.slice(0, 12);
export const COMMUNITY_B = GRID_B1.slice(0, 12);
export const COMMUNITY_C = GRID_C1.slice(0, 12);
export const COUNTY_AB = '330402';
export const COUNTY_C = '330411';
export const CITY = '3304';

/** Keys of the dwellings, by their grids. */
export const dwellingKeys = { A1: testUuid(1), A2: testUuid(2), B1: testUuid(3), C1: testUuid(4) };
const grids = { A1: GRID_A1, A2: GRID_A2, B1: GRID_B1, C1: GRID_C1 };
type GridName = keyof typeof grids;

export const householdKeys = { zhang: testUuid(11), ouyang: testUuid(12) };
export const personKeys = {
  zhang: testUuid(21),
  wang: testUuid(22),
  li: testUuid(23),
  ouyang: testUuid(24),
  zhao: testUuid(25),
};

interface PersonDraft {
  readonly key: string;
  readonly name: string;
  readonly namePinyin: string;
  readonly sexCode: '1' | '2';
  readonly birthDate: string;
  readonly citizenId: string;
  readonly phone: string | null;
  readonly householdId: string | null;
  readonly relation: string | null;
  readonly lives: GridName;
  readonly registered: GridName;
  readonly livingKind: 'RESIDENT' | 'MIGRANT';
}

/**
 * 张三 and his wife 王芳 live and are registered in A1; 李四 lives in A1 and is registered in the other county (C1);
 * 欧阳娜 lives in C1 and is registered in A1; 赵六 lives and is registered in B1.
 */
const drafts: readonly PersonDraft[] = [
  {
    key: personKeys.zhang,
    name: '张三',
    namePinyin: 'zhangsan',
    sexCode: '1',
    birthDate: '1960-06-30',
    citizenId: '330499196006300010',
    phone: '13800138000',
    householdId: householdKeys.zhang,
    relation: '02',
    lives: 'A1',
    registered: 'A1',
    livingKind: 'RESIDENT',
  },
  {
    key: personKeys.wang,
    name: '王芳',
    namePinyin: 'wangfang',
    sexCode: '2',
    birthDate: '1965-01-02',
    citizenId: '33049919650102018X',
    phone: null,
    householdId: householdKeys.zhang,
    relation: '10',
    lives: 'A1',
    registered: 'A1',
    livingKind: 'RESIDENT',
  },
  {
    key: personKeys.li,
    name: '李四',
    namePinyin: 'lisi',
    sexCode: '1',
    birthDate: '1990-07-01',
    citizenId: '330499199007010035',
    phone: '13900139000',
    householdId: null,
    relation: null,
    lives: 'A1',
    registered: 'C1',
    livingKind: 'MIGRANT',
  },
  {
    key: personKeys.ouyang,
    name: '欧阳娜',
    namePinyin: 'ouyangna',
    sexCode: '2',
    birthDate: '1985-03-03',
    citizenId: '330499198503030049',
    phone: '13700137000',
    householdId: householdKeys.ouyang,
    relation: '02',
    lives: 'C1',
    registered: 'A1',
    livingKind: 'RESIDENT',
  },
  {
    key: personKeys.zhao,
    name: '赵六',
    namePinyin: 'zhaoliu',
    sexCode: '1',
    birthDate: '2000-02-29',
    citizenId: '330499200002290053',
    phone: null,
    householdId: null,
    relation: null,
    lives: 'B1',
    registered: 'B1',
    livingKind: 'RESIDENT',
  },
];

/** Inserts the five persons above with their households, dwellings, residences and the communities' counts. */
/** The people as they were, and no trace of any write. */
export async function resetPeople(pool: pg.Pool): Promise<void> {
  await pool.query(`TRUNCATE people.person, people.household, people.dwelling, people.residence,
    people.community_population, people.grid_population, people.provenance, people.outbox, people.idempotency`);
  await insertPeople(pool);
}

export async function insertPeople(pool: pg.Pool): Promise<void> {
  await insertProvenance(pool, 'people');
  await insertRows(
    pool,
    'people.dwelling',
    Object.entries(grids).map(([name, gridCode]) => dwellingRow(name as GridName, gridCode)),
  );
  await insertRows(pool, 'people.household', [
    householdRow(householdKeys.zhang, 'H0001', personKeys.zhang, 'A1'),
    householdRow(householdKeys.ouyang, 'H0002', personKeys.ouyang, 'C1'),
  ]);
  await insertRows(pool, 'people.person', drafts.map(personRow));
  await insertRows(pool, 'people.residence', drafts.flatMap(residenceRows));
  await insertRows(pool, 'people.community_population', [
    { ...placeOf(GRID_A1), residentCount: 3, registeredCount: 3, householdCount: 1 },
    { ...placeOf(GRID_B1), residentCount: 1, registeredCount: 1, householdCount: 0 },
    { ...placeOf(GRID_C1), residentCount: 1, registeredCount: 1, householdCount: 1 },
  ]);
  await deriveGridPopulation(pool);
}

function dwellingRow(name: GridName, gridCode: string) {
  return {
    id: dwellingKeys[name],
    estateName: `${name}小区`,
    addressText: `嘉兴市南湖区中山路12号3幢4单元501室`,
    building: '3',
    unit: '4',
    room: '501',
    areaSquareMetres: 88.5,
    usage: 'OWNER_OCCUPIED',
    ...placeOf(gridCode),
    gridCode,
    microGridCode: `${gridCode}001`,
    provenanceId: TEST_PROVENANCE_ID,
  };
}

function householdRow(id: string, householdNumber: string, headPersonId: string, grid: GridName) {
  return {
    id,
    householdNumber,
    type: 'FAMILY',
    headPersonId,
    dwellingId: dwellingKeys[grid],
    ...placeOf(grids[grid]),
    gridCode: grids[grid],
    microGridCode: `${grids[grid]}001`,
    provenanceId: TEST_PROVENANCE_ID,
  };
}

function personRow(draft: PersonDraft) {
  const registered = placeOf(grids[draft.registered]);
  return {
    id: draft.key,
    name: draft.name,
    namePinyin: draft.namePinyin,
    nameInitials: draft.namePinyin.slice(0, 1),
    sexCode: draft.sexCode,
    birthDate: draft.birthDate,
    citizenIdSealed: seal(testKeys.field, draft.citizenId),
    citizenIdHash: keyedHash(testKeys.lookup, draft.citizenId),
    phoneSealed: draft.phone === null ? null : seal(testKeys.field, draft.phone),
    phoneHash: draft.phone === null ? null : keyedHash(testKeys.lookup, draft.phone),
    ethnicGroupCode: '01',
    educationCode: '61',
    maritalStatusCode: '20',
    employmentStatusCode: '80',
    householdId: draft.householdId,
    relationToHeadCode: draft.relation,
    registeredCityCode: registered.cityCode,
    registeredCountyCode: registered.countyCode,
    registeredTownshipCode: registered.townshipCode,
    registeredCommunityCode: registered.communityCode,
    ...placeOf(grids[draft.lives]),
    gridCode: grids[draft.lives],
    microGridCode: `${grids[draft.lives]}001`,
    provenanceId: TEST_PROVENANCE_ID,
  };
}

function residenceRows(draft: PersonDraft) {
  return [
    residenceRow(draft, 'REGISTERED', draft.registered, 100),
    residenceRow(draft, draft.livingKind, draft.lives, 200),
  ];
}

function residenceRow(draft: PersonDraft, kind: string, grid: GridName, block: number) {
  return {
    id: testUuid(block + Number(draft.key.slice(-2))),
    personId: draft.key,
    dwellingId: dwellingKeys[grid],
    kind,
    validFrom: '2020-01-01',
    validTo: null,
    ...placeOf(grids[grid]),
    gridCode: grids[grid],
    provenanceId: TEST_PROVENANCE_ID,
  };
}
