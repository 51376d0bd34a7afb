import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type CityHub, openCityHub } from '../../kit/city-hub.ts';

let hub: CityHub;
let keys = 0;

beforeAll(async () => {
  hub = await openCityHub();
});
afterAll(() => hub?.[Symbol.asyncDispose]());

interface Answer {
  readonly __typename: string;
  readonly code?: string;
  readonly culprit?: string;
  readonly secret?: string | null;
  readonly secretId?: string;
  readonly hashes?: string[];
  readonly client?: Record<string, unknown> & { liveSecrets?: { secretId: string }[] };
}

const CLIENT = 'client { clientId active trustedOnly rights costBudgetPerMinute liveSecrets { secretId } }';
const SELECTIONS: Record<string, string> = {
  registerClient: `... on RegisterClientSuccess { ${CLIENT} }`,
  issueClientSecret: `... on IssueClientSecretSuccess { secretId secret expiresAt ${CLIENT} }`,
  revokeClientSecret: `... on ChangeClientSuccess { ${CLIENT} }`,
  changeClient: `... on ChangeClientSuccess { ${CLIENT} }`,
  trustOperations: `... on TrustOperationsSuccess { hashes ${CLIENT} }`,
};

async function change(mutation: string, input: object, idempotencyKey = `clients-test-${keys++}`): Promise<Answer> {
  const type = `${mutation[0]?.toUpperCase()}${mutation.slice(1)}Input`;
  const { data, errors } = await hub.ask(
    'steward',
    `mutation ($input: ${type}!) { ${mutation}(input: $input) { __typename ${SELECTIONS[mutation]} ... on Refusal { code culprit } } }`,
    { input: { ...input, idempotencyKey } },
  );
  expect(errors).toEqual([]);
  return (data as Record<string, Answer>)[mutation] as Answer;
}

const SYSTEM = {
  name: '城管系统',
  kind: 'SYSTEM',
  departmentCode: 'urban-management',
  jurisdictionCodes: ['3304'],
  rights: ['incident.write'],
};

async function register(clientId: string, more: object = {}): Promise<string> {
  const answer = await change('registerClient', { clientId, ...SYSTEM, ...more });
  expect(answer.__typename).toBe('RegisterClientSuccess');
  return clientId;
}

async function traces() {
  const { rows } = await hub.pool.query(
    `SELECT (SELECT count(*)::int FROM catalog.client) AS clients, (SELECT sum(version)::int FROM catalog.client) AS versions,
            (SELECT count(*)::int FROM catalog.client_secret) AS secrets, (SELECT count(*)::int FROM catalog.trusted_operation) AS trusted,
            (SELECT count(*)::int FROM catalog.outbox) AS events, (SELECT count(*)::int FROM catalog.provenance) AS batches,
            (SELECT count(*)::int FROM catalog.idempotency) AS keys`,
  );
  return rows[0];
}

test('a registered client stands in the registry with its rights, and its registration leaves its traces', async () => {
  const before = await traces();
  const answer = await change('registerClient', { clientId: 'waste-desk', ...SYSTEM });
  expect(answer).toEqual({
    __typename: 'RegisterClientSuccess',
    client: {
      clientId: 'waste-desk',
      active: true,
      trustedOnly: false,
      rights: ['incident.write'],
      costBudgetPerMinute: 1_000_000,
      liveSecrets: [],
    },
  });
  const after = await traces();
  expect([after.clients, after.events, after.batches]).toEqual([
    before.clients + 1,
    before.events + 1,
    before.batches + 1,
  ]);
});

describe('registering is refused, and nothing is written, for', () => {
  test.each([
    [{ clientId: 'Waste Desk' }, 'CLIENT_ID_INVALID', 'input.clientId'],
    [{ clientId: 'demo-system' }, 'CLIENT_ID_TAKEN', 'input.clientId'],
    [{ name: '城' }, 'TEXT_INVALID', 'input.name'],
    [{ departmentCode: 'nobody' }, 'DEPARTMENT_UNKNOWN', 'input.departmentCode'],
    [{ jurisdictionCodes: ['33'] }, 'JURISDICTION_INVALID', 'input.jurisdictionCodes'],
    [{ jurisdictionCodes: ['33040'] }, 'JURISDICTION_INVALID', 'input.jurisdictionCodes'],
    [{ rights: ['everything'] }, 'RIGHT_UNKNOWN', 'input.rights'],
    [{ rights: ['toString'] }, 'RIGHT_UNKNOWN', 'input.rights'],
    [{ redirectUris: ['http://evil.example/'] }, 'REDIRECT_URI_INVALID', 'input.redirectUris'],
    [{ redirectUris: ['javascript:alert(1)'] }, 'REDIRECT_URI_INVALID', 'input.redirectUris'],
    [{ costBudgetPerMinute: 0 }, 'COST_BUDGET_INVALID', 'input.costBudgetPerMinute'],
  ])('%j: %s', async (wrong, code, culprit) => {
    const before = await traces();
    expect(await change('registerClient', { clientId: 'other-desk', ...SYSTEM, ...wrong })).toMatchObject({
      code,
      culprit,
    });
    expect(await traces()).toEqual(before);
  });
});

test('a client without the right to manage clients is refused as a whole', async () => {
  const before = await traces();
  const { data, errors } = await hub.ask(
    'system',
    'mutation { issueClientSecret(input: { clientId: "demo-system", idempotencyKey: "not-mine-1" }) { __typename } }',
  );
  expect(data).toBeNull();
  expect(errors[0]?.extensions).toMatchObject({ code: 'FIELD_RIGHT_MISSING', right: 'client.write' });
  expect(await traces()).toEqual(before);
  const list = await hub.ask('system', '{ clients { nodes { clientId } } }');
  expect(list.data).toEqual({ clients: null });
});

test('a secret is shown once and stored nowhere; two are live at most, and a revoked one makes room', async () => {
  const clientId = await register('rotating');
  const first = await change('issueClientSecret', { clientId }, 'first-secret-of-rotating');
  expect(first.secret).toMatch(/^[\w-]{43}$/);

  const again = await change('issueClientSecret', { clientId }, 'first-secret-of-rotating');
  expect([again.secretId, again.secret]).toEqual([first.secretId, null]);

  const second = await change('issueClientSecret', { clientId, validDays: 1 });
  expect(second.client?.liveSecrets?.map(({ secretId }) => secretId)).toEqual([second.secretId, first.secretId]);
  const before = await traces();
  expect(await change('issueClientSecret', { clientId })).toMatchObject({ code: 'CLIENT_SECRETS_TWO' });
  expect(await traces()).toEqual(before);

  const revoked = await change('revokeClientSecret', { clientId, secretId: first.secretId });
  expect(revoked.client?.liveSecrets).toEqual([{ secretId: second.secretId }]);
  expect(await change('revokeClientSecret', { clientId, secretId: first.secretId })).toMatchObject({
    code: 'CLIENT_SECRET_NOT_FOUND',
  });

  const tables = ['client_secret', 'idempotency', 'outbox', 'provenance', 'client'];
  for (const table of tables) {
    const { rows } = await hub.pool.query(`SELECT t::text AS text FROM catalog.${table} t`);
    expect(rows.filter(({ text }) => text.includes(String(first.secret)))).toEqual([]);
  }
  expect(hub.log.join('')).not.toContain(first.secret);
});

test.each([
  [{ clientId: 'nobody' }, 'CLIENT_NOT_FOUND'],
  [{ clientId: 'demo-frontend' }, 'CLIENT_HAS_NO_SECRETS'],
  [{ clientId: 'demo-system', validDays: 367 }, 'SECRET_DAYS_INVALID'],
])('a secret for %j is refused as %s, and nothing is written', async (input, code) => {
  const before = await traces();
  expect(await change('issueClientSecret', input)).toMatchObject({ code });
  expect(await traces()).toEqual(before);
});

test('of twenty parallel issues two are live', async () => {
  const clientId = await register('hurried');
  const answers = await Promise.all(Array.from({ length: 20 }, () => change('issueClientSecret', { clientId })));
  expect(answers.filter(({ secret }) => typeof secret === 'string')).toHaveLength(2);
  const { rows } = await hub.pool.query(
    "SELECT count(*)::int AS n FROM catalog.client_secret WHERE client_id = 'hurried'",
  );
  expect(rows).toEqual([{ n: 2 }]);
});

test('trusted documents are kept by the hash of their text, and a broken one is refused', async () => {
  const clientId = await register('trusted');
  const document = '{ loadedCity { city } }';
  const answer = await change('trustOperations', { clientId, documents: [document] });
  expect(answer.hashes).toEqual([createHash('sha256').update(document).digest('hex')]);
  const before = await traces();
  for (const documents of [['{ broken'], [], [document, '}']]) {
    expect(await change('trustOperations', { clientId, documents })).toMatchObject({
      code: 'TRUSTED_DOCUMENT_INVALID',
    });
  }
  expect(await traces()).toEqual(before);
});
