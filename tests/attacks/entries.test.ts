import { createHmac } from 'node:crypto';
import { type CryptoKey, decodeProtectedHeader, exportJWK, generateKeyPair, SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { demoParties, issueToken } from '../../gateway/identity/tokens.ts';
import { type AttackHub, expectRefused, openAttackHub } from './attack-hub.ts';

const QUERY = '{ loadedCity { city } }';
const CITIZEN_ID = '330499198508251234';
let attack: AttackHub;
beforeAll(async () => {
  attack = await openAttackHub();
});
afterAll(() => attack?.[Symbol.asyncDispose]());

const withToken = (token: string) =>
  attack.send({
    method: 'POST',
    url: '/graphql',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    payload: JSON.stringify({ query: QUERY }),
  });

const claims = (more: object = {}) => ({
  client_id: 'demo-system',
  iss: demoParties.issuer,
  aud: demoParties.audience,
  exp: Math.floor(Date.now() / 1000) + 600,
  ...more,
});
const segment = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

describe('a forged token opens nothing:', () => {
  const key = () => attack.hub.key;
  const stranger = generateKeyPair('ES256', { extractable: true });
  const sign = async (header: Record<string, unknown>, payload: object = claims(), signer?: CryptoKey) =>
    new SignJWT(payload as never)
      .setProtectedHeader({ alg: 'ES256', kid: key().kid, ...header })
      .sign(signer ?? (await stranger).privateKey);

  test.each<[string, () => Promise<string> | string]>([
    ['alg none', () => `${segment({ alg: 'none', kid: key().kid })}.${segment(claims())}.`],
    ['alg None', () => `${segment({ alg: 'None', kid: key().kid })}.${segment(claims())}.`],
    [
      'HS256 with the public key as the secret',
      () => {
        const text = `${segment({ alg: 'HS256', kid: key().kid })}.${segment(claims())}`;
        return `${text}.${createHmac('sha256', JSON.stringify(key().publicJwk)).update(text).digest('base64url')}`;
      },
    ],
    ['a stranger’s signature under our kid', () => sign({})],
    ['a kid that is a path', () => sign({ kid: '../../secrets/demo-token-key.json' })],
    ['a kid that is SQL', () => sign({ kid: "' OR 1=1 --" })],
    ['a kid of the prototype', () => sign({ kid: '__proto__' })],
    ['keys behind jku', () => sign({ jku: 'http://127.0.0.1:1/jwks', kid: 'mine' })],
    ['keys behind x5u', () => sign({ x5u: 'http://127.0.0.1:1/cert' })],
    ['a key of its own (jwk)', async () => sign({ jwk: await exportJWK((await stranger).publicKey) })],
    [
      'a critical header that nobody knows',
      () => `${segment({ alg: 'ES256', kid: key().kid, crit: ['x'], x: 1 })}.${segment(claims())}.AAAA`,
    ],
    ['an expired one of ours', () => issueToken(key(), demoParties, { clientId: 'demo-system' }, -60)],
    [
      'one for another audience',
      () => issueToken(key(), { ...demoParties, audience: 'urn:else' }, { clientId: 'demo-system' }, 60),
    ],
    [
      'one of another issuer',
      () => issueToken(key(), { ...demoParties, issuer: 'https://evil.example' }, { clientId: 'demo-system' }, 60),
    ],
    [
      'the embedded issuer’s name under the demo key',
      () =>
        issueToken(key(), { ...demoParties, issuer: 'http://localhost:4000/oidc' }, { clientId: 'demo-system' }, 60),
    ],
    ['one that names two clients', () => sign({}, claims({ azp: 'demo-steward' }), key().privateKey)],
    [
      'one that claims rights for an unknown client',
      () => sign({}, claims({ client_id: 'nobody', rights: ['person.identity'] }), key().privateKey),
    ],
    [
      'a payload that was changed',
      async () => {
        const [head, , signature] = (await attack.hub.tokenOf('frontend')).split('.');
        return `${head}.${segment(claims())}.${signature}`;
      },
    ],
  ])('%s', async (_what, make) => {
    const outcome = await withToken(await make());
    expect(outcome.status).toBe(401);
    expect(outcome.data).toBeNull();
    expect(outcome.codes).toHaveLength(1);
    expect(['UNAUTHENTICATED', 'CLIENT_UNKNOWN']).toContain(outcome.codes[0]);
    expect([outcome.ledger, outcome.statements]).toEqual([[], 0]);
  });

  test('and a true one shows that the others failed by what was forged', async () => {
    const token = await attack.hub.tokenOf('system');
    expect(decodeProtectedHeader(token).kid).toBe(key().kid);
    expect((await withToken(token)).data).toEqual({ loadedCity: { city: 'jiaxing' } });
  });
});

describe('the HTTP side gives nothing to', () => {
  const get = async (query: Record<string, string>, headers: Record<string, string> = {}) =>
    attack.send({
      method: 'GET',
      url: `/graphql?${new URLSearchParams(query)}`,
      headers: { authorization: `Bearer ${await attack.hub.tokenOf('steward')}`, ...attack.hub.purpose, ...headers },
    });
  const MUTATION =
    'mutation M { registerSystem(input: { code: "by-get", name: "系统", departmentCode: "civil-affairs", tier: SYSTEM, idempotencyKey: "by-get-key-1" }) { __typename } }';

  test('a mutation by GET, also beside a query that is not the one to run', async () => {
    for (const query of [{ query: MUTATION }, { query: `query Q ${QUERY} ${MUTATION}`, operationName: 'M' }]) {
      const outcome = await get(query);
      expect([outcome.status, outcome.data, outcome.ledger]).toEqual([405, null, []]);
    }
  });

  test('a method that pretends to be another', async () => {
    const outcome = await get({ query: MUTATION }, { 'x-http-method-override': 'POST' });
    expect([outcome.status, outcome.data]).toEqual([405, null]);
  });

  test('a citizen’s number in a URL, whatever way it is given', async () => {
    const token = await attack.hub.tokenOf('system');
    const requests = [
      { query: `{ personByCitizenId(citizenId: "${CITIZEN_ID}") { id } }` },
      {
        query: 'query ($c: String!) { personByCitizenId(citizenId: $c) { id } }',
        variables: JSON.stringify({ c: CITIZEN_ID }),
      },
    ];
    for (const query of requests) {
      const outcome = await get(query, { authorization: `Bearer ${token}` });
      expect(outcome.status).toBe(400);
      expectRefused(outcome, 'PROTECTED_ARGUMENT_IN_URL');
    }
    expect(attack.hub.log.join('')).not.toContain(CITIZEN_ID);
  });

  test.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/json-patch+json',
    'application/graphql',
  ])('a body of type %s, which a foreign page could send without asking', async (type) => {
    const outcome = await attack.send({
      method: 'POST',
      url: '/graphql',
      headers: { 'content-type': type, authorization: `Bearer ${await attack.hub.tokenOf('steward')}` },
      payload: JSON.stringify({ query: MUTATION }),
    });
    expect(outcome.status).toBeGreaterThanOrEqual(400);
    expect([outcome.data, outcome.ledger, outcome.statements]).toEqual([null, [], 0]);
  });

  test('a foreign origin: no header lets its page read the answer', async () => {
    const response = await attack.hub.app.inject({
      method: 'OPTIONS',
      url: '/graphql',
      headers: { origin: 'https://evil.example', 'access-control-request-method': 'POST' },
    });
    expect(response.headers['access-control-allow-origin']).toBeUndefined();
  });

  test('a caller’s context that somebody sends along: it counts for nothing', async () => {
    const caller = segment({ clientId: 'hub', kind: 'HUB', rights: ['person.identity'] });
    const outcome = await attack.ask(
      'frontend',
      '{ persons(first: 1) { nodes { birthDate } } }',
      {},
      {
        'x-yiyun-caller': caller,
        'x-forwarded-user': 'demo-system',
      },
    );
    expect(outcome.text).not.toMatch(/\d{4}-\d{2}-\d{2}/);
    expect(outcome.codes).toContain('FIELD_RIGHT_MISSING');
  });

  test('who wants to reach a subgraph through the gateway', async () => {
    for (const query of [
      '{ _entities(representations: [{ __typename: "Person", id: "x" }]) { __typename } }',
      '{ _service { sdl } }',
      'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Person { birthDate } } }',
    ]) {
      expectRefused(await attack.ask('system', query), 'DOCUMENT_INVALID');
    }
    expect((await attack.ask('system', '{ __type(name: "_Entity") { name } }')).data).toEqual({ __type: null });
  });

  test('a prototype, wherever it is written to', async () => {
    const bodies = [
      '{"query":"{ loadedCity { city } }","__proto__":{"polluted":true}}',
      '{"query":"query ($id: ID!) { node(id: $id) { id } }","variables":{"id":"x","__proto__":{"polluted":true}}}',
      '{"query":"{ loadedCity { city } }","constructor":{"prototype":{"polluted":true}}}',
      '{"query":"{ loadedCity { city } }","extensions":{"__proto__":{"polluted":true},"purpose":{"__proto__":{"legalBasis":"x"}}}}',
      '{"query":"query ($f: PersonFilter) { persons(filter: $f) { totalCount } }","variables":{"f":{"__proto__":{"polluted":true}}}}',
    ];
    for (const payload of bodies) {
      await attack.send({
        method: 'POST',
        url: '/graphql',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${await attack.hub.tokenOf('system')}` },
        payload,
      });
      expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
    }
    const aliased = await attack.ask('system', '{ __proto__: loadedCity { constructor: city toString: scale } }');
    expect(({} as { city?: unknown }).city).toBeUndefined();
    expect(Object.getPrototypeOf({})).toBe(Object.prototype);
    expect(aliased.ledger).toEqual([]);
  });
});
