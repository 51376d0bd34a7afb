import { expect, test } from 'vitest';
import { createIdentify, IdentityRefused } from '../../gateway/identity/identify.ts';
import { TokenRefused, type TokenVerifier } from '../../gateway/identity/tokens.ts';
import type { ClientGrant } from '../../subgraphs/kit/catalog-port.ts';
import { InMemoryCatalogPort } from '../kit/in-memory-catalog-port.ts';
import { demoGrant } from './small-hub.ts';

const WORKER = 'CommunityWorker:01970000-0000-7000-8000-000000000001';
const gridApp: ClientGrant = {
  ...demoGrant,
  clientId: 'grid-app',
  kind: 'APPLICATION',
  jurisdictionRule: 'GRID_POSTS',
};

/** A token is `client` or `client/worker`. */
const subjectOf = (token: string) => {
  const [clientId = '', worker] = token.split('/');
  return worker === undefined ? { clientId } : { clientId, workerId: WORKER };
};
const expired = new Set<string>();
const verifier: TokenVerifier = {
  async verify(token) {
    if (token.startsWith('forged') || expired.has(token)) throw new TokenRefused('forged');
    return subjectOf(token);
  },
  known: (token) => (expired.has(token) ? undefined : subjectOf(token)),
};

function open(posts: readonly string[] = []) {
  const catalog = new InMemoryCatalogPort(demoGrant, gridApp);
  const time = { milliseconds: 0 };
  const asked: string[] = [];
  const identify = createIdentify({
    verifier,
    catalog,
    now: () => time.milliseconds,
    gridPostsOf: async (workerId) => {
      asked.push(workerId);
      return posts;
    },
  });
  return { catalog, time, asked, identify };
}

async function refusal(identified: Promise<unknown>) {
  const error = await identified.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof IdentityRefused)) throw error ?? new Error('nobody was refused');
  return { status: error.status, code: error.problem.extensions.code, challenge: error.challenge };
}

test('a known client gets the area and the rights of its grant, whatever its token says', async () => {
  const { identify } = open();

  const { caller, costBudgetPerMinute } = await identify('Bearer demo');

  expect(caller).toEqual({
    clientId: 'demo',
    kind: 'SYSTEM',
    departmentCode: 'public-security',
    jurisdiction: ['3304'],
    rights: new Set(['person.identity']),
  });
  expect(costBudgetPerMinute).toBe(100_000);
});

test('grants are read once and their version at most once a second', async () => {
  const { catalog, identify, time } = open();

  await Promise.all([identify('Bearer demo'), identify('bearer demo'), identify('Bearer demo')]);
  time.milliseconds = 999;
  await identify('Bearer demo');
  expect(catalog.asked).toMatchObject({ findClient: 1, grantVersion: 1 });

  time.milliseconds = 1_001;
  await identify('Bearer demo');
  expect(catalog.asked).toMatchObject({ findClient: 1, grantVersion: 2 });
});

test('a client that is switched off is gone after a second, and back when it is switched on', async () => {
  const { catalog, identify, time } = open();
  await identify('Bearer demo');

  catalog.change('demo', { active: false });
  time.milliseconds = 1_000;
  expect(await refusal(identify('Bearer demo'))).toEqual({
    status: 401,
    code: 'CLIENT_UNKNOWN',
    challenge: 'Bearer realm="yiyun", error="invalid_token"',
  });

  catalog.change('demo', { active: true, rights: [] });
  time.milliseconds = 2_000;
  expect((await identify('Bearer demo')).caller.rights).toEqual(new Set());
});

test('who was let in a moment ago is known at once, and no longer than everything that it rests on', async () => {
  const { catalog, identify, time } = open(['330499001001001']);
  const isKnown = (header: string) => identify.known?.(header) !== undefined;
  const headers = ['Bearer demo', 'Bearer grid-app/1', 'Bearer demo/1', 'Bearer late', 'Bearer forged'];
  expect(headers.filter(isKnown)).toEqual([]);
  await Promise.allSettled(headers.map((header) => identify(header)));

  // A worker's posts are asked for anew each time; who is not let in is told so by whoever looks closely.
  expect(headers.filter(isKnown)).toEqual(['Bearer demo']);
  expect(identify.known?.('Bearer demo')).toBe(await identify('Bearer demo'));
  expect([identify.known?.(undefined), identify.known?.('bearer demo')]).toEqual([undefined, undefined]);

  time.milliseconds = 1_000;
  expect(isKnown('Bearer demo')).toBe(false);
  await identify('Bearer demo');
  expect(isKnown('Bearer demo')).toBe(true);

  expired.add('demo');
  expect(isKnown('Bearer demo')).toBe(false);
  expired.clear();

  catalog.change('demo', { active: false });
  time.milliseconds = 2_000;
  await identify('Bearer demo').catch(() => {});
  expect(isKnown('Bearer demo')).toBe(false);
});

test('a client that is registered late is let in after a second', async () => {
  const { catalog, identify, time } = open();
  expect((await refusal(identify('Bearer late'))).code).toBe('CLIENT_UNKNOWN');

  await catalog.ensureClients([{ ...demoGrant, clientId: 'late' }]);
  time.milliseconds = 1_000;

  expect((await identify('Bearer late')).caller.clientId).toBe('late');
});

test('an old grant is not trusted while the catalogue cannot be asked', async () => {
  const { catalog, identify, time } = open();
  await identify('Bearer demo');

  catalog.failure = new Error('connection refused');
  time.milliseconds = 1_000;
  await expect(identify('Bearer demo')).rejects.toThrow('connection refused');

  catalog.failure = undefined;
  expect((await identify('Bearer demo')).caller.clientId).toBe('demo');
});

test.each([undefined, '', 'demo', 'Basic demo', 'Bearer', 'Bearer a b', 'Bearer demo, Bearer demo'])(
  'the header %j is no token',
  async (header) => {
    expect(await refusal(open().identify(header))).toEqual({
      status: 401,
      code: 'UNAUTHENTICATED',
      challenge: 'Bearer realm="yiyun"',
    });
  },
);

test('a forged token is told to be invalid and nothing more', async () => {
  expect(await refusal(open().identify('Bearer forged'))).toEqual({
    status: 401,
    code: 'UNAUTHENTICATED',
    challenge: 'Bearer realm="yiyun", error="invalid_token"',
  });
});

test('a grid app sees the grids of its worker, asked for anew each time', async () => {
  const { asked, identify } = open(['330402001001001']);

  const first = await identify('Bearer grid-app/worker');
  await identify('Bearer grid-app/worker');

  expect(first.caller).toMatchObject({ workerId: WORKER, jurisdiction: ['330402001001001'] });
  expect(asked).toEqual([WORKER, WORKER]);
});

test('a grid app without a worker, or with one who holds no post, is refused', async () => {
  expect(await refusal(open(['330402001001001']).identify('Bearer grid-app'))).toMatchObject({
    status: 403,
    code: 'NO_LIVE_POST',
  });
  expect(await refusal(open([]).identify('Bearer grid-app/worker'))).toMatchObject({
    status: 403,
    code: 'NO_LIVE_POST',
  });
});

test('a worker who acts through another client is named, and its area stays the grant’s', async () => {
  const { asked, identify } = open();

  const { caller } = await identify('Bearer demo/worker');

  expect(caller).toMatchObject({ workerId: WORKER, jurisdiction: ['3304'] });
  expect(asked).toEqual([]);
});
