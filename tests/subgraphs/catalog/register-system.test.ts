import { expect, test } from 'vitest';
import { type CityHub, openCityHub } from '../../kit/city-hub.ts';

const REGISTER = `mutation ($input: RegisterSystemInput!) {
  registerSystem(input: $input) {
    __typename
    ... on RegisterSystemSuccess { system { id code name departmentName health provenance { kind systemCode } } }
    ... on Refusal { code culprit messageZh messageEn }
  }
}`;
const INPUT = {
  code: 'elder-care',
  name: '养老服务系统',
  departmentCode: 'civil-affairs',
  tier: 'SYSTEM',
  idempotencyKey: 'register-elder-care',
};

const traces = async (hub: CityHub) =>
  (
    await hub.pool.query(
      `SELECT (SELECT count(*)::int FROM catalog.department_system) AS systems,
              (SELECT count(*)::int FROM catalog.provenance) AS batches,
              (SELECT count(*)::int FROM catalog.outbox) AS events,
              (SELECT count(*)::int FROM catalog.idempotency) AS keys`,
    )
  ).rows[0];

test('a registered system stands in the catalogue under the steward’s name, with its three traces', async () => {
  await using hub = await openCityHub();
  const before = await traces(hub);
  const { data, errors } = await hub.ask('steward', REGISTER, { input: INPUT });
  expect(errors).toEqual([]);
  expect(data).toMatchObject({
    registerSystem: {
      __typename: 'RegisterSystemSuccess',
      system: {
        code: 'elder-care',
        departmentName: '民政局',
        health: 'NOT_CONNECTED',
        provenance: { kind: 'MUTATION', systemCode: 'demo-steward' },
      },
    },
  });
  expect(await traces(hub)).toEqual({
    systems: before.systems + 1,
    batches: before.batches + 1,
    events: before.events + 1,
    keys: before.keys + 1,
  });
  const { rows } = await hub.pool.query('SELECT event_type, ordinal, payload FROM catalog.outbox');
  expect(rows).toEqual([
    { event_type: 'system.registered', ordinal: 0, payload: expect.stringContaining('"code":"elder-care"') },
  ]);

  // The same key again: the same system, nothing written.
  const again = await hub.ask('steward', REGISTER, { input: { ...INPUT } });
  expect(again.data).toEqual(data);
  expect((await traces(hub)).events).toBe(before.events + 1);
});

test.each([
  [{ code: 'Elder Care' }, 'SYSTEM_CODE_INVALID', 'input.code'],
  [{ code: 'grid-platform' }, 'SYSTEM_CODE_TAKEN', 'input.code'],
  [{ departmentCode: 'ministry-of-magic' }, 'DEPARTMENT_UNKNOWN', 'input.departmentCode'],
  [{ name: '养' }, 'TEXT_INVALID', 'input.name'],
  [{ description: '含有控制字符\u0007' }, 'TEXT_INVALID', 'input.description'],
  [{ idempotencyKey: 'short' }, 'IDEMPOTENCY_KEY_INVALID', 'input.idempotencyKey'],
])('registering with %j is refused as %s, and nothing is written', async (change, code, culprit) => {
  await using hub = await openCityHub();
  const before = await traces(hub);
  const { data } = await hub.ask('steward', REGISTER, { input: { ...INPUT, ...change } });
  const { registerSystem } = data as { registerSystem: Record<string, string> };
  expect(registerSystem).toMatchObject({ code, culprit });
  expect(registerSystem.messageZh).toMatch(/\p{Script=Han}/u);
  expect(registerSystem.messageEn).toMatch(/^[a-z]/i);
  expect(await traces(hub)).toEqual(before);
});

test('a key that was used for another input is refused', async () => {
  await using hub = await openCityHub();
  await hub.ask('steward', REGISTER, { input: INPUT });
  const { data } = await hub.ask('steward', REGISTER, { input: { ...INPUT, code: 'elder-meals' } });
  expect(data).toMatchObject({ registerSystem: { code: 'IDEMPOTENCY_KEY_REUSED' } });
});

test('of twenty parallel registrations of one code exactly one is written', async () => {
  await using hub = await openCityHub();
  const answers = await Promise.all(
    Array.from({ length: 20 }, (_, index) =>
      hub.ask('steward', REGISTER, { input: { ...INPUT, idempotencyKey: `register-parallel-${index}` } }),
    ),
  );
  const outcomes = answers.map(({ data }) => {
    const { registerSystem } = data as { registerSystem: { __typename: string; code?: string } };
    return registerSystem.code ?? registerSystem.__typename;
  });
  expect(outcomes.filter((outcome) => outcome === 'RegisterSystemSuccess')).toHaveLength(1);
  expect(outcomes.every((o) => ['RegisterSystemSuccess', 'SYSTEM_CODE_TAKEN', 'CONCURRENT_CHANGE'].includes(o))).toBe(
    true,
  );
  const { rows } = await hub.pool.query(
    "SELECT count(*)::int AS n FROM catalog.department_system WHERE code = 'elder-care'",
  );
  expect(rows).toEqual([{ n: 1 }]);
});

test('a client without the right registers nothing', async () => {
  await using hub = await openCityHub();
  const before = await traces(hub);
  const { data, errors } = await hub.ask('frontend', REGISTER, { input: INPUT });
  expect(data).toBeNull();
  expect(errors[0]?.extensions).toMatchObject({ code: 'FIELD_RIGHT_MISSING', right: 'system.write' });
  expect(await traces(hub)).toEqual(before);
});
