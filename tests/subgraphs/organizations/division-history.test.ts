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

test.each(['hangzhou', 'sanya', 'xuzhou', 'yantai', 'jiaxing'] as const)(
  'what a community of %s was made of stood until the day on which it began, and the list has its code no more',
  (name) => {
    const city = new CollectedCity({ city: name, scale: name === 'sanya' ? 0.05 : 0.004 });
    const communities = new Map(city.rows('organizations.community').map((row) => [row.statCode, row]));
    const divisions = new Map(city.rows('organizations.division').map((row) => [row.statCode, row]));
    expect(divisions.size).toBe(city.rows('organizations.division').length);
    const changes = city.rows('organizations.division_change').filter(({ confirmed }) => confirmed);
    expect([...new Set(changes.map(({ kind }) => kind))].sort()).toEqual(['CONVERTED', 'RENAMED', 'SPLIT']);
    for (const { kind, fromCode, fromName, toCode, effectiveOn } of changes) {
      const [from, to] = [communities.get(fromCode), communities.get(toCode)];
      expect(from).toMatchObject({ name: fromName, validTo: kind === 'SPLIT' ? null : effectiveOn });
      expect(to).toMatchObject({ validFrom: effectiveOn, validTo: null, communityCode: toCode });
      expect(divisions.get(fromCode)).toMatchObject({ validFrom: null, validTo: from?.validTo ?? null });
      expect(divisions.get(toCode)).toMatchObject({ validFrom: effectiveOn, validTo: null });
      expect(divisions.get(fromCode)?.parentStatCode).toBe(divisions.get(toCode)?.parentStatCode);
      expect(from?.kind).toBe('ADMINISTRATIVE_VILLAGE');
    }
    const begun = [...communities.values()].filter(({ validFrom }) => validFrom !== null);
    expect(begun.map(({ statCode }) => statCode).sort()).toEqual(changes.map(({ toCode }) => toCode).sort());
    expect(begun.length).toBeGreaterThan(2);
  },
  60_000,
);
