import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readExamples } from '../../gateway/operations/examples.ts';
import { restOperations, variablesOf } from '../../gateway/rest/rest-operation.ts';
import { projectRoot } from '../../subgraphs/kit/project-root.ts';
import { type CityHub, openCityHub } from '../kit/city-hub.ts';
import { runExampleClient } from './run-example-client.ts';

const documents = readExamples(join(projectRoot, 'schema', 'operations'));
const textOf = (name: string) => documents.find((example) => example.name === name)?.document ?? '';

let hub: CityHub;
beforeAll(async () => {
  hub = await openCityHub();
});
afterAll(() => hub[Symbol.asyncDispose]());

async function send(
  method: 'GET' | 'POST',
  path: string,
  payload?: object | string,
  role: 'frontend' | 'system' = 'frontend',
) {
  const response = await hub.app.inject({
    method,
    url: `/rest/${path}`,
    headers: { authorization: `Bearer ${await hub.tokenOf(role)}`, ...hub.purpose },
    ...(payload === undefined ? {} : { payload: typeof payload === 'string' ? payload : JSON.stringify(payload) }),
  });
  return { status: response.statusCode, type: response.headers['content-type'], body: response.json() };
}

test('an operation by its name answers what its document answers, by POST and by GET', async () => {
  const graphql = await hub.ask('frontend', textOf('incident-queue'), { first: 3 });
  expect(graphql.errors).toEqual([]);
  const posted = await send('POST', 'incident-queue', { first: 3 });
  expect(posted).toEqual({ status: 200, type: 'application/json; charset=utf-8', body: { data: graphql.data } });
  expect(await send('GET', 'incident-queue?first=3')).toEqual(posted);
});

test.each([
  ['GET', 'no-such-operation', undefined, 404, 'REST_OPERATION_UNKNOWN'],
  ['POST', 'incident-queue', '[1]', 400, 'REST_BODY_INVALID'],
  ['POST', 'incident-queue', 'no json', 400, 'REST_BODY_INVALID'],
] as const)('%s /rest/%s with %s is answered with %i %s', async (method, path, payload, status, code) => {
  const answer = await send(method, path, payload);
  expect(answer.status).toBe(status);
  expect(answer.body.errors[0].extensions.code).toBe(code);
  expect(answer.body.data).toBeUndefined();
});

test('values that do not fit are refused in words; a mutation is not run by GET, and writes nothing', async () => {
  const wrong = await send('GET', 'incident-queue?first=many');
  expect(wrong.status).toBe(400);
  expect(wrong.body.errors[0].message).toContain('first');
  const count = async () =>
    (await hub.pool.query('SELECT count(*)::int AS n FROM services.incident')).rows[0].n as number;
  const before = await count();
  const input = JSON.stringify(documents.find(({ name }) => name === 'report-incident')?.variables.input);
  const refused = await send('GET', `report-incident?input=${encodeURIComponent(input)}`, undefined, 'system');
  expect(refused.status).toBe(405);
  expect(await count()).toBe(before);
});

test('who has no token gets nothing; a client held to trusted operations runs those that are registered', async () => {
  const anonymous = await hub.app.inject({ method: 'POST', url: '/rest/incident-queue', payload: '{"first":1}' });
  expect(anonymous.statusCode).toBe(401);
  const hash = createHash('sha256').update(textOf('incident-queue')).digest('hex');
  await hub.pool.query(
    "UPDATE catalog.client SET trusted_only = true, version = version + 1 WHERE id = 'demo-frontend'",
  );
  await hub.pool.query("INSERT INTO catalog.trusted_operation VALUES ('demo-frontend', $1, 'IncidentQueue', now())", [
    hash,
  ]);
  await expect
    .poll(async () => (await send('GET', 'purposes')).body.errors?.[0].extensions.code, { timeout: 5_000 })
    .toBe('OPERATION_NOT_TRUSTED');
  expect((await send('GET', 'incident-queue?first=1')).status).toBe(200);
  await hub.pool.query(
    "UPDATE catalog.client SET trusted_only = false, version = version + 1 WHERE id = 'demo-frontend'",
  );
  await expect.poll(async () => (await send('GET', 'purposes')).status, { timeout: 5_000 }).toBe(200);
});

test('the OpenAPI document describes every operation, its variables, its answer and its hash', async () => {
  const { status, body } = await send('GET', 'openapi.json');
  expect(status).toBe(200);
  expect(Object.keys(body.paths).sort()).toEqual(
    restOperations(documents)
      .map(({ name }) => `/rest/${name}`)
      .sort(),
  );
  const queue = body.paths['/rest/incident-queue'];
  expect(queue.get.parameters).toContainEqual({
    name: 'first',
    in: 'query',
    required: true,
    schema: { type: 'integer' },
  });
  expect(queue.get['x-yiyun-sha256']).toBe(createHash('sha256').update(textOf('incident-queue')).digest('hex'));
  const answer = queue.post.responses['200'].content['application/json'].schema.properties.data.properties.incidents;
  expect(answer.properties.totalCount).toMatchObject({ type: 'integer' });
  expect(body.paths['/rest/report-incident'].get).toBeUndefined();
  // Every reference leads somewhere.
  for (const [, name = ''] of JSON.stringify(body).matchAll(/"#\/components\/schemas\/(\w+)"/g)) {
    expect(body.components.schemas[name], name).toMatchObject({ type: 'object' });
  }
});

test('variables of a query string take the types of the operation', () => {
  const text = 'query Q($n: Int, $on: Boolean!, $ids: [ID!], $by: F, $t: String) { a }';
  const [operation] = restOperations([{ name: 'q', title: 'q', rows: [], document: text, variables: {} }]);
  if (operation === undefined) throw new Error('one operation');
  const query = { n: '3', on: 'true', ids: '7', by: '{"a":1}', t: '12', other: 'x' };
  expect(variablesOf(operation, query)).toEqual({ n: 3, on: true, ids: ['7'], by: { a: 1 }, t: '12', other: 'x' });
});

test('the example application is generated, type-checked and prints the communities of a district', async () => {
  const { origin } = new URL(await hub.app.listen({ port: 0, host: '127.0.0.1' }));
  const lines = await runExampleClient(`${origin}/graphql`, await hub.tokenOf('frontend'));
  const { rows } = await hub.pool.query<{ code: string; residents: number }>(
    'SELECT community_code AS code, resident_count AS residents FROM people.community_population ORDER BY 1 LIMIT 1',
  );
  const first = lines.find((line) => line.startsWith(rows[0]?.code ?? '-'));
  expect(first?.split('\t')[2]).toBe(String(rows[0]?.residents));
});

test('schema/codes.md is what the registry says; npm run contracts prints it anew', async () => {
  const { codesPage } = await import('../../gateway/documentation/codes-page.ts');
  expect(readFileSync(join(projectRoot, 'schema', 'codes.md'), 'utf8')).toBe(codesPage());
});
