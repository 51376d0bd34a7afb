import { afterAll, beforeAll, expect, test } from 'vitest';
import { deriveMarks } from '../../../prisma/seed/loading/derived-rows.ts';
import { organizations } from '../../../subgraphs/organizations/index.ts';
import { openTestSubgraph, type TestSubgraph, testCaller } from '../../kit/open-test-subgraph.ts';
import { plannedReads, recordQueries } from '../../kit/query-plans.ts';

let subgraph: TestSubgraph;

/** Two cities with 1,600 communities, 6,400 grids and 64,000 posts: enough for Postgres to weigh its indexes. */
beforeAll(async () => {
  subgraph = await openTestSubgraph(organizations);
  const place = 'city_code, county_code, township_code, community_code';
  await subgraph.pool.query(`
    INSERT INTO organizations.community (stat_code, name, kind, origin, ${place}, provenance_id)
    SELECT code, md5(code), 'RESIDENTIAL_COMMUNITY', 'ORIGINAL', left(code, 4), left(code, 6), left(code, 9), code,
           gen_random_uuid()
      FROM (SELECT city || '0' || 1 + n % 4 || '00' || 1 + n / 4 % 5 || lpad((1 + n / 20)::text, 3, '0') AS code
              FROM unnest(ARRAY['3304', '4602']) city, generate_series(0, 799) n) numbered`);
  await subgraph.pool.query(`
    INSERT INTO organizations.grid (grid_code, name, kind, ${place}, provenance_id)
    SELECT stat_code || '00' || n, 'x', 'GENERAL', ${place}, gen_random_uuid()
      FROM organizations.community, generate_series(1, 4) n`);
  await subgraph.pool.query(`
    INSERT INTO organizations.grid_assignment (id, role, person_id, worker_id, holder_name, grid_code, valid_from,
           valid_to, ${place}, provenance_id)
    SELECT gen_random_uuid(), CASE n WHEN 0 THEN 'GRID_CHIEF' ELSE 'PART_TIME_GRID_WORKER' END, gen_random_uuid(),
           gen_random_uuid(), 'x', grid_code, timestamptz '2024-01-01' + n * interval '1 day',
           CASE WHEN n > 4 THEN timestamptz '2025-01-01' END, ${place}, gen_random_uuid()
      FROM organizations.grid, generate_series(0, 9) n`);
  await subgraph.pool.query(`
    INSERT INTO organizations.community_worker (id, person_id, name, name_pinyin, post, grade_level, mode, hired_on,
           ${place}, provenance_id)
    SELECT gen_random_uuid(), gen_random_uuid(), 'x', 'x', 'SPECIALIST', 1, 'GENERAL', '2020-01-01', ${place},
           gen_random_uuid()
      FROM organizations.community, generate_series(1, 8) n`);
  await deriveMarks(subgraph.pool);
  await subgraph.pool.query('VACUUM ANALYZE');
});
afterAll(() => subgraph[Symbol.asyncDispose]());

/** What Postgres reads for the operation's last statement. */
async function reads(document: string, area = '3304'): Promise<string[]> {
  const queries = await recordQueries(subgraph.pool, async () => {
    const { problems } = await subgraph.run(testCaller([area]), document);
    expect(problems).toEqual([]);
  });
  const last = queries.at(-1);
  return last === undefined ? [] : plannedReads(subgraph.pool, last);
}

const WORKER = 'CommunityWorker:01900000-0000-7000-8000-000000000001';

test.each([
  ['the live posts of a worker', `liveGridPosts(workerId: "${WORKER}") { id }`, ['grid_assignment_live_worker_idx']],
  [
    'communities of a county by code',
    'communities(filter: { divisionCode: "330402" }) { nodes { name } }',
    ['community_county_code_stat_code_idx'],
  ],
  ['all communities by name', 'communities(sort: NAME) { nodes { name } }', ['community_name_stat_code_idx']],
  [
    'communities of a county by name',
    'communities(sort: NAME, filter: { divisionCode: "330402" }) { nodes { name } }',
    ['community_county_code_name_stat_code_idx'],
  ],
  ['grids of a city', 'grids(filter: { divisionCode: "3304" }) { nodes { name } }', ['grid_city_code_grid_code_idx']],
  [
    'grids without a chief',
    'grids(filter: { hasChief: false, divisionCode: "3304" }) { nodes { name } }',
    ['grid_city_without_chief'],
  ],
])('%s are read from an index without sorting rows of a table', async (_what, field, expected) => {
  const found = await reads(`{ ${field} }`);

  expect(found.filter((read) => read !== 'Sort').toSorted()).toEqual(expected.toSorted());
});

test.each([
  ['city', '3304'],
  ['county', '330402'],
  ['township', '330402001'],
  ['community', '330402001001'],
])('the workers of a %s are read from its own index', async (tier, area) => {
  expect(await reads('{ workers { nodes { name } } }', area)).toContain(`community_worker_${tier}_code_id_idx`);
});

test('coverage and force of a community are read from the indexes that hold nothing else', async () => {
  const community = 'community(statCode: "330402001001")';

  expect((await reads(`{ ${community} { gridForce { gridChiefCount } } }`)).filter((read) => read !== 'Sort')).toEqual([
    'grid_assignment_live_grid_role_idx',
  ]);
  const coverage = await reads(`{ ${community} { gridCoverage { gridsWithChief } } }`);
  expect(coverage).toContain('grid_assignment_live_grid_chief_key');
  expect(coverage).not.toContain('Seq Scan');
});
