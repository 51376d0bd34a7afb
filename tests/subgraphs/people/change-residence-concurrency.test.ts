import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { people } from '../../../subgraphs/people/index.ts';
import { fiftyAtOnce } from '../../kit/fifty-at-once.ts';
import { openTestSubgraph, TEST_INSTANT, type TestSubgraph, testCaller } from '../../kit/open-test-subgraph.ts';
import { CITY, COUNTY_AB, dwellingKeys, personKeys, resetPeople } from '../../kit/people-rows.ts';

let subgraph: TestSubgraph;

beforeAll(async () => {
  subgraph = await openTestSubgraph(people);
});
afterAll(() => subgraph[Symbol.asyncDispose]());
beforeEach(async () => {
  subgraph.clock.set(TEST_INSTANT);
  await resetPeople(subgraph.pool);
});

const CHANGE = `mutation ($input: ChangeResidenceInput!) {
  changeResidence(input: $input) {
    __typename
    ... on ChangeResidenceSuccess { residence { id } }
    ... on Refusal { code }
  }
}`;
const WRITER = testCaller([COUNTY_AB], 'residence.write');
const MOVE = {
  personId: `Person:${personKeys.zhang}`,
  dwellingId: `Dwelling:${dwellingKeys.B1}`,
  kind: 'RESIDENT',
  from: '2026-06-30',
  idempotencyKey: 'move-zhang-1',
};

const change = (input: object = {}, caller = WRITER) => subgraph.run(caller, CHANGE, { input: { ...MOVE, ...input } });
const rows = async (text: string, values: unknown[] = []) => (await subgraph.pool.query(text, values)).rows;

test('fifty parallel moves of one person leave exactly one live row per kind and true counts', async () => {
  const targets = [dwellingKeys.A2, dwellingKeys.B1, dwellingKeys.C1];
  const answers = await Promise.all(
    Array.from({ length: 50 }, (_, index) =>
      change(
        {
          dwellingId: `Dwelling:${targets[index % 3]}`,
          from: new Date(Date.UTC(2026, 4, 1 + index)).toISOString().slice(0, 10),
          idempotencyKey: `parallel-${index}`,
        },
        testCaller([CITY], 'residence.write'),
      ),
    ),
  );

  expect(answers.flatMap((answer) => answer.problems)).toEqual([]);
  const results = answers.map(({ data }) => data.changeResidence);
  const successes = results.filter((result) => result.__typename === 'ChangeResidenceSuccess').length;
  expect(successes).toBeGreaterThan(0);
  for (const result of results) {
    if (result.__typename === 'ChangeResidenceSuccess') continue;
    expect(['DATE_BEFORE_CURRENT', 'RESIDENCE_UNCHANGED', 'CONCURRENT_CHANGE']).toContain(result.code);
  }
  const live = await rows(
    `SELECT kind, count(*)::int AS count FROM people.residence
      WHERE person_id = $1 AND valid_to IS NULL GROUP BY kind ORDER BY kind`,
    [personKeys.zhang],
  );
  expect(live).toEqual([
    { kind: 'REGISTERED', count: 1 },
    { kind: 'RESIDENT', count: 1 },
  ]);
  const counted = await rows(
    `SELECT p.community_code, p.resident_count,
            (SELECT count(*)::int FROM people.person t WHERE t.community_code = p.community_code) AS lived
       FROM people.community_population p`,
  );
  for (const row of counted) expect(row.resident_count).toBe(row.lived);
  expect(await rows('SELECT count(*)::int AS count FROM people.outbox')).toEqual([{ count: successes }]);
});

test('fifty parallel calls with one key write once and answer alike', async () => {
  const answers = await fiftyAtOnce('changeResidence', () => change());

  expect(answers.flatMap((answer) => answer.problems)).toEqual([]);
  expect(new Set(answers.map(({ data }) => data.changeResidence.residence.id)).size).toBe(1);
  expect(await rows('SELECT count(*)::int AS count FROM people.outbox')).toEqual([{ count: 1 }]);
});

test('opposite moves of two persons at once never deadlock', async () => {
  const answers = await Promise.all(
    Array.from({ length: 10 }, (_, index) => {
      const day = `2026-06-${String(index + 1).padStart(2, '0')}`;
      const [key, home, away] =
        index % 2 === 0
          ? [personKeys.zhang, dwellingKeys.A1, dwellingKeys.B1]
          : [personKeys.zhao, dwellingKeys.B1, dwellingKeys.A1];
      const dwelling = index % 4 < 2 ? away : home;
      return change({
        personId: `Person:${key}`,
        dwellingId: `Dwelling:${dwelling}`,
        from: day,
        idempotencyKey: `cross-${index}`,
      });
    }),
  );

  expect(answers.flatMap((answer) => answer.problems)).toEqual([]);
});

test('the database itself refuses a second live row of a kind, and a second dwelling lived in', async () => {
  const insert = (kind: string) =>
    subgraph.pool.query(
      `INSERT INTO people.residence (id, person_id, dwelling_id, kind, valid_from, city_code, county_code, township_code,
         community_code, grid_code, provenance_id)
       SELECT gen_random_uuid(), person_id, dwelling_id, $1, '2026-01-01', city_code, county_code, township_code,
         community_code, grid_code, provenance_id FROM people.residence WHERE person_id = $2 LIMIT 1`,
      [kind, personKeys.zhang],
    );

  await expect(insert('REGISTERED')).rejects.toThrow('residence_live_kind_key');
  await expect(insert('MIGRANT')).rejects.toThrow('residence_live_living_key');
  await expect(insert('SEASONAL')).resolves.toMatchObject({ rowCount: 1 });
});
