import { afterAll, beforeAll, expect, test } from 'vitest';
import { people } from '../../../subgraphs/people/index.ts';
import { areaCounts, divisionAndParts } from '../../../subgraphs/people/rules/area-counts.ts';
import { insertRows, TEST_PROVENANCE_ID, testUuid } from '../../kit/insert-rows.ts';
import { openTestSubgraph, type TestSubgraph, testCaller } from '../../kit/open-test-subgraph.ts';

let subgraph: TestSubgraph;
const grid = (code: string, residents: number, registered: number) => ({
  cityCode: '3304',
  countyCode: '330402',
  townshipCode: '330402001',
  communityCode: code.slice(0, 12),
  gridCode: code,
  residentCount: residents,
  registeredResidentCount: registered,
  householdCount: 100,
});

/** One community with three grids, two more that seasonal elders live in, and one that none does. */
beforeAll(async () => {
  subgraph = await openTestSubgraph(people);
  await insertRows(subgraph.pool, 'people.grid_population', [
    grid('330402001001001', 3, 2),
    grid('330402001001002', 300, 200),
    grid('330402001001003', 900, 3),
  ]);
  await insertRows(
    subgraph.pool,
    'people.community_population',
    ['330402001001', '330402001002', '330402002001', '330411001001'].map((communityCode, index) => ({
      cityCode: '3304',
      countyCode: communityCode.slice(0, 6),
      townshipCode: communityCode.slice(0, 9),
      communityCode,
      residentCount: index === 3 ? 4 : 1_203,
      registeredCount: 205,
      householdCount: 300,
    })),
  );
  await seasonal('330402001001', 3, '2025-11-01', null);
  await seasonal('330402001002', 12, '2025-11-01', '2026-02-01');
  await seasonal('330402002001', 20, '2026-01-31', null);
  await seasonal('330411001001', 30, '2026-02-01', null);
});
afterAll(() => subgraph[Symbol.asyncDispose]());

let number = 0;
async function seasonal(communityCode: string, count: number, validFrom: string, validTo: string | null) {
  await insertRows(
    subgraph.pool,
    'people.residence',
    Array.from({ length: count }, () => ({
      id: testUuid(20_000 + number),
      personId: testUuid(30_000 + number),
      dwellingId: testUuid(40_000 + number++),
      kind: 'SEASONAL',
      validFrom,
      validTo,
      cityCode: '3304',
      countyCode: communityCode.slice(0, 6),
      townshipCode: communityCode.slice(0, 9),
      communityCode,
      gridCode: `${communityCode}001`,
      provenanceId: TEST_PROVENANCE_ID,
    })),
  );
}

const populations = async (fragment: string, representations: object[]) => {
  const { data, problems } = await subgraph.run(
    testCaller(['3304']),
    `query ($r: [_Any!]!) { _entities(representations: $r) { ${fragment} } }`,
    { r: representations },
  );
  expect(problems).toEqual([]);
  return data._entities.map(({ population }: { population: unknown }) => population);
};

test('a grid of three people is not counted, nor the next smallest beside it, from which the sum would give it away', async () => {
  const codes = ['330402001001001', '330402001001002', '330402001001003'];
  const all = await populations(
    '... on Grid { population { residentCount registeredCount householdCount } }',
    codes.map((code) => ({ __typename: 'Grid', id: `Grid:${code}` })),
  );
  expect(all).toEqual([
    { residentCount: null, registeredCount: null, householdCount: 100 },
    { residentCount: null, registeredCount: 200, householdCount: 100 },
    { residentCount: 900, registeredCount: null, householdCount: 100 },
  ]);
  // Asked for one by one, the answers are the same.
  for (const [index, code] of codes.entries()) {
    const fragment = '... on Grid { population { residentCount registeredCount householdCount } }';
    expect(await populations(fragment, [{ __typename: 'Grid', id: `Grid:${code}` }])).toEqual([all[index]]);
  }
});

test('a community of four people is not counted', async () => {
  expect(
    await populations('... on Community { population { residentCount householdCount } }', [
      { __typename: 'Community', id: 'Community:330411001001' },
    ]),
  ).toEqual([{ residentCount: null, householdCount: 300 }]);
});

const ask = (divisionCode: string, month: string) =>
  subgraph.run(
    testCaller([]),
    `{ seasonalResidents(divisionCode: "${divisionCode}", month: "${month}") { total { count withheld } areas { divisionCode count } } }`,
  );

test('S32: seasonal residents are shown as sums only: small ones are withheld at every tier, the same in every answer', async () => {
  const city = await ask('3304', '2026-01');
  expect(city.statements).toEqual(['seasonal_residents']);
  expect(city.data.seasonalResidents).toEqual({
    total: { count: 35, withheld: false },
    areas: [
      { divisionCode: '330402', count: 35 },
      { divisionCode: '330411', count: 0 },
    ],
  });
  const county = await ask('330402', '2026-01');
  expect(county.data.seasonalResidents.areas).toEqual([
    { divisionCode: '330402001', count: 15 },
    { divisionCode: '330402002', count: 20 },
  ]);
  const township = await ask('330402001', '2026-01');
  expect(township.data.seasonalResidents).toEqual({
    total: { count: 15, withheld: false },
    areas: [
      { divisionCode: '330402001001', count: null },
      { divisionCode: '330402001002', count: null },
    ],
  });
});

test('a month counts who lived there on one of its days', async () => {
  expect((await ask('330411', '2026-01')).data.seasonalResidents.total.count).toBe(0);
  expect((await ask('330411', '2026-02')).data.seasonalResidents.total.count).toBe(30);
});

test.each(['2026-13', '2026', '2026-1'])('a month %s is refused', async (month) => {
  const { data, problems, statements } = await ask('3304', month);
  expect(data).toBeNull();
  expect(problems).toEqual(['FILTER_INVALID seasonalResidents']);
  expect(statements).toEqual([]);
});

test('where one small community stands alone in its township, the township is withheld, and another one with it', () => {
  const counts = areaCounts(
    [
      { communityCode: '330402001001', count: 3 },
      { communityCode: '330402002001', count: 20 },
      { communityCode: '330402003001', count: 50 },
    ],
    5,
  );
  expect(divisionAndParts(counts, '330402').parts).toEqual([
    { code: '330402001', count: null },
    { code: '330402002', count: null },
    { code: '330402003', count: 50 },
  ]);
  expect(divisionAndParts(counts, '330402002')).toEqual({
    own: { code: '330402002', count: null },
    parts: [{ code: '330402002001', count: null }],
  });
  expect(divisionAndParts(counts, '330402').own.count).toBe(73);
});
