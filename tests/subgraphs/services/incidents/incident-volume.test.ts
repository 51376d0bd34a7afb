import { afterAll, beforeAll, expect, test } from 'vitest';
import { services } from '../../../../subgraphs/services/index.ts';
import { openTestSubgraph, type TestSubgraph, testCaller } from '../../../kit/open-test-subgraph.ts';
import { plannedReads, recordQueries, rowsRead } from '../../../kit/query-plans.ts';

/**
 * Seven million incidents are ten years of a city of 700,000 a year. What a queue costs hangs on how many are open, so
 * the test takes 300,000 with the city's own open share and shows that no queue reads more than its page: the rest is
 * the height of an index.
 */
const INCIDENTS = 300_000;
let subgraph: TestSubgraph;

beforeAll(async () => {
  subgraph = await openTestSubgraph(services);
  await subgraph.pool.query(
    `INSERT INTO services.incident (id, incident_number, category, title, state, channel, severity, reported_at, due_at,
       closed_at, handler_department_code, city_code, county_code, township_code, community_code, grid_code, provenance_id)
     SELECT gen_random_uuid(), n, (ARRAY['HAZARD', 'NOISE', 'TRAFFIC', 'DISPUTE'])[1 + n % 4], 'x',
            CASE WHEN n % 11 = 0 THEN 'HANDLING' ELSE 'CLOSED' END, 'VISION', 'GENERAL', at, at + interval '7 days',
            CASE WHEN n % 11 = 0 THEN NULL ELSE at + interval '3 days' END, 'urban-management',
            left(grid, 4), left(grid, 6), left(grid, 9), left(grid, 12), grid, gen_random_uuid()
       FROM (SELECT n, timestamptz '2026-06-30 02:00Z' - n * interval '17 minutes' AS at,
                    '33040' || 1 + n % 7 || '00' || 1 + n / 7 % 9 || '00' || 1 + n / 63 % 9 || '00' || 1 + n / 567 % 4 AS grid
               FROM generate_series(1, $1::int) n) numbered`,
    [INCIDENTS],
  );
  await subgraph.pool.query('VACUUM ANALYZE services.incident');
}, 120_000);
afterAll(() => subgraph[Symbol.asyncDispose]());

async function queryOf(area: string, fields: string) {
  const queries = await recordQueries(subgraph.pool, async () => {
    const { problems } = await subgraph.run(testCaller([area], 'incident.handle'), `{ ${fields} }`);
    expect(problems).toEqual([]);
  });
  const query = queries.find(({ text }) => text.includes('services.incident t'));
  if (query === undefined) throw new Error(`${fields} asks nothing of the incidents`);
  return query;
}

const PAGE = '{ nodes { id } pageInfo { endCursor } }';
const AREAS = [
  ['city', '3304'],
  ['county', '330401'],
  ['township', '330401001'],
] as const;

test.each(AREAS)(
  'the queue, the overdue list and all incidents of a %s read one page, whatever the years that are kept',
  async (tier, area) => {
    for (const [list, index] of [
      ['incidents(filter: { open: true })', `incident_${tier}_open_idx`],
      ['incidents(sort: DUE_AT, filter: { overdue: true })', `incident_${tier}_due_idx`],
      ['incidents(sort: DUE_AT)', `incident_${tier}_due_idx`],
      ['incidents', `incident_${tier}_reported_idx`],
    ] as const) {
      const query = await queryOf(area, `${list} ${PAGE}`);
      const reads = await plannedReads(subgraph.pool, query);
      expect(reads, list).toContain(index);
      expect(reads, list).not.toContain('Seq Scan');
      // A page of twenty and one more, of an index in its order: nothing is read and thrown away.
      expect(await rowsRead(subgraph.pool, query), list).toBeLessThanOrEqual(21);
    }
  },
);

test('the drill-down of a city counts its open incidents out of an index alone', async () => {
  for (const area of ['3304', '330401', '330401001', '330401001001']) {
    const query = await queryOf(area, `incidentBoard(divisionCode: "${area}") { code open overdue }`);
    expect(await scans(query), area).toEqual(['Index Only Scan']);
  }
});

test('totals are counted out of an index alone', async () => {
  const query = await queryOf('3304', 'incidents(filter: { open: true }) { totalCount }');
  expect(await scans(query)).toContain('Index Only Scan');
});

interface Node {
  readonly 'Node Type': string;
  readonly Plans?: readonly Node[];
}

/** How a statement reads tables and indexes, each way once. */
async function scans({ text }: { readonly text: string }): Promise<string[]> {
  const { rows } = await subgraph.pool.query(`EXPLAIN (GENERIC_PLAN, FORMAT JSON) ${text}`);
  const found = new Set<string>();
  const visit = (node: Node): void => {
    if (node['Node Type'].endsWith('Scan') && !/Subquery|Function|Result/.test(node['Node Type']))
      found.add(node['Node Type']);
    node.Plans?.forEach(visit);
  };
  visit(rows[0]['QUERY PLAN'][0].Plan);
  return [...found];
}
