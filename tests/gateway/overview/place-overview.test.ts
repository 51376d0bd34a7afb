import { afterAll, beforeAll, expect, test } from 'vitest';
import { uuidSource } from '../../../subgraphs/kit/ids.ts';
import { openFigureCounters, subgraphs } from '../../../subgraphs/registry.ts';
import { type CityHub, openCityHub } from '../../kit/city-hub.ts';
import { EventStream } from '../../kit/event-stream.ts';
import { operationDocument } from '../../kit/operation-document.ts';
import { plannedReads, recordQueries, rowsRead } from '../../kit/query-plans.ts';
import { settledOutbox } from '../../kit/settled-outbox.ts';

// Every level's document: overview-city, overview-district, overview-township, overview-community, overview-grid.

const COMMUNITY = '330402007024';
const GRID = `${COMMUNITY}001`;
const LEVELS = [
  ['overview-city', '3304', 'PREFECTURE'],
  ['overview-district', '330402', 'COUNTY'],
  ['overview-township', '330402007', 'TOWNSHIP'],
  ['overview-community', COMMUNITY, 'VILLAGE'],
  ['overview-grid', GRID, 'GRID'],
] as const;

let hub: CityHub;
beforeAll(async () => {
  hub = await openCityHub();
});
afterAll(() => hub[Symbol.asyncDispose]());

const count = async () => {
  for (const counter of openFigureCounters({ pool: hub.pool, clock: hub.clock, ids: uuidSource })) {
    await settledOutbox(hub.pool, counter.subgraph);
    await counter.catchUp();
  }
};

// biome-ignore lint/suspicious/noExplicitAny: a test names the path it expects, and fails when it is not there
const overviewOf = async (role: 'system' | 'frontend', code: string, selection: string): Promise<any> => {
  const answer = await hub.ask(role, `query ($code: String!) { placeOverview(code: $code) { ${selection} } }`, {
    code,
  });
  expect(answer.errors).toEqual([]);
  return (answer.data as { placeOverview: unknown }).placeOverview;
};

test.each(LEVELS)(
  '%s gives the whole picture, equal to the lists, in one statement per department',
  async (name, code, level) => {
    const answer = await hub.ask('system', operationDocument(name), { code });
    expect(answer.errors).toEqual([]);
    // biome-ignore lint/suspicious/noExplicitAny: a test names the path it expects, and fails when it is not there
    const { placeOverview: place } = answer.data as any;
    const { rows } = await hub.pool.query(
      `SELECT (SELECT count(*) FROM people.person WHERE grid_code LIKE $1)::int AS residents,
            (SELECT count(*) FROM people.household WHERE grid_code LIKE $1)::int AS households,
            (SELECT count(*) FROM services.incident WHERE grid_code LIKE $1 AND closed_at IS NULL)::int AS open,
            (SELECT count(*) FROM services.incident WHERE grid_code LIKE $1 AND closed_at IS NULL AND due_at < $2)::int AS overdue,
            (SELECT count(*) FROM organizations.grid WHERE grid_code LIKE $1)::int AS grids,
            (SELECT count(*) FROM party.party_organization WHERE kind = 'GRID_BRANCH' AND grid_code LIKE $1)::int AS branches,
            (SELECT count(*) FROM party.party_member WHERE grid_code LIKE $1)::int AS members`,
      [`${code}%`, hub.clock.now()],
    );
    expect({
      level: place.level,
      residents: place.population.residentCount,
      households: place.population.householdCount,
      open: place.matters.openIncidentCount,
      overdue: place.matters.overdueIncidentCount,
      grids: place.force.gridCount,
      branches: place.party.gridBranchCount,
      members: place.party.memberCount,
    }).toEqual({ level, ...rows[0] });
    expect(place.matters.lagSeconds).toBe(0);
    expect(place.path.map((step: { code: string }) => step.code)).toEqual(
      [4, 6, 9, 12, 15].filter((digits) => digits <= code.length).map((digits) => code.slice(0, digits)),
    );
    expect(answer.statements.people).toBe(1);
    expect(answer.statements.services).toBe(1);
    expect(answer.statements.party).toBe(1);
    if (level === 'GRID') return;
    const sum = (read: (child: never) => number) =>
      place.children.reduce((all: number, child: never) => all + read(child), 0);
    expect(sum((child: { matters: { openIncidentCount: number } }) => child.matters.openIncidentCount)).toBe(
      rows[0].open,
    );
    expect(sum((child: { force: { gridCount: number } }) => child.force.gridCount)).toBe(rows[0].grids);
  },
);

/** The figure of each machine's subjects that are in no terminal state, or why the overview has none. */
const OPEN_FIGURES: Readonly<Record<string, string | { readonly none: string }>> = {
  Incident: 'incident.open',
  Deliberation: 'deliberation.open',
  Demand: 'demand.open',
  DemandProject: 'project.open',
  CommunityTask: 'task.open',
  BurdenItem: 'burden.open',
  FormalismReport: 'report.open',
  Contract: 'contract.open',
  Mediation: 'mediation.open',
  Inspection: 'inspection.open',
  Election: 'election.open',
  Recruitment: 'recruitment.open',
  ElderAlert: 'elder-alert.open',
  ServiceRequest: { none: 'request.open, until it is closed: one that is closed may still be rated and put right' },
  AdmissionItem: { none: 'admission.open: what stands on the list is no open matter, only a proposal is' },
  SupervisionFinding: { none: 'finding.open, while it is to be put right; what waits for a check is not' },
  Alert: { none: 'alert.BLUE to alert.RED, by level' },
  Facility: { none: 'a stage of life, no matter; counted in facility' },
  FacilityBooking: { none: 'an appointment, which ends by itself' },
  VolunteerRecord: { none: 'hours of a person, no matter; those that are certified are counted' },
  CertificateCheck: { none: 'between departments; the queue of the one that is asked counts them' },
  PartyMember: { none: 'a way of life, no matter; categories are counted' },
  SharingRequest: { none: 'between departments, of no place; steward figures count it' },
  VerificationTicket: { none: 'between departments, of no place; steward figures count it' },
  SchemaProposal: { none: 'of the graph itself, of no place; stewards follow it' },
  CatalogueSubmission: { none: 'between departments, of no place; steward figures count it' },
};

test('every subject of a state machine that is not at its end is counted as open, or it is said why not', async () => {
  await count();
  const machines = subgraphs.flatMap(({ name, machines = [] }) => machines.map((machine) => ({ name, machine })));
  expect(machines.map(({ machine }) => machine.name).sort()).toEqual(Object.keys(OPEN_FIGURES).sort());
  for (const { machine, name: subgraph } of machines) {
    const figure = OPEN_FIGURES[machine.name];
    if (typeof figure !== 'string') continue;
    const table = machine.name.replace(/[a-z][A-Z]/g, ([low, high]) => `${low}_${high}`).toLowerCase();
    const open = Object.entries(machine.declaration.states).flatMap(([state, { terminal }]) =>
      terminal ? [] : [state],
    );
    const { rows } = await hub.pool.query(
      `SELECT (SELECT count(*) FROM ${subgraph}.${table} WHERE state = ANY($1))::int AS rows,
              coalesce((SELECT total FROM ${subgraph}.place_figure WHERE place_code = '3304' AND figure = $2), 0) AS kept`,
      [open, figure],
    );
    expect(rows[0].kept, machine.name).toBe(rows[0].rows);
  }
});

test.each(LEVELS)('%s counts every kind of open and overdue matter as their tables have it', async (name, code) => {
  const today = (
    await hub.pool.query("SELECT ($1::timestamptz AT TIME ZONE 'Asia/Shanghai')::date::text AS day", [hub.clock.now()])
  ).rows[0].day;
  // Of a grid only what lies in a grid is counted; those below lie in communities.
  const like = `${code}%`;
  const of = (table: string, condition: string) =>
    `(SELECT count(*) FROM services.${table} t WHERE t.community_code LIKE $1 AND ${condition})::int`;
  const { rows } = await hub.pool.query(
    `SELECT ${of('demand', "t.state IN ('FOUND', 'GROUPED')")} AS "openDemandCount",
            ${of('demand', "t.state = 'FOUND' AND t.answer_due_on < $2")} AS "overdueDemandCount",
            ${of('demand_project', "t.state NOT IN ('CLOSED', 'STOPPED')")} AS "openProjectCount",
            ${of('demand_project', "t.state NOT IN ('CLOSED', 'STOPPED', 'IMPLEMENTING') AND t.step_due_on < $2")} AS "overdueProjectCount",
            ${of('community_task', "t.state IN ('ASSIGNED', 'ACCEPTED')")} AS "openTaskCount",
            ${of('community_task', "t.state IN ('ASSIGNED', 'ACCEPTED') AND t.due_on < $2")} AS "overdueTaskCount",
            ${of('burden_item', "t.state = 'REGISTERED'")} AS "openBurdenCount",
            ${of('burden_item', "t.state = 'REGISTERED' AND t.review_due_on < $2")} AS "overdueBurdenCount",
            ${of('formalism_report', "t.state NOT IN ('CLOSED', 'DISMISSED')")} AS "openReportCount",
            ${of('formalism_report', "t.state NOT IN ('CLOSED', 'DISMISSED', 'RECTIFIED') AND t.due_on < $2")} AS "overdueReportCount",
            ${of('contract', "t.state NOT IN ('CLOSED', 'TERMINATED')")} AS "openContractCount",
            ${of('contract', "t.state IN ('SIGNED', 'PERFORMING') AND t.ends_on < $2")} AS "overdueContractCount",
            ${of('inspection', "t.state = 'PLANNED'")} AS "openInspectionCount",
            ${of('inspection', "t.state = 'PLANNED' AND t.planned_on < $2")} AS "overdueInspectionCount",
            ${of('mediation', "t.state IN ('OPEN', 'AGREED')")} AS "openMediationCount",
            ${of('work_list_entry', "EXISTS (SELECT FROM services.work_list l WHERE l.id = t.list_id AND l.family = 'CHAINED_LISTS' AND l.ordinal < 4) AND NOT EXISTS (SELECT FROM services.work_list_entry n WHERE n.previous_id = t.id)")} AS "openWorkItemCount",
            (SELECT count(*) FROM services.admission_item t WHERE t.county_code LIKE $1 AND t.state = 'PROPOSED')::int AS "openAdmissionCount"`,
    [like, today],
  );
  const numbers = Object.keys(rows[0]);
  const matters = (
    await overviewOf(
      'system',
      code,
      `matters { openMatterCount overdueMatterCount openIncidentCount overdueIncidentCount
    openRequestCount overdueRequestCount openDeliberationCount ${numbers.join(' ')} }`,
    )
  ).matters;
  expect(Object.fromEntries(numbers.map((number) => [number, matters[number]]))).toEqual(rows[0]);
  const sum = (prefix: string) =>
    Object.entries<number>(matters).reduce(
      (all, [key, value]) => (key.startsWith(prefix) && !key.includes('MatterCount') ? all + value : all),
      0,
    );
  expect(matters.openMatterCount).toBe(sum('open'));
  expect(matters.overdueMatterCount).toBe(sum('overdue'));
  for (const number of numbers) expect(operationDocument(name)).toContain(number);
});

test('indicators of an overview are those of the board, from kept figures', async () => {
  const BOARD = 'query ($code: String!) { indicators(divisionCode: $code) { code computed targets { met } } }';
  const board = await hub.ask('system', BOARD, { code: '330402' });
  const { indicators } = board.data as { indicators: { code: string }[] };
  const place = await overviewOf('system', '330402', 'indicators { code computed targets { met } }');
  // What is counted from rows each time is the board's alone.
  const counted = ['JX.talent.each', 'JX.liuding', 'JX.stations.coverage'];
  expect(indicators.map(({ code }) => code)).toEqual(expect.arrayContaining(counted));
  expect(place.indicators).toEqual(indicators.filter(({ code }) => !counted.includes(code)));
  expect(place.indicators.length).toBeGreaterThan(10);
});

test('an overview reads by index alone, and the same rows however many people live in the place', async () => {
  const ask = () => hub.ask('system', operationDocument('overview-city'), { code: '3304' });
  const measure = async () => {
    const queries = (await recordQueries(hub.pool, ask)).filter(({ text }) => text.includes('place_figure'));
    // One per department, and one for the places below where organizations are asked for both in turn.
    expect(queries).toHaveLength(5);
    const reads: number[] = [];
    for (const query of queries) {
      expect((await plannedReads(hub.pool, query)).filter((read) => read.includes('figure'))).not.toContain('Seq Scan');
      reads.push(await rowsRead(hub.pool, query));
    }
    return reads;
  };
  // What the planner knows of a table is the same before and after.
  const analyze = () =>
    hub.pool.query(
      'VACUUM (FULL, ANALYZE) people.place_figure, services.place_figure, party.place_figure, organizations.place_figure',
    );
  await analyze();
  const before = await measure();
  const { rows } = await hub.pool.query(
    "SELECT total FROM people.place_figure WHERE place_code = '3304' AND figure = 'resident'",
  );
  // A hundred times as many people, in the same places.
  for (const table of ['people', 'services', 'party', 'organizations']) {
    await hub.pool.query(`UPDATE ${table}.place_figure SET own = own * 100, total = total * 100`);
  }
  await analyze();
  try {
    const place = await overviewOf('system', '3304', 'population { residentCount }');
    expect(place.population.residentCount).toBe(rows[0].total * 100);
    // Of two plans that read much the same the planner may take either.
    const after = await measure();
    for (const [index, read] of after.entries()) expect(read).toBeLessThan(2 * (before[index] as number));
    expect(Math.max(...before, ...after)).toBeLessThan(600);
  } finally {
    for (const counter of openFigureCounters({ pool: hub.pool, clock: hub.clock, ids: uuidSource })) {
      await counter.recount();
    }
  }
});

test('outside the caller’s area figures are null, and what is open stays open', async () => {
  const { rows } = await hub.pool.query<{ code: string }>(
    `SELECT code FROM organizations.division WHERE level = 'COUNTY' AND code LIKE '3304%'
       AND code <> ALL (SELECT jurisdiction_codes[1] FROM catalog.client WHERE id = 'demo-frontend') LIMIT 1`,
  );
  const place = await overviewOf(
    'frontend',
    rows[0]?.code ?? '',
    'force { gridCount } population { residentCount } matters { openIncidentCount } party { branchCount }',
  );
  expect(place).toEqual({ force: { gridCount: 0 }, population: null, matters: null, party: null });
});

test('how many members live in a place is refused without the right, and the rest of the party’s part is there', async () => {
  const answer = await hub.ask(
    'frontend',
    `{ placeOverview(code: "${COMMUNITY}") { party { branchCount memberCount } } }`,
  );
  expect(answer.data).toMatchObject({
    placeOverview: { party: { branchCount: expect.any(Number), memberCount: null } },
  });
  expect(answer.errors.map(({ extensions }) => extensions?.code)).toEqual(['FIELD_RIGHT_MISSING']);
});

test('a code that is no place of the graph finds nothing', async () => {
  for (const code of ['33', '', '330402198', 'x', '330499001001']) {
    expect((await hub.ask('system', `{ placeOverview(code: "${code}") { code } }`)).data).toEqual({
      placeOverview: null,
    });
  }
});

test('scenario 21, withheld-small-counts: what is withheld of small places cannot be had by subtracting what is published', async () => {
  const SELECTION =
    'code population { residentCount maleCount femaleCount householdCount registeredResidentCount ageBands { fromAge count } careCounts { kind count } }';
  const place = await overviewOf('system', COMMUNITY, `${SELECTION} children { ${SELECTION} }`);
  interface Population {
    residentCount: number | null;
    maleCount: number | null;
    femaleCount: number | null;
    householdCount: number | null;
    registeredResidentCount: number | null;
    ageBands: { fromAge: number; count: number | null }[];
    careCounts: { kind: string; count: number | null }[];
  }
  const cells = ({ population }: { population: Population }) => ({
    resident: population.residentCount,
    household: population.householdCount,
    native: population.registeredResidentCount,
    male: population.maleCount,
    female: population.femaleCount,
    ...Object.fromEntries(population.ageBands.map(({ fromAge, count }) => [`age.${fromAge}`, count])),
    ...Object.fromEntries(population.careCounts.map(({ kind, count }) => [kind, count])),
  });
  const { rows: rules } = await hub.pool.query<{ value: number }>(
    "SELECT value FROM people.people_rule WHERE code = 'SMALL_COUNT_FLOOR' ORDER BY effective_from DESC LIMIT 1",
  );
  const floor = rules[0]?.value ?? 0;
  const all: Record<string, number | null>[] = [place, ...place.children].map(cells);
  const gaps = (values: (number | null | undefined)[]) => values.filter((value) => value === null).length;
  const names = Object.keys(all[0] ?? {});
  expect(all.flatMap((one) => Object.values(one)).some((value) => value === null)).toBe(true);
  for (const one of all) {
    for (const value of Object.values(one)) expect(value === null || value === 0 || value >= floor).toBe(true);
    expect(gaps([one.resident, one.male, one.female])).not.toBe(1);
    expect(gaps([one.resident, ...names.filter((name) => name.startsWith('age.')).map((name) => one[name])])).not.toBe(
      1,
    );
  }
  for (const name of names) expect(gaps(all.map((one) => one[name])), name).not.toBe(1);
});

test('scenario 21: a release and the figures of the same grids, subtracted from each other, leave no small count', async () => {
  const { rows } = await hub.pool.query<{ gridCode: string }>(
    'SELECT grid_code AS "gridCode" FROM organizations.grid WHERE community_code = $1 ORDER BY 1',
    [COMMUNITY],
  );
  const bandsOf: Readonly<Record<number, readonly string[]>> = {
    0: ['AGE_0_5', 'AGE_6_14'],
    15: ['AGE_15_17', 'AGE_18_34', 'AGE_35_59'],
    60: ['AGE_60_64'],
    65: ['AGE_65_79'],
    80: ['AGE_80_UP'],
  };
  expect(rows.length).toBeGreaterThan(1);
  for (const { gridCode } of rows) {
    const answer = await hub.ask(
      'system',
      `{ placeOverview(code: "${gridCode}") { population { ageBands { fromAge count } } }
         grid(gridCode: "${gridCode}") { publishedPopulation { cells { sex { code } ageBand count } } } }`,
    );
    const data = answer.data as {
      placeOverview: { population: { ageBands: { fromAge: number; count: number | null }[] } };
      grid: { publishedPopulation: { cells: { sex: object | null; ageBand: string; count: number | null }[] } };
    };
    const { cells } = data.grid.publishedPopulation;
    const released = new Map(cells.filter(({ sex }) => sex === null).map(({ ageBand, count }) => [ageBand, count]));
    for (const { fromAge, count } of data.placeOverview.population.ageBands) {
      const parts = (bandsOf[fromAge] ?? []).map((band) => released.get(band));
      expect(parts).not.toContain(undefined);
      const gaps = [count, ...parts].filter((value) => value === null).length;
      expect(gaps, `${gridCode} from ${fromAge}`).not.toBe(1);
      if (gaps === 0) expect(parts.reduce<number>((sum, value) => sum + (value ?? 0), 0)).toBe(count);
    }
  }
});

test('a screen is told of a place when its figures have changed, and of no other place', async () => {
  const origin = await hub.app.listen({ port: 0, host: '127.0.0.1' });
  const query = `subscription ($ids: [ID!]!) { overviewChanged(ids: $ids) {
    change { eventType entityId } overview { name matters { openIncidentCount overdueIncidentCount lagSeconds } } } }`;
  await count();
  const before = await overviewOf('system', '330402', 'matters { openIncidentCount }');
  const response = await fetch(`${origin}/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'text/event-stream',
      authorization: `Bearer ${await hub.tokenOf('system')}`,
    },
    body: JSON.stringify({ query, variables: { ids: ['PlaceOverview:330402', 'PlaceOverview:330424'] } }),
  });
  const stream = new EventStream(response);
  const told = stream.next();
  const reported = await hub.ask('system', operationDocument('report-incident'), {
    input: {
      category: 'HAZARD',
      title: '楼道堆放杂物',
      severity: 'GENERAL',
      channel: 'GRID_WORKER',
      gridId: `Grid:${GRID}`,
      idempotencyKey: 'overview-test-1',
    },
  });
  expect(reported.errors).toEqual([]);
  await count();
  expect((await told)?.data).toEqual({
    data: {
      overviewChanged: {
        change: { eventType: 'place-overview.counted', entityId: 'PlaceOverview:330402' },
        overview: {
          name: expect.any(String),
          matters: {
            openIncidentCount: before.matters.openIncidentCount + 1,
            overdueIncidentCount: expect.any(Number),
            lagSeconds: 0,
          },
        },
      },
    },
  });
  await stream.cancel();
  // Whoever follows everything is not told twice.
  const all = await hub.ask('system', '{ changes(first: 1000) { nodes { entityType } } }');
  const types = (all.data as { changes: { nodes: { entityType: string }[] } }).changes.nodes.map(
    (node) => node.entityType,
  );
  expect(types).toContain('Incident');
  expect(types).not.toContain('PlaceOverview');
});
