import { createClient as createSseClient } from 'graphql-sse';
import { createClient as createSocketClient } from 'graphql-ws';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import { exampleId } from '../../prisma/seed/services/example-ids.ts';
import { uuidSource } from '../../subgraphs/kit/ids.ts';
import { watchIncidents } from '../../subgraphs/services/rules/incidents/watch-incidents.ts';
import { openServicesStore, type ServicesStore } from '../../subgraphs/services/store/services-store.ts';
import { TEST_KEYS } from '../kit/city-database.ts';
import { type CityHub, type HubRole, openCityHub } from '../kit/city-hub.ts';

// A city that another file loads into the same server holds the feed back while its transactions last.
vi.setConfig({ testTimeout: 120_000 });

const COMMUNITY = '330402007024';
let hub: CityHub;
let origin: string;
let store: ServicesStore & { close(): Promise<void> };
/** A chief of one grid, another of another one, and the street as a client of its own area. */
let chief: { grid: string; role: HubRole };
let other: { grid: string; role: HubRole };
let key = 0;

beforeAll(async () => {
  hub = await openCityHub();
  origin = await hub.app.listen({ port: 0, host: '127.0.0.1' });
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
  await vi.waitFor(async () => expect((await hub.ask('frontend', '{ __typename }')).status).toBe(200), 5_000);
});
afterAll(async () => {
  await store.close();
  await hub[Symbol.asyncDispose]();
});

interface Told {
  // biome-ignore lint/suspicious/noExplicitAny: a test names the path it expects, and fails when it is not there
  readonly data?: any;
}
interface Subscriber extends AsyncDisposable {
  next(): Promise<Told>;
}

async function overSse(role: HubRole, query: string, variables: Record<string, unknown>): Promise<Subscriber> {
  const headers = { authorization: `Bearer ${await hub.tokenOf(role)}`, ...hub.purpose };
  const client = createSseClient({ url: `${origin}/graphql`, headers, retryAttempts: 0 });
  const told = client.iterate({ query, variables });
  return {
    next: async () => (await told.next()).value as Told,
    [Symbol.asyncDispose]: async () => client.dispose(),
  };
}

async function overSocket(role: HubRole, query: string, variables: Record<string, unknown>): Promise<Subscriber> {
  const client = createSocketClient({
    url: `${origin.replace('http', 'ws')}/graphql`,
    webSocketImpl: WebSocket,
    connectionParams: { authorization: `Bearer ${await hub.tokenOf(role)}`, ...hub.purpose },
    retryAttempts: 0,
  });
  const told = client.iterate({ query, variables });
  return {
    next: async () => (await told.next()).value as Told,
    [Symbol.asyncDispose]: async () => client.dispose(),
  };
}

const latest = async () =>
  ((await hub.ask('system', '{ changes(first: 1) { latestCursor } }')).data as { changes: { latestCursor: string } })
    .changes.latestCursor;

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

test.each([
  ['server-sent events', overSse],
  ['a WebSocket', overSocket],
])(
  'bookings, posts, ballots and points are told over %s, resumed from a cursor, filtered by right and area',
  async (name, subscribe) => {
    const day = name === 'a WebSocket' ? '2026-07-20' : '2026-07-21';
    const query = `subscription ($after: String, $types: [String!]) { changed(after: $after, types: $types) { cursor eventType
    entity { ... on FacilityBooking { state facility { name } } ... on Deliberation { title tally { ballotsCast yes } } } } }`;
    const types = [
      'booking.made',
      'booking.stepped',
      'deliberation.posted',
      'deliberation.ballotCast',
      'points.changed',
    ];
    const after = await latest();
    await using all = await subscribe('system', query, { after, types });
    await using street = await subscribe('frontend', query, { after, types });

    const { booking } = await done(
      'bookFacility',
      {
        facilityId: `Facility:${exampleId('facility/lounge')}`,
        startsAt: `${day}T10:00:00+08:00`,
        endsAt: `${day}T11:00:00+08:00`,
        purpose: '居民议事',
      },
      'booking { id }',
    );
    const { rows } = await hub.pool.query<{ id: string }>(
      `SELECT person_id AS id FROM services.points_account WHERE balance > 2 ORDER BY balance DESC LIMIT 1`,
    );
    await done(
      'redeemPoints',
      { personId: `Person:${rows[0]?.id}`, rewardCode: 'SOAP', points: 1 },
      'volunteer { points }',
    );
    await done(
      'addDeliberationPost',
      { deliberationId: `Deliberation:${exampleId('deliberation/discussing')}`, side: 'RESIDENT', text: '同意' },
      'deliberation { id }',
    );
    const voter = await hub.pool.query<{ id: string }>(
      'SELECT id FROM people.person ORDER BY md5($1 || id::text) LIMIT 1',
      [name],
    );
    // The clock of this hub has moved on: the vote is given its end anew.
    await hub.pool.query(`UPDATE services.deliberation SET voting_ends_at = $1 WHERE id = $2`, [
      new Date(hub.clock.now().getTime() + 86_400_000),
      exampleId('deliberation/deciding'),
    ]);
    await done(
      'castVote',
      {
        deliberationId: `Deliberation:${exampleId('deliberation/deciding')}`,
        voterId: `Person:${voter.rows[0]?.id}`,
        choice: 'YES',
      },
      'deliberation { id }',
    );
    await done('advanceBooking', { bookingId: booking.id, event: 'CANCEL', note: '改期' }, 'booking { state }');

    const heard: { cursor: string; eventType: string; entity: unknown }[] = [];
    for (let n = 0; n < 5; n++) heard.push((await all.next()).data.changed);
    expect(heard.map(({ eventType }) => eventType)).toEqual([
      'booking.made',
      'points.changed',
      'deliberation.posted',
      'deliberation.ballotCast',
      'booking.stepped',
    ]);
    // A running vote tells how many have voted, never how.
    expect(heard[3]?.entity).toMatchObject({ tally: { ballotsCast: expect.any(Number), yes: null } });
    await using resumed = await subscribe('system', query, { after: heard[3]?.cursor, types });
    expect((await resumed.next()).data.changed).toMatchObject({
      eventType: 'booking.stepped',
      entity: { state: 'CANCELLED' },
    });
    // The application of the street holds no right to what volunteers do.
    const told: string[] = [];
    for (let n = 0; n < 4; n++) told.push((await street.next()).data.changed.eventType);
    expect(told).toEqual(['booking.made', 'deliberation.posted', 'deliberation.ballotCast', 'booking.stepped']);
  },
);
