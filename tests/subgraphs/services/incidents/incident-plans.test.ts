import { afterAll, beforeAll, expect, test } from 'vitest';
import { services } from '../../../../subgraphs/services/index.ts';
import { openTestSubgraph, type TestSubgraph, testCaller } from '../../../kit/open-test-subgraph.ts';
import { plannedReads, recordQueries } from '../../../kit/query-plans.ts';

let subgraph: TestSubgraph;

/** Thirty thousand incidents in four counties, one in fourteen open: enough for Postgres to weigh its indexes. */
beforeAll(async () => {
  subgraph = await openTestSubgraph(services);
  await subgraph.pool.query(`
    INSERT INTO services.incident (id, incident_number, category, title, state, channel, severity, reported_at, due_at,
      closed_at, city_code, county_code, township_code, community_code, grid_code, provenance_id)
    SELECT gen_random_uuid(), n, (ARRAY['HAZARD', 'NOISE', 'TRAFFIC', 'DISPUTE'])[1 + n % 4], 'x',
           CASE WHEN n % 14 = 0 THEN 'HANDLING' ELSE 'CLOSED' END, 'VISION', 'GENERAL',
           timestamptz '2026-06-30 02:00Z' - n * interval '15 minutes',
           timestamptz '2026-07-07 02:00Z' - n * interval '15 minutes',
           CASE WHEN n % 14 = 0 THEN NULL ELSE now() END,
           left(grid, 4), left(grid, 6), left(grid, 9), left(grid, 12), grid, gen_random_uuid()
      FROM (SELECT n, '33040' || 1 + n % 4 || '00' || 1 + n / 4 % 4 || '00' || 1 + n / 16 % 4 || '00' || 1 + n / 64 % 4
              AS grid FROM generate_series(1, 30000) n) numbered`);
  await subgraph.pool.query('VACUUM ANALYZE services.incident');
});
afterAll(() => subgraph[Symbol.asyncDispose]());

async function reads(area: string, list: string): Promise<string[]> {
  const queries = await recordQueries(subgraph.pool, async () => {
    const { problems } = await subgraph.run(testCaller([area]), `{ incidents${list} { nodes { id } } }`);
    expect(problems).toEqual([]);
  });
  expect(queries).toHaveLength(1);
  return queries[0] === undefined ? [] : plannedReads(subgraph.pool, queries[0]);
}

const areas = [
  ['city', '3304'],
  ['county', '330401'],
  ['township', '330401001'],
  ['community', '330401001001'],
] as const;

test.each(areas)('the open queue of a %s walks its small index, newest first', async (tier, area) => {
  expect(await reads(area, '(filter: { open: true })')).toContain(`incident_${tier}_open_idx`);
  expect(await reads(area, '(filter: { state: HANDLING, category: NOISE })')).toContain(`incident_${tier}_open_idx`);
});

test.each(areas.slice(0, 3))('the queue of a %s by deadline walks its own index', async (tier, area) => {
  expect(await reads(area, '(sort: DUE_AT)')).toContain(`incident_${tier}_due_idx`);
  expect(await reads(area, '(sort: DUE_AT, filter: { overdue: true })')).toContain(`incident_${tier}_due_idx`);
});

test.each(areas.slice(0, 3))(
  'all incidents of a %s are read in the order of its index, unsorted',
  async (tier, area) => {
    const planned = await reads(area, '');

    expect(planned).toContain(`incident_${tier}_reported_idx`);
    expect(planned).not.toContain('Seq Scan');
  },
);
