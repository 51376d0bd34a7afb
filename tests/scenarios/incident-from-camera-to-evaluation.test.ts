import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { uuidSource } from '../../subgraphs/kit/ids.ts';
import { watchIncidents } from '../../subgraphs/services/rules/incidents/watch-incidents.ts';
import { openServicesStore, type ServicesStore } from '../../subgraphs/services/store/services-store.ts';
import { TEST_KEYS } from '../kit/city-database.ts';
import { type CityHub, type HubRole, openCityHub } from '../kit/city-hub.ts';
import { subscribers } from '../kit/subscribers.ts';

const COMMUNITY = '330402007024';
let hub: CityHub;
let following: ReturnType<typeof subscribers>;
let store: ServicesStore & { close(): Promise<void> };
/** A chief of one grid, another of another one, and the street as a client of its own area. */
let chief: { grid: string; role: HubRole };
let other: { grid: string; role: HubRole };
let key = 0;

beforeAll(async () => {
  hub = await openCityHub();
  following = subscribers(hub, await hub.app.listen({ port: 0, host: '127.0.0.1' }));
  store = openServicesStore({ pool: hub.pool, clock: hub.clock, ids: uuidSource, keys: TEST_KEYS });
  const { rows } = await hub.pool.query<{ grid: string; worker: string }>(
    `SELECT min(grid_code) AS grid, worker_id AS worker FROM organizations.grid_assignment
      WHERE community_code = $1 AND worker_id IS NOT NULL AND valid_to IS NULL
      GROUP BY worker_id HAVING count(*) = 1 ORDER BY 1`,
    [COMMUNITY],
  );
  const post = (index: number) => {
    const { grid, worker } = rows[index] as { grid: string; worker: string };
    return { grid, role: { worker: `CommunityWorker:${worker}` } };
  };
  chief = post(0);
  other = post(rows.findIndex(({ grid }) => grid !== chief.grid));
  await hub.pool.query(
    `UPDATE catalog.client SET jurisdiction_codes = $1, version = version + 1 WHERE id = 'demo-frontend'`,
    [[COMMUNITY.slice(0, 9)]],
  );
  await vi.waitFor(async () => expect((await hub.ask('frontend', '{ __typename }')).status).toBe(200), 60_000);
});
afterAll(async () => {
  await store.close();
  await hub[Symbol.asyncDispose]();
});

// biome-ignore lint/suspicious/noExplicitAny: a test names the path it expects, and fails when it is not there
async function done(name: string, input: object, shown: string): Promise<any> {
  const title = name.charAt(0).toUpperCase() + name.slice(1);
  const { data, errors, text } = await hub.ask(
    'system',
    `mutation ($input: ${title}Input!) { ${name}(input: $input) { __typename ... on ${title}Success { ${shown} } ... on Refusal { code messageEn } } }`,
    { input: { idempotencyKey: `scenario-${++key}-key`, ...input } },
  );
  expect(errors, text).toEqual([]);
  const answer = (data as Record<string, Record<string, unknown>>)[name];
  expect(answer, text).not.toHaveProperty('code');
  return answer;
}

const CHANGED = `subscription ($after: String) { told: incidentChanged(after: $after) { change { eventType cursor } incident { id state overdue } } }`;

test('scenario 7 (J18 J23 J24 J26): from a camera over return and overdue to evaluation, live on grid, street and city only', async () => {
  const { latest, overSocket, overSse } = following;
  const after = await latest();
  await using grid = await overSse(chief.role, CHANGED, { after });
  await using street = await overSocket('frontend', CHANGED, { after });
  await using city = await overSse('system', CHANGED, { after });
  await using elsewhere = await overSse(other.role, CHANGED, { after });
  const toldAll = async (eventType: string, state: string) => {
    for (const subscriber of [grid, street, city]) {
      const { data } = await subscriber.next();
      expect(data.told).toMatchObject({ change: { eventType }, incident: { state } });
    }
  };

  const sighted = await done(
    'ingestVisionEvent',
    {
      cameraCode: 'CAM-SCENARIO-7',
      category: 'TRAFFIC',
      title: '消防通道停车',
      gridId: `Grid:${chief.grid}`,
      seenAt: '2026-06-30T01:59:00Z',
    },
    'sighting { duplicate incident { id caseCode channel state } }',
  );
  expect(sighted.sighting).toMatchObject({ duplicate: false, incident: { channel: 'VISION', state: 'REPORTED' } });
  const { id: incidentId, caseCode } = sighted.sighting.incident;
  await toldAll('incident.reported', 'REPORTED');

  const SHOWN = 'incident { state overdue dueAt supervisedAt satisfaction handlerDepartment { code } }';
  const step = async (event: string, state: string, more: object = {}) => {
    const { incident } = await done('advanceIncident', { incidentId, event, ...more }, SHOWN);
    expect(incident.state).toBe(state);
    await toldAll('incident.advanced', state);
    return incident;
  };
  const { dueAt } = await step('ACCEPT', 'ACCEPTED');
  await step('TRIAGE', 'TRIAGED');
  await step('DISPATCH', 'DISPATCHED', { handlerDepartmentCode: 'public-security' });
  expect(await step('RETURN', 'TRIAGED', { note: '不属本部门职责' })).toMatchObject({ handlerDepartment: null });
  await step('DISPATCH', 'DISPATCHED', { handlerDepartmentCode: 'public-security' });
  await step('START', 'HANDLING');

  // Its deadline passes: the watch raises the alert of its grid, and whoever may see the grid is told.
  await watchIncidents({ store, clock: hub.clock });
  const before = await latest();
  await using alerted = await overSse(chief.role, ALERTS, { after: before });
  hub.clock.set(new Date(Date.parse(dueAt) + 1));
  expect(await watchIncidents({ store, clock: hub.clock })).toBeGreaterThan(0);
  expect((await alerted.next()).data.changed).toMatchObject({
    eventType: expect.stringMatching(/^alert\.(raised|grown)$/),
    entity: { ruleCode: 'ALERT_OVERDUE', scopeCode: chief.grid, lastIncident: { id: incidentId } },
  });

  const supervised = await step('SUPERVISE', 'HANDLING', { note: '请立即处置' });
  expect(supervised).toMatchObject({ overdue: true, supervisedAt: hub.clock.now().toISOString() });
  await step('FEED_BACK', 'FEEDBACK', { note: '已劝离' });
  await step('VERIFY', 'VERIFYING');
  expect(await step('EVALUATE', 'EVALUATED', { satisfaction: 'SATISFIED' })).toMatchObject({
    satisfaction: 'SATISFIED',
  });
  await step('CLOSE', 'CLOSED');

  // Whoever holds the code follows the stages, and learns neither place nor text.
  const followed = await hub.ask(
    'frontend',
    'query ($code: String!) { caseByCode(caseCode: $code) { state stages { state } } }',
    { code: caseCode },
  );
  expect(followed.data).toEqual({
    caseByCode: {
      state: 'CLOSED',
      stages: [
        'REPORTED',
        'ACCEPTED',
        'TRIAGED',
        'DISPATCHED',
        'TRIAGED',
        'DISPATCHED',
        'HANDLING',
        'FEEDBACK',
        'VERIFYING',
        'EVALUATED',
        'CLOSED',
      ].map((state) => ({ state })),
    },
  });
  expect(followed.text).not.toContain(chief.grid);

  // The other grid's worker was told of nothing of this: the first that he hears of is what happens in his own grid.
  const own = await done(
    'reportIncident',
    { category: 'NOISE', title: '夜间施工', severity: 'GENERAL', gridId: `Grid:${other.grid}`, channel: 'GRID_WORKER' },
    'incident { id }',
  );
  expect((await elsewhere.next()).data.told.incident.id).toBe(own.incident.id);
});

const ALERTS = `subscription ($after: String) { changed(after: $after, types: ["Alert"]) {
  eventType entity { ... on Alert { ruleCode scopeCode lastIncident { id } } } } }`;
