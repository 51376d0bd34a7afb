import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createClient as createSseClient } from 'graphql-sse';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { WebhookDispatcher } from '../../../gateway/webhooks/webhook-dispatcher.ts';
import { rights } from '../../../subgraphs/kit/codes/rights.ts';
import type { GraphExtensions } from '../../../subgraphs/kit/graph/graph-plugin.ts';
import { uuidSource } from '../../../subgraphs/kit/ids.ts';
import { openCatalogPort, openChangeFeed, subgraphs } from '../../../subgraphs/registry.ts';
import { TEST_KEYS } from '../../kit/city-database.ts';
import { type CityHub, openCityHub, publish } from '../../kit/city-hub.ts';
import { EventStream } from '../../kit/event-stream.ts';
import { insertEvent } from '../../kit/outbox-rows.ts';
import { DISTRICT_A, DISTRICT_B, idsBySide, twoDistricts } from './two-districts.ts';

/** Holds every right there is: nothing but the area stands in the way. */
const OF_A = { client: 'of-district-a' };
const OF_CITY = { client: 'of-the-city' };
const PLACE = { a: `${DISTRICT_A}007024001`, b: `${DISTRICT_B}001001001` };

let hub: CityHub;
let origin: string;
/** From before anything happened. */
let start: string;
/** Global ids by side; of B with their bare keys. */
const told = { a: new Set<string>(), b: new Set<string>() };
const keysOfB = new Map<string, string>();
/** Cursors of what happened in B, as a client of the whole city is given them. */
const cursorsOfB: { cursor: string; entityType: string }[] = [];

beforeAll(async () => {
  hub = await openCityHub('in-process', 'jiaxing', new Map(), async () => {
    const database = await twoDistricts();
    await publish(database.pool);
    return database;
  });
  origin = await hub.app.listen({ port: 0, host: '127.0.0.1' });
  const client = {
    kind: 'SYSTEM',
    departmentCode: 'public-security',
    rights: Object.keys(rights),
    active: true,
  } as const;
  const common = { ...client, jurisdictionRule: 'DIVISIONS', costBudgetPerMinute: 100_000_000 } as const;
  await hub.catalog.ensureClients([
    { ...common, clientId: OF_A.client, name: '甲区', jurisdictionCodes: [DISTRICT_A] },
    { ...common, clientId: OF_CITY.client, name: '全市', jurisdictionCodes: ['3304'] },
  ]);
  start = (await changes(OF_CITY, {})).latestCursor;
  for (const definition of subgraphs) {
    const schema = definition.buildSchema();
    for (const typeName of definition.entities) {
      const rows = (schema.getType(typeName)?.extensions as GraphExtensions | undefined)?.entity?.rows;
      if (rows === undefined || rows.scope === 'REFERENCE') continue;
      const sides = await idsBySide(hub.pool, typeName, rows);
      for (const id of sides.b) keysOfB.set(id.slice(typeName.length + 1), id);
      for (const side of ['a', 'b'] as const) {
        for (const entityId of sides[side].slice(0, 2)) {
          const eventType = `${typeName[0]?.toLowerCase()}${typeName.slice(1)}.changed`;
          await insertEvent(hub.pool, definition.name, {
            eventType,
            entityType: typeName,
            entityId,
            division: PLACE[side],
          });
          told[side].add(entityId);
        }
      }
      // What was of B when it happened here: the event is of A, the row is not.
      for (const entityId of sides.b.slice(2, 3)) {
        await insertEvent(hub.pool, definition.name, {
          eventType: 'row.moved',
          entityType: typeName,
          entityId,
          division: PLACE.b,
        });
      }
    }
  }
  expect([told.a.size, told.b.size].every((count) => count > 20)).toBe(true);
  await vi.waitFor(
    async () => {
      const { nodes } = await changes(OF_CITY, { after: start });
      expect(nodes.filter(({ entityId }) => told.b.has(entityId))).toHaveLength(told.b.size);
    },
    { timeout: 120_000, interval: 500 },
  );
  for (const { cursor, entityId, entityType } of (await changes(OF_CITY, { after: start })).nodes) {
    if (told.b.has(entityId)) cursorsOfB.push({ cursor, entityType });
  }
});
afterAll(() => hub?.[Symbol.asyncDispose]());

interface Change {
  readonly cursor: string;
  readonly entityType: string;
  readonly entityId: string;
}
const CHANGES = `query ($after: String, $types: [String!], $divisions: [String!], $ids: [ID!]) {
  changes(after: $after, types: $types, divisions: $divisions, ids: $ids, first: 1000) {
    nodes { cursor entityType entityId entity { __typename id } } latestCursor
  }
}`;
async function changes(role: { client: string }, variables: Record<string, unknown>) {
  const { data, errors } = await hub.ask(role, CHANGES, variables);
  expect(errors).toEqual([]);
  return (data as { changes: { nodes: Change[]; latestCursor: string } }).changes;
}

/** What of district B a text shows. */
function rowsOfB(text: string): string[] {
  const found = [...text.matchAll(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g)].flatMap(
    ([key]) => keysOfB.get(key) ?? [],
  );
  return [...new Set(found)];
}
const authorization = async (role: { client: string }) => `Bearer ${await hub.tokenOf(role)}`;

test('the change feed tells A what happened in A, and of B nothing by id, type, area or cursor', async () => {
  const all = await changes(OF_A, { after: start });
  const seen = new Set(all.nodes.map(({ entityId }) => entityId));
  expect([...told.a].filter((id) => !seen.has(id))).toEqual([]);
  expect(rowsOfB(JSON.stringify(all))).toEqual([]);
  const tries = [
    { ids: [...told.b].slice(0, 200) },
    { divisions: [DISTRICT_B] },
    { divisions: [PLACE.b, PLACE.b.slice(0, 12)] },
    { types: [...new Set([...told.b].map((id) => id.split(':')[0]))] },
    { types: ['row.moved'] },
    ...cursorsOfB.slice(0, 10).map(({ cursor }) => ({ after: cursor })),
  ];
  for (const variables of tries) {
    expect(
      rowsOfB(JSON.stringify(await changes(OF_A, { after: start, ...variables }))),
      JSON.stringify(variables),
    ).toEqual([]);
  }
});

test('a cursor of B’s change opens none of it, through any field that takes one; a tampered one is refused', async () => {
  const { data: introspected } = await hub.ask(OF_CITY, '{ __schema { queryType { fields { name args { name } } } } }');
  const fields = (introspected as Introspected).__schema.queryType.fields
    .map(({ name, args }) => ({ name, args: args.map((argument) => argument.name) }))
    .filter(({ args }) => args.includes('cursor'));
  expect(fields.map(({ name }) => name)).toEqual(expect.arrayContaining(['change', 'progressChange']));
  for (const { cursor } of cursorsOfB) {
    for (const { name: field, args } of fields) {
      // What is followed by a code is followed with that of something else.
      const more = args.includes('id') ? ', id: "CaseProgress:00000000000000000000000000"' : '';
      const document = `query ($c: String!) { ${field}(cursor: $c${more}) { __typename } }`;
      const { data, text } = await hub.ask(OF_A, document, { c: cursor });
      expect([field, data, rowsOfB(text)]).toEqual([field, { [field]: null }, []]);
    }
  }
  const [{ cursor } = { cursor: '' }] = cursorsOfB;
  const middle = Math.floor(cursor.length / 2);
  for (const forged of [
    `${cursor.slice(0, middle)}${cursor[middle] === 'A' ? 'B' : 'A'}${cursor.slice(middle + 1)}`,
    cursor.slice(0, -6),
    Buffer.from('{"vector":{}}').toString('base64url'),
  ]) {
    for (const document of [
      'query ($c: String!) { changes(after: $c) { nodes { entityId } } }',
      'query ($c: String!) { change(cursor: $c) { entityId } }',
    ]) {
      const { text, errors } = await hub.ask(OF_A, document, { c: forged });
      expect(errors.map(({ extensions }) => extensions?.code)).toEqual(['CHANGE_CURSOR_INVALID']);
      expect(rowsOfB(text)).toEqual([]);
    }
  }
});

interface Introspected {
  readonly __schema: {
    readonly queryType: { readonly fields: { readonly name: string; readonly args: { readonly name: string }[] }[] };
  };
}

test('the stream of changes is silent on B from whatever cursor', async () => {
  for (const from of [start, ...cursorsOfB.slice(0, 3).map(({ cursor }) => cursor)]) {
    const response = await fetch(`${origin}/changes?after=${from}`, {
      headers: { authorization: await authorization(OF_A) },
    });
    expect(response.status).toBe(200);
    const stream = new EventStream(response);
    const marker = await insertEvent(hub.pool, 'services', { division: PLACE.a });
    let text = '';
    while (!text.includes(marker)) text += JSON.stringify(await stream.next());
    await stream.cancel();
    expect(rowsOfB(text)).toEqual([]);
  }
});

test('subscriptions give A nothing of B, asked for everything, by id or by area', async () => {
  const client = createSseClient({
    url: `${origin}/graphql`,
    headers: { authorization: await authorization(OF_A), ...hub.purpose },
    retryAttempts: 0,
  });
  const divisions = [DISTRICT_A, DISTRICT_B];
  const subscription = `subscription ($after: String, $divisions: [String!]) { changed(after: $after, divisions: $divisions) {
    entityId entity { __typename id ... on Incident { title reporter { id name } } ... on Residence { person { id name } } } } }`;
  for (const variables of [{ after: start }, { after: start, divisions }, { after: cursorsOfB[0]?.cursor }]) {
    const marker = await insertEvent(hub.pool, 'services', { division: PLACE.a });
    let text = '';
    for await (const event of client.iterate({ query: subscription, variables })) {
      text += JSON.stringify(event);
      if (text.includes(marker)) break;
    }
    expect(rowsOfB(text)).toEqual([]);
  }
  client.dispose();
});

test('a webhook of A is told nothing of B, not even where it asks for B’s area', async () => {
  const bodies: string[] = [];
  const receiver = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => {
      body += chunk;
    });
    request.on('end', () => {
      bodies.push(body);
      response.writeHead(204).end();
    });
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/`;
  const feed = openChangeFeed({ pool: hub.pool, ids: uuidSource, keys: TEST_KEYS }, () => {});
  const targets = { allowPrivate: true, allowedHosts: [] };
  const environment = { pool: hub.pool, clock: hub.clock, ids: uuidSource, keys: TEST_KEYS, changes: feed };
  const port = openCatalogPort({ ...environment, webhookTargets: targets });
  // Registered on the graph with a public address, and sent to ours.
  const register = `mutation ($input: RegisterWebhookInput!) { registerWebhook(input: $input) { __typename } }`;
  for (const divisions of [[], [DISTRICT_B, DISTRICT_A]]) {
    const input = { url: 'https://example.org/hook', divisions, idempotencyKey: `feeds-webhook-${divisions.length}` };
    const { data } = await hub.ask(OF_A, register, { input });
    expect(data).toEqual({ registerWebhook: { __typename: 'RegisterWebhookSuccess' } });
  }
  await hub.pool.query('UPDATE catalog.webhook SET url = $1', [url]);
  const [marker] = [await insertEvent(hub.pool, 'services', { division: PLACE.a })];
  await insertEvent(hub.pool, 'services', {
    division: PLACE.b,
    entityId: [...told.b].find((id) => id.startsWith('Incident:')) ?? '',
  });
  const last = await insertEvent(hub.pool, 'services', { division: PLACE.a });
  const dispatcher = new WebhookDispatcher({
    ...{ catalog: port, changes: feed, targets, lookMilliseconds: 20, retryMilliseconds: [10, 20] },
    onTrouble: () => {},
  });
  await expect.poll(() => bodies.filter((body) => body.includes(last)).length).toBe(2);
  await dispatcher.close();
  expect(bodies.filter((body) => body.includes(marker))).toHaveLength(2);
  expect(rowsOfB(bodies.join('\n'))).toEqual([]);
  await port.close();
  await feed.close();
  receiver.close();
});

test('no export of A holds a row of B, and nobody fetches another client’s file', async () => {
  const lists = [
    'persons { nodes { id name household { id } residences { id } } }',
    'incidents { nodes { id title reporter { id } } }',
    'serviceRequests { nodes { id applicant { id } } }',
  ];
  const mutation = `mutation ($input: StartExportInput!) { startExport(input: $input) {
    ... on StartExportSuccess { export { exportId } } ... on Refusal { code culprit } } }`;
  let paths = 0;
  for (const [index, list] of lists.entries()) {
    const input = {
      document: `query { ${list.replace(' {', '(first: 50) {')} }`,
      format: 'NDJSON',
      idempotencyKey: `feeds-export-${index}`,
    };
    const started = (await hub.ask(OF_A, mutation, { input })).data as {
      startExport: { export?: { exportId: string }; code?: string };
    };
    const id = started.startExport.export?.exportId;
    // A list that needs a filter to be asked at all is not exported without one.
    if (id === undefined) continue;
    let path: string | null = null;
    await expect
      .poll(
        async () => {
          const { data } = await hub.ask(
            OF_A,
            'query ($id: String!) { export(exportId: $id) { state stateReason path } }',
            { id },
          );
          const shown = (data as { export: { state: string; stateReason: string | null; path: string | null } }).export;
          path = shown.path;
          return [list, shown.state, shown.stateReason];
        },
        { timeout: 60_000 },
      )
      .toEqual([list, 'READY', null]);
    const fetchAs = async (role: { client: string }, url = String(path)) =>
      hub.app.inject({ method: 'GET', url, headers: { authorization: await authorization(role) } });
    const file = await fetchAs(OF_A);
    expect(file.statusCode).toBe(200);
    expect(file.body.length).toBeGreaterThan(100);
    expect([list, rowsOfB(file.body)]).toEqual([list, []]);
    expect((await fetchAs(OF_CITY)).statusCode).toBe(404);
    for (const guess of [uuidSource.next(), '../exports', `${id}%00`, id.toUpperCase()]) {
      const guessed = await fetchAs(OF_CITY, `/exports/${guess}`);
      expect([guess, guessed.statusCode >= 400, rowsOfB(guessed.body)]).toEqual([guess, true, []]);
    }
    paths += 1;
  }
  expect(paths).toBeGreaterThan(1);
});
