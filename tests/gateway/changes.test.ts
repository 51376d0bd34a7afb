import { createClient as createSocketClient } from 'graphql-ws';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import { type CityHub, openCityHub } from '../kit/city-hub.ts';
import { EventStream } from '../kit/event-stream.ts';
import { insertEvent } from '../kit/outbox-rows.ts';
import { type Subscribe, subscribers, type Told } from '../kit/subscribers.ts';

let hub: CityHub;
let origin: string;
let following: ReturnType<typeof subscribers>;
const overSse: Subscribe = (...asked) => following.overSse(...asked);
const overSocket: Subscribe = (...asked) => following.overSocket(...asked);
let incident: { id: string; grid: string };
/** From before anything was followed. */
let oldCursor: string;
beforeAll(async () => {
  hub = await openCityHub();
  origin = await hub.app.listen({ port: 0, host: '127.0.0.1' });
  following = subscribers(hub, origin);
  const { rows } = await hub.pool.query<typeof incident>(
    `SELECT id, grid_code AS grid FROM services.incident WHERE reporter_person_id IS NOT NULL AND county_code =
       (SELECT jurisdiction_codes[1] FROM catalog.client WHERE id = 'demo-frontend') ORDER BY id LIMIT 1`,
  );
  incident = rows[0] as typeof incident; // every city has incidents
  oldCursor = (await read({})).latestCursor;
});
afterAll(() => hub[Symbol.asyncDispose]());
beforeEach(async () => {
  await hub.pool.query('TRUNCATE people.outbox, services.outbox, catalog.outbox, organizations.outbox, party.outbox');
});

const CHANGES = `query ($after: String, $types: [String!], $divisions: [String!], $first: Int! = 10) {
  changes(after: $after, types: $types, divisions: $divisions, first: $first) {
    nodes { cursor changeId subgraph eventType entityType entityId deleted divisionCode
      entity { id ... on Incident { incidentNumber state } } }
    pageInfo { hasNextPage endCursor }
    latestCursor
  }
}`;
interface Page {
  nodes: { cursor: string; changeId: string; entityType: string; entity: unknown }[];
  pageInfo: { hasNextPage: boolean; endCursor: string };
  latestCursor: string;
}

async function read(variables: Record<string, unknown>, role: 'system' | 'frontend' | 'steward' = 'system') {
  const answer = await hub.ask(role, CHANGES, variables);
  expect(answer.errors).toEqual([]);
  return (answer.data as { changes: Page }).changes;
}

/** Transactions of other tests in the same cluster may hold the feed back. */
async function readUntil(count: number, variables: Record<string, unknown>, role?: 'system' | 'frontend' | 'steward') {
  return expect.poll(async () => (await read(variables, role)).nodes.length).toBe(count);
}

/** Switched on again, the hub has heard of it before the next test. */
async function switchFrontendTo(active: boolean): Promise<void> {
  await hub.pool.query(`UPDATE catalog.client SET active = $1, version = version + 1 WHERE id = 'demo-frontend'`, [
    active,
  ]);
  if (active) {
    await vi.waitFor(async () => expect((await hub.ask('frontend', '{ __typename }')).status).toBe(200), 60_000);
  }
}

const open = async (path: string, headers: Record<string, string> = {}, role: 'system' | 'frontend' = 'system') =>
  fetch(`${origin}${path}`, { headers: { authorization: `Bearer ${await hub.tokenOf(role)}`, ...headers } });

test('changes show what was written in the caller’s area with the object as it is now, and tombstones without', async () => {
  const { latestCursor: after } = await read({});
  const entityId = `Incident:${incident.id}`;
  const first = await insertEvent(hub.pool, 'services', { entityId, division: incident.grid });
  await insertEvent(hub.pool, 'services', { division: '330800001001001' });
  await insertEvent(hub.pool, 'people', {
    eventType: 'residence.deleted',
    entityType: 'Residence',
    division: incident.grid,
  });
  await insertEvent(hub.pool, 'catalog', { eventType: 'client.changed', entityType: 'Client', division: null });
  await readUntil(2, { after });

  const { nodes, pageInfo } = await read({ after });
  expect(nodes.find(({ entityType }) => entityType === 'Incident')).toEqual({
    ...{ changeId: first, subgraph: 'services', eventType: 'incident.reported', entityType: 'Incident', entityId },
    ...{ deleted: false, divisionCode: incident.grid, cursor: expect.stringMatching(/^[\w-]{100,300}$/) },
    entity: { id: entityId, incidentNumber: expect.stringMatching(/^SJ/), state: expect.stringMatching(/^[A-Z_]+$/) },
  });
  expect(nodes.find(({ entityType }) => entityType === 'Residence')).toMatchObject({ deleted: true, entity: null });
  expect(pageInfo.hasNextPage).toBe(false);
  // A steward learns of clients; nobody of another city's incident.
  await readUntil(3, { after }, 'steward');
  expect((await read({ after: pageInfo.endCursor })).nodes).toEqual([]);
  const one = await hub.ask('system', 'query ($cursor: String!) { change(cursor: $cursor) { changeId } }', {
    cursor: nodes[0]?.cursor,
  });
  expect(one.data).toEqual({ change: { changeId: nodes[0]?.changeId } });
});

test('pages go on behind their last change, and filters narrow by type and area', async () => {
  const { latestCursor: after } = await read({});
  const ids = [];
  for (let index = 0; index < 5; index++)
    ids.push(await insertEvent(hub.pool, 'services', { division: incident.grid }));
  await readUntil(5, { after });

  const seen: string[] = [];
  for (let cursor = after; ; ) {
    const { nodes, pageInfo } = await read({ after: cursor, first: 2 });
    seen.push(...nodes.map(({ changeId }) => changeId));
    cursor = pageInfo.endCursor;
    if (!pageInfo.hasNextPage) break;
  }
  expect(seen).toEqual(ids);
  expect((await read({ after, types: ['Alert'] })).nodes).toEqual([]);
  expect((await read({ after, divisions: ['330499'] })).nodes).toEqual([]);
  expect((await read({ after, types: ['incident.reported'], divisions: [incident.grid] })).nodes).toHaveLength(5);
});

test.each([
  [{ after: 'nonsense' }, 'CHANGE_CURSOR_INVALID'],
  [{ first: 0 }, 'PAGE_SIZE_OUT_OF_RANGE'],
  [{ first: 1_001 }, 'PAGE_SIZE_OUT_OF_RANGE'],
  [{ divisions: ['33'] }, 'FILTER_INVALID'],
  [{ types: ['no type'] }, 'FILTER_INVALID'],
])('%j is refused', async (variables, code) => {
  const { data, errors } = await hub.ask('system', CHANGES, variables);
  expect(data).toBeNull();
  expect(errors.map(({ extensions }) => extensions?.code)).toEqual([code]);
});

test('a stream tells of changes as they are committed and resumes behind the last id that was seen', async () => {
  const response = await open('/changes?types=Incident');
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
  const stream = new EventStream(response);
  await stream.block(); // where it begins
  const ids = [];
  for (let index = 0; index < 3; index++)
    ids.push(await insertEvent(hub.pool, 'services', { division: incident.grid }));
  await insertEvent(hub.pool, 'services', { entityType: 'Alert', division: incident.grid });
  await insertEvent(hub.pool, 'services', { division: '330800001001001' });
  const first = await stream.next();
  expect(first).toMatchObject({ event: 'change', data: { changeId: ids[0], entityType: 'Incident' } });
  await stream.cancel();

  const resumed = new EventStream(await open('/changes?types=Incident', { 'last-event-id': first?.id ?? '' }));
  expect((await resumed.next())?.data.changeId).toBe(ids[1]);
  expect((await resumed.next())?.data.changeId).toBe(ids[2]);
  await resumed.cancel();
});

test('a stream ends with the reason as soon as its client is switched off', async () => {
  const stream = new EventStream(await open('/changes', {}, 'frontend'));
  await stream.block();
  await switchFrontendTo(false);
  const last = await stream.next();
  await switchFrontendTo(true);
  expect(last).toMatchObject({ event: 'end', data: { extensions: { code: 'CLIENT_UNKNOWN' } } });
  expect(await stream.next()).toBeUndefined();
});

test('who has no token, an unknown cursor or one that is no longer kept is told so with a status', async () => {
  expect((await fetch(`${origin}/changes`)).status).toBe(401);
  expect((await open('/changes?after=nonsense')).status).toBe(400);
  expect((await open('/changes?divisions=12345')).status).toBe(400);
  await hub.pool.query(`UPDATE services.outbox_state SET floor_xid = '9000000000'::xid8`);
  const gone = await open('/changes', { 'last-event-id': oldCursor });
  await hub.pool.query(`UPDATE services.outbox_state SET floor_xid = DEFAULT`);
  expect(gone.status).toBe(410);
  expect(await gone.json()).toMatchObject({ errors: [{ extensions: { code: 'CHANGE_CURSOR_EXPIRED' } }] });
});

const INCIDENTS = `subscription ($divisions: [String!], $after: String) {
  told: incidentChanged(divisions: $divisions, after: $after) {
    change { cursor changeId eventType }
    ...Shown
  }
}
fragment Shown on IncidentChange { incident { id incidentNumber state grid { id } reporter { id } } }`;

const report = (more: object = {}) =>
  insertEvent(hub.pool, 'services', { entityId: `Incident:${incident.id}`, division: incident.grid, ...more });

test.each([
  ['server-sent events', overSse],
  ['a WebSocket', overSocket],
])(
  'over %s a subscriber is told of incidents in his area with his own selection, and goes on where he was',
  async (_name, subscribe) => {
    const after = await following.latest();
    await using subscriber = await subscribe('system', INCIDENTS, { after });
    const first = await report();
    await report({ division: '330800001001001' });
    await report({ entityType: 'Alert', entityId: 'Alert:1' });
    const second = await report({ eventType: 'incident.advanced' });

    const told = await subscriber.next();
    expect(told).toEqual({
      data: {
        told: {
          change: { changeId: first, eventType: 'incident.reported', cursor: expect.stringMatching(/^[\w-]+$/) },
          incident: {
            ...{
              id: `Incident:${incident.id}`,
              incidentNumber: expect.stringMatching(/^SJ/),
              state: expect.any(String),
            },
            grid: { id: `Grid:${incident.grid}` },
            reporter: expect.anything(),
          },
        },
      },
    });
    expect((await subscriber.next())?.data.told.change.changeId).toBe(second);

    await using resumed = await subscribe('system', INCIDENTS, { after: told?.data.told.change.cursor });
    expect((await resumed.next())?.data.told.change.changeId).toBe(second);
  },
);

test('rights and area are those of the subscriber: a protected field is refused to him, another area is not told', async () => {
  const after = await following.latest();
  await using subscriber = await overSse('frontend', INCIDENTS, { after });
  await report({ division: '330499001001001' });
  const id = await report();
  const told = await subscriber.next();
  expect(told?.errors?.map(({ extensions }) => extensions?.code)).toEqual(['FIELD_RIGHT_MISSING']);
  expect(told?.data.told).toMatchObject({
    change: { changeId: id },
    incident: { id: `Incident:${incident.id}`, reporter: null },
  });
});

test('subscribers with the same question and rights share one answer per change, and its line in the access log', async () => {
  const after = await following.latest();
  const lines = async () =>
    (await hub.pool.query<{ count: number }>('SELECT count(*)::int AS count FROM catalog.access_line')).rows[0]
      ?.count ?? 0;
  const before = await lines();
  const many = await Promise.all(Array.from({ length: 8 }, () => overSse('system', INCIDENTS, { after })));
  await report();
  const told = await Promise.all(many.map((subscriber) => subscriber.next()));
  expect(new Set(told.map((one) => JSON.stringify(one))).size).toBe(1);
  expect(await lines()).toBe(before + 1);
  for (const subscriber of many) await subscriber[Symbol.asyncDispose]();
});

test('a subscription to changes of any kind narrows by type and id', async () => {
  const after = await following.latest();
  const query = `subscription ($after: String, $ids: [ID!]) { changed(after: $after, ids: $ids, types: ["Incident"]) { changeId entity { id } } }`;
  await using subscriber = await overSocket('frontend', query, { after, ids: [`Incident:${incident.id}`] });
  await report({ entityId: 'Incident:01900000-0000-7000-8000-000000000000' });
  const id = await report();
  expect(await subscriber.next()).toEqual({
    data: { changed: { changeId: id, entity: { id: `Incident:${incident.id}` } } },
  });
});

test('a subscription ends with the reason when its client is switched off', async () => {
  await using subscriber = await overSse('frontend', INCIDENTS, { after: await following.latest() });
  // Once it has been told of something it is certain to be connected.
  await Promise.all([subscriber.next(), report()]);
  const next = subscriber.next();
  await switchFrontendTo(false);
  const told = await next;
  await switchFrontendTo(true);
  expect(told?.errors?.map(({ extensions }) => extensions?.code)).toEqual(['CLIENT_UNKNOWN']);
});

test.each([
  ['an unknown cursor', `subscription { changed(after: "x") { changeId } }`, 'CHANGE_CURSOR_INVALID'],
  ['a malformed area', `subscription { changed(divisions: ["1"]) { changeId } }`, 'FILTER_INVALID'],
  ['a query', '{ changes { latestCursor } }', 'STREAM_IS_FOR_SUBSCRIPTIONS'],
])('%s is refused on a lasting connection, over both transports', async (_name, query, code) => {
  for (const subscribe of [overSse, overSocket]) {
    await using subscriber = await subscribe('system', query);
    const told = await subscriber.next().catch((errors: unknown) => ({ errors: errors as Told['errors'] }));
    expect(told?.errors?.map(({ extensions }) => extensions?.code)).toEqual([code]);
  }
});

test('a subscription sent as an ordinary request is told how to send it, and a socket without a token is closed', async () => {
  const { errors } = await hub.ask('system', INCIDENTS);
  expect(errors.map(({ extensions }) => extensions?.code)).toEqual(['SUBSCRIPTION_NEEDS_STREAM']);
  const client = createSocketClient({
    url: `${origin.replace('http', 'ws')}/graphql`,
    webSocketImpl: WebSocket,
    retryAttempts: 0,
  });
  await expect(client.iterate({ query: INCIDENTS }).next()).rejects.toMatchObject({ code: 4403 });
});
