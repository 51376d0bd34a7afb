import { createHmac } from 'node:crypto';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { guardedLookup, sendWebhook } from '../../gateway/webhooks/send-webhook.ts';
import { WebhookDispatcher } from '../../gateway/webhooks/webhook-dispatcher.ts';
import { uuidSource } from '../../subgraphs/kit/ids.ts';
import { checkTarget, STRICT_TARGETS } from '../../subgraphs/kit/webhooks/target-policy.ts';
import { getSubgraph, openCatalogPort, openChangeFeed } from '../../subgraphs/registry.ts';
import { openTestSubgraph, type TestSubgraph, testCaller, testKeys } from '../kit/open-test-subgraph.ts';
import { insertEvent } from '../kit/outbox-rows.ts';

interface Received {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

let subgraph: TestSubgraph;
let port: ReturnType<typeof openCatalogPort>;
let changes: ReturnType<typeof openChangeFeed>;
const received: Received[] = [];
/** Statuses that the receiver answers with, one after the other; then 204. */
let answers: number[] = [];
const receiver = createServer((request, response) => {
  let body = '';
  request.on('data', (chunk) => {
    body += chunk;
  });
  request.on('end', () => {
    received.push({ headers: request.headers, body });
    const status = answers.shift() ?? 204;
    response.writeHead(status, status === 302 ? { location: '/elsewhere' } : {}).end();
  });
});
let target: string;
const PRIVATE = { allowPrivate: true, allowedHosts: [] };
const caller = testCaller(['3304'], 'webhook.write');
const PLACE = '330402001001001';

beforeAll(async () => {
  subgraph = await openTestSubgraph(getSubgraph('catalog'), { webhookTargets: PRIVATE });
  const environment = { pool: subgraph.pool, clock: subgraph.clock, ids: uuidSource, keys: testKeys };
  changes = openChangeFeed(environment, () => {});
  port = openCatalogPort({ ...environment, changes });
  await port.ensureClients([
    {
      ...{ clientId: caller.clientId, name: 'test', kind: 'SYSTEM', departmentCode: 'civil-affairs', rights: [] },
      ...{ jurisdictionCodes: ['3304'], jurisdictionRule: 'DIVISIONS', costBudgetPerMinute: 1_000, active: true },
    },
  ]);
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  target = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`;
});
afterAll(async () => {
  receiver.close();
  await changes.close();
  await port.close();
  await subgraph[Symbol.asyncDispose]();
});
beforeEach(async () => {
  await subgraph.pool.query('TRUNCATE catalog.webhook, catalog.webhook_dead_letter');
  received.length = 0;
  answers = [];
});

const REGISTER = `mutation ($input: RegisterWebhookInput!) { registerWebhook(input: $input) { __typename
  ... on RegisterWebhookSuccess { secret webhook { webhookId url types divisions state deliveredCount } }
  ... on Refusal { code culprit messageZh } } }`;
let keys = 0;
const register = async (input: object = {}, who = caller) => {
  const { data, problems } = await subgraph.run(who, REGISTER, {
    input: { url: target, idempotencyKey: `webhook-key-${keys++}`, ...input },
  });
  expect(problems).toEqual([]);
  return data.registerWebhook;
};
const status = async () =>
  (
    await subgraph.run(
      caller,
      `{ webhooks { webhookId state stateReason attempts deliveredCount deadCount lastStatus lastError
        deadLetters { attempts lastStatus lastError body } } }`,
    )
  ).data.webhooks;

const dispatch = (more: Partial<ConstructorParameters<typeof WebhookDispatcher>[0]> = {}) =>
  new WebhookDispatcher({
    ...{ catalog: port, changes, targets: PRIVATE, lookMilliseconds: 20, retryMilliseconds: [10, 20] },
    onTrouble: (error) => {
      throw error;
    },
    ...more,
  });
const until = (count: number) => expect.poll(() => received.length).toBeGreaterThanOrEqual(count);

test('changes in the client’s area arrive in order as signed CloudEvents, and the graph tells how far', async () => {
  const { secret, webhook } = await register({ types: ['Incident'] });
  expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
  expect(webhook).toMatchObject({
    url: target,
    types: ['Incident'],
    divisions: [],
    state: 'ACTIVE',
    deliveredCount: 0,
  });
  const ids = [];
  for (let index = 0; index < 3; index++) ids.push(await insertEvent(subgraph.pool, 'services', { division: PLACE }));
  await insertEvent(subgraph.pool, 'services', { division: '330800001001001' });
  await insertEvent(subgraph.pool, 'services', { entityType: 'Alert', division: PLACE });
  const dispatcher = dispatch();
  await until(3);
  await dispatcher.close();

  expect(received.map(({ headers }) => headers['webhook-id'])).toEqual(ids);
  const [first] = received;
  const { headers, body } = first as Received;
  const signed = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`;
  const key = Buffer.from(secret.slice('whsec_'.length), 'base64');
  expect(headers['webhook-signature']).toBe(`v1,${createHmac('sha256', key).update(signed).digest('base64')}`);
  expect(headers['content-type']).toBe('application/cloudevents+json; charset=utf-8');
  expect(JSON.parse(body)).toEqual({
    ...{ specversion: '1.0', id: ids[0], source: '/yiyun/services', type: 'yiyun.incident.reported' },
    ...{ subject: `Incident:${ids[0]}`, time: '2026-06-30T02:00:00.000Z', datacontenttype: 'application/json' },
    data: {
      ...{ entityType: 'Incident', entityId: `Incident:${ids[0]}`, deleted: false, divisionCode: PLACE },
      cursor: expect.stringMatching(/^[\w-]+$/),
    },
  });
  expect(await status()).toMatchObject([
    { deliveredCount: 3, deadCount: 0, attempts: 0, lastStatus: 204, lastError: null },
  ]);
  // Only its seal is kept.
  const { rows } = await subgraph.pool.query('SELECT * FROM catalog.webhook');
  expect(JSON.stringify(rows)).not.toContain(secret.slice(6, 30));
});

test('what fails is tried again with the same id, and what fails too often becomes a dead letter; the next goes on', async () => {
  await register();
  answers = [500, 503, 302];
  const dead = await insertEvent(subgraph.pool, 'services', { division: PLACE });
  const next = await insertEvent(subgraph.pool, 'services', { division: PLACE });
  const dispatcher = dispatch();
  await until(4);
  await expect.poll(async () => (await status())[0].deliveredCount).toBe(1);
  await dispatcher.close();

  expect(received.map(({ headers }) => headers['webhook-id'])).toEqual([dead, dead, dead, next]);
  const [told] = await status();
  expect(told).toMatchObject({
    state: 'ACTIVE',
    deadCount: 1,
    deadLetters: [{ attempts: 3, lastStatus: 302, lastError: 'HTTP_302' }],
  });
  expect(JSON.parse(told.deadLetters[0].body).id).toBe(dead);
});

const RESEND = `mutation ($input: ResendDeadLettersInput!) { resendDeadLetters(input: $input) { __typename
  ... on ResendDeadLettersSuccess { letterCount webhook { deadCount } } ... on Refusal { code culprit } } }`;
const resend = async (input: object, who = caller) => {
  const { data, problems } = await subgraph.run(who, RESEND, {
    input: { idempotencyKey: `webhook-key-${keys++}`, ...input },
  });
  return problems.length > 0 ? problems : data.resendDeadLetters;
};
const letters = async () =>
  (
    await subgraph.run(
      caller,
      '{ webhooks { deliveredCount deadCount deadLetters { deadLetterId state attempts lastError } } }',
    )
  ).data.webhooks[0];

test('dead letters are sent again when their owner asks, with the ids they had, as long as the client may learn of them', async () => {
  const { webhook } = await register();
  const { webhookId } = webhook;
  answers = [500, 500, 500, 500, 500, 500];
  const dead = [];
  for (let index = 0; index < 2; index++) dead.push(await insertEvent(subgraph.pool, 'services', { division: PLACE }));
  const dispatcher = dispatch();
  await expect.poll(async () => (await letters()).deadCount).toBe(2);
  received.length = 0;

  // The newest first; the first to be sent again fails once more.
  answers = [503];
  expect(await resend({ webhookId })).toMatchObject({ letterCount: 2 });
  await expect.poll(async () => (await letters()).deliveredCount).toBe(1);
  expect(received.map(({ headers }) => headers['webhook-id'])).toEqual(dead);
  const [delivered, failed] = (await letters()).deadLetters;
  expect([delivered, failed]).toMatchObject([
    { state: 'DELIVERED', attempts: 4, lastError: null },
    { state: 'DEAD', attempts: 4, lastError: 'HTTP_503' },
  ]);
  expect((await letters()).deadCount).toBe(1);

  expect(await resend({ webhookId, deadLetterIds: [delivered.deadLetterId] })).toMatchObject({
    ...{ code: 'DEAD_LETTER_NOT_FOUND', culprit: 'input.deadLetterIds' },
  });
  expect(await resend({ webhookId: uuidSource.next() })).toMatchObject({ code: 'WEBHOOK_NOT_FOUND' });
  expect(await resend({ webhookId }, testCaller(['3304']))).toEqual(['FIELD_RIGHT_MISSING resendDeadLetters']);

  // Its area has moved away meanwhile.
  const moved = (codes: string[]) => subgraph.pool.query('UPDATE catalog.client SET jurisdiction_codes = $1', [codes]);
  await moved(['3308']);
  await dispatcher.close();
  expect(await resend({ webhookId, deadLetterIds: [failed.deadLetterId] })).toMatchObject({ letterCount: 1 });
  const again = dispatch();
  await expect.poll(async () => (await letters()).deadLetters[1].state).toBe('WITHDRAWN');
  await again.close();
  await moved(['3304']);
  expect(received).toHaveLength(2);

  await subgraph.pool.query("UPDATE catalog.webhook SET state = 'DISABLED'");
  expect(await resend({ webhookId })).toMatchObject({ code: 'WEBHOOK_DISABLED', culprit: 'input.webhookId' });
});

test('a receiver that says it is gone, a client that is switched off and a cursor that is too old end a webhook with the reason', async () => {
  await register();
  answers = [410];
  await insertEvent(subgraph.pool, 'services', { division: PLACE });
  const dispatcher = dispatch();
  const reason = () => expect.poll(async () => (await status())[0].stateReason);
  await reason().toBe('GONE');

  const again = () =>
    subgraph.pool.query(`UPDATE catalog.webhook SET state = 'ACTIVE', state_reason = NULL, next_attempt_at = now()`);
  const active = (on: boolean) => subgraph.pool.query('UPDATE catalog.client SET active = $1', [on]);
  await active(false);
  await again();
  await reason().toBe('CLIENT');
  await active(true);
  await dispatcher.close();

  const later = openChangeFeed({ pool: subgraph.pool, ids: uuidSource, keys: testKeys }, () => {});
  await subgraph.pool.query(`UPDATE services.outbox_state SET floor_xid = '9000000000'::xid8`);
  await again();
  const last = dispatch({ changes: later });
  await reason().toBe('CURSOR_EXPIRED');
  await last.close();
  await later.close();
  await subgraph.pool.query('UPDATE services.outbox_state SET floor_xid = DEFAULT');
});

test('switched off it is told nothing; switched on again it goes on where it was', async () => {
  const { webhook } = await register();
  const SWITCH = `mutation ($input: SwitchWebhookInput!) { switchWebhook(input: $input) { __typename
    ... on SwitchWebhookSuccess { webhook { state stateReason } } ... on Refusal { code culprit } } }`;
  const turn = async (active: boolean, more: object = {}) => {
    const input = { webhookId: webhook.webhookId, active, idempotencyKey: `webhook-key-${keys++}`, ...more };
    return (await subgraph.run(caller, SWITCH, { input })).data.switchWebhook;
  };
  expect(await turn(false)).toMatchObject({ webhook: { state: 'DISABLED', stateReason: 'OWNER' } });
  const id = await insertEvent(subgraph.pool, 'services', { division: PLACE });
  const dispatcher = dispatch();
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(received).toEqual([]);
  expect(await turn(true)).toMatchObject({ webhook: { state: 'ACTIVE', stateReason: null } });
  await until(1);
  await dispatcher.close();
  expect(received[0]?.headers['webhook-id']).toBe(id);
  expect(await turn(true, { webhookId: uuidSource.next() })).toMatchObject({
    code: 'WEBHOOK_NOT_FOUND',
    culprit: 'input.webhookId',
  });
});

test.each([
  [{ url: 'nonsense' }, 'WEBHOOK_URL_INVALID', 'input.url'],
  [{ url: 'https://user:secret@example.com/' }, 'WEBHOOK_URL_INVALID', 'input.url'],
  [{ url: 'ftp://example.com/' }, 'WEBHOOK_URL_INVALID', 'input.url'],
  [{ types: ['no type'] }, 'WEBHOOK_FILTER_INVALID', 'input.types'],
  [{ divisions: ['33'] }, 'WEBHOOK_FILTER_INVALID', 'input.divisions'],
])('registering %j is refused, and nothing is written', async (input, code, culprit) => {
  const before = await subgraph.rowCounts();
  expect(await register(input)).toMatchObject({ code, culprit, messageZh: expect.stringMatching(/\p{Script=Han}/u) });
  expect(await subgraph.rowCounts()).toEqual(before);
});

test('the secret is shown once: the same key again gives the webhook without it; without the right nothing is registered', async () => {
  const first = await register({ idempotencyKey: 'webhook-key-again' });
  const second = await register({ idempotencyKey: 'webhook-key-again' });
  expect(second).toMatchObject({ secret: null, webhook: { webhookId: first.webhook.webhookId } });
  const before = await subgraph.rowCounts();
  const { problems } = await subgraph.run(testCaller(['3304']), REGISTER, {
    input: { url: target, idempotencyKey: 'webhook-key-none' },
  });
  expect(problems).toEqual(['FIELD_RIGHT_MISSING registerWebhook']);
  expect(await subgraph.rowCounts()).toEqual(before);
});

test.each([
  ['http://example.com/', 'NOT_HTTPS'],
  ['https://127.0.0.1/', 'PRIVATE'],
  ['https://10.1.2.3/', 'PRIVATE'],
  ['https://169.254.169.254/latest/meta-data', 'PRIVATE'],
  ['https://2130706433/', 'PRIVATE'],
  ['https://[::1]/', 'PRIVATE'],
  ['https://[::ffff:10.0.0.1]/', 'PRIVATE'],
  ['https://[fd00::1]/', 'PRIVATE'],
  ['https://localhost/', 'PRIVATE'],
  ['https://db.internal/', 'PRIVATE'],
  ['https://user@example.com/', 'MALFORMED'],
  ['file:///etc/passwd', 'MALFORMED'],
])('in production %s is no target', (url, reason) => {
  expect(checkTarget(url, STRICT_TARGETS)).toBe(reason);
});

test('a name that resolves to a private address is not connected to, unless its host is listed', async () => {
  const resolve = (host: string, policy: typeof STRICT_TARGETS) =>
    new Promise<unknown>((settle) => {
      guardedLookup(host, policy)('localhost', { all: true }, (error, found) => settle(error?.code ?? found));
    });
  expect(await resolve('hook.example', STRICT_TARGETS)).toBe('ADDRESS_REFUSED');
  expect(await resolve('localhost', { allowPrivate: false, allowedHosts: ['localhost'] })).toBeInstanceOf(Array);
  const signal = AbortSignal.timeout(10_000);
  expect(await sendWebhook(target, {}, '{}', STRICT_TARGETS, signal)).toEqual({
    delivered: false,
    error: 'ADDRESS_REFUSED',
  });
  expect(received).toEqual([]);
  const listed = { allowPrivate: false, allowedHosts: ['127.0.0.1'] };
  expect(await sendWebhook(target, {}, '{}', listed, signal)).toEqual({ delivered: true, status: 204 });
});
