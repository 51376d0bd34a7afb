import { createHash, randomBytes } from 'node:crypto';
import { decodeJwt, decodeProtectedHeader } from 'jose';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type CityHub, openCityHub } from '../kit/city-hub.ts';

const CITY = '{ loadedCity { city } }';
const REDIRECT = 'http://127.0.0.1:53211/callback';
let hub: CityHub;
let keys = 0;

beforeAll(async () => {
  hub = await openCityHub();
});
afterAll(() => hub?.[Symbol.asyncDispose]());

async function manage(mutation: string, input: string): Promise<Record<string, string>> {
  const idempotencyKey = `oidc-test-${keys++}`;
  const { data, errors } = await hub.ask(
    'steward',
    `mutation { ${mutation}(input: { ${input}, idempotencyKey: "${idempotencyKey}" }) { __typename ... on Refusal { code }
       ${mutation === 'issueClientSecret' ? '... on IssueClientSecretSuccess { secretId secret }' : ''} } }`,
  );
  expect(errors).toEqual([]);
  return (data as Record<string, Record<string, string>>)[mutation] ?? {};
}

async function newSystem(clientId: string): Promise<string> {
  await manage(
    'registerClient',
    `clientId: "${clientId}", name: "测试系统", kind: SYSTEM, departmentCode: "urban-management", jurisdictionCodes: ["3304"]`,
  );
  return String((await manage('issueClientSecret', `clientId: "${clientId}"`)).secret);
}

const basic = (clientId: string, secret: string) => `Basic ${Buffer.from(`${clientId}:${secret}`).toString('base64')}`;

async function token(authorization: string | undefined, form: Record<string, string>) {
  const response = await hub.app.inject({
    method: 'POST',
    url: '/oidc/token',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      ...(authorization === undefined ? {} : { authorization }),
    },
    payload: new URLSearchParams(form).toString(),
  });
  return { status: response.statusCode, body: response.json() as Record<string, string> };
}

const credentials = (clientId: string, secret: string) =>
  token(basic(clientId, secret), { grant_type: 'client_credentials' });

async function askWith(accessToken: string | undefined, query = CITY) {
  const response = await hub.app.inject({
    method: 'POST',
    url: '/graphql',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${accessToken}` },
    payload: JSON.stringify({ query }),
  });
  return { status: response.statusCode, headers: response.headers, body: response.json() };
}

/** Grants are remembered for a second. */
const aMoment = () => new Promise((resolve) => setTimeout(resolve, 1_100));

test('discovery and keys are published, the private part of no key is', async () => {
  const discovery = (await hub.app.inject('/oidc/.well-known/openid-configuration')).json();
  expect(discovery).toMatchObject({
    issuer: 'http://localhost:4000/oidc',
    grant_types_supported: ['authorization_code', 'client_credentials'],
    response_types_supported: ['code'],
    code_challenge_methods_supported: ['S256'],
  });
  const { keys: published } = (await hub.app.inject('/oidc/jwks')).json();
  expect(published).toHaveLength(1);
  expect(published[0]).toMatchObject({ kty: 'EC', alg: 'ES256' });
  expect(published[0]).not.toHaveProperty('d');
});

test('a department system gets a token for its secret, and the graph knows it by its grant', async () => {
  const secret = await newSystem('oidc-desk');
  const { status, body } = await credentials('oidc-desk', secret);
  expect(status).toBe(200);
  expect(body).toMatchObject({ token_type: 'Bearer', expires_in: 600 });
  const accessToken = String(body.access_token);
  expect(decodeProtectedHeader(accessToken)).toMatchObject({ alg: 'ES256', typ: 'at+jwt' });
  expect(decodeJwt(accessToken)).toMatchObject({
    iss: 'http://localhost:4000/oidc',
    aud: 'urn:yiyun:graph',
    client_id: 'oidc-desk',
  });
  const answer = await askWith(accessToken);
  expect(answer.body).toEqual({ data: { loadedCity: { city: 'jiaxing' } } });
  expect(Number(answer.headers['x-yiyun-cost'])).toBeGreaterThan(0);
  expect(Number(answer.headers['x-yiyun-budget-left'])).toBeLessThan(1_000_000);
});

test('a wrong secret, another client’s and none are refused alike, and no token is given', async () => {
  const secret = await newSystem('oidc-other');
  for (const authorization of [basic('oidc-other', 'wrong'), basic('demo-system', secret), basic('nobody', secret)]) {
    const { status, body } = await token(authorization, { grant_type: 'client_credentials' });
    expect([status, body.error, body.access_token]).toEqual([401, 'invalid_client', undefined]);
  }
  const without = await token(undefined, { grant_type: 'client_credentials', client_id: 'oidc-other' });
  expect(without.status).toBeGreaterThanOrEqual(400);
  expect(without.body.access_token).toBeUndefined();
  const inBody = await token(undefined, {
    ...{ grant_type: 'client_credentials', client_id: 'oidc-other', client_secret: secret },
  });
  expect(inBody.body.access_token).toBeUndefined();
});

test('secrets rotate without a pause: both work until the old one is revoked', async () => {
  const old = await newSystem('oidc-rotating');
  const { rows } = await hub.pool.query("SELECT id FROM catalog.client_secret WHERE client_id = 'oidc-rotating'");
  const fresh = String((await manage('issueClientSecret', 'clientId: "oidc-rotating"')).secret);
  for (const secret of [old, fresh]) expect((await credentials('oidc-rotating', secret)).status).toBe(200);

  await manage('revokeClientSecret', `clientId: "oidc-rotating", secretId: "${rows[0].id}"`);
  expect((await credentials('oidc-rotating', old)).status).toBe(401);
  expect((await credentials('oidc-rotating', fresh)).status).toBe(200);

  await hub.pool.query(
    "UPDATE catalog.client_secret SET expires_at = now() - interval '1 second' WHERE revoked_at IS NULL AND client_id = 'oidc-rotating'",
  );
  expect((await credentials('oidc-rotating', fresh)).status).toBe(401);
});

test('a client that is switched off is gone within two seconds, with the tokens that it has', async () => {
  const secret = await newSystem('oidc-ended');
  const { body } = await credentials('oidc-ended', secret);
  expect((await askWith(body.access_token)).status).toBe(200);
  await manage('changeClient', 'clientId: "oidc-ended", active: false');
  await aMoment();
  const refused = await askWith(body.access_token);
  expect(refused.status).toBe(401);
  expect(refused.body.errors[0].extensions.code).toBe('CLIENT_UNKNOWN');
  expect((await credentials('oidc-ended', secret)).body.error).toBe('invalid_client');
});

test('a client held to trusted operations runs their very texts, and nothing else', async () => {
  const secret = await newSystem('oidc-trusted');
  const { body } = await credentials('oidc-trusted', secret);
  await manage('trustOperations', `clientId: "oidc-trusted", documents: ["${CITY}"]`);
  await manage('changeClient', 'clientId: "oidc-trusted", trustedOnly: true');
  await aMoment();
  expect((await askWith(body.access_token)).body).toEqual({ data: { loadedCity: { city: 'jiaxing' } } });
  for (const query of [`${CITY} `, '{ loadedCity { scale } }', '{ __schema { types { name } } }', '{ broken']) {
    const { body: refused } = await askWith(body.access_token, query);
    expect(refused.data).toBeUndefined();
    expect(refused.errors.map((error: { extensions: object }) => error.extensions)).toEqual([
      expect.objectContaining({
        code: 'OPERATION_NOT_TRUSTED',
        hash: createHash('sha256').update(query).digest('hex'),
      }),
    ]);
  }
});

test('a budget that is used up is told with the time to wait, and nothing runs', async () => {
  const secret = await newSystem('oidc-poor');
  await manage('changeClient', 'clientId: "oidc-poor", costBudgetPerMinute: 1');
  const { body } = await credentials('oidc-poor', secret);
  expect((await askWith(body.access_token)).status).toBe(200);
  const refused = await askWith(body.access_token);
  expect([refused.status, refused.headers['x-yiyun-budget-left']]).toEqual([429, '0']);
  expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
  expect(refused.body.data).toBeUndefined();
});

async function logIn(choose: (page: string) => string | undefined) {
  const verifier = randomBytes(32).toString('base64url');
  const query = new URLSearchParams({
    client_id: 'demo-grid-app',
    redirect_uri: REDIRECT,
    response_type: 'code',
    scope: 'openid',
    state: 'a-state',
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  });
  const cookies = new Map<string, string>();
  const go = async (url: string, form?: Record<string, string>) => {
    const { pathname, search } = new URL(url, 'http://localhost:4000');
    const response = await hub.app.inject({
      method: form === undefined ? 'GET' : 'POST',
      url: pathname + search,
      headers: {
        host: 'localhost:4000',
        cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; '),
        ...(form === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded' }),
      },
      ...(form === undefined ? {} : { payload: new URLSearchParams(form).toString() }),
    });
    for (const { name, value } of response.cookies) cookies.set(name, value);
    return response;
  };
  const started = await go(`/oidc/auth?${query}`);
  expect(started.statusCode).toBe(303);
  const loginUrl = String(started.headers.location);
  const page = await go(loginUrl);
  const account = choose(page.body);
  const finished = await go(loginUrl, { account: account ?? '' });
  if (finished.statusCode !== 303) return { page, finished, code: undefined, verifier };
  const back = await go(String(finished.headers.location));
  return { page, finished: back, code: new URL(String(back.headers.location)).searchParams.get('code'), verifier };
}

test('a grid chief logs in with code and PKCE, and sees his own grid', async () => {
  const { page, code, verifier } = await logIn((html) => /value="(CommunityWorker-[^"]+)"/.exec(html)?.[1]);
  expect(page.headers['content-security-policy']).toMatch(
    /^default-src 'none'; style-src 'sha256-[^;]+; form-action 'self' http:\/\/127\.0\.0\.1:53211;/,
  );
  expect(page.body).toMatch(/登录一云/);
  expect(page.body).not.toMatch(/<script|https?:\/\//);
  const form = {
    grant_type: 'authorization_code',
    code: String(code),
    redirect_uri: REDIRECT,
    client_id: 'demo-grid-app',
  };

  const { status, body } = await token(undefined, { ...form, code_verifier: verifier });
  expect([status, body.error_description]).toEqual([200, undefined]);
  expect(decodeJwt(String(body.access_token))).toMatchObject({ worker: expect.stringMatching(/^CommunityWorker:/) });
  const { body: answer } = await askWith(
    body.access_token,
    '{ incidents(first: 1) { totalCount } loadedCity { city } }',
  );
  expect(answer.errors).toBeUndefined();

  // A code serves once.
  const again = await token(undefined, { ...form, code_verifier: verifier });
  expect(again.body.error).toBe('invalid_grant');
});

test('a code without its verifier, and an account that does not exist, give no token', async () => {
  const { code } = await logIn((html) => /value="(CommunityWorker-[^"]+)"/.exec(html)?.[1]);
  const form = {
    grant_type: 'authorization_code',
    code: String(code),
    redirect_uri: REDIRECT,
    client_id: 'demo-grid-app',
  };
  const wrong = await token(undefined, { ...form, code_verifier: randomBytes(32).toString('base64url') });
  expect([wrong.body.error, wrong.body.access_token]).toEqual(['invalid_grant', undefined]);

  const { finished } = await logIn(() => 'mayor');
  expect(finished.statusCode).toBe(400);

  const stranger = await hub.app.inject(
    '/oidc/auth?client_id=demo-grid-app&response_type=code&redirect_uri=https%3A%2F%2Fevil.example%2F',
  );
  expect(stranger.statusCode).toBe(400);
  expect(stranger.headers.location).toBeUndefined();
  const noPkce = await hub.app.inject(
    `/oidc/auth?client_id=demo-grid-app&response_type=code&scope=openid&redirect_uri=${encodeURIComponent(REDIRECT)}`,
  );
  expect(String(noPkce.headers.location)).toContain('error=invalid_request');
});
