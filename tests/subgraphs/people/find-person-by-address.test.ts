import { afterAll, beforeAll, expect, test } from 'vitest';
import { people } from '../../../subgraphs/people/index.ts';
import { insertRows, placeOf, TEST_PROVENANCE_ID, testUuid } from '../../kit/insert-rows.ts';
import { openTestSubgraph, type TestSubgraph, testCaller } from '../../kit/open-test-subgraph.ts';
import {
  CITY,
  COUNTY_AB,
  COUNTY_C,
  dwellingKeys,
  GRID_A1,
  GRID_C1,
  insertPeople,
  personKeys,
} from '../../kit/people-rows.ts';
import { plannedReads, recordQueries } from '../../kit/query-plans.ts';

let subgraph: TestSubgraph;

const address = (
  number: number,
  level: string,
  parent: number | null,
  name: string,
  addressText: string,
  grid: string,
) => ({
  id: testUuid(number),
  level,
  parentId: parent === null ? null : testUuid(parent),
  name,
  addressText,
  ...placeOf(grid),
  gridCode: level === 'ESTATE' ? null : grid,
  provenanceId: TEST_PROVENANCE_ID,
});

beforeAll(async () => {
  subgraph = await openTestSubgraph(people);
  const { pool } = subgraph;
  await insertPeople(pool);
  await insertRows(pool, 'people.standard_address', [
    address(9_001, 'ESTATE', null, '阳光花园', '嘉兴市南湖区新嘉街道甲社区阳光花园', GRID_A1),
    address(9_002, 'BUILDING', 9_001, '3幢', '嘉兴市南湖区新嘉街道甲社区阳光花园3幢', GRID_A1),
    address(9_003, 'STAIRWELL', 9_002, '4单元', '嘉兴市南湖区新嘉街道甲社区阳光花园3幢4单元', GRID_A1),
    address(9_004, 'ESTATE', null, '沈家浜', '嘉兴市秀洲区新城街道丙村沈家浜', GRID_C1),
  ]);
  await pool.query('UPDATE people.dwelling SET address_id = $2 WHERE id = $1', [dwellingKeys.A1, testUuid(9_003)]);
  await pool.query("UPDATE people.dwelling SET address_id = $2, building = '12号', room = '全幢' WHERE id = $1", [
    dwellingKeys.C1,
    testUuid(9_004),
  ]);
  await pool.query(`
    INSERT INTO people.standard_address (id, level, name, address_text, city_code, county_code, township_code,
           community_code, provenance_id)
    SELECT gen_random_uuid(), 'ESTATE', n::text, md5(n::text) || '大院', '3304', '330402', '330402001', '330402001001', gen_random_uuid()
      FROM generate_series(1, 20000) n`);
  await pool.query('VACUUM ANALYZE people.standard_address');
});
afterAll(() => subgraph[Symbol.asyncDispose]());

const id = (name: keyof typeof personKeys) => ({ id: `Person:${personKeys[name]}` });
const FIND = `query ($by: FindPersonInput!) { findPerson(by: $by) { __typename
  ... on PersonFound { person { id } }
  ... on SeveralPersonsMatch { persons { id } moreMatch } } }`;
const find = (area: string, by: object) => subgraph.run(testCaller([area], 'household.address'), FIND, { by });
const several = { __typename: 'SeveralPersonsMatch', persons: [id('zhang'), id('wang'), id('li')], moreMatch: false };

test.each([
  ['an estate', COUNTY_AB, { address: '阳光花园' }, several],
  ['a stairwell and its room', CITY, { address: '阳光花园3幢4单元', room: '501' }, several],
  ['another room', CITY, { address: '阳光花园3幢', room: '502' }, { __typename: 'NoPersonMatches' }],
  ['a grid’s own area', GRID_A1, { address: '阳光花园' }, several],
  [
    'a house of a hamlet',
    CITY,
    { address: '丙村沈家浜', room: '12号' },
    { __typename: 'PersonFound', person: id('ouyang') },
  ],
  ['another county', COUNTY_C, { address: '阳光花园' }, { __typename: 'NoPersonMatches' }],
  ['a wildcard', CITY, { address: '%_%' }, { __typename: 'NoPersonMatches' }],
])('who lives at %s is found in one statement, and never guessed', async (_what, area, by, found) => {
  const { data, problems, statements } = await find(area, by);
  expect(problems).toEqual([]);
  expect(data.findPerson).toEqual(found);
  expect(statements).toEqual(['persons_by_address']);
});

test('a text that matches too many addresses is refused, and says what to do', async () => {
  const { data, errors } = await find(CITY, { address: '大院' });
  expect(data).toBeNull();
  expect(errors[0]?.message).toMatch(/3 to 60/);
  const many = await find(CITY, { address: '0大院' });
  expect(many.errors[0]?.extensions.code).toBe('FILTER_INVALID');
  expect(many.errors[0]?.message).toMatch(/type more of it/);
});

test.each([[{ room: '501' }], [{ address: '阳光花园', phone: '13800138000' }], [{ address: '阳光' }]])(
  'a key that is none is refused before anything is read: %j',
  async (by) => {
    const { errors, statements } = await subgraph.run(testCaller([CITY], 'household.address', 'person.contact'), FIND, {
      by,
    });
    expect(errors[0]?.extensions.code).toBe('FILTER_INVALID');
    expect(statements).toEqual([]);
  },
);

test('an address is a key for those who may read addresses', async () => {
  const { data, errors, statements } = await subgraph.run(testCaller([CITY], 'person.identity'), FIND, {
    by: { address: '阳光花园' },
  });
  expect(data).toBeNull();
  expect(errors[0]?.extensions).toMatchObject({
    coordinate: 'Query.findPerson(by.address:)',
    right: 'household.address',
  });
  expect(statements).toEqual([]);
});

test('the search is served by the trigrams of the address', async () => {
  const queries = await recordQueries(subgraph.pool, () => find(CITY, { address: '阳光花园3幢' }));
  const reads = queries[0] === undefined ? [] : await plannedReads(subgraph.pool, queries[0]);
  expect(reads).toContain('standard_address_address_text_idx');
});
