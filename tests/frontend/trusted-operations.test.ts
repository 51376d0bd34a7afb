import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createClient as createSocketClient } from 'graphql-ws';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { readReviewed } from '../../gateway/plan/reviewed-supergraph.ts';
import { generateClient } from '../../gateway/typed-client/generate-client.ts';
import { projectRoot } from '../../subgraphs/kit/project-root.ts';
import { builtProgram } from '../kit/built-programs.ts';
import { type CityHub, openCityHub } from '../kit/city-hub.ts';
import { insertEvent } from '../kit/outbox-rows.ts';

let hub: CityHub;
let folder: string;
let origin: string;
beforeAll(async () => {
  hub = await openCityHub();
  origin = new URL(await hub.app.listen({ port: 0, host: '127.0.0.1' })).origin;
  folder = mkdtempSync(join(tmpdir(), 'yiyun-manifest-'));
});
afterAll(async () => {
  await hub[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true, force: true });
});
beforeEach(async () => {
  await hub.pool.query('DELETE FROM catalog.operation_manifest');
  await changeClient('trusted_only = false');
});

const CLIENT = 'demo-frontend';
const OLD = 'query Old { loadedCity { city } }';
const SHARED =
  'query Shared($level: DivisionLevel) { divisions(first: 1, filter: { level: $level }) { nodes { level } } }';
const NEW = 'query New { currentCaller { clientId } }';
const hashOf = (text: string) => createHash('sha256').update(text).digest('hex');

let keys = 0;
async function mutate(name: 'trustOperations' | 'retireOperations', input: object) {
  const type = `${name[0]?.toUpperCase()}${name.slice(1)}Input`;
  const { data, errors } = await hub.ask(
    'steward',
    `mutation ($input: ${type}!) { ${name}(input: $input) { __typename ... on Refusal { code culprit messageZh } } }`,
    { input: { clientId: CLIENT, idempotencyKey: `manifests-${keys++}`, ...input } },
  );
  expect(errors).toEqual([]);
  return (data as Record<string, { __typename: string; code?: string; culprit?: string }>)[name];
}
const register = (version: string, documents: string[], scenario = 'desk') =>
  mutate('trustOperations', { scenario, version, documents });

async function changeClient(change: string): Promise<void> {
  await hub.pool.query(`UPDATE catalog.client SET ${change}, version = version + 1 WHERE id = '${CLIENT}'`);
}

/** The hub believes a client's grant for a second. */
async function settled(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 1_100));
}

async function codeOf(payload: object): Promise<string | undefined> {
  const response = await hub.inject('frontend', payload);
  return response.json().errors?.[0]?.extensions?.code;
}
const byHash = (text: string) => ({ documentId: `sha256:${hashOf(text)}` });

test('two versions of a scenario are live at once; retiring one ends what only it holds', async () => {
  expect(await register('1.0.0', [OLD, SHARED])).toEqual({ __typename: 'TrustOperationsSuccess' });
  expect(await register('2.0.0', [NEW, SHARED])).toEqual({ __typename: 'TrustOperationsSuccess' });
  await changeClient('trusted_only = true');
  await settled();
  for (const text of [OLD, SHARED, NEW]) expect(await codeOf({ query: text }), text).toBeUndefined();
  expect(await codeOf({ query: '{ loadedCity { city } }' })).toBe('OPERATION_NOT_TRUSTED');

  expect(await mutate('retireOperations', { scenario: 'desk', version: '1.0.0' })).toEqual({
    __typename: 'ChangeClientSuccess',
  });
  await settled();
  expect(await codeOf({ query: OLD })).toBe('OPERATION_NOT_TRUSTED');
  for (const text of [SHARED, NEW]) expect(await codeOf({ query: text }), text).toBeUndefined();
  const { data } = await hub.ask(
    'steward',
    `{ client(clientId: "${CLIENT}") { operationManifests { nodes { version operationCount retiredAt operations { name document } } } live: operationManifests(live: true) { totalCount } } }`,
  );
  const { operationManifests, live } = (data as { client: Record<string, { nodes: object[]; totalCount: number }> })
    .client;
  expect(live?.totalCount).toBe(1);
  expect(operationManifests?.nodes).toContainEqual({
    version: '1.0.0',
    operationCount: 2,
    retiredAt: expect.any(String),
    operations: expect.arrayContaining([{ name: 'Old', document: OLD }]),
  });
});

test('a registered document is served when its hash alone is sent, in a body and in an address', async () => {
  await register('1.0.0', [SHARED]);
  await settled();
  const variables = { level: 'TOWNSHIP' };
  const whole = (await hub.inject('frontend', { query: SHARED, variables })).json();
  expect(whole.data.divisions.nodes).toEqual([{ level: 'TOWNSHIP' }]);
  expect((await hub.inject('frontend', { ...byHash(SHARED), variables })).json()).toEqual(whole);
  const extensions = { persistedQuery: { version: 1, sha256Hash: hashOf(SHARED) } };
  expect((await hub.inject('frontend', { extensions, variables })).json()).toEqual(whole);
  for (const named of [{ documentId: `sha256:${hashOf(SHARED)}` }, { extensions: JSON.stringify(extensions) }]) {
    const url = `/graphql?${new URLSearchParams({ ...named, variables: JSON.stringify(variables) } as Record<string, string>)}`;
    const headers = { authorization: `Bearer ${await hub.tokenOf('frontend')}` };
    expect((await hub.app.inject({ url, headers })).json(), url).toEqual(whole);
  }
});

test('as REST it is served by its hash, and described to its client alone', async () => {
  await register('1.0.0', [SHARED]);
  await settled();
  const send = async (role: 'frontend' | 'system', path: string, payload?: string) =>
    hub.app.inject({
      method: payload === undefined ? 'GET' : 'POST',
      url: `/rest/${path}`,
      headers: { authorization: `Bearer ${await hub.tokenOf(role)}` },
      ...(payload === undefined ? {} : { payload }),
    });
  const posted = await send('frontend', hashOf(SHARED), '{"level":"COUNTY"}');
  expect(posted.json()).toEqual({ data: { divisions: { nodes: [{ level: 'COUNTY' }] } } });
  expect((await send('frontend', `${hashOf(SHARED)}?level=COUNTY`)).json()).toEqual(posted.json());
  expect((await send('system', hashOf(SHARED), '{}')).json().errors[0].extensions.code).toBe('REST_OPERATION_UNKNOWN');
  const path = `/rest/${hashOf(SHARED)}`;
  expect((await send('frontend', 'openapi.json')).json().paths[path].get.summary).toContain('Shared');
  expect((await send('system', 'openapi.json')).json().paths[path]).toBeUndefined();
});

test('a hash that this client has not registered is refused with the way to register it', async () => {
  await register('1.0.0', [SHARED]);
  await settled();
  const unknown = await hub.inject('frontend', byHash(NEW));
  expect(unknown.statusCode).toBe(404);
  expect(unknown.json().errors[0]).toMatchObject({ extensions: { code: 'DOCUMENT_NOT_REGISTERED' } });
  expect(unknown.json().errors[0].message).toContain('npm run operations -- register');
  // What another client has registered is no more served than what nobody has.
  expect((await hub.inject('system', byHash(SHARED))).json().errors[0].extensions.code).toBe('DOCUMENT_NOT_REGISTERED');
});

const TOLD = 'subscription Told($ids: [ID!]) { changed(ids: $ids) { changeId eventType } }';
const SYSTEM = 'DepartmentSystem:hub';
const tell = () => insertEvent(hub.pool, 'catalog', { entityType: 'DepartmentSystem', entityId: SYSTEM });

/** The client that `npm run client` would make of these documents, loaded. */
async function generatedClient(): Promise<GeneratedClient> {
  const contract = readReviewed('api') ?? '';
  const documents = [SHARED, TOLD].map((text, index) => ({ file: `${index}.graphql`, text }));
  const files = await generateClient({ contract, documents, codeLists: [], packageName: 'desk' });
  const out = join(folder, 'client');
  mkdirSync(out, { recursive: true });
  for (const [file, text] of files) writeFileSync(join(out, file), text);
  return import(join(out, 'index.ts')) as Promise<GeneratedClient>;
}
interface Answer {
  readonly data: unknown;
  readonly errors: readonly { readonly extensions?: { readonly code?: string } }[];
}
type Ask<Result> = (endpoint: object, document: unknown, variables: object) => Result;
interface GeneratedClient {
  readonly documents: Readonly<Record<string, string>>;
  readonly SharedDocument: unknown;
  readonly ToldDocument: { readonly __meta__: { hash: string } };
  readonly request: Ask<Promise<Answer>>;
  readonly subscribe: Ask<AsyncGenerator<Answer>>;
  readonly subscribeOverSocket: Ask<AsyncGenerator<Answer>>;
}

test('a generated client runs by hashes alone over HTTP, server-sent events and a WebSocket; a hash not registered is refused on each', async () => {
  const { documents, SharedDocument, ToldDocument, request, subscribe, subscribeOverSocket } = await generatedClient();
  const texts = Object.values(documents);
  await register('1.0.0', texts);
  await changeClient('trusted_only = true');
  await settled();
  const token = await hub.tokenOf('frontend');
  const endpoint = { url: `${origin}/graphql`, token, registered: true, webSocket: WebSocket };
  expect(await request(endpoint, SharedDocument, { level: 'COUNTY' })).toEqual({
    data: { divisions: { nodes: [{ level: 'COUNTY' }] } },
    errors: [],
  });
  for (const open of [subscribe, subscribeOverSocket]) {
    const told = open(endpoint, ToldDocument, { ids: [SYSTEM] });
    const next = told.next();
    // Who subscribes hears what is committed once he is there.
    let heard = false;
    void next.finally(() => {
      heard = true;
    });
    while (!heard) {
      await tell();
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    expect((await next).value, open.name).toEqual({
      data: { changed: { changeId: expect.any(String), eventType: expect.any(String) } },
      errors: [],
    });
    await told.return(undefined);
  }
  await mutate('retireOperations', { scenario: 'desk', version: '1.0.0' });
  await settled();
  const refusals = async (registered: boolean) =>
    Promise.all(
      [subscribe, subscribeOverSocket].map(async (open) => {
        const told = open({ ...endpoint, registered }, ToldDocument, { ids: [SYSTEM] });
        const { value } = await told.next();
        await told.return(undefined);
        return (value as Answer).errors.map(({ extensions }) => extensions?.code);
      }),
    );
  expect(await refusals(true)).toEqual([['DOCUMENT_NOT_REGISTERED'], ['DOCUMENT_NOT_REGISTERED']]);
  expect(await refusals(false)).toEqual([['OPERATION_NOT_TRUSTED'], ['OPERATION_NOT_TRUSTED']]);
});

test('on a WebSocket that stays open, what was retired meanwhile is refused', async () => {
  await register('1.0.0', [TOLD]);
  await changeClient('trusted_only = true');
  await settled();
  const client = createSocketClient({
    url: `${origin.replace('http', 'ws')}/graphql`,
    webSocketImpl: WebSocket,
    connectionParams: { authorization: `Bearer ${await hub.tokenOf('frontend')}` },
    lazy: false,
    retryAttempts: 0,
  });
  const codes = () =>
    client
      .iterate({ query: TOLD, variables: { ids: [SYSTEM] } })
      .next()
      .then(({ value }) => value as Answer)
      .catch((errors: Answer['errors']) => ({ errors }))
      .then(({ errors }) => errors.map(({ extensions }) => extensions?.code));
  await mutate('retireOperations', { scenario: 'desk', version: '1.0.0' });
  await settled();
  expect(await codes()).toEqual(['OPERATION_NOT_TRUSTED']);
  await client.dispose();
});

test('a version never changes: the same documents again are the same, others are refused, a retired one stays so', async () => {
  await register('1.0.0', [OLD]);
  const rows = async () => (await hub.pool.query('SELECT * FROM catalog.operation_manifest')).rows;
  const before = await rows();
  expect(await register('1.0.0', [OLD])).toEqual({ __typename: 'TrustOperationsSuccess' });
  expect(await register('1.0.0', [OLD, NEW])).toMatchObject({
    code: 'MANIFEST_VERSION_TAKEN',
    culprit: 'input.version',
  });
  expect(await rows()).toEqual(before);
  await mutate('retireOperations', { scenario: 'desk', version: '1.0.0' });
  expect(await register('1.0.0', [OLD])).toMatchObject({ code: 'MANIFEST_VERSION_TAKEN' });
  expect(await mutate('retireOperations', { scenario: 'desk', version: '1.0.0' })).toMatchObject({
    code: 'MANIFEST_RETIRED',
  });
});

test.each([
  [{ scenario: 'desk' }, 'MANIFEST_LABEL_INVALID', 'input.version'],
  [{ version: '1' }, 'MANIFEST_LABEL_INVALID', 'input.scenario'],
  [{ scenario: 'Desk!', version: '1' }, 'MANIFEST_LABEL_INVALID', 'input.scenario'],
  [{ scenario: 'desk', version: '../1' }, 'MANIFEST_LABEL_INVALID', 'input.version'],
  [{ scenario: 'desk', version: '1', clientId: 'nobody' }, 'CLIENT_NOT_FOUND', 'input.clientId'],
  [{ scenario: 'desk', version: '1', documents: ['{'] }, 'TRUSTED_DOCUMENT_INVALID', 'input.documents'],
])('registering with %j is refused with %s, and nothing is written', async (wrong, code, culprit) => {
  expect(await mutate('trustOperations', { documents: [OLD], ...wrong })).toMatchObject({ code, culprit });
  expect((await hub.pool.query('SELECT 1 FROM catalog.operation_manifest')).rowCount).toBe(0);
});

test('retiring what was never registered is refused', async () => {
  const answer = await mutate('retireOperations', { scenario: 'desk', version: '9' });
  expect(answer).toMatchObject({ code: 'MANIFEST_NOT_FOUND', culprit: 'input.version' });
});

test('fifty at once register one version: one row, and each is told that it is registered', async () => {
  const answers = await Promise.all(
    Array.from({ length: 50 }, (_, index) => register('3.0.0', index % 2 === 0 ? [OLD] : [NEW])),
  );
  const done = answers.filter((answer) => answer?.__typename === 'TrustOperationsSuccess').length;
  const taken = answers.filter((answer) => answer?.code === 'MANIFEST_VERSION_TAKEN').length;
  expect([done, taken]).toEqual([25, 25]);
  const { rows } = await hub.pool.query('SELECT version, hashes FROM catalog.operation_manifest');
  expect(rows).toHaveLength(1);
});

test('npm run operations registers a generated manifest, lists the versions and retires one', async () => {
  const manifest = join(folder, 'manifest.json');
  const write = (document: string, hash = hashOf(document)) =>
    writeFileSync(manifest, JSON.stringify({ operations: [{ name: 'Old', hash, document }] }));
  writeFileSync(join(folder, 'package.json'), '{"version":"0.0.0-abc"}');
  const token = await hub.tokenOf('steward');
  const run = async (...args: string[]) => {
    const command = [...builtProgram('operations-command'), ...args, '--client', CLIENT];
    const all = [...command, '--hub', `${origin}/graphql`, '--token', token];
    return promisify(execFile)(process.execPath, all, { cwd: projectRoot }).then(
      ({ stdout }) => ({ code: 0, text: stdout }),
      (error: { code: number; stderr: string }) => ({ code: error.code, text: error.stderr }),
    );
  };
  write(OLD);
  const registered = await run('register', '--scenario', 'desk', '--manifest', manifest);
  expect(registered).toEqual({ code: 0, text: expect.stringContaining('desk 0.0.0-abc：已登记 1 个操作') });
  expect((await run('list')).text).toMatch(/^desk\t0\.0\.0-abc\t1 个操作 operations\t.+\t在用 live\n$/);
  write(NEW);
  const taken = await run('register', '--scenario', 'desk', '--manifest', manifest);
  expect(taken).toEqual({ code: 2, text: expect.stringContaining('MANIFEST_VERSION_TAKEN') });
  expect((await run('retire', '--scenario', 'desk', '--version', '0.0.0-abc')).code).toBe(0);
  expect((await run('list')).text).toContain('已停用 retired');
  write(OLD, hashOf(NEW));
  expect((await run('register', '--scenario', 'desk', '--manifest', manifest)).text).toContain('npm run client');
});
