import { afterAll, beforeAll, expect, test } from 'vitest';
import { services } from '../../../subgraphs/services/index.ts';
import { openTestSubgraph, type TestSubgraph, testCaller } from '../../kit/open-test-subgraph.ts';
import { plannedReads, recordQueries } from '../../kit/query-plans.ts';

let subgraph: TestSubgraph;
const ID = 'gen_random_uuid()';
const DAY = "date '2026-06-30' - n % 900";
const PLACED: Readonly<Record<string, readonly (readonly [column: string, sql: string])[]>> = {
  community_task: [
    ['title', "'x'"],
    ['department_code', "(ARRAY['health', 'housing'])[1 + n % 2]"],
    ['admission_item_id', ID],
    ['state', "(ARRAY['ASSIGNED', 'ACCEPTED', 'DONE'])[1 + n % 3]"],
    ['assigned_at', `${DAY} + time '10:00'`],
    ['due_on', DAY],
  ],
  burden_item: [
    ['kind', "(ARRAY['INSPECTION', 'LEDGER'])[1 + n % 2]"],
    ['title', "'x'"],
    ['department_code', "'health'"],
    ['state', "(ARRAY['REGISTERED', 'KEPT', 'CLEARED'])[1 + n % 3]"],
    ['registered_on', DAY],
    ['review_due_on', DAY],
  ],
  formalism_report: [
    ['kind', "'INACTION'"],
    ['reported_department_code', "(ARRAY['health', 'housing', 'culture', 'water'])[1 + n % 4]"],
    ['text', "'x'"],
    ['state', "'FILED'"],
    ['filed_at', `${DAY} + time '10:00'`],
    ['due_on', DAY],
  ],
  demand: [
    ['title', "'x'"],
    ['source', "(ARRAY['PARTY_LINE', 'STEWARD_STATION'])[1 + n % 2]"],
    ['field', "'ELDERS'"],
    ['state', "'FOUND'"],
    ['found_at', `${DAY} + time '10:00'`],
    ['answer_due_on', DAY],
  ],
  demand_project: [
    ['title', "'x'"],
    ['field', "'ELDERS'"],
    ['state', "(ARRAY['FOUND', 'CLOSED'])[1 + n % 2]"],
    ['planned_budget_yuan', '0'],
    ['opened_at', `${DAY} + time '10:00'`],
    ['step_due_on', DAY],
  ],
  contract: [
    ['kind', "'PURCHASE'"],
    ['mode', "(ARRAY['SPECIAL', 'COMPREHENSIVE'])[1 + n % 2]"],
    ['field', "(ARRAY['ELDERS', 'YOUTH'])[1 + n % 2]"],
    ['title', "'x'"],
    ['supplier_organization_id', ID],
    ['funding_id', ID],
    ['amount_yuan', '1'],
    ['starts_on', DAY],
    ['ends_on', DAY],
    ['state', "'SIGNED'"],
    ['signed_on', DAY],
  ],
  linkage: [
    ['mode', "(ARRAY['THREE', 'FOUR', 'FIVE'])[1 + n % 3]"],
    ['title', "'x'"],
    ['established_on', DAY],
  ],
  work_list_entry: [
    ['list_id', `('00000000-0000-7000-8000-' || lpad((n % 8)::text, 12, '0'))::uuid`],
    ['title', "'x'"],
    ['entered_on', DAY],
  ],
};

/** Twelve thousand rows of each in four counties: enough for Postgres to weigh its indexes. */
beforeAll(async () => {
  subgraph = await openTestSubgraph(services);
  const place = ['city_code', 'county_code', 'township_code', 'community_code'];
  for (const [table, columns] of Object.entries(PLACED)) {
    await subgraph.pool.query(`
      INSERT INTO services.${table} (id, provenance_id, ${place.join(', ')}, ${columns.map(([name]) => name).join(', ')})
      SELECT ${ID}, ${ID}, left(place, 4), left(place, 6), left(place, 9), place, ${columns.map(([, sql]) => sql).join(', ')}
        FROM (SELECT n, '33040' || 1 + n % 4 || '00' || 1 + n / 4 % 4 || '00' || 1 + n / 16 % 9 AS place
                FROM generate_series(1, 12000) n) numbered`);
    await subgraph.pool.query(`VACUUM ANALYZE services.${table}`);
  }
  await subgraph.pool.query(`
    INSERT INTO services.admission_item (id, change, state, department_code, title, legal_basis, valid_year, proposed_on,
      county_code, provenance_id)
    SELECT ${ID}, 'ADD', (ARRAY['IN_FORCE', 'ENDED', 'REJECTED'])[1 + n % 3], (ARRAY['health', 'housing'])[1 + n % 2],
           n::text, 'x', 2026, '2026-01-05', '33040' || 1 + n % 4, ${ID} FROM generate_series(1, 12000) n`);
  await subgraph.pool.query(`
    INSERT INTO services.funding (id, source, purpose, year, division_code, department_code, provenance_id)
    SELECT ${ID}, 'SOCIAL_FUND', 'ELDER_CARE', 1990 + n % 60, '33040' || n % 90, 'health', ${ID} FROM generate_series(1, 12000) n`);
  await subgraph.pool.query('VACUUM ANALYZE services.admission_item, services.funding');
}, 60_000);
afterAll(() => subgraph?.[Symbol.asyncDispose]());

async function reads(area: string, field: string): Promise<string[]> {
  const queries = await recordQueries(subgraph.pool, async () => {
    const { problems } = await subgraph.run(testCaller([area], 'report.handle'), `{ ${field} { nodes { id } } }`);
    expect(problems).toEqual([]);
  });
  expect(queries).toHaveLength(1);
  return queries[0] === undefined ? [] : plannedReads(subgraph.pool, queries[0]);
}

const AREAS = [
  ['city', '3304'],
  ['county', '330401'],
  ['township', '330401001'],
] as const;
const LISTS = [
  ['communityTasks', 'community_task', 'assigned_at', 'filter: { state: DONE, departmentCode: "health" }'],
  ['burdenItems', 'burden_item', 'registered_on', 'filter: { kind: INSPECTION, state: KEPT }'],
  ['formalismReports', 'formalism_report', 'filed_at', 'filter: { state: FILED }'],
  ['demands', 'demand', 'found_at', 'filter: { field: ELDERS, state: FOUND }'],
  ['demandProjects', 'demand_project', 'opened_at', 'filter: { field: ELDERS, state: CLOSED }'],
  ['contracts', 'contract', 'signed_on', 'filter: { kind: PURCHASE, mode: SPECIAL, field: ELDERS, state: SIGNED }'],
  ['linkages', 'linkage', 'established_on', 'filter: { mode: THREE }'],
] as const;

test.each(LISTS)('%s walks the index of its area in order, filtered or not', async (field, table, column, filter) => {
  for (const [tier, area] of AREAS) {
    const index = `${table}_${tier}_code_${column}_id_idx`;
    for (const list of [field, `${field}(${filter})`]) {
      const planned = await reads(area, list);
      expect(planned, list).toContain(index);
      expect(planned, list).not.toContain('Seq Scan');
    }
  }
});

test('demands of one source walk an index of their own', async () => {
  for (const [tier, area] of AREAS.slice(0, 2)) {
    const planned = await reads(area, 'demands(filter: { source: PARTY_LINE })');
    expect(planned).toContain(`demand_${tier}_code_source_found_at_id_idx`);
  }
});

test('a county’s list, a division’s money and a department’s reports are read by an index', async () => {
  const county = 'admissionItems(countyCode: "330401"';
  expect(await reads('3304', `${county})`)).toContain('admission_item_county_code_id_idx');
  expect(await reads('3304', `${county}, filter: { state: IN_FORCE })`)).toContain(
    'admission_item_county_code_state_id_idx',
  );
  const own = await reads('3304', `${county}, filter: { departmentCode: "health" })`);
  expect(own).toContain('admission_item_county_code_department_code_id_idx');
  expect(await reads('3304', 'fundings(filter: { divisionCode: "330401" })')).toContain(
    'funding_division_code_year_id_idx',
  );
  for (const list of ['fundings', 'fundings(filter: { year: 2026, source: SOCIAL_FUND })']) {
    expect(await reads('3304', list)).toContain('funding_year_id_idx');
  }
});
