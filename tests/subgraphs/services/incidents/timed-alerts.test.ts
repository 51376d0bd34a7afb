import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { uuidSource } from '../../../../subgraphs/kit/ids.ts';
import { services } from '../../../../subgraphs/services/index.ts';
import { watchIncidents } from '../../../../subgraphs/services/rules/incidents/watch-incidents.ts';
import { openServicesStore, type ServicesStore } from '../../../../subgraphs/services/store/services-store.ts';
import {
  openTestSubgraph,
  TEST_INSTANT,
  type TestSubgraph,
  testCaller,
  testKeys,
} from '../../../kit/open-test-subgraph.ts';
import { expectDone } from '../../../kit/refusals.ts';
import { CITY, COUNTY_AB, GRID_A1, GRID_A2, incidentKey, insertServices } from '../../../kit/services-rows.ts';

let subgraph: TestSubgraph;
let store: ServicesStore & { close(): Promise<void> };
let key = 0;
const caller = testCaller([COUNTY_AB], 'incident.write', 'incident.handle', 'incident.dispose');

beforeAll(async () => {
  subgraph = await openTestSubgraph(services);
  store = openServicesStore({ pool: subgraph.pool, clock: subgraph.clock, ids: uuidSource, keys: testKeys });
});
afterAll(async () => {
  await store.close();
  await subgraph[Symbol.asyncDispose]();
});
beforeEach(async () => {
  subgraph.clock.set(TEST_INSTANT);
  await subgraph.pool.query(`TRUNCATE services.outbox, services.idempotency, services.provenance, services.incident,
    services.incident_transition, services.facility, services.facility_serving, services.service_item, services.alert,
    services.alert_clock, services.transition_step`);
  await insertServices(subgraph.pool);
});

const watch = () => watchIncidents({ store, clock: subgraph.clock });
const alerts = async () => {
  const { rows } = await subgraph.pool.query(
    `SELECT rule_code AS rule, scope_code AS scope, incident_count AS count, incident_id AS incident, state FROM services.alert ORDER BY 1, 2`,
  );
  return rows;
};
const events = async () =>
  (
    await subgraph.pool.query(
      `SELECT event_type AS type, grid_code AS grid FROM services.outbox WHERE entity_type = 'Alert' ORDER BY 1, 2`,
    )
  ).rows;

test('J23: what is overdue when the clock is first looked at raises one alert per rule and place, with its event', async () => {
  // At the end of June four of the open ones are late: 1 in A1, 5 in C1, 4 in B1; 6 is due at this very instant.
  expect(await watch()).toBe(4);
  expect((await alerts()).map(({ rule, scope, count }: Record<string, unknown>) => [rule, scope, count])).toEqual([
    ['ALERT_OVERDUE', '330402001001001', 1],
    ['ALERT_OVERDUE', '330402001201001', 1],
    ['ALERT_OVERDUE', '330411001001001', 1],
    ['ALERT_UNACCEPTED', '330402001001', 1],
  ]);
  expect((await events()).map(({ type }: { type: string }) => type)).toEqual(Array(4).fill('alert.raised'));
  expect(await watch()).toBe(0);
  expect(await events()).toHaveLength(4);
});

test('J23: an incident that falls overdue lets the alert of its grid grow within one round; what was told is not told again', async () => {
  await watch();
  subgraph.clock.set('2026-06-30T02:00:00.001Z');
  expect(await watch()).toBe(1);
  expect((await alerts())[0]).toMatchObject({
    rule: 'ALERT_OVERDUE',
    scope: GRID_A1,
    count: 2,
    incident: incidentKey(6),
  });
  expect((await events()).filter(({ type }: { type: string }) => type === 'alert.grown')).toEqual([
    { type: 'alert.grown', grid: GRID_A1 },
  ]);
  subgraph.clock.set('2026-07-02T02:00:00Z');
  expect(await watch()).toBe(0);
});

test('J23: a report that nobody accepts for a day raises an alert, one that is accepted in time does not', async () => {
  await watch();
  const report = async (gridCode: string) => {
    const input = {
      category: 'NOISE',
      title: '夜间施工',
      severity: 'GENERAL',
      gridId: `Grid:${gridCode}`,
      channel: 'GRID_WORKER',
      idempotencyKey: `timed-${++key}-key`,
    };
    return (await expectDone(subgraph, caller, 'reportIncident', input, 'incident { id }')).incident.id as string;
  };
  const accepted = await report('330402001201001');
  await report(GRID_A2);
  await expectDone(
    subgraph,
    caller,
    'advanceIncident',
    { incidentId: accepted, event: 'ACCEPT', idempotencyKey: `timed-${++key}-key` },
    'incident { state }',
  );
  subgraph.clock.set('2026-07-01T02:00:00Z');
  await watch();
  const before = (await alerts()).filter(({ rule }: { rule: string }) => rule === 'ALERT_UNACCEPTED');
  expect(before).toMatchObject([{ scope: '330402001001', count: 1 }]);
  subgraph.clock.set('2026-07-01T02:00:00.001Z');
  expect(await watch()).toBe(1);
  const after = (await alerts()).filter(({ rule }: { rule: string }) => rule === 'ALERT_UNACCEPTED');
  expect(after).toMatchObject([{ scope: '330402001001', count: 2 }]);
});

test('of twenty parallel rounds one raises, and no alert is raised twice', async () => {
  const touched = await Promise.all(Array.from({ length: 20 }, watch));
  expect(touched.reduce((sum, count) => sum + count, 0)).toBe(4);
  expect(await alerts()).toHaveLength(4);
});

test('a resolved alert is raised anew by the next incident; a version of the rule holds from its first day', async () => {
  await watch();
  await subgraph.pool.query(
    `UPDATE services.alert SET state = 'RESOLVED', closed_at = now() WHERE rule_code = 'ALERT_OVERDUE'`,
  );
  subgraph.clock.set('2026-06-30T03:00:00Z');
  expect(await watch()).toBe(1);
  expect(
    (await alerts()).filter(
      ({ rule, state }: Record<string, unknown>) => rule === 'ALERT_OVERDUE' && state === 'RAISED',
    ),
  ).toMatchObject([{ scope: GRID_A1, count: 2 }]);

  await subgraph.pool.query(`INSERT INTO services.governance_rule (code, effective_from, kind, title_zh, title_en, amount, unit, parameters, legal_basis, basis_confirmed)
    VALUES ('ALERT_OVERDUE', '2026-07-01', 'ALERT', '新规则', 'new', 2, 'INCIDENT', '{"timed": "OVERDUE", "scopeDigits": 6, "level": "RED"}', '待补', false)`);
  await subgraph.pool.query(`UPDATE services.incident SET due_at = '2026-07-01T05:00:00Z' WHERE id = $1`, [
    incidentKey(4),
  ]);
  subgraph.clock.set('2026-07-01T06:00:00Z');
  await watch();
  expect((await alerts()).filter(({ scope }: Record<string, unknown>) => scope === COUNTY_AB)).toMatchObject([
    { rule: 'ALERT_OVERDUE', count: 3 },
  ]);
  await subgraph.pool.query(
    `DELETE FROM services.governance_rule WHERE code = 'ALERT_OVERDUE' AND effective_from = '2026-07-01'`,
  );
});

test('incidents of any kind that repeat in one grid within a day raise an alert with the tenth, in its own transaction', async () => {
  for (let n = 1; n <= 10; n++) {
    const category = n % 2 === 0 ? 'NOISE' : 'TRAFFIC';
    await expectDone(
      subgraph,
      caller,
      'reportIncident',
      {
        category,
        title: '反复上报',
        severity: 'GENERAL',
        gridId: `Grid:${GRID_A2}`,
        channel: 'RESIDENT',
        idempotencyKey: `timed-${++key}-key`,
      },
      'incident { id }',
    );
    expect((await alerts()).filter(({ rule }: { rule: string }) => rule === 'ALERT_REPEATED_PLACE')).toHaveLength(
      n === 10 ? 1 : 0,
    );
  }
  const { data } = await subgraph.run(
    testCaller([CITY]),
    '{ alerts { nodes { ruleCode level incidentCount lastIncident { title } } } }',
  );
  expect(data.alerts.nodes[0]).toEqual({
    ruleCode: 'ALERT_REPEATED_PLACE',
    level: 'YELLOW',
    incidentCount: 10,
    lastIncident: { title: '反复上报' },
  });
});
