import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { FigureCounter } from '../../../subgraphs/kit/figures/figure-counter.ts';
import { uuidSource } from '../../../subgraphs/kit/ids.ts';
import { people } from '../../../subgraphs/people/index.ts';
import { peopleFigures } from '../../../subgraphs/people/store/figures/figure-sources.ts';
import { fiftyAtOnce } from '../../kit/fifty-at-once.ts';
import { insertRows, placeOf, TEST_PROVENANCE_ID, testUuid } from '../../kit/insert-rows.ts';
import { sendMutation } from '../../kit/mutation-cases.ts';
import { openTestSubgraph, TEST_INSTANT, type TestSubgraph, testCaller } from '../../kit/open-test-subgraph.ts';
import {
  COMMUNITY_A,
  COMMUNITY_B,
  COUNTY_AB,
  COUNTY_C,
  dwellingKeys,
  GRID_A1,
  GRID_A2,
  householdKeys,
  personKeys,
  resetPeople,
} from '../../kit/people-rows.ts';

let subgraph: TestSubgraph;
const DIVISION = `Division:${COMMUNITY_A}`;
const NEW_A1 = `${COMMUNITY_B}002`;
const NEW_A2 = `${COMMUNITY_B}003`;
const successions = (day = '2026-06-01') => [
  `${GRID_A1} ${NEW_A1} ${day}`,
  `${GRID_A1}001 ${NEW_A1}001 ${day}`,
  `${GRID_A2} ${NEW_A2} ${day}`,
];
/** As the gateway informs the mutation of the division that it names. */
const informed = (area = COUNTY_AB, facts: object = {}) => ({
  ...testCaller([area], 'residence.write'),
  referenceFacts: {
    answer: {
      'input.divisionId': {
        id: DIVISION,
        code: COMMUNITY_A,
        validTo: '2026-06-01',
        gridSuccessions: successions(),
        ...facts,
      },
    },
  },
});
const rows = async (text: string, values: unknown[] = []) => (await subgraph.pool.query(text, values)).rows;
const SELECTION = 'division { residentMoves { fromGridCode toGridCode effectiveOn movedPersons movedAt } }';
const follow = (caller = informed(), input: object = {}) =>
  sendMutation(subgraph, caller, 'followDivisionChange', { divisionId: DIVISION, ...input }, SELECTION);

beforeAll(async () => {
  subgraph = await openTestSubgraph(people);
});
afterAll(() => subgraph[Symbol.asyncDispose]());
beforeEach(async () => {
  subgraph.clock.set(TEST_INSTANT);
  await subgraph.pool.query(
    'TRUNCATE people.resident_move, people.standard_address, people.care_tag, people.elder_alert',
  );
  await resetPeople(subgraph.pool);
  await insertRows(subgraph.pool, 'people.standard_address', [
    { ...address(1, 'ESTATE', '阳光花园'), gridCode: null },
    { ...address(2, 'BUILDING', '3幢'), parentId: testUuid(9_001), gridCode: GRID_A1 },
  ]);
  await insertRows(subgraph.pool, 'people.care_tag', [
    {
      id: testUuid(9_101),
      personId: personKeys.zhang,
      kind: 'SOLITARY_ELDER',
      restricted: false,
      validFrom: '2024-01-01',
      ...placeOf(GRID_A1),
      gridCode: GRID_A1,
      provenanceId: TEST_PROVENANCE_ID,
    },
  ]);
});

function address(number: number, level: string, name: string) {
  const addressText = `嘉兴市南湖区新嘉街道甲社区${name}`;
  return {
    id: testUuid(9_000 + number),
    level,
    name,
    addressText,
    ...placeOf(GRID_A1),
    provenanceId: TEST_PROVENANCE_ID,
  };
}

test('the residents of a merged community follow its grids, and as on a day before are where they were', async () => {
  expect(await follow()).toMatchObject({
    division: {
      residentMoves: [
        { fromGridCode: GRID_A1, toGridCode: NEW_A1, effectiveOn: '2026-06-01', movedPersons: 0, movedAt: null },
        { fromGridCode: GRID_A2, toGridCode: NEW_A2, movedPersons: 0, movedAt: null },
      ],
    },
  });
  await subgraph.runTimedWork();

  // 张, 王 and 李 lived in A1; 欧阳 is registered there and lives in C, where he stays.
  expect(
    await rows(
      'SELECT name, community_code, grid_code, micro_grid_code, registered_community_code FROM people.person WHERE id = ANY($1) ORDER BY id',
      [[personKeys.zhang, personKeys.li, personKeys.ouyang]],
    ),
  ).toEqual([
    {
      name: '张三',
      community_code: COMMUNITY_B,
      grid_code: NEW_A1,
      micro_grid_code: `${NEW_A1}001`,
      registered_community_code: COMMUNITY_B,
    },
    {
      name: '李四',
      community_code: COMMUNITY_B,
      grid_code: NEW_A1,
      micro_grid_code: `${NEW_A1}001`,
      registered_community_code: '330411001001',
    },
    {
      name: '欧阳娜',
      community_code: '330411001001',
      grid_code: '330411001001001',
      micro_grid_code: '330411001001001001',
      registered_community_code: COMMUNITY_B,
    },
  ]);
  for (const table of ['person', 'household', 'dwelling', 'standard_address', 'care_tag']) {
    expect(
      await rows(`SELECT count(*)::int AS left FROM people.${table} WHERE community_code = $1`, [COMMUNITY_A]),
    ).toEqual([{ left: 0 }]);
  }
  expect(await rows('SELECT grid_code FROM people.dwelling WHERE id = $1', [dwellingKeys.A2])).toEqual([
    { grid_code: NEW_A2 },
  ]);
  expect(await rows('SELECT micro_grid_code FROM people.household WHERE id = $1', [householdKeys.zhang])).toEqual([
    { micro_grid_code: `${NEW_A1}001` },
  ]);

  const { data, problems } = await subgraph.run(
    testCaller([COUNTY_AB]),
    `query ($id: ID!) { person(id: $id) {
       before: residences(asOf: "2026-05-31") { kind community { id } validTo }
       after: residences(asOf: "2026-06-01") { kind community { id } validFrom } } }`,
    { id: `Person:${personKeys.zhang}` },
  );
  expect(problems).toEqual([]);
  const byKind = (list: { kind: string }[]) => [...list].sort((a, b) => (a.kind < b.kind ? -1 : 1));
  expect(byKind(data.person.before)).toEqual(
    ['REGISTERED', 'RESIDENT'].map((kind) => ({
      kind,
      community: { id: `Community:${COMMUNITY_A}` },
      validTo: '2026-06-01',
    })),
  );
  expect(byKind(data.person.after)).toEqual(
    ['REGISTERED', 'RESIDENT'].map((kind) => ({
      kind,
      community: { id: `Community:${COMMUNITY_B}` },
      validFrom: '2026-06-01',
    })),
  );
});

test('kept counts and figures of all places are what the rows say, before and behind the move', async () => {
  const counter = new FigureCounter({
    subgraph: 'people',
    sources: peopleFigures,
    pool: subgraph.pool,
    clock: subgraph.clock,
    ids: uuidSource,
  });
  await counter.recount();
  await follow();
  await subgraph.runTimedWork();
  await expect
    .poll(
      async () => {
        await counter.catchUp();
        return counter.recount();
      },
      { timeout: 60_000 },
    )
    .toEqual([]);
  expect(
    await rows(`SELECT p.community_code, p.resident_count, p.registered_count, p.household_count,
         (SELECT count(*)::int FROM people.person t WHERE t.community_code = p.community_code) AS lived,
         (SELECT count(*)::int FROM people.person t WHERE t.registered_community_code = p.community_code) AS registered,
         (SELECT count(*)::int FROM people.household h WHERE h.community_code = p.community_code) AS households
       FROM people.community_population p ORDER BY 1`),
  ).toEqual(
    [
      [COMMUNITY_A, 0, 0, 0],
      [COMMUNITY_B, 4, 4, 1],
      ['330411001001', 1, 1, 1],
    ].map(([community_code, lived, registered, households]) => ({
      ...{ community_code, resident_count: lived, registered_count: registered, household_count: households },
      ...{ lived, registered, households },
    })),
  );
  expect(
    await rows(`SELECT p.grid_code FROM people.grid_population p CROSS JOIN LATERAL (
        SELECT count(*)::int AS lived, count(*) FILTER (WHERE t.registered_community_code = t.community_code)::int AS natives
          FROM people.person t WHERE t.grid_code = p.grid_code) c
       WHERE p.resident_count <> c.lived OR p.registered_resident_count <> c.natives OR p.household_count <>
         (SELECT count(*) FROM people.household h WHERE h.grid_code = p.grid_code)`),
  ).toEqual([]);
});

test('who moved in behind the day only changes the code; who lives there without a dwelling follows, too', async () => {
  await subgraph.pool.query(
    "UPDATE people.residence SET valid_from = '2026-06-10' WHERE person_id = $1 AND kind = 'MIGRANT'",
    [personKeys.li],
  );
  await subgraph.pool.query('DELETE FROM people.residence WHERE person_id = $1', [personKeys.wang]);
  await follow();
  await subgraph.runTimedWork();
  expect(
    await rows(
      "SELECT valid_from::text, valid_to, grid_code FROM people.residence WHERE person_id = $1 AND kind = 'MIGRANT'",
      [personKeys.li],
    ),
  ).toEqual([{ valid_from: '2026-06-10', valid_to: null, grid_code: NEW_A1 }]);
  expect(
    await rows('SELECT grid_code, registered_community_code FROM people.person WHERE id = $1', [personKeys.wang]),
  ).toEqual([{ grid_code: NEW_A1, registered_community_code: COMMUNITY_B }]);
});

test('of a split only those of the grids that it names follow; who is registered elsewhere in the community stays', async () => {
  await follow(informed(COUNTY_AB, { validTo: null, gridSuccessions: [`${GRID_A2} ${NEW_A2} 2026-06-01`] }));
  await subgraph.runTimedWork();
  expect(await rows('SELECT count(*)::int AS stay FROM people.person WHERE grid_code = $1', [GRID_A1])).toEqual([
    { stay: 3 },
  ]);
  expect(await rows('SELECT grid_code FROM people.dwelling WHERE id = $1', [dwellingKeys.A2])).toEqual([
    { grid_code: NEW_A2 },
  ]);
  expect(await rows('SELECT community_code FROM people.standard_address WHERE level = $1', ['ESTATE'])).toEqual([
    { community_code: COMMUNITY_A },
  ]);
});

test('what is moved in many batches, by several hubs at once and with a move of somebody between, is moved once', async () => {
  await subgraph.pool.query(`
    INSERT INTO people.dwelling (id, estate_name, address_text, building, room, area_square_metres, usage, city_code, county_code,
           township_code, community_code, grid_code, micro_grid_code, provenance_id)
    SELECT gen_random_uuid(), 'x', 'x', '1', n::text, 80, 'OWNER_OCCUPIED', '3304', '330402', '330402001', '${COMMUNITY_A}',
           '${GRID_A2}', '${GRID_A2}001', '${TEST_PROVENANCE_ID}' FROM generate_series(1, 700) n`);
  await follow();
  await Promise.all([
    subgraph.runTimedWork(),
    subgraph.runTimedWork(),
    subgraph.runTimedWork(),
    sendMutation(subgraph, testCaller([COUNTY_AB], 'residence.write'), 'changeResidence', {
      personId: `Person:${personKeys.zhang}`,
      dwellingId: `Dwelling:${dwellingKeys.B1}`,
      kind: 'RESIDENT',
      from: '2026-06-20',
    }),
  ]);
  await subgraph.runTimedWork();
  await subgraph.runTimedWork();
  expect(
    await rows('SELECT count(*)::int AS left FROM people.dwelling WHERE community_code = $1', [COMMUNITY_A]),
  ).toEqual([{ left: 0 }]);
  expect(await rows('SELECT count(*)::int AS waiting FROM people.resident_move WHERE moved_at IS NULL')).toEqual([
    { waiting: 0 },
  ]);
  expect(
    await rows('SELECT community_code, grid_code FROM people.person WHERE id = $1', [personKeys.zhang]),
  ).toMatchObject([{ community_code: COMMUNITY_B }]);
  const live = await rows(
    'SELECT person_id, kind FROM people.residence WHERE valid_to IS NULL GROUP BY 1, 2 HAVING count(*) > 1',
  );
  expect(live).toEqual([]);
  expect(
    await rows(`SELECT p.community_code FROM people.community_population p WHERE p.resident_count <>
      (SELECT count(*) FROM people.person t WHERE t.community_code = p.community_code)`),
  ).toEqual([]);
});

test.each([
  ['an area that is not one’s own', informed(COUNTY_C), 'DIVISION_NOT_FOUND'],
  ['a successor outside of it', informed(COMMUNITY_A), 'DIVISION_NOT_FOUND'],
  ['grids that stay', informed(COUNTY_AB, { gridSuccessions: [] }), 'DIVISION_PASSES_NOTHING_ON'],
  ['a county', informed(COUNTY_AB, { code: COUNTY_AB }), 'DIVISION_NOT_FOUND'],
])('with %s it is refused, and nothing is written', async (_what, caller, code) => {
  const before = await subgraph.rowCounts();
  expect(await follow(caller)).toMatchObject({ code, culprit: 'input.divisionId' });
  expect(await subgraph.rowCounts()).toEqual(before);
});

test('of 50 who have the residents follow at once, one does; a second time it is refused, a replay is not', async () => {
  const answers = await fiftyAtOnce('followDivisionChange', () => follow());
  expect(answers.filter(({ __typename }) => __typename === 'FollowDivisionChangeSuccess')).toHaveLength(1);
  const codes = new Set(answers.flatMap(({ code }) => code ?? []));
  expect([...codes].every((code) => ['RESIDENTS_FOLLOW_ALREADY', 'CONCURRENT_CHANGE'].includes(code))).toBe(true);
  expect(await rows('SELECT count(*)::int AS moves FROM people.resident_move')).toEqual([{ moves: 2 }]);
  expect(await follow()).toMatchObject({ code: 'RESIDENTS_FOLLOW_ALREADY' });
});
