import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { populationCells } from '../../../subgraphs/kit/statistics/population-cells.ts';
import { people } from '../../../subgraphs/people/index.ts';
import { fiftyAtOnce } from '../../kit/fifty-at-once.ts';
import { openTestSubgraph, TEST_INSTANT, type TestSubgraph, testCaller } from '../../kit/open-test-subgraph.ts';
import { CITY, COUNTY_AB, GRID_A1, resetPeople } from '../../kit/people-rows.ts';

let subgraph: TestSubgraph;
const WRITER = testCaller([CITY], 'population.release');

beforeAll(async () => {
  subgraph = await openTestSubgraph(people);
});
afterAll(() => subgraph[Symbol.asyncDispose]());
beforeEach(async () => {
  subgraph.clock.set(TEST_INSTANT);
  await subgraph.pool.query('TRUNCATE people.population_release, people.population_cell');
  await resetPeople(subgraph.pool);
});

/** A pseudo-random city: three counties, communities of one to four grids, most cells small. */
function counts(seed: number) {
  let state = seed;
  const next = (below: number) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * below);
  };
  return ['330402001001', '330402001002', '330402002001', '330411001001', '330481001001'].flatMap((community) =>
    Array.from({ length: 1 + next(4) }, (_, grid) =>
      ['1', '2'].flatMap((sexCode) =>
        ['AGE_0_5', 'AGE_6_14', 'AGE_15_17', 'AGE_18_34', 'AGE_35_59', 'AGE_60_64', 'AGE_65_79', 'AGE_80_UP'].map(
          (ageBand) => ({
            gridCode: `${community}00${grid + 1}`,
            sexCode,
            ageBand,
            count: next(10) < 3 ? next(6) : next(60),
          }),
        ),
      ),
    ).flat(),
  );
}

/** What somebody finds who fills in, again and again, the one gap of every sum that he knows. */
function gapsThatSubtractionFills(cells: ReturnType<typeof populationCells>, liveTotals: ReadonlyMap<string, number>) {
  const known = new Map(
    cells.flatMap(({ areaCode, sexCode, ageBand, count }) => {
      const key = `${areaCode}|${sexCode}|${ageBand}`;
      const value = count ?? (sexCode === 'ALL' && ageBand === 'ALL' ? liveTotals.get(areaCode) : undefined);
      return value === undefined ? [] : [[key, value] as const];
    }),
  );
  const hidden = cells.filter(({ count }) => count === null).length;
  const areas = [...new Set(cells.map(({ areaCode }) => areaCode))];
  const sexes = [...new Set(cells.map(({ sexCode }) => sexCode))];
  const bands = [...new Set(cells.map(({ ageBand }) => ageBand))];
  const without = (all: readonly string[]) => all.filter((one) => one !== 'ALL');
  const sums: string[][] = [];
  for (const area of areas) {
    for (const band of bands)
      sums.push([`${area}|ALL|${band}`, ...without(sexes).map((sex) => `${area}|${sex}|${band}`)]);
    for (const sex of sexes)
      sums.push([`${area}|${sex}|ALL`, ...without(bands).map((band) => `${area}|${sex}|${band}`)]);
    const digits = [15, 12, 9, 6, 4];
    const child = digits[digits.indexOf(area.length) - 1];
    const below = areas.filter((other) => other.length === child && other.startsWith(area));
    if (below.length === 0) continue;
    for (const sex of sexes)
      for (const band of bands)
        sums.push([`${area}|${sex}|${band}`, ...below.map((other) => `${other}|${sex}|${band}`)]);
  }
  let found = 0;
  for (let again = true; again; ) {
    again = false;
    for (const [total, ...parts] of sums as [string, ...string[]][]) {
      const gaps = [total, ...parts].filter((key) => !known.has(key));
      if (gaps.length !== 1) continue;
      const [gap] = gaps as [string];
      const rest = parts.filter((key) => key !== gap).reduce((sum, key) => sum + (known.get(key) ?? 0), 0);
      known.set(gap, gap === total ? rest : (known.get(total) ?? 0) - rest);
      found++;
      again = true;
    }
  }
  return { hidden, found };
}

test.each(Array.from({ length: 25 }, (_, seed) => seed + 1))(
  'scenario 21: subtracting published cells of release %i finds no withheld one, live totals included',
  (seed) => {
    const rows = counts(seed);
    const cells = populationCells(rows, 5);
    const live = new Map<string, number>();
    for (const { gridCode, count } of rows) {
      for (const digits of [12, 9, 6, 4])
        live.set(gridCode.slice(0, digits), (live.get(gridCode.slice(0, digits)) ?? 0) + count);
    }
    const { hidden, found } = gapsThatSubtractionFills(cells, live);
    expect(hidden).toBeGreaterThan(0);
    expect(found).toBe(0);
    for (const { count } of cells) expect(count === null || count === 0 || count >= 5).toBe(true);
  },
);

const PUBLISH = `mutation ($input: PublishPopulationInput!) { publishPopulation(input: $input) { __typename
  ... on PublishPopulationSuccess { release { id asOf smallCountFloor cellCount withheldCount provenance { kind }
    cells(areaCode: "${GRID_A1}") { ageBand count withheld sex { name } } } }
  ... on Refusal { code culprit messageZh } } }`;
let calls = 0;
const publish = async (input: object = {}, caller = WRITER) => {
  const before = await subgraph.rowCounts();
  const { data, problems } = await subgraph.run(caller, PUBLISH, {
    input: { cityCode: CITY, idempotencyKey: `publish-${calls++}`, ...input },
  });
  expect(problems).toEqual([]);
  const after = await subgraph.rowCounts();
  return { ...data.publishPopulation, written: Object.keys(after).filter((table) => after[table] !== before[table]) };
};

/** Beside the five of the fixture: 40 men and 30 women of the grid A1, born in 1990. */
const settle = () =>
  subgraph.pool.query(`INSERT INTO people.person SELECT (json_populate_record(p, json_build_object(
      'id', gen_random_uuid(), 'citizen_id_hash', '\\x' || md5(i::text), 'sex_code', CASE WHEN i <= 40 THEN '1' ELSE '2' END, 'birth_date', '1990-01-01'))).*
    FROM people.person p, generate_series(1, 70) AS i WHERE p.name = '张三'`);

test('a release is stored with its withheld cells, and every area shows its own of the newest', async () => {
  await settle();
  const answer = await publish();
  expect(answer).toMatchObject({
    release: { asOf: '2026-06-30', smallCountFloor: expect.any(Number), provenance: { kind: 'MUTATION' } },
    written: ['idempotency', 'outbox', 'population_cell', 'population_release', 'provenance'],
  });
  const { cells, cellCount, withheldCount } = answer.release;
  expect(cells).toHaveLength(27);
  expect(cellCount).toBe(27 * 11);
  expect(withheldCount).toBeGreaterThan(0);
  const { data, statements } = await subgraph.run(
    testCaller([]),
    `{ _entities(representations: [{ __typename: "Grid", id: "Grid:${GRID_A1}" }]) { ... on Grid {
        publishedPopulation { asOf cells { ageBand sex { name } count withheld } } } }
       populationReleases(cityCode: "${CITY}") { asOf cellCount } }`,
  );
  const own = data._entities[0].publishedPopulation;
  expect(own.asOf).toBe('2026-06-30');
  const cell = (sex: string | null, ageBand: string) =>
    own.cells.find(
      (one: { sex: { name: string } | null; ageBand: string }) =>
        (one.sex?.name ?? null) === sex && one.ageBand === ageBand,
    );
  expect(cell(null, 'ALL')).toMatchObject({ count: 73 });
  expect(cell('女性', 'AGE_65_79')).toMatchObject({ count: null, withheld: true });
  expect([...statements].sort()).toEqual(['population_cells', 'population_releases']);
});

test('releases lie apart; 50 at once publish one; nobody publishes for a city of which he has a part', async () => {
  await settle();
  const answers = await fiftyAtOnce('publishPopulation', () => publish());
  expect(answers.filter(({ __typename }) => __typename === 'PublishPopulationSuccess')).toHaveLength(1);
  expect((await subgraph.pool.query('SELECT count(*)::int AS count FROM people.population_release')).rows).toEqual([
    { count: 1 },
  ]);
  expect(await publish()).toMatchObject({ code: 'RELEASE_TOO_SOON', culprit: 'input.cityCode', written: [] });
  expect(await publish({}, testCaller([COUNTY_AB], 'population.release'))).toMatchObject({
    code: 'DIVISION_NOT_FOUND',
    written: [],
  });
  subgraph.clock.set('2026-07-30T02:00:00.000Z');
  expect(await publish()).toMatchObject({ release: { asOf: '2026-07-30' } });
});
