import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Caller } from '../../../../subgraphs/kit/caller/caller.ts';
import { services } from '../../../../subgraphs/services/index.ts';
import { openTestSubgraph, type TestSubgraph, testCaller } from '../../../kit/open-test-subgraph.ts';
import { plannedReads, recordQueries } from '../../../kit/query-plans.ts';

let subgraph: TestSubgraph;

/** Thirty thousand requests and as many incidents in four counties, one in fourteen open, and three thousand items. */
beforeAll(async () => {
  subgraph = await openTestSubgraph(services);
  const grids = `(SELECT n, '33040' || 1 + n % 4 || '00' || 1 + n / 4 % 4 || '00' || 1 + n / 16 % 4 || '00' || 1 + n / 64 % 4
    AS grid FROM generate_series(1, 30000) n) numbered`;
  const departments = "CASE WHEN n % 40 = 0 THEN 'housing' ELSE 'department-' || n % 40 END";
  await subgraph.pool.query(`
    INSERT INTO services.service_request (id, request_number, item_id, applicant_person_id, state, channel,
      first_contact_department_code, handler_department_code, handler_worker_id, created_at, started_on,
      promised_working_days, legal_working_days, due_at, closed_at, city_code, county_code,
      township_code, community_code, provenance_id)
    SELECT gen_random_uuid(), 'BJ' || n, gen_random_uuid(), gen_random_uuid(), CASE WHEN n % 14 = 0 THEN 'ACCEPTED' ELSE 'RATED' END,
           'WINDOW', 'community', ${departments}, ('00000000-0000-7000-8000-' || lpad((n % 40)::text, 12, '0'))::uuid,
           timestamptz '2026-06-30 02:00Z' - n * interval '15 minutes', '2026-06-01', 5, 10,
           timestamptz '2026-07-07 02:00Z' - n * interval '15 minutes',
           CASE WHEN n % 14 = 0 THEN NULL ELSE now() END, left(grid, 4), left(grid, 6), left(grid, 9), left(grid, 12), gen_random_uuid()
      FROM ${grids};
    INSERT INTO services.incident (id, incident_number, category, title, state, channel, severity, reported_at, due_at,
      closed_at, handler_department_code, city_code, county_code, township_code, community_code, grid_code, provenance_id)
    SELECT gen_random_uuid(), n, 'NOISE', 'x', CASE WHEN n % 14 = 0 THEN 'HANDLING' ELSE 'CLOSED' END, 'VISION', 'GENERAL',
           timestamptz '2026-06-30 02:00Z' - n * interval '15 minutes', timestamptz '2026-07-07 02:00Z' - n * interval '15 minutes',
           CASE WHEN n % 14 = 0 THEN NULL ELSE now() END, ${departments},
           left(grid, 4), left(grid, 6), left(grid, 9), left(grid, 12), grid, gen_random_uuid()
      FROM ${grids};
    INSERT INTO services.service_item (id, item_code, name, name_pinyin, type, department_code, reach, modes,
      promised_working_days, legal_working_days, service_group, supply_tier, provenance_id)
    SELECT gen_random_uuid(), lpad(n::text, 6, '0'), 'x', 'x', 'PAYMENT', 'd' || n % 60, (ARRAY['COMMUNITY', 'TOWNSHIP', 'COUNTY'])[1 + n % 3],
           ARRAY[(ARRAY['IMMEDIATE', 'ONLINE', 'NEARBY', 'ONCE'])[1 + n % 4]], 5, 10, 'g' || n % 12, 't' || n % 4, gen_random_uuid()
      FROM generate_series(1, 3000) n`);
  await subgraph.pool.query('VACUUM ANALYZE services.service_request');
  await subgraph.pool.query('VACUUM ANALYZE services.incident');
  await subgraph.pool.query('VACUUM ANALYZE services.service_item');
});
afterAll(() => subgraph[Symbol.asyncDispose]());

async function reads(caller: Caller, document: string): Promise<string[]> {
  const [query] = await recordQueries(subgraph.pool, async () => {
    const { problems } = await subgraph.run(caller, document);
    expect(problems).toEqual([]);
  });
  return query === undefined ? [] : plannedReads(subgraph.pool, query);
}

/** One sort puts the pages of several parents in order; the rows of a page need none. */
const OF_PAGES = 'Sort';

const areas = [
  ['city', '3304'],
  ['county', '330401'],
  ['township', '330401001'],
  ['community', '330401001001'],
] as const;

test.each(areas)('requests of a %s are read in the order of its index', async (tier, area) => {
  expect(await reads(testCaller([area]), '{ serviceRequests(first: 20) { nodes { id } } }')).toEqual([
    OF_PAGES,
    `service_request_${tier}_code_created_at_id_idx`,
  ]);
});

test.each(areas)('overdue requests of a %s are read from the small index of what is open', async (tier, area) => {
  const document = '{ serviceRequests(first: 20, filter: { overdue: true }) { nodes { id } } }';
  expect(await reads(testCaller([area]), document)).toEqual([OF_PAGES, `service_request_${tier}_due_idx`]);
});

test('a resident’s own list is read from the index of applicants', async () => {
  const resident: Caller = { ...testCaller([]), personId: 'Person:019f0000-0000-7000-8000-000000000000' };
  const planned = await reads(resident, '{ myServiceRequests(first: 20) { nodes { id } } }');
  expect(planned).toEqual([OF_PAGES, 'service_request_applicant_person_id_created_at_id_idx']);
});

test('the workbench of a department merges two indexes in their order, that of a worker reads one', async () => {
  const document = '{ workbench(first: 20) { nodes { number } } }';
  const department = { ...testCaller(['3304']), departmentCode: 'housing' };
  expect(await reads(department, document)).toEqual([
    OF_PAGES,
    'service_request_department_due_idx',
    'incident_handler_due_idx',
  ]);
  const worker = { ...department, workerId: 'CommunityWorker:00000000-0000-7000-8000-000000000007' };
  expect(await reads(worker, document)).toEqual([OF_PAGES, 'service_request_worker_due_idx']);
});

test.each([
  ['{ mode: ONCE }', 'service_item_once_idx'],
  ['{ mode: ONLINE }', 'service_item_online_idx'],
  ['{ mode: NEARBY }', 'service_item_nearby_idx'],
  ['{ mode: IMMEDIATE }', 'service_item_immediate_idx'],
  ['{ group: ELDER_CARE }', 'service_item_service_group_item_code_idx'],
  ['{ supplyTier: COMMUNITY }', 'service_item_supply_tier_item_code_idx'],
])('items filtered by %s are read from %s', async (filter, index) => {
  const planned = await reads(testCaller([]), `{ serviceItems(first: 20, filter: ${filter}) { nodes { itemCode } } }`);
  expect(planned).toEqual([OF_PAGES, index]);
});
