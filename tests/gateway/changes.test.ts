import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type CityHub, openCityHub } from '../kit/city-hub.ts';
import { EventStream } from '../kit/event-stream.ts';
import { insertEvent } from '../kit/outbox-rows.ts';

let hub: CityHub;
let origin: string;
let incident: { id: string; grid: string };
/** From before anything was followed. */
let oldCursor: string;
beforeAll(async () => {
  hub = await openCityHub();
  origin = await hub.app.listen({ port: 0, host: '127.0.0.1' });
  const { rows } = await hub.pool.query<typeof incident>(
    'SELECT id, grid_code AS grid FROM services.incident ORDER BY id LIMIT 1',
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
  return expect.poll(async () => (await read(variables, role)).nodes.length, { timeout: 20_000 }).toBe(count);
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
  const switchTo = (active: boolean) =>
    hub.pool.query(`UPDATE catalog.client SET active = $1, version = version + 1 WHERE id = 'demo-frontend'`, [active]);
  await switchTo(false);
  const last = await stream.next();
  await switchTo(true);
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
