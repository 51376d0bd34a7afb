import { afterAll, beforeAll, expect, test } from 'vitest';
import { people } from '../../../subgraphs/people/index.ts';
import { openTestSubgraph, type TestSubgraph, testCaller } from '../../kit/open-test-subgraph.ts';
import { plannedReads, plannedSteps, recordQueries } from '../../kit/query-plans.ts';

let subgraph: TestSubgraph;

/** Twenty thousand persons in four counties: enough for Postgres to weigh its indexes. */
beforeAll(async () => {
  subgraph = await openTestSubgraph(people);
  await subgraph.pool.query(`
    INSERT INTO people.person (id, name, name_pinyin, name_initials, sex_code, birth_date, citizen_id_sealed,
      citizen_id_hash, ethnic_group_code, education_code, marital_status_code, employment_status_code,
      registered_city_code, registered_county_code, city_code, county_code, township_code, community_code, grid_code,
      micro_grid_code, provenance_id)
    SELECT gen_random_uuid(), 'x', md5(n::text), 'x', '1', date '1950-01-01' + n, '', int4send(n), '01', '10', '10', '10',
           '3304', '330401', left(grid, 4), left(grid, 6), left(grid, 9), left(grid, 12), grid, grid || '001',
           gen_random_uuid()
      FROM (SELECT n, '33040' || 1 + n % 4 || '00' || 1 + n / 4 % 4 || '00' || 1 + n / 16 % 4 || '00' || 1 + n / 64 % 4
              AS grid FROM generate_series(1, 20000) n) numbered`);
  await subgraph.pool.query('VACUUM ANALYZE people.person');
});
afterAll(() => subgraph[Symbol.asyncDispose]());

async function reads(area: string, list: string): Promise<string[]> {
  const queries = await recordQueries(subgraph.pool, async () => {
    const { problems } = await subgraph.run(
      testCaller([area], 'person.identity'),
      `{ persons(${list}) { nodes { id } } }`,
    );
    expect(problems).toEqual([]);
  });
  return queries[0] === undefined ? [] : plannedReads(subgraph.pool, queries[0]);
}

test.each([
  ['city', '3304'],
  ['county', '330401'],
  ['township', '330401001'],
])(
  'persons of a %s are found by the beginning of their name, and listed by name and age, from an index',
  async (tier, area) => {
    expect(await reads(area, 'sort: NAME, filter: { namePinyinPrefix: "abc" }')).toContain(
      `person_${tier}_code_name_pinyin_id_idx`,
    );
    expect(await reads(area, 'sort: NAME')).toContain(`person_${tier}_code_name_pinyin_id_idx`);
    expect(await reads(area, 'sort: CHARACTERS, filter: { namePrefix: "x" }')).toContain(
      `person_${tier}_code_name_id_idx`,
    );
    expect(await reads(area, 'sort: INITIALS, filter: { initialsPrefix: "x" }')).toContain(
      `person_${tier}_code_name_initials_id_idx`,
    );
    expect(await reads(area, 'sort: BIRTH_DATE')).toContain(`person_${tier}_code_birth_date_id_idx`);
  },
);

const COMMUNITIES = [1, 2, 3, 4].flatMap((township) =>
  [1, 2, 3, 4].map((community) => `33040100${township}00${community}`),
);
const BELOW = `query ($representations: [_Any!]!) { _entities(representations: $representations) {
  ... on Community { residents(first: 7) { PAGE } } } }`;

test.each([
  ['below many', BELOW.replace('PAGE', 'nodes { id }')],
  ['below many, with totals', BELOW.replace('PAGE', 'totalCount nodes { id }')],
  ['at the root', '{ persons(first: 7, sort: BIRTH_DATE) { nodes { id birthDate } } }'],
  ['at the root, with a total', '{ persons(first: 7, sort: BIRTH_DATE) { totalCount nodes { id birthDate } } }'],
  ['by number', '{ persons(first: 7, page: 3, sort: BIRTH_DATE) { totalCount nodes { id birthDate } } }'],
])('a page keeps its order by nothing but loops: %s', async (_where, document) => {
  const representations = COMMUNITIES.map((code) => ({ __typename: 'Community', id: `Community:${code}` }));
  const caller = testCaller(['330401'], 'person.identity');
  const [query] = await recordQueries(subgraph.pool, async () => {
    const { problems } = await subgraph.run(caller, document, { representations });
    expect(problems).toEqual([]);
  });
  const steps = await plannedSteps(subgraph.pool, query ?? { text: '' });
  const reordering = ['Sort', 'Incremental Sort', 'WindowAgg', 'Gather', 'Hash Join', 'Merge Join', 'Append'];
  expect(steps.filter((step) => reordering.includes(step))).toEqual([]);
  expect(steps).toContain('Limit');
});

test('pages below many are in their order, each with its own rows', async () => {
  const representations = COMMUNITIES.map((code) => ({ __typename: 'Community', id: `Community:${code}` }));
  const { data } = await subgraph.run(
    testCaller(['330401'], 'person.identity'),
    BELOW.replace('PAGE', 'nodes { id }'),
    {
      representations,
    },
  );
  const { rows } = await subgraph.pool.query<{ ids: string[] }>(
    `SELECT (SELECT array_agg(id) FROM (SELECT 'Person:' || id AS id FROM people.person WHERE community_code = code
       ORDER BY person.id LIMIT 7) p) AS ids FROM unnest($1::text[]) WITH ORDINALITY AS c(code, n) ORDER BY n`,
    [COMMUNITIES],
  );
  const pages = (data as { _entities: { residents: { nodes: { id: string }[] } }[] })._entities;
  expect(pages.map(({ residents }) => residents.nodes.map(({ id }) => id))).toEqual(rows.map(({ ids }) => ids));
  expect(new Set(rows.flatMap(({ ids }) => ids)).size).toBe(7 * COMMUNITIES.length);
});
