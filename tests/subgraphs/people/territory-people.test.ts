import { afterAll, beforeAll, expect, test } from 'vitest';
import { people } from '../../../subgraphs/people/index.ts';
import { openTestSubgraph, type TestSubgraph, testCaller } from '../../kit/open-test-subgraph.ts';
import {
  CITY,
  COMMUNITY_A,
  COMMUNITY_B,
  COMMUNITY_C,
  COUNTY_AB,
  COUNTY_C,
  dwellingKeys,
  GRID_A1,
  GRID_A2,
  GRID_C1,
  householdKeys,
  insertPeople,
  personKeys,
} from '../../kit/people-rows.ts';

let subgraph: TestSubgraph;

beforeAll(async () => {
  subgraph = await openTestSubgraph(people);
  await insertPeople(subgraph.pool);
  // The five persons would all be too few to be counted.
  await subgraph.pool.query("UPDATE people.people_rule SET value = 0 WHERE code = 'SMALL_COUNT_FLOOR'");
});
afterAll(() => subgraph[Symbol.asyncDispose]());

const person = (name: keyof typeof personKeys) => ({ id: `Person:${personKeys[name]}` });
const references = (typeName: string, ...keys: string[]) =>
  keys.map((key) => ({ __typename: typeName, id: `${typeName}:${key}` }));

function entities(area: readonly string[], fragment: string, representations: object[]) {
  return subgraph.run(
    testCaller(area),
    `query ($r: [_Any!]!) { _entities(representations: $r) { __typename ${fragment} } }`,
    { r: representations },
  );
}

test('the residents of several communities are read in one statement, each with its own page and total', async () => {
  const { data, statements } = await entities(
    [CITY],
    '... on Community { residents(first: 2) { nodes { id } totalCount pageInfo { hasNextPage } } }',
    references('Community', COMMUNITY_A, COMMUNITY_C, COMMUNITY_B),
  );

  expect(data._entities).toEqual([
    {
      __typename: 'Community',
      residents: { nodes: [person('zhang'), person('wang')], totalCount: 3, pageInfo: { hasNextPage: true } },
    },
    {
      __typename: 'Community',
      residents: { nodes: [person('ouyang')], totalCount: 1, pageInfo: { hasNextPage: false } },
    },
    {
      __typename: 'Community',
      residents: { nodes: [person('zhao')], totalCount: 1, pageInfo: { hasNextPage: false } },
    },
  ]);
  expect(statements).toEqual(['people.community_residents']);
});

test('a page below one community continues at its cursor', async () => {
  const page = (after: string | null) =>
    subgraph.run(
      testCaller([CITY]),
      `query ($r: [_Any!]!, $after: String) { _entities(representations: $r) { ... on Community {
        residents(first: 2, after: $after) { nodes { id } pageInfo { hasNextPage endCursor } } } } }`,
      { r: references('Community', COMMUNITY_A), after },
    );

  const first = (await page(null)).data._entities[0].residents;
  expect((await page(first.pageInfo.endCursor)).data._entities[0].residents).toEqual({
    nodes: [person('li')],
    pageInfo: { hasNextPage: false, endCursor: expect.any(String) },
  });
});

test('residents of a community outside the area are nobody', async () => {
  const { data } = await entities(
    [COUNTY_C],
    '... on Community { residents { nodes { id } totalCount } households { totalCount } }',
    references('Community', COMMUNITY_A),
  );

  expect(data._entities).toEqual([
    { __typename: 'Community', residents: { nodes: [], totalCount: 0 }, households: { totalCount: 0 } },
  ]);
});

test('population of divisions of every tier and of communities comes from one statement each', async () => {
  const { data, statements } = await entities(
    [CITY],
    `... on Division { population { residentCount registeredCount householdCount } }
     ... on Community { population { residentCount } }`,
    [
      ...references('Division', '330400000000', '330402000000', '330402001000', '330411000000'),
      ...references('Community', COMMUNITY_B),
    ],
  );

  expect(data._entities.map((entity: { population: unknown }) => entity.population)).toEqual([
    { residentCount: 5, registeredCount: 5, householdCount: 2 },
    { residentCount: 4, registeredCount: 4, householdCount: 1 },
    { residentCount: 4, registeredCount: 4, householdCount: 1 },
    { residentCount: 1, registeredCount: 1, householdCount: 1 },
    { residentCount: 1 },
  ]);
  expect(statements).toEqual(['population_of_divisions']);
});

test('population counts only what lies in the caller’s area', async () => {
  const { data } = await entities(
    [COMMUNITY_A],
    '... on Division { population { residentCount } }',
    references('Division', '330400000000', '330411000000'),
  );

  expect(data._entities.map((entity: { population: unknown }) => entity.population)).toEqual([
    { residentCount: 3 },
    null,
  ]);
});

test('a grid counts and lists its own residents, several grids in one statement each', async () => {
  const { data, statements } = await entities(
    [CITY],
    '... on Grid { population { residentCount registeredCount householdCount } residents { nodes { id } } }',
    references('Grid', GRID_A1, GRID_A2, GRID_C1),
  );

  expect(data._entities).toEqual([
    {
      __typename: 'Grid',
      population: { residentCount: 3, registeredCount: 2, householdCount: 1 },
      residents: { nodes: [person('zhang'), person('wang'), person('li')] },
    },
    {
      __typename: 'Grid',
      population: null,
      residents: { nodes: [] },
    },
    {
      __typename: 'Grid',
      population: { residentCount: 1, registeredCount: 0, householdCount: 1 },
      residents: { nodes: [person('ouyang')] },
    },
  ]);
  expect([...statements].sort()).toEqual(['people.grid_residents', 'population_of_grids']);
});

test('entities of all own types are resolved in one statement per type, in the order asked for', async () => {
  const { data, statements } = await entities(
    [CITY],
    `... on Person { id } ... on Household { id members { nodes { id } totalCount } }
     ... on Dwelling { id usage households { nodes { id } } } ... on Residence { id kind }`,
    [
      ...references('Household', householdKeys.zhang, householdKeys.ouyang),
      ...references('Person', personKeys.zhao, personKeys.zhang),
      ...references('Dwelling', dwellingKeys.A1),
      ...references('Residence', '01900000-0000-7000-8000-000000000121'),
    ],
  );

  expect(data._entities).toEqual([
    {
      __typename: 'Household',
      id: `Household:${householdKeys.zhang}`,
      members: { nodes: [person('zhang'), person('wang')], totalCount: 2 },
    },
    {
      __typename: 'Household',
      id: `Household:${householdKeys.ouyang}`,
      members: { nodes: [person('ouyang')], totalCount: 1 },
    },
    { __typename: 'Person', ...person('zhao') },
    { __typename: 'Person', ...person('zhang') },
    {
      __typename: 'Dwelling',
      id: `Dwelling:${dwellingKeys.A1}`,
      usage: 'OWNER_OCCUPIED',
      households: { nodes: [{ id: `Household:${householdKeys.zhang}` }] },
    },
    { __typename: 'Residence', id: 'Residence:01900000-0000-7000-8000-000000000121', kind: 'REGISTERED' },
  ]);
  expect([...statements].sort()).toEqual([
    'dwelling_by_id',
    'household_by_id',
    'people.dwelling_households',
    'people.household_members',
    'person_by_id',
    'residence_by_id',
  ]);
});

test('entities outside the area, of another type or malformed are null and do not disturb their neighbours', async () => {
  const { data, problems, statements } = await entities([COUNTY_AB], '... on Person { id }', [
    { __typename: 'Person', id: `Person:${personKeys.zhang}` },
    { __typename: 'Person', id: `Household:${householdKeys.zhang}` },
    { __typename: 'Person', id: 'Person:not-a-uuid' },
    { __typename: 'Household', id: `Household:${householdKeys.ouyang}` },
    { __typename: 'Dwelling', id: `Dwelling:${dwellingKeys.C1}` },
    { __typename: 'Residence', id: 'Residence:01900000-0000-7000-8000-000000000123' },
    { __typename: 'Community', id: `Division:${COMMUNITY_A}` },
    { __typename: 'Division', id: 'x' },
    { __typename: 'Grid', id: 'Community:1' },
    { __typename: 'MicroGrid', id: 'Grid:1' },
  ]);

  expect(problems).toEqual([]);
  expect(data._entities).toEqual([{ __typename: 'Person', ...person('zhang') }, ...Array(9).fill(null)]);
  expect([...statements].sort()).toEqual(['dwelling_by_id', 'household_by_id', 'person_by_id', 'residence_by_id']);
});

test('a malformed code of a territory counts nobody and fails nothing', async () => {
  const { data, problems } = await entities(
    [CITY],
    `... on Community { population { residentCount } residents { totalCount } } ... on Grid { residents { totalCount } }
     ... on Division { population { residentCount } }`,
    [...references('Community', "1'); --"), ...references('Grid', '1'), ...references('Division', 'abc')],
  );

  expect(problems).toEqual([]);
  expect(data._entities).toEqual([
    { __typename: 'Community', population: null, residents: { totalCount: 0 } },
    { __typename: 'Grid', residents: { totalCount: 0 } },
    { __typename: 'Division', population: null },
  ]);
});

test('members of a household who live elsewhere stay members, in one statement for all households', async () => {
  await subgraph.pool.query('UPDATE people.person SET household_id = $1, relation_to_head_code = $2 WHERE id = $3', [
    householdKeys.zhang,
    '20',
    personKeys.ouyang,
  ]);
  const { data, statements } = await entities(
    [COUNTY_AB],
    '... on Household { members { nodes { id relationToHead { code } } } }',
    references('Household', householdKeys.zhang),
  );

  expect(data._entities[0].members.nodes).toEqual([
    { ...person('zhang'), relationToHead: { code: '02' } },
    { ...person('wang'), relationToHead: { code: '10' } },
    { ...person('ouyang'), relationToHead: { code: '20' } },
  ]);
  expect(statements).toEqual(['household_by_id', 'people.household_members']);
});
