import { afterAll, beforeAll, expect, test } from 'vitest';
import { organizations } from '../../../subgraphs/organizations/index.ts';
import { insertRows, TEST_PROVENANCE_ID, testUuid } from '../../kit/insert-rows.ts';
import { openTestSubgraph, type TestSubgraph, testCaller } from '../../kit/open-test-subgraph.ts';
import { insertOrganizations } from '../../kit/organizations-rows.ts';
import { COMMUNITY_B, COUNTY_AB } from '../../kit/people-rows.ts';
import { CollectedCity } from '../../seed/collected-city.ts';

let subgraph: TestSubgraph;

beforeAll(async () => {
  subgraph = await openTestSubgraph(organizations);
  await insertOrganizations(subgraph.pool);
  const change = { kind: 'MERGED', effectiveOn: null, confirmed: false, provenanceId: TEST_PROVENANCE_ID };
  await insertRows(subgraph.pool, 'organizations.division_change', [
    { ...change, id: testUuid(7_001), fromCode: '330499', fromName: '旧区', toCode: COUNTY_AB },
    { ...change, id: testUuid(7_002), fromCode: '330499', fromName: '旧区', toCode: '330411', kind: 'SPLIT' },
    {
      ...change,
      id: testUuid(7_003),
      fromCode: '330402001390',
      fromName: '乙村',
      toCode: COMMUNITY_B,
      kind: 'CONVERTED',
      effectiveOn: '2015-06-01',
      confirmed: true,
    },
  ]);
});
afterAll(() => subgraph[Symbol.asyncDispose]());

test('an abolished code that the list does not have leads to the divisions that took its place', async () => {
  const { data, problems } = await subgraph.run(
    testCaller([]),
    `{ division(code: "330499") { name }
       divisionSuccessors(code: "330499000000") { fromName kind effectiveOn confirmed to { code name } } }`,
  );
  expect(problems).toEqual([]);
  expect(data).toEqual({
    division: null,
    divisionSuccessors: [
      {
        fromName: '旧区',
        kind: 'MERGED',
        effectiveOn: null,
        confirmed: false,
        to: { code: COUNTY_AB, name: '南湖区' },
      },
      { fromName: '旧区', kind: 'SPLIT', effectiveOn: null, confirmed: false, to: { code: '330411', name: '秀洲区' } },
    ],
  });
});

test('H07: a converted community shows the village that it was; all of a page in one statement', async () => {
  const { data, statements } = await subgraph.run(
    testCaller([]),
    `{ communities(filter: { divisionCode: "330402" }) { nodes { name origin predecessors { fromCode fromName kind effectiveOn } } } }`,
  );
  expect(data.communities.nodes).toEqual([
    { name: '甲社区', origin: 'ORIGINAL', predecessors: [] },
    {
      name: '乙社区',
      origin: 'CONVERTED_VILLAGE',
      predecessors: [{ fromCode: '330402001390', fromName: '乙村', kind: 'CONVERTED', effectiveOn: '2015-06-01' }],
    },
  ]);
  expect(statements).toEqual(['organizations.communities', 'division_predecessors']);
});

test('a code that is none is refused', async () => {
  const { data, problems } = await subgraph.run(testCaller([]), '{ divisionSuccessors(code: "33x") { fromCode } }');
  expect(data).toBeNull();
  expect(problems).toEqual(['FILTER_INVALID divisionSuccessors']);
});

test('every converted community of the demo city has the village that it was', () => {
  const city = new CollectedCity({ city: 'jiaxing', scale: 0.02 });
  const converted = city.rows('organizations.community').filter(({ origin }) => origin === 'CONVERTED_VILLAGE');
  expect(converted.length).toBeGreaterThan(0);
  expect(city.rows('organizations.division_change').map(({ toCode }) => toCode)).toEqual(
    converted.map(({ statCode }) => statCode),
  );
});
