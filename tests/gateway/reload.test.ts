import { Agent, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { createClient } from 'graphql-sse';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type CityHub, openCityHub } from '../kit/city-hub.ts';
import { changed, deprecating, type Payload, publish } from '../subgraphs/catalog/versions/graph-operations.ts';

let hub: CityHub;
let origin: string;
beforeAll(async () => {
  hub = await openCityHub();
  await hub.app.listen({ host: '127.0.0.1', port: 0 });
  origin = `http://127.0.0.1:${(hub.app.server.address() as AddressInfo).port}`;
});
afterAll(() => hub[Symbol.asyncDispose]());

const ethnicGroup = (day: string) =>
  changed('people', (sdl) =>
    deprecating(
      /\n {2}ethnicGroup: .*/,
      `已有替代 replaced by ageYears；移除 removal: ${day}`,
    )(sdl.replace('民族 Ethnic group, GB/T 3304.', `民族 Ethnic group, GB/T 3304, until ${day}.`)),
  );
const agent = new Agent({ keepAlive: true, maxSockets: 64 });

function post(token: string, query: string): Promise<{ status: number; body: Payload }> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}`, ...hub.purpose };
    const sending = request(`${origin}/graphql`, { method: 'POST', agent, headers }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => {
        text += chunk;
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body: JSON.parse(text) }));
      response.on('error', reject);
    });
    sending.on('error', reject);
    sending.end(JSON.stringify({ query }));
  });
}

test('three reloads under steady load lose no request: each is answered in full', async () => {
  const token = await hub.tokenOf('system');
  const query = '{ departmentSystems(first: 5) { nodes { code name } } currentCaller { clientId } }';
  const expected = (await post(token, query)).body;
  expect(expected.errors).toBeUndefined();
  let running = true;
  const answers: Promise<{ status: number; body: Payload }>[] = [];
  const load = (async () => {
    while (running) {
      const answer = post(token, query);
      // Looked at when all have come.
      answer.catch(() => {});
      answers.push(answer);
      await delay(10);
    }
  })();
  const loaded = new Set<string>();
  for (const day of ['2027-01-01', '2027-02-01', '2027-03-01']) {
    expect((await publish(hub, [ethnicGroup(day)])).proposal?.state).toBe('PUBLISHED');
    await hub.follow();
    loaded.add(hub.graph().supergraphSdl);
  }
  running = false;
  await load;
  const settled = await Promise.allSettled(answers);
  expect(settled.length).toBeGreaterThan(100);
  for (const answer of settled) {
    expect(answer).toEqual({ status: 'fulfilled', value: { status: 200, body: expected } });
  }
  expect(loaded.size).toBe(3);
  // What tells of the graph tells of the one that is served, not of the one that the hub started with.
  const headers = { authorization: `Bearer ${token}` };
  for (const path of ['docs/types/Person', 'rest/openapi.json']) {
    const told = await (await fetch(`${origin}/${path}`, { headers })).text();
    expect(told, path).toContain('GB/T 3304, until 2027-03-01');
    expect(told, path).not.toContain('until 2027-02-01');
  }
  const { data } = await hub.ask('frontend', '{ dataField(coordinate: "Person.ethnicGroup") { removalOn } }');
  expect(data).toEqual({ dataField: { removalOn: '2027-03-01' } });
});

test('a request that has begun ends on the graph that it began on, and a subscription goes on over a reload', async () => {
  const client = createClient({
    url: `${origin}/graphql`,
    singleConnection: false,
    headers: async () => ({ authorization: `Bearer ${await hub.tokenOf('steward')}`, ...hub.purpose }),
  });
  const told: Payload[] = [];
  const failures: unknown[] = [];
  const stop = client.subscribe(
    { query: 'subscription { changed { eventType } }' },
    { next: (value) => told.push(value), error: (error) => failures.push(error), complete: () => {} },
  );
  await delay(300);
  const register = async (code: string) => {
    const system = { code, name: '重载测试系统', departmentCode: 'data-authority', tier: 'SYSTEM' };
    const { errors } = await hub.ask(
      'steward',
      'mutation ($input: RegisterSystemInput!) { registerSystem(input: $input) { __typename ... on Refusal { code } } }',
      { input: { ...system, idempotencyKey: `reload-${code}` } },
    );
    expect(errors).toEqual([]);
  };
  const until = async (count: number) => {
    for (let i = 0; i < 100 && told.length < count; i++) await delay(50);
  };
  await register('reload-before');
  await until(1);
  expect(told.length).toBeGreaterThan(0);
  expect((await publish(hub, [ethnicGroup('2027-04-01')])).proposal?.state).toBe('PUBLISHED');
  const began = hub.ask('system', '{ departmentSystems(first: 100) { nodes { code } } }');
  await hub.follow();
  expect((await began).errors).toEqual([]);
  const seen = told.length;
  await register('reload-after');
  await until(seen + 1);
  expect(told.length).toBeGreaterThan(seen);
  expect(told.every(({ errors }) => errors === undefined)).toBe(true);
  expect(failures).toEqual([]);
  stop();
});

test('a version that does not load leaves the older one serving, and says why', async () => {
  const before = hub.graph();
  await hub.pool.query(`
    INSERT INTO catalog.schema_text VALUES ('broken', 'type Query { a: ');
    INSERT INTO catalog.graph_version
           (number, code_hash, supergraph_hash, api_hash, origin, department_code, client_id, published_at)
      SELECT number + 1, code_hash, 'broken', 'broken', 'START', 'data-authority', 'hub', now()
        FROM catalog.graph_version ORDER BY number DESC LIMIT 1;
    INSERT INTO catalog.graph_version_contract
      SELECT number + 1, graph, hash, code_hash, url FROM catalog.graph_version_contract
       WHERE number = (SELECT number FROM catalog.graph_head);
    UPDATE catalog.graph_head SET number = number + 1`);
  await hub.follow();
  expect(hub.graph()).toBe(before);
  const { data, errors } = await hub.ask(
    'steward',
    '{ graphVersion { number inForce loads { loaded reason } } departmentSystems(first: 1) { nodes { code } } }',
  );
  expect(errors).toEqual([]);
  expect((data as Payload).graphVersion).toMatchObject({
    inForce: true,
    loads: [{ loaded: false, reason: expect.stringContaining('Syntax Error') }],
  });
  expect((data as Payload).departmentSystems.nodes).toHaveLength(1);
});
