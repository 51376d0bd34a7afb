import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Caller } from '../../../subgraphs/kit/caller/caller.ts';
import { services } from '../../../subgraphs/services/index.ts';
import { openTestSubgraph, type TestSubgraph, testCaller } from '../../kit/open-test-subgraph.ts';
import { plannedReads, recordQueries, rowsRead } from '../../kit/query-plans.ts';

/**
 * Seven million incidents are ten years of a city of 700,000 a year. What a queue costs hangs on how many are open, so
 * the test takes 300,000 with the city's own open share, and less of what there is less of, and shows that no queue reads
 * more than its page: the rest is the height of an index.
 */
const INCIDENTS = 300_000;
const REQUESTS = 100_000;
const OTHERS = 20_000;

const ID = 'gen_random_uuid()';
const NOW = "timestamptz '2026-06-30 02:00Z'";
const AT = `${NOW} - n * interval '17 minutes'`;
const DAY = "date '2026-06-30' - n % 900";
const DEPARTMENT = "CASE WHEN n % 40 = 0 THEN 'housing' ELSE 'department-' || n % 40 END";

type Columns = Readonly<Record<string, string>>;

/** What lies in communities: table, rows, and the SQL of each column beside id, place and provenance. */
const PLACED: Readonly<Record<string, readonly [rows: number, columns: Columns]>> = {
  incident: [
    INCIDENTS,
    {
      ...{ incident_number: 'n::text', category: "(ARRAY['HAZARD', 'NOISE', 'TRAFFIC', 'DISPUTE'])[1 + n % 4]" },
      ...{ title: "'x'", state: "CASE WHEN n % 11 = 0 THEN 'HANDLING' ELSE 'CLOSED' END", channel: "'VISION'" },
      ...{ severity: "'GENERAL'", reported_at: AT, due_at: `${AT} + interval '7 days'` },
      closed_at: `CASE WHEN n % 11 = 0 THEN NULL ELSE ${AT} + interval '3 days' END`,
      ...{ handler_department_code: DEPARTMENT, grid_code: 'grid' },
    },
  ],
  service_request: [
    REQUESTS,
    {
      ...{ request_number: "'BJ' || n", item_id: ID, applicant_person_id: ID, channel: "'WINDOW'" },
      ...{
        state: "CASE WHEN n % 14 = 0 THEN 'ACCEPTED' ELSE 'RATED' END",
        first_contact_department_code: "'community'",
      },
      handler_department_code: DEPARTMENT,
      handler_worker_id: "('00000000-0000-7000-8000-' || lpad((n % 40)::text, 12, '0'))::uuid",
      ...{ created_at: AT, started_on: "date '2026-06-01'", promised_working_days: '5', legal_working_days: '10' },
      ...{ due_at: `${AT} + interval '7 days'`, closed_at: 'CASE WHEN n % 14 = 0 THEN NULL ELSE now() END' },
    },
  ],
  community_task: [
    OTHERS,
    {
      ...{ title: "'x'", department_code: "(ARRAY['health', 'housing'])[1 + n % 2]", admission_item_id: ID },
      ...{ state: "(ARRAY['ASSIGNED', 'ACCEPTED', 'DONE'])[1 + n % 3]", assigned_at: AT, due_on: DAY },
    },
  ],
  burden_item: [
    OTHERS,
    {
      ...{ kind: "(ARRAY['INSPECTION', 'LEDGER'])[1 + n % 2]", title: "'x'", department_code: "'health'" },
      ...{ state: "(ARRAY['REGISTERED', 'KEPT', 'CLEARED'])[1 + n % 3]", registered_on: DAY, review_due_on: DAY },
    },
  ],
  formalism_report: [
    OTHERS,
    {
      ...{
        kind: "'INACTION'",
        reported_department_code: "(ARRAY['health', 'housing', 'culture', 'water'])[1 + n % 4]",
      },
      ...{ text: "'x'", state: "'FILED'", filed_at: AT, due_on: DAY },
    },
  ],
  demand: [
    OTHERS,
    {
      ...{ title: "'x'", source: "(ARRAY['PARTY_LINE', 'STEWARD_STATION'])[1 + n % 2]", field: "'ELDERS'" },
      ...{ state: "'FOUND'", found_at: AT, answer_due_on: DAY },
    },
  ],
  demand_project: [
    OTHERS,
    {
      ...{ title: "'x'", field: "'ELDERS'", state: "(ARRAY['FOUND', 'CLOSED'])[1 + n % 2]" },
      ...{ planned_budget_yuan: '0', opened_at: AT, step_due_on: DAY },
    },
  ],
  contract: [
    OTHERS,
    {
      ...{ kind: "'PURCHASE'", mode: "(ARRAY['SPECIAL', 'COMPREHENSIVE'])[1 + n % 2]", title: "'x'" },
      ...{ field: "(ARRAY['ELDERS', 'YOUTH'])[1 + n % 2]", supplier_organization_id: ID, funding_id: ID },
      ...{ amount_yuan: '1', starts_on: DAY, ends_on: DAY, state: "'SIGNED'", signed_on: DAY },
    },
  ],
  linkage: [OTHERS, { mode: "(ARRAY['THREE', 'FOUR', 'FIVE'])[1 + n % 3]", title: "'x'", established_on: DAY }],
  alert: [
    OTHERS,
    {
      ...{ rule_code: "'ALERT_OVERDUE'", rule_effective_from: "date '2026-01-01'", level: "'BLUE'", state: "'CLOSED'" },
      ...{ scope_code: 'n::text', incident_id: ID, incident_count: '1', raised_at: AT, last_seen_at: AT },
      ...{ closed_at: NOW, grid_code: 'grid' },
    },
  ],
  mediation: [
    OTHERS,
    {
      ...{ incident_id: ID, kind: "'ON_THE_SPOT'", state: "'OPENED'", held_on: DAY },
      ...{ venue: "'x'", mediator_name: "'x'" },
    },
  ],
  inspection: [OTHERS, { organization_uscc: 'n::text', planned_on: DAY, state: "'PLANNED'" }],
  deliberation: [
    OTHERS,
    {
      ...{ title: "'x'", form: "'HEARING'", level: "'RESIDENTS_GROUP'", venue: "'ONLINE'", side: "'RESIDENT'" },
      ...{ catalog_item_id: ID, state: "(ARRAY['PROPOSED', 'CONCLUDED'])[1 + n % 2]", eligible_voters: '60' },
      ...{ quorum_rule_code: "'x'", opened_at: AT },
    },
  ],
  facility_booking: [
    OTHERS,
    {
      facility_id: ID,
      starts_at: AT,
      ends_at: `${AT} + interval '30 minutes'`,
      purpose: "'x'",
      state: "(ARRAY['BOOKED', 'USED'])[1 + n % 2]",
    },
  ],
  issued_certificate: [
    OTHERS,
    {
      ...{ certificate_number: 'n::text', certificate_item_id: ID, person_id: ID, purpose: "'x'" },
      ...{ issuer_department_code: "'community'", issued_at: AT },
    },
  ],
  certificate_check: [
    OTHERS,
    {
      ...{ certificate_item_id: ID, person_id: ID, statement: "'x'", department_code: "'test-department'" },
      ...{ asker_department_code: "'community'", state: "(ARRAY['ASKED', 'CONFIRMED'])[1 + n % 2]" },
      ...{ asked_at: AT, due_at: AT },
    },
  ],
};

let subgraph: TestSubgraph;

/** Four counties of nine townships with nine communities each. */
const PLACES = `SELECT n, '33040' || 1 + n % 4 || '00' || 1 + n / 4 % 9 || '00' || 1 + n / 36 % 9 || '00' || 1 + n / 324 % 4 AS grid
  FROM generate_series(1, `;

beforeAll(async () => {
  subgraph = await openTestSubgraph(services);
  const { pool } = subgraph;
  const place = ['city_code', 'county_code', 'township_code', 'community_code'];
  const fill = async (table: string, rows: number, columns: Columns) => {
    await pool.query(`
      INSERT INTO services.${table} (id, provenance_id, ${place.join(', ')}, ${Object.keys(columns).join(', ')})
      SELECT ${ID}, ${ID}, left(grid, 4), left(grid, 6), left(grid, 9), left(grid, 12), ${Object.values(columns).join(', ')}
        FROM (${PLACES}${rows}) n) numbered`);
    await pool.query(`VACUUM ANALYZE services.${table}`);
  };
  await Promise.all([
    ...Object.entries(PLACED).map(([table, [rows, columns]]) => fill(table, rows, columns)),
    pool
      .query(`
    INSERT INTO services.admission_item (id, change, state, department_code, title, legal_basis, valid_year, proposed_on,
      county_code, provenance_id)
    SELECT ${ID}, 'ADD', (ARRAY['IN_FORCE', 'ENDED', 'REJECTED'])[1 + n % 3], (ARRAY['health', 'housing'])[1 + n % 2],
           n::text, 'x', 2026, '2026-01-05', '33040' || 1 + n % 4, ${ID} FROM generate_series(1, 12000) n;
    INSERT INTO services.funding (id, source, purpose, year, division_code, department_code, provenance_id)
    SELECT ${ID}, 'SOCIAL_FUND', 'ELDER_CARE', 1990 + n % 60, '33040' || n % 90, 'health', ${ID} FROM generate_series(1, 12000) n;
    INSERT INTO services.service_item (id, item_code, name, name_pinyin, type, department_code, reach, modes,
      promised_working_days, legal_working_days, service_group, supply_tier, provenance_id)
    SELECT ${ID}, lpad(n::text, 6, '0'), 'x', 'x', 'PAYMENT', 'd' || n % 60, (ARRAY['COMMUNITY', 'TOWNSHIP', 'COUNTY'])[1 + n % 3],
           ARRAY[(ARRAY['IMMEDIATE', 'ONLINE', 'NEARBY', 'ONCE'])[1 + n % 4]], 5, 10, 'g' || n % 12, 't' || n % 4, ${ID}
      FROM generate_series(1, 3000) n`)
      .then(() => pool.query('VACUUM ANALYZE services.admission_item, services.funding, services.service_item')),
  ]);
});
afterAll(() => subgraph[Symbol.asyncDispose]());

const of = (area: string): Caller =>
  testCaller([area], 'incident.handle', 'report.handle', 'service.applicant', 'mediation.write');

/** What a list asks of its table; rights and masks ask nothing. */
async function queryOf(caller: Caller, fields: string) {
  const queries = await recordQueries(subgraph.pool, async () => {
    const { problems } = await subgraph.run(caller, `{ ${fields} }`);
    expect(problems, fields).toEqual([]);
  });
  const [query] = queries;
  if (query === undefined || queries.length > 1) throw new Error(`${fields} asks ${queries.length} times`);
  return query;
}
const reads = async (caller: Caller, fields: string) => plannedReads(subgraph.pool, await queryOf(caller, fields));

const PAGE = '{ nodes { id } pageInfo { endCursor } }';
const AREAS = [
  ['city', '3304'],
  ['county', '330401'],
  ['township', '330401001'],
  ['community', '330401001001'],
] as const;

/** Every list that grows with the years: what it asks, and the index that has its order. */
const LISTS: readonly (readonly [list: string, index: (tier: string) => string, tiers: number])[] = [
  ['incidents(filter: { open: true })', (tier) => `incident_${tier}_open_idx`, 4],
  ['incidents(sort: DUE_AT, filter: { overdue: true })', (tier) => `incident_${tier}_due_idx`, 3],
  ['incidents(sort: DUE_AT)', (tier) => `incident_${tier}_due_idx`, 3],
  ['incidents', (tier) => `incident_${tier}_reported_idx`, 3],
  ['serviceRequests', (tier) => `service_request_${tier}_code_created_at_id_idx`, 4],
  ['serviceRequests(filter: { overdue: true })', (tier) => `service_request_${tier}_due_idx`, 4],
  ['communityTasks', (tier) => `community_task_${tier}_code_assigned_at_id_idx`, 4],
  ['burdenItems', (tier) => `burden_item_${tier}_code_registered_on_id_idx`, 4],
  ['formalismReports', (tier) => `formalism_report_${tier}_code_filed_at_id_idx`, 4],
  ['demands', (tier) => `demand_${tier}_code_found_at_id_idx`, 4],
  ['demandProjects', (tier) => `demand_project_${tier}_code_opened_at_id_idx`, 4],
  ['contracts', (tier) => `contract_${tier}_code_signed_on_id_idx`, 4],
  ['linkages', (tier) => `linkage_${tier}_code_established_on_id_idx`, 4],
  ['alerts', (tier) => `alert_${tier}_code_raised_at_id_idx`, 4],
  ['mediations', (tier) => `mediation_${tier}_code_held_on_id_idx`, 4],
  ['inspections', (tier) => `inspection_${tier}_code_planned_on_id_idx`, 4],
  ['deliberations', (tier) => `deliberation_${tier}_code_opened_at_id_idx`, 4],
  ['facilityBookings', (tier) => `facility_booking_${tier}_code_starts_at_id_idx`, 4],
  ['issuedCertificates', (tier) => `issued_certificate_${tier}_code_issued_at_id_idx`, 4],
];

test.each(LISTS)('%s reads one page of an index in its order, at every tier', async (list, indexOf, tiers) => {
  for (const [tier, area] of AREAS.slice(0, tiers)) {
    const query = await queryOf(of(area), `${list} ${PAGE}`);
    const planned = await plannedReads(subgraph.pool, query);
    expect(planned, tier).toContain(indexOf(tier));
    expect(planned, tier).not.toContain('Seq Scan');
    // A page of twenty and one more: nothing is read and thrown away.
    expect(await rowsRead(subgraph.pool, query), tier).toBeLessThanOrEqual(21);
  }
});

/** The same lists filtered by what is looked up on the rows that the index gives in order. */
test.each([
  ['incidents(filter: { state: HANDLING, category: NOISE })', (tier: string) => `incident_${tier}_open_idx`],
  [
    'communityTasks(filter: { state: DONE, departmentCode: "health" })',
    (tier: string) => `community_task_${tier}_code_assigned_at_id_idx`,
  ],
  [
    'burdenItems(filter: { kind: INSPECTION, state: KEPT })',
    (tier: string) => `burden_item_${tier}_code_registered_on_id_idx`,
  ],
  ['formalismReports(filter: { state: FILED })', (tier: string) => `formalism_report_${tier}_code_filed_at_id_idx`],
  ['demands(filter: { field: ELDERS, state: FOUND })', (tier: string) => `demand_${tier}_code_found_at_id_idx`],
  [
    'demandProjects(filter: { field: ELDERS, state: CLOSED })',
    (tier: string) => `demand_project_${tier}_code_opened_at_id_idx`,
  ],
  [
    'contracts(filter: { kind: PURCHASE, mode: SPECIAL, field: ELDERS, state: SIGNED })',
    (tier: string) => `contract_${tier}_code_signed_on_id_idx`,
  ],
  ['linkages(filter: { mode: THREE })', (tier: string) => `linkage_${tier}_code_established_on_id_idx`],
])('%s walks the index of its area in order', async (list, indexOf) => {
  for (const [tier, area] of AREAS.slice(0, 3)) {
    const planned = await reads(of(area), `${list} ${PAGE}`);
    expect(planned, tier).toContain(indexOf(tier));
    expect(planned, tier).not.toContain('Seq Scan');
  }
});

test('demands of one source walk an index of their own; so do a county’s list, a division’s money, a department’s lists', async () => {
  for (const [tier, area] of AREAS.slice(0, 2)) {
    expect(await reads(of(area), `demands(filter: { source: PARTY_LINE }) ${PAGE}`)).toContain(
      `demand_${tier}_code_source_found_at_id_idx`,
    );
  }
  const city = of('3304');
  for (const [list, index] of [
    ['admissionItems(countyCode: "330401")', 'admission_item_county_code_id_idx'],
    ['admissionItems(countyCode: "330401", filter: { state: IN_FORCE })', 'admission_item_county_code_state_id_idx'],
    [
      'admissionItems(countyCode: "330401", filter: { departmentCode: "health" })',
      'admission_item_county_code_department_code_id_idx',
    ],
    ['fundings(filter: { divisionCode: "330401" })', 'funding_division_code_year_id_idx'],
    ['fundings', 'funding_year_id_idx'],
    ['fundings(filter: { year: 2026, source: SOCIAL_FUND })', 'funding_year_id_idx'],
  ] as const) {
    expect(await reads(city, `${list} ${PAGE}`), list).toContain(index);
  }
});

test('queues of a department and of a worker, and a resident’s own list, read one page of their own indexes', async () => {
  const department: Caller = { ...of('3304'), departmentCode: 'housing' };
  const worker: Caller = { ...department, workerId: 'CommunityWorker:00000000-0000-7000-8000-000000000007' };
  const resident: Caller = { ...testCaller([]), personId: 'Person:019f0000-0000-7000-8000-000000000000' };
  const answering: Caller = { ...of('3304'), departmentCode: 'test-department' };
  for (const [caller, list, indexes] of [
    [
      department,
      'workbench(first: 20) { nodes { number } }',
      ['service_request_department_due_idx', 'incident_handler_due_idx'],
    ],
    [worker, 'workbench(first: 20) { nodes { number } }', ['service_request_worker_due_idx']],
    [resident, `myServiceRequests ${PAGE}`, ['service_request_applicant_person_id_created_at_id_idx']],
    [answering, `certificateChecksToAnswer ${PAGE}`, ['certificate_check_queue_idx']],
  ] as const) {
    const query = await queryOf(caller, list);
    const planned = await plannedReads(subgraph.pool, query);
    expect(planned, list).toEqual(indexes);
    expect(await rowsRead(subgraph.pool, query), list).toBeLessThanOrEqual(42);
  }
});

test.each([
  ['{ mode: ONCE }', 'service_item_once_idx'],
  ['{ mode: ONLINE }', 'service_item_online_idx'],
  ['{ mode: NEARBY }', 'service_item_nearby_idx'],
  ['{ mode: IMMEDIATE }', 'service_item_immediate_idx'],
  ['{ group: ELDER_CARE }', 'service_item_service_group_item_code_idx'],
  ['{ supplyTier: COMMUNITY }', 'service_item_supply_tier_item_code_idx'],
])('items filtered by %s are read from %s', async (filter, index) => {
  const planned = await reads(testCaller([]), `serviceItems(first: 20, filter: ${filter}) { nodes { itemCode } }`);
  expect(planned).toEqual([index]);
});

test('the drill-down of a city counts its open incidents out of an index alone', async () => {
  for (const [, area] of AREAS) {
    const query = await queryOf(of(area), `incidentBoard(divisionCode: "${area}") { code open overdue }`);
    expect(await scans(query), area).toEqual(['Index Only Scan']);
  }
});

test('totals are counted out of an index alone', async () => {
  const query = await queryOf(of('3304'), 'incidents(filter: { open: true }) { totalCount }');
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
