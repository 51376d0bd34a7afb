import { afterAll, beforeAll, expect, test } from 'vitest';
import { services } from '../../../../subgraphs/services/index.ts';
import { openTestSubgraph, type TestSubgraph, testCaller } from '../../../kit/open-test-subgraph.ts';
import { plannedReads, recordQueries } from '../../../kit/query-plans.ts';

let subgraph: TestSubgraph;

/** Thirty thousand incidents in four counties, one in fourteen open and few of them handled by the justice bureau. */
beforeAll(async () => {
  subgraph = await openTestSubgraph(services);
  await subgraph.pool.query(`
    INSERT INTO services.incident (id, incident_number, category, title, state, channel, severity, reported_at, due_at,
      closed_at, handler_department_code, city_code, county_code, township_code, community_code, grid_code, provenance_id)
    SELECT gen_random_uuid(), n, 'HAZARD', 'x', CASE WHEN n % 14 = 0 THEN 'HANDLING' ELSE 'CLOSED' END, 'VISION',
           'GENERAL', timestamptz '2026-06-30 02:00Z' - n * interval '15 minutes',
           timestamptz '2026-07-07 02:00Z' - n * interval '15 minutes', CASE WHEN n % 14 = 0 THEN NULL ELSE now() END,
           CASE WHEN n % 350 = 0 THEN 'justice' ELSE 'housing' END,
           left(grid, 4), left(grid, 6), left(grid, 9), left(grid, 12), grid, gen_random_uuid()
      FROM (SELECT n, '33040' || 1 + n % 4 || '00' || 1 + n / 4 % 4 || '00' || 1 + n / 16 % 4 || '00' || 1 + n / 64 % 4
              AS grid FROM generate_series(1, 30000) n) numbered`);
  await subgraph.pool.query('ANALYZE services.incident');
  // Pages count as all visible once no snapshot of the cluster is older than their rows.
  for (let left = 1, turn = 0; left > 0 && turn < 50; turn++) {
    await subgraph.pool.query('VACUUM services.incident');
    const { rows } = await subgraph.pool.query(
      "SELECT relpages - relallvisible AS left FROM pg_class WHERE oid = 'services.incident'::regclass",
    );
    left = rows[0].left;
    if (left > 0) await new Promise((resolve) => setTimeout(resolve, 200));
  }
});
afterAll(() => subgraph[Symbol.asyncDispose]());

const board = (area: string, code: string) =>
  subgraph.run(testCaller([area]), `{ incidentBoard(divisionCode: "${code}") { code open overdue unaccepted } }`);

test.each([
  ['3304', 6, 'county'],
  ['330401', 9, 'township'],
  ['330401001', 12, 'community'],
  ['330401001001', 15, 'grid'],
] as const)(
  'the board of %s drills down to codes of %i digits on the index of the open ones alone',
  async (code, digits, tier) => {
    let data: { incidentBoard: { code: string; open: number; overdue: number }[] } | undefined;
    const queries = await recordQueries(subgraph.pool, async () => {
      data = (await board('3304', code)).data;
    });
    const { rows } = await subgraph.pool.query(
      `SELECT ${tier}_code AS code, count(*)::int AS open,
            (count(*) FILTER (WHERE due_at < '2026-06-30T02:00:00Z'))::int AS overdue, 0 AS unaccepted
       FROM services.incident WHERE grid_code LIKE $1 AND closed_at IS NULL GROUP BY 1 ORDER BY 1`,
      [`${code}%`],
    );
    expect(data?.incidentBoard).toEqual(rows);
    expect(data?.incidentBoard.every((row) => row.code.length === digits)).toBe(true);
    expect(queries).toHaveLength(1);
    const plan = await subgraph.pool.query(`EXPLAIN (FORMAT JSON) ${queries[0]?.text}`, [
      ...(queries[0]?.values ?? []),
    ]);
    const text = JSON.stringify(plan.rows);
    expect(text).toContain('"Node Type":"Index Only Scan"');
    expect(text).toContain(`"Index Name":"incident_${tier}_open_idx"`);
    expect(text).not.toContain('Seq Scan');
  },
);

test('a board shows only the caller’s part, and none of what lies outside', async () => {
  const { data } = await board('330401001', '3304');
  expect(data.incidentBoard.map((row: { code: string }) => row.code)).toEqual(['330401']);
  const { problems } = await board('330401', '330402');
  expect(problems).toEqual(['FILTER_INVALID incidentBoard']);
});

test('a department’s own work is read from its index, the earliest deadline first', async () => {
  const caller = { ...testCaller(['3304']), departmentCode: 'justice' };
  const queries = await recordQueries(subgraph.pool, async () => {
    const { data } = await subgraph.run(
      caller,
      '{ myWorkItems(first: 3) { nodes { handlerDepartment { code } dueAt } } }',
    );
    const dues = data.myWorkItems.nodes.map(({ dueAt }: { dueAt: string }) => dueAt);
    expect(dues).toHaveLength(3);
    expect(dues).toEqual([...dues].sort());
    expect(
      new Set(
        data.myWorkItems.nodes.map((node: { handlerDepartment: { code: string } }) => node.handlerDepartment.code),
      ),
    ).toEqual(new Set(['justice']));
  });
  expect(queries[0] === undefined ? [] : await plannedReads(subgraph.pool, queries[0])).toContain(
    'incident_handler_due_idx',
  );
});
