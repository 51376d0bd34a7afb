import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type CityHub, openCityHub } from '../../kit/city-hub.ts';

const PERSON = 'Person:019f1641-3500-7000-a000-0acbc518a266';
const DOSSIER = `{ person(id: "${PERSON}") { birthDate } }`;
const DESK = { client: 'visiting-desk' };
let hub: CityHub;
let keys = 0;

beforeAll(async () => {
  hub = await openCityHub();
  const answer = await manage('registerClient', {
    ...{ clientId: DESK.client, name: '走访系统', kind: 'SYSTEM', departmentCode: 'public-security' },
    ...{ jurisdictionCodes: ['3304'], rights: ['person.identity'] },
  });
  expect(answer).toMatchObject({ client: { clientId: DESK.client, rights: ['person.identity'], scenarioCodes: [] } });
});
afterAll(() => hub[Symbol.asyncDispose]());

const CLIENT = `client { clientId active rights jurisdictionCodes scenarioCodes costBudgetPerMinute
  history { kind changedByClientId departmentCode reason items { item before after } } }`;
interface Answer {
  readonly code?: string;
  readonly culprit?: string;
  readonly client?: Record<string, unknown> & { readonly history: readonly Record<string, unknown>[] };
}
async function manage(
  mutation: string,
  input: object,
  role: 'steward' | { client: string } = 'steward',
): Promise<Answer> {
  const title = `${mutation[0]?.toUpperCase()}${mutation.slice(1)}`;
  const success = mutation === 'changeClient' ? 'ChangeClientSuccess' : 'RegisterClientSuccess';
  const { data, errors } = await hub.ask(
    role,
    `mutation ($input: ${title}Input!) { ${mutation}(input: $input) { ... on ${success} { ${CLIENT} } ... on Refusal { code culprit } } }`,
    { input: { idempotencyKey: `client-terms-${++keys}`, ...input } },
    { 'x-request-id': `client-terms-request-${keys}` },
  );
  expect(errors).toEqual([]);
  return (data as Record<string, Answer>)[mutation] as Answer;
}
const change = (input: object) => manage('changeClient', { clientId: DESK.client, ...input });
const told = async (headers: Record<string, string> = {}) => {
  const { status, errors, data } = await hub.ask(DESK, DOSSIER, {}, headers);
  return status === 200
    ? (errors[0]?.extensions?.code ?? (data as { person: { birthDate: string } }).person.birthDate)
    : status;
};
/** The gateway looks at versions once a second. */
const soon = (outcome: unknown, headers: Record<string, string> = {}) =>
  vi.waitFor(async () => expect(await told(headers)).toBe(outcome), { timeout: 5_000, interval: 100 });
const traces = async () =>
  (
    await hub.pool.query(
      `SELECT (SELECT count(*)::int FROM catalog.client_change) AS changes, (SELECT sum(version)::int FROM catalog.client) AS versions,
              (SELECT count(*)::int FROM catalog.outbox) AS events, (SELECT count(*)::int FROM catalog.provenance) AS batches`,
    )
  ).rows[0];

test('a right that is taken, and given back, counts at once for a token that is about', async () => {
  expect(await told()).toBe('1985-08-25');
  const taken = await change({ rights: ['incident.write'], reason: '项目已结束' });
  expect(taken.client?.rights).toEqual(['incident.write']);
  await soon('FIELD_RIGHT_MISSING');
  await change({ rights: ['person.identity', 'incident.write'] });
  await soon('1985-08-25');
});

test('an area that is taken shows no row of it any more', async () => {
  await change({ jurisdictionCodes: ['330481'] });
  await vi.waitFor(async () => expect((await hub.ask(DESK, DOSSIER)).data).toEqual({ person: null }), {
    timeout: 5_000,
    interval: 100,
  });
  await change({ jurisdictionCodes: ['3304'] });
  await soon('1985-08-25');
});

test('a client held to scenarios states no other, whatever its department may', async () => {
  await change({ scenarioCodes: ['grid-visit'] });
  await soon('PURPOSE_NOT_PERMITTED');
  expect(await told({ 'x-yiyun-scenario': 'grid-visit' })).toBe('1985-08-25');
  await change({ scenarioCodes: [] });
  await soon('1985-08-25');
});

test('a client that is suspended is not let in, and its return is', async () => {
  await change({ active: false, reason: '年度复核' });
  await soon(401);
  await change({ active: true });
  await soon('1985-08-25');
});

test('a budget that is cut refuses what is dearer, and one that is widened lets it through', async () => {
  await change({ costBudgetPerMinute: 1 });
  await soon(429);
  await change({ costBudgetPerMinute: 1_000_000 });
  await soon('1985-08-25');
});

test('its history says who changed what, before and after, and why; the access log who did it', async () => {
  const { client } = await change({
    rights: ['person.identity'],
    costBudgetPerMinute: 2_000_000,
    reason: '收回事件上报',
  });
  expect(client?.history[0]).toEqual({
    ...{ kind: 'CHANGED', changedByClientId: 'demo-steward', departmentCode: 'data-authority', reason: '收回事件上报' },
    items: [
      { item: 'costBudgetPerMinute', before: '1000000', after: '2000000' },
      { item: 'rights', before: 'incident.write person.identity', after: 'person.identity' },
    ],
  });
  expect(client?.history.at(-1)).toMatchObject({ kind: 'REGISTERED', changedByClientId: 'demo-steward' });
  await vi.waitFor(
    async () => {
      const { rows } = await hub.pool.query(
        `SELECT l.line->>'decision' AS decision, s.coordinates
           FROM catalog.access_line l JOIN catalog.access_scope s ON s.digest = l.line->>'scope'
          WHERE l.line->>'request' = $1 ORDER BY 1`,
        [`client-terms-request-${keys}`],
      );
      expect(rows).toEqual([
        { decision: 'WRITE', coordinates: ['Mutation.changeClient'] },
        { decision: 'WRITTEN', coordinates: ['Mutation.changeClient'] },
      ]);
    },
    { timeout: 5_000 },
  );
});

describe('refused, with nothing written:', () => {
  test.each<[object, string, string]>([
    [{ clientId: 'nobody', active: false }, 'CLIENT_NOT_FOUND', 'input.clientId'],
    [{ rights: ['everything'] }, 'RIGHT_UNKNOWN', 'input.rights'],
    [{ rights: ['__proto__'] }, 'RIGHT_UNKNOWN', 'input.rights'],
    [{ jurisdictionCodes: ['33'] }, 'JURISDICTION_INVALID', 'input.jurisdictionCodes'],
    [{ scenarioCodes: ['whatever'] }, 'SCENARIO_NOT_IN_FORCE', 'input.scenarioCodes'],
    [{ redirectUris: ['https://desk.example/callback'] }, 'REDIRECT_URI_INVALID', 'input.redirectUris'],
    [{ costBudgetPerMinute: 0 }, 'COST_BUDGET_INVALID', 'input.costBudgetPerMinute'],
    [{ name: '走' }, 'TEXT_INVALID', 'input.name'],
    [{ active: false, reason: '否' }, 'TEXT_INVALID', 'input.reason'],
    [{ active: true }, 'CLIENT_UNCHANGED', 'input'],
    [{ clientId: 'demo-steward', rights: [] }, 'CLIENT_IS_CALLER', 'input.clientId'],
  ])('%j: %s', async (input, code, culprit) => {
    const before = await traces();
    expect(await change(input)).toEqual({ code, culprit });
    expect(await traces()).toEqual(before);
  });

  test('by a client without the right to manage clients', async () => {
    const before = await traces();
    const { data, errors } = await hub.ask(
      'system',
      'mutation { changeClient(input: { clientId: "visiting-desk", rights: [], idempotencyKey: "not-a-steward" }) { __typename } }',
    );
    expect([data, errors[0]?.extensions?.code, errors[0]?.extensions?.right]).toEqual([
      null,
      'FIELD_RIGHT_MISSING',
      'client.write',
    ]);
    expect(await traces()).toEqual(before);
  });
});

test('the same key again changes nothing more, and of fifty parallel changes each leaves its one line', async () => {
  const input = { costBudgetPerMinute: 3_000_000, idempotencyKey: 'client-terms-twice' };
  await change(input);
  const before = await traces();
  await change(input);
  expect(await traces()).toEqual(before);
  await Promise.all(Array.from({ length: 50 }, (_, index) => change({ costBudgetPerMinute: 3_000_001 + index })));
  const after = await traces();
  expect([after.changes - before.changes, after.versions - before.versions, after.events - before.events]).toEqual([
    50, 50, 50,
  ]);
});
