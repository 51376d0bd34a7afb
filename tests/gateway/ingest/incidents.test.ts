import { afterAll, beforeAll, expect, test } from 'vitest';
import { demoParties, issueToken } from '../../../gateway/identity/tokens.ts';
import { sampleIncidents } from '../../../prisma/seed/services/incidents-sample.ts';
import { uuidSource } from '../../../subgraphs/kit/ids.ts';
import { openFigureCounters } from '../../../subgraphs/registry.ts';
import { incidentsDataset } from '../../../subgraphs/services/datasets/incidents-dataset.ts';
import { type CityHub, openCityHub } from '../../kit/city-hub.ts';
import { countsOf, datasetCsv, NO_ROWS, sendDataset } from '../../kit/dataset-files.ts';
import { settledOutbox } from '../../kit/settled-outbox.ts';

let hub: CityHub;
let origin: string;
let token: string;

beforeAll(async () => {
  hub = await openCityHub();
  origin = await hub.app.listen({ port: 0, host: '127.0.0.1' });
  token = await hub.tokenOf('system');
});
afterAll(() => hub[Symbol.asyncDispose]());

const sample = (count: number) => [...sampleIncidents({ city: 'jiaxing', scale: 0.001, count, seed: 'incidents' })];
const send = (rows: Iterable<Readonly<Record<string, string>>>, as = token) =>
  sendDataset(origin, as, 'incidents', datasetCsv(incidentsDataset, rows));
/** An open case, of which nothing else is changed. */
const open = (number: string) => ({
  ...(sample(1)[0] as ReturnType<typeof sample>[number]),
  ...{ externalNumber: number, state: 'ACCEPTED', closedAt: '', handlerDepartment: '' },
});
const found = async (number: string) =>
  (
    await hub.pool.query<{ id: string; state: string; source_system: string }>(
      'SELECT id, state, source_system FROM services.incident WHERE external_number = $1',
      [number],
    )
  ).rows[0];

async function department(clientId: string, departmentCode: 'political-legal' | 'urban-management', areas = ['3304']) {
  await hub.catalog.ensureClients([
    {
      ...{ clientId, name: clientId, kind: 'SYSTEM', departmentCode, jurisdictionCodes: areas },
      ...{ jurisdictionRule: 'DIVISIONS', rights: ['incident.import'], costBudgetPerMinute: 1_000, active: true },
    },
  ]);
  return issueToken(hub.key, demoParties, { clientId }, 600);
}

test('a hotline’s nightly file is registered with steps, events and figures, and the same file again changes nothing', async () => {
  const merged = await send(sample(60));
  expect(merged.receipt.reason).toBeNull();
  expect([merged.status, countsOf(merged.receipt)]).toEqual([200, { ...NO_ROWS, rows: 60, inserted: 60 }]);
  const { rows } = await hub.pool.query(
    `SELECT count(*)::int AS incidents, count(DISTINCT incident_number)::int AS numbers,
            (SELECT count(*)::int FROM services.outbox WHERE event_type = 'incident.registered' AND grid_code IS NOT NULL) AS events,
            (SELECT count(*)::int FROM services.incident_transition x WHERE x.provenance_id = $1 AND x.event IS NULL) AS steps,
            (count(*) FILTER (WHERE state <> 'REPORTED'))::int AS moved
       FROM services.incident WHERE provenance_id = $1 AND source_system = 'demo-system'`,
    [merged.receipt.batchId],
  );
  const moved = sample(60).filter(({ state }) => state !== 'REPORTED').length;
  expect(rows).toEqual([{ incidents: 60, numbers: 60, events: 60, steps: 60 + moved, moved }]);
  for (const counter of openFigureCounters({ pool: hub.pool, clock: hub.clock, ids: uuidSource })) {
    if (counter.subgraph !== 'services') continue;
    await settledOutbox(hub.pool, 'services');
    await counter.catchUp();
    expect(await counter.recount()).toEqual([]);
  }
  const again = await send(sample(60));
  expect(countsOf(again.receipt)).toEqual({ ...NO_ROWS, rows: 60, unchanged: 60 });
});

test('an incident of a file reads like any other: number, steps by the sender, source and batch', async () => {
  const [closed] = sample(60).filter(({ state }) => state === 'CLOSED');
  const row = await found(closed?.externalNumber ?? '');
  const { data } = await hub.ask(
    'system',
    `query ($id: ID!) { incident(id: $id) { incidentNumber category state externalNumber sourceSystem overdue
        history { ordinal fromState toState event actorDepartment { name } }
        provenance { kind systemCode departmentName } itemSources { item provenance { departmentName } } }
      servicesImports(first: 1) { nodes { datasetName departmentName } } }`,
    { id: `Incident:${row?.id}` },
  );
  expect(data).toMatchObject({
    incident: {
      incidentNumber: expect.stringMatching(/^SJ\d{8}\d{6}[0-9A-Z]{8}$/),
      ...{ category: closed?.category, state: 'CLOSED', externalNumber: closed?.externalNumber },
      ...{ sourceSystem: 'demo-system', overdue: false },
      history: [
        { ordinal: 1, fromState: null, toState: 'REPORTED', event: null, actorDepartment: { name: '公安局' } },
        { ordinal: 2, fromState: 'REPORTED', toState: 'CLOSED', event: null, actorDepartment: { name: '公安局' } },
      ],
      provenance: { kind: 'IMPORT', systemCode: 'demo-system', departmentName: '公安局' },
      itemSources: expect.arrayContaining([{ item: 'state', provenance: { departmentName: '公安局' } }]),
    },
    servicesImports: { nodes: [{ datasetName: '事件', departmentName: '公安局' }] },
  });
});

test('the next night’s file moves a case on; a case that moves on in the hub is not moved by a file', async () => {
  await send([open('RX-1'), open('RX-2')]);
  const moved = await send([
    { ...open('RX-1'), state: '处置', handlerDepartment: '综合行政执法局' },
    { ...open('RX-2'), state: '结案', closedAt: '2026-06-29 09:00' },
  ]);
  expect(countsOf(moved.receipt)).toEqual({ ...NO_ROWS, rows: 2, updated: 2 });
  const steps = await hub.pool.query(
    `SELECT x.ordinal, x.from_state, x.to_state, x.at FROM services.incident_transition x
       JOIN services.incident i ON i.id = x.incident_id WHERE i.external_number = 'RX-2' ORDER BY x.ordinal`,
  );
  expect(steps.rows.map(({ from_state, to_state }) => [from_state, to_state])).toEqual([
    [null, 'REPORTED'],
    ['REPORTED', 'ACCEPTED'],
    ['ACCEPTED', 'CLOSED'],
  ]);
  expect(steps.rows[2].at).toEqual(new Date('2026-06-29T09:00:00+08:00'));

  await send([open('RX-3')]);
  const id = `Incident:${(await found('RX-3'))?.id}`;
  const step = await hub.ask(
    'system',
    `mutation ($input: AdvanceIncidentInput!) { advanceIncident(input: $input) { __typename } }`,
    { input: { incidentId: id, event: 'TRIAGE', idempotencyKey: 'import-triage-1' } },
  );
  expect(step.errors).toEqual([]);
  const late = await send([{ ...open('RX-3'), state: '结案', closedAt: '2026-06-29 10:00' }]);
  expect(countsOf(late.receipt)).toEqual({ ...NO_ROWS, rows: 1, held: 1, conflicts: 1 });
  expect(late.receipt.results).toMatchObject([
    { line: 2, outcome: 'held', column: 'state', code: 'RECORDED_ELSEWHERE' },
  ]);
  expect((await found('RX-3'))?.state).toBe('TRIAGED');
});

test('a file’s incidents raise alerts at once: one per rule and place, which the next file lets grow', async () => {
  const watched = ['ALERT_HAZARD_CLUSTER', 'ALERT_SEVERE_INCIDENT'];
  const grid = open('YJ-0').gridCode;
  // A quiet grid: what happened there is long ago.
  await hub.pool.query('DELETE FROM services.alert WHERE scope_code = $1', [grid]);
  await hub.pool.query(
    "UPDATE services.incident SET reported_at = reported_at - interval '60 days' WHERE grid_code = $1",
    [grid],
  );
  const hoursAgo = (hours: number) =>
    new Date(hub.clock.now().getTime() + (8 - hours) * 3_600_000).toISOString().slice(0, 16).replace('T', ' ');
  const hazard = (number: number, hours = number, severity = 'GENERAL') => ({
    ...open(`YJ-${number}`),
    ...{ category: 'HAZARD', severity, reportedAt: hoursAgo(hours) },
  });
  const alerts = async () =>
    (
      await hub.pool.query(
        `SELECT rule_code, state, level, incident_count, id FROM services.alert
          WHERE scope_code = $1 AND rule_code = ANY($2) ORDER BY 1`,
        [grid, watched],
      )
    ).rows;
  const events = async (batchId: string) =>
    (
      await hub.pool.query(
        `SELECT event_type, grid_code, payload::jsonb AS payload FROM services.outbox
          WHERE provenance_id = $1 AND entity_type = 'Alert' ORDER BY payload::jsonb ->> 'ruleCode'`,
        [batchId],
      )
    ).rows;

  // What was reported before a rule looks back raises nothing, and does not count.
  const old = await send([hazard(90, 400, 'SEVERE')]);
  expect([old.receipt.results, old.receipt.inserted, await alerts()]).toEqual([[], 1, []]);

  const file = [1, 2, 3, 4].map((number) => hazard(number)).concat(hazard(5, 5, 'SEVERE'));
  const first = await send(file);
  expect(first.receipt).toMatchObject({ inserted: 5, rejected: 0 });
  const raised = await alerts();
  expect(raised).toMatchObject([
    { rule_code: 'ALERT_HAZARD_CLUSTER', state: 'RAISED', level: 'ORANGE', incident_count: 5 },
    { rule_code: 'ALERT_SEVERE_INCIDENT', state: 'RAISED', level: 'RED', incident_count: 1 },
  ]);
  const newest = `Incident:${(await found('YJ-1'))?.id}`;
  expect(await events(first.receipt.batchId)).toEqual([
    {
      ...{ event_type: 'alert.raised', grid_code: grid },
      payload: {
        ...{ alertId: `Alert:${raised[0].id}`, ruleCode: 'ALERT_HAZARD_CLUSTER', level: 'ORANGE', scopeCode: grid },
        ...{ incidentCount: 5, incidentId: newest },
      },
    },
    {
      ...{ event_type: 'alert.raised', grid_code: grid },
      payload: expect.objectContaining({ ruleCode: 'ALERT_SEVERE_INCIDENT', incidentCount: 1 }),
    },
  ]);

  const second = await send([...file, hazard(6), hazard(7)]);
  expect(second.receipt).toMatchObject({ inserted: 2, unchanged: 5 });
  expect((await alerts()).map(({ incident_count, id }) => [incident_count, id])).toEqual([
    [7, raised[0].id],
    [1, raised[1].id],
  ]);
  expect(await events(second.receipt.batchId)).toMatchObject([
    { event_type: 'alert.grown', payload: { ruleCode: 'ALERT_HAZARD_CLUSTER', incidentCount: 7 } },
  ]);
  const again = await send(file);
  expect([again.receipt.unchanged, await events(again.receipt.batchId)]).toEqual([5, []]);
});

test('two departments speak of one case: its source overwrites, the other one’s word becomes a conflict', async () => {
  await send([open('RX-9')]);
  const governance = await department('test-governance', 'political-legal');
  const urban = await department('test-urban', 'urban-management');
  const named = { externalNumber: 'RX-9', sourceSystem: 'demo-system' };
  const renamed = await send([{ ...named, title: '核实后的标题' }], governance);
  expect(countsOf(renamed.receipt)).toEqual({ ...NO_ROWS, rows: 1, updated: 1 });
  const disputed = await send([{ ...named, title: '承办部门的标题' }], urban);
  expect(countsOf(disputed.receipt)).toEqual({ ...NO_ROWS, rows: 1, held: 1, conflicts: 1 });
  // What nobody has said anything about may be said by whoever knows it.
  const handled = await send([{ ...named, handlerDepartment: 'urban-management' }], urban);
  expect(countsOf(handled.receipt)).toEqual({ ...NO_ROWS, rows: 1, updated: 1 });
  // Without its system the number is the sender's own.
  const own = await send([{ externalNumber: 'RX-9', title: '另一件' }], urban);
  expect(own.receipt.results).toMatchObject([{ code: 'NEW_INCOMPLETE', column: 'category' }]);
  const { data } = await hub.ask(
    'steward',
    `{ incidentItemConflicts(filter: { departmentCode: "urban-management" }) { nodes { item statedValue rule
        departmentName standingDepartmentName } } }`,
  );
  expect(data).toEqual({
    incidentItemConflicts: {
      nodes: [
        {
          ...{ item: 'title', statedValue: '承办部门的标题', rule: 'SOURCE_STANDS' },
          ...{ departmentName: '综合行政执法局', standingDepartmentName: '政法委(社会治理中心)' },
        },
      ],
    },
  });
});

test('what is wrong with a row is told by line, column and code, in both languages, and nothing else is taken', async () => {
  const good = open('RX-20');
  const { receipt } = await send([
    { ...good, externalNumber: 'RX 20;DROP' },
    { ...good, category: '怪事' },
    { ...good, title: '漏' },
    { ...good, title: '联系人 13800138000 反映漏水' },
    { ...good, reportedAt: '2026-06-29' },
    { ...good, reportedAt: '2027-06-29 08:00' },
    { ...good, state: '结案' },
    { ...good, state: '处置', closedAt: '2026-06-29 08:00' },
    { ...good, state: '结案', closedAt: '2020-06-29 08:00' },
    { ...good, gridCode: '999999999999999' },
    { ...good, gridCode: `${good.gridCode.slice(0, 12)}999` },
    { ...good, handlerDepartment: '无此部门' },
  ]);
  expect(receipt.reason?.code).toBe('ERROR_RATE_EXCEEDED');
  expect(receipt.results.map(({ line, column, code }) => [line, column, code])).toEqual([
    [2, 'externalNumber', 'REFERENCE_CODE_INVALID'],
    [3, 'category', 'CODE_UNKNOWN'],
    [4, 'title', 'TITLE_INVALID'],
    [5, 'title', 'PERSONAL_NUMBER_IN_TEXT'],
    [6, 'reportedAt', 'TIME_INVALID'],
    [7, 'reportedAt', 'DATE_IN_FUTURE'],
    [8, 'closedAt', 'CLOSING_CONTRADICTS'],
    [9, 'closedAt', 'CLOSING_CONTRADICTS'],
    [10, 'closedAt', 'PERIOD_REVERSED'],
    [11, 'gridCode', 'OUTSIDE_AREA'],
    [12, 'gridCode', 'PLACE_UNKNOWN'],
    [13, 'handlerDepartment', 'CODE_UNKNOWN'],
  ]);
  expect(
    receipt.results.every(({ messageZh, messageEn }) => /\p{Script=Han}/u.test(messageZh) && messageEn !== ''),
  ).toBe(true);
  expect(await found('RX-20')).toBeUndefined();
});

test('without the right nothing is taken, and nothing is registered or changed outside of the sender’s area', async () => {
  const refused = await send([open('RX-30')], await hub.tokenOf('frontend'));
  expect(refused.status).toBe(403);
  await send([open('RX-31')]);
  const elsewhere = await department('test-elsewhere', 'political-legal', ['330482']);
  const outside = await send([open('RX-30')], elsewhere);
  expect(outside.receipt.results).toMatchObject([{ code: 'OUTSIDE_AREA', column: 'gridCode' }]);
  const named = { externalNumber: 'RX-31', sourceSystem: 'demo-system' };
  const changed = await send([{ ...named, title: '辖区外的改动' }], elsewhere);
  expect(changed.receipt.results).toMatchObject([{ outcome: 'held', code: 'OUTSIDE_AREA' }]);
  expect(await found('RX-30')).toBeUndefined();
});
