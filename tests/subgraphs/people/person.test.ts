import { afterAll, beforeAll, expect, test } from 'vitest';
import { people } from '../../../subgraphs/people/index.ts';
import { openTestSubgraph, type TestSubgraph, testCaller } from '../../kit/open-test-subgraph.ts';
import {
  CITY,
  COMMUNITY_A,
  COUNTY_AB,
  COUNTY_C,
  GRID_A1,
  GRID_A2,
  GRID_B1,
  insertPeople,
  personKeys,
} from '../../kit/people-rows.ts';

let subgraph: TestSubgraph;

beforeAll(async () => {
  subgraph = await openTestSubgraph(people);
  await insertPeople(subgraph.pool);
});
afterAll(() => subgraph[Symbol.asyncDispose]());

const id = (key: string) => `Person:${key}`;
const EVERYTHING = ['person.identity', 'person.contact', 'household.address'] as const;

test('a person is read with every neighbour in one statement per kind of row', async () => {
  const { data, problems, statements } = await subgraph.run(
    testCaller([COUNTY_AB], ...EVERYTHING),
    `query ($id: ID!) {
      person(id: $id) {
        id name sex sexCode { standard code name } birthDate ageYears citizenId phone
        ethnicGroup { name } education { code } maritalStatus { code } employmentStatus { code }
        relationToHead { code } separatedFromRegistration registeredDivisionCode registeredDivision { id } votingCommunityCodes
        community { id } grid { id } microGrid { id }
        household { id head { id } dwelling { address areaSquareMetres } }
        residences { kind validFrom validTo }
        provenance { kind systemCode departmentName }
      }
    }`,
    { id: id(personKeys.zhang) },
  );

  expect(problems).toEqual([]);
  expect(data.person).toEqual({
    id: id(personKeys.zhang),
    name: '张三',
    sex: 'MALE',
    sexCode: { standard: 'GB/T 2261.1', code: '1', name: '男性' },
    birthDate: '1960-06-30',
    ageYears: 66,
    citizenId: '330499196006300010',
    phone: '13800138000',
    ethnicGroup: { name: '汉族' },
    education: { code: '61' },
    maritalStatus: { code: '20' },
    employmentStatus: { code: '80' },
    relationToHead: { code: '02' },
    separatedFromRegistration: false,
    registeredDivisionCode: COMMUNITY_A,
    registeredDivision: { id: `Division:${COMMUNITY_A}` },
    votingCommunityCodes: [COMMUNITY_A],
    community: { id: `Community:${COMMUNITY_A}` },
    grid: { id: `Grid:${GRID_A1}` },
    microGrid: { id: `MicroGrid:${GRID_A1}001` },
    household: {
      id: 'Household:01900000-0000-7000-8000-000000000011',
      head: { id: id(personKeys.zhang) },
      dwelling: { address: '嘉兴市南湖区中山路12号3幢4单元501室', areaSquareMetres: 88.5 },
    },
    residences: [
      { kind: 'RESIDENT', validFrom: '2020-01-01', validTo: null },
      { kind: 'REGISTERED', validFrom: '2020-01-01', validTo: null },
    ],
    provenance: { kind: 'SEED', systemCode: 'test-system', departmentName: '民政局' },
  });
  expect([...statements].sort()).toEqual([
    'dwelling_by_id',
    'household_by_id',
    'person_by_id',
    'provenance_by_id',
    'residences_of_persons',
  ]);
});

test('without rights, name, number, phone and address are masked and the birth date is refused', async () => {
  const { data, problems } = await subgraph.run(
    testCaller([COUNTY_AB]),
    `query ($id: ID!) {
      person(id: $id) { name citizenId phone birthDate ageYears household { householdNumber dwelling { address } } }
    }`,
    { id: id(personKeys.zhang) },
  );

  expect(data.person).toEqual({
    name: '张*',
    citizenId: '330499********0010',
    phone: '138****8000',
    birthDate: null,
    ageYears: 66,
    household: { householdNumber: '***', dwelling: { address: '嘉兴市南湖区中山路***' } },
  });
  expect(problems).toEqual(['FIELD_RIGHT_MISSING person.birthDate']);
});

test('the refusal of a field names the field, the right and the department to ask, and no value', async () => {
  const { errors } = await subgraph.run(testCaller([COUNTY_AB]), 'query ($id: ID!) { person(id: $id) { birthDate } }', {
    id: id(personKeys.zhang),
  });

  expect(errors[0]?.extensions).toMatchObject({
    code: 'FIELD_RIGHT_MISSING',
    coordinate: 'Person.birthDate',
    right: 'person.identity',
    department: 'public-security',
    departmentZh: '公安局',
  });
  expect(errors[0]?.message).not.toContain('1960');
});

test('each right lifts its own masks only', async () => {
  const { data } = await subgraph.run(
    testCaller([COUNTY_AB], 'person.contact'),
    'query ($id: ID!) { person(id: $id) { name phone } }',
    { id: id(personKeys.zhang) },
  );

  expect(data.person).toEqual({ name: '张*', phone: '13800138000' });
});

test('a missing phone stays null and is not masked into something', async () => {
  const { data } = await subgraph.run(testCaller([COUNTY_AB]), 'query ($id: ID!) { person(id: $id) { phone } }', {
    id: id(personKeys.wang),
  });

  expect(data.person).toEqual({ phone: null });
});

test.each([
  ['the county he lives in', [COUNTY_AB], true],
  ['the other county', [COUNTY_C], false],
  ['the city', [CITY], true],
  ['his community', [COMMUNITY_A], true],
  ['his grid', [GRID_A1], true],
  ['the neighbouring grid', [GRID_A2], false],
  ['no area', [], false],
  ['an area of a length that is no tier', ['33040', ''], false],
])('a caller of %s sees the person: %s → %s', async (_name, jurisdiction, visible) => {
  const { data, problems } = await subgraph.run(
    testCaller(jurisdiction),
    'query ($id: ID!) { person(id: $id) { id } }',
    { id: id(personKeys.zhang) },
  );

  expect(problems).toEqual([]);
  expect(data.person).toEqual(visible ? { id: id(personKeys.zhang) } : null);
});

test.each([
  ['registered here and living there', personKeys.ouyang],
  ['living here and registered there', personKeys.li],
])('a person %s is visible to both counties and to no grid but his own', async (_name, key) => {
  const seenBy = async (area: string) =>
    (await subgraph.run(testCaller([area]), 'query ($id: ID!) { person(id: $id) { id } }', { id: id(key) })).data
      .person !== null;

  expect(await seenBy(COUNTY_AB)).toBe(true);
  expect(await seenBy(COUNTY_C)).toBe(true);
  expect(await seenBy(GRID_B1)).toBe(false);
});

test('a person of two places shows each side the residences of its own area', async () => {
  const kinds = async (area: string) =>
    (
      await subgraph.run(testCaller([area]), 'query ($id: ID!) { person(id: $id) { residences { kind } } }', {
        id: id(personKeys.li),
      })
    ).data.person.residences;

  expect(await kinds(COUNTY_AB)).toEqual([{ kind: 'MIGRANT' }]);
  expect(await kinds(COUNTY_C)).toEqual([{ kind: 'REGISTERED' }]);
  expect(await kinds(CITY)).toEqual([{ kind: 'MIGRANT' }, { kind: 'REGISTERED' }]);
});

test('residences are kept to those valid on a day', async () => {
  const onDay = async (asOf: string) =>
    (
      await subgraph.run(
        testCaller([CITY]),
        'query ($id: ID!, $asOf: LocalDate) { person(id: $id) { residences(asOf: $asOf) { kind } } }',
        { id: id(personKeys.zhang), asOf },
      )
    ).data.person.residences.length;

  expect(await onDay('2019-12-31')).toBe(0);
  expect(await onDay('2020-01-01')).toBe(2);
});

test.each(['Household:01900000-0000-7000-8000-000000000021', 'Person:zhang', 'Person:', 'x', ''])(
  'an id that is no person’s finds nobody and sends no statement: %s',
  async (wrong) => {
    const { data, problems, statements } = await subgraph.run(
      testCaller([CITY]),
      'query ($id: ID!) { person(id: $id) { id } household(id: $id) { id } dwelling(id: "Dwelling:1") { id } }',
      { id: wrong },
    );

    expect(problems).toEqual([]);
    expect(data.person).toBeNull();
    expect(statements.filter((name) => name === 'person_by_id')).toEqual([]);
  },
);

test('somebody born on 29 February has his birthday on 1 March', async () => {
  const age = async (today: string) => {
    subgraph.clock.set(`${today}T12:00:00+08:00`);
    const { data } = await subgraph.run(testCaller([CITY]), 'query ($id: ID!) { person(id: $id) { ageYears } }', {
      id: id(personKeys.zhao),
    });
    return data.person.ageYears;
  };

  expect(await age('2026-02-28')).toBe(25);
  expect(await age('2026-03-01')).toBe(26);
  expect(await age('2028-02-29')).toBe(28);
});
