import { afterAll, beforeAll, expect, test } from 'vitest';
import { type CityHub, openCityHub } from '../../../kit/city-hub.ts';
import { carry, matterRows } from '../sharing/matter-operations.ts';
import { advance, changed, deprecating, type Payload, propose, publish, sign } from './graph-operations.ts';

let hub: CityHub;
beforeAll(async () => {
  hub = await openCityHub();
});
afterAll(() => hub[Symbol.asyncDispose]());

const AGE = /\n {2}ageYears: .*/;
const COORDINATE = 'Person.ageYears';
const announcement = (day: string) =>
  changed(
    'people',
    deprecating(AGE, `按出生日期计算 count from it；替代 replacement: Person.birthDate；移除 removal: ${day}`),
  );
const removal = () => changed('people', (sdl) => sdl.replace(/\n {2}"""[^"]*"""\n {2}ageYears: .*/, ''));
const PERSON = 'Person:019f1641-3500-7000-a000-0acbc518a266';
const useIt = async (role: 'system' | 'frontend') => {
  await hub.ask(role, 'query Aged($id: ID!) { person(id: $id) { id ageYears } }', { id: PERSON });
  await hub.flushUsage();
};
const acknowledge = (role: 'system' | 'frontend', coordinate = COORDINATE) =>
  carry<Payload>(
    hub,
    role,
    `mutation ($input: AcknowledgeRemovalInput!) { acknowledgeRemoval(input: $input) { __typename
       ... on AcknowledgeRemovalSuccess { removal { coordinate removalOn } } ... on Refusal { code culprit messageZh } } }`,
    { coordinate, note: '已改用出生日期' },
  );

test('what is announced to go is listed with replacement, day, and who still uses it; each client sees what breaks', async () => {
  await useIt('system');
  await useIt('frontend');
  expect((await publish(hub, [announcement('2026-12-31')])).proposal?.state).toBe('PUBLISHED');
  await hub.follow();
  const { data, errors } = await hub.ask(
    'steward',
    `{ announcedRemovals { coordinate replacement removalOn isDue owner { code } clients { clientId operationNames }
       acknowledgements { clientId } } of: brokenOperations(clientId: "demo-system") { name coordinates requestCount } }`,
  );
  expect(errors).toEqual([]);
  expect(data).toMatchObject({
    announcedRemovals: [
      {
        ...{ coordinate: COORDINATE, replacement: 'Person.birthDate', removalOn: '2026-12-31', isDue: false },
        owner: { code: 'public-security' },
        acknowledgements: [],
      },
    ],
    of: [{ name: 'Aged', coordinates: [COORDINATE], requestCount: 1 }],
  });
  const { clients } = (data as Payload).announcedRemovals[0];
  expect(clients.map(({ clientId }: Payload) => clientId).sort()).toEqual(['demo-frontend', 'demo-system']);

  const own = await hub.ask('frontend', '{ brokenOperations { name coordinates } announcedRemovals { coordinate } }');
  expect(own.data).toEqual({
    brokenOperations: [{ name: 'Aged', coordinates: [COORDINATE] }],
    announcedRemovals: [{ coordinate: COORDINATE }],
  });
  const others = await hub.ask('frontend', '{ brokenOperations(clientId: "demo-system") { name } }');
  expect(others.data).toEqual({ brokenOperations: null });
  expect(others.errors[0]?.extensions).toMatchObject({ right: 'catalog.steward' });
});

test('the preview answers as the graph will be, and the graph itself goes on as it is', async () => {
  const query = `query ($id: ID!) { person(id: $id) { id ageYears } }`;
  const token = await hub.tokenOf('system');
  const ask = async (preview: string, text: string) =>
    hub.app.inject({
      method: 'POST',
      url: `/graphql?preview=${preview}`,
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}`, ...hub.purpose },
      payload: JSON.stringify({ query: text, variables: { id: PERSON } }),
    });
  const broken = (await ask('after-removals', query)).json();
  expect(broken.data).toBeUndefined();
  expect(broken.errors[0].message).toContain('ageYears');
  const works = (await ask('after-removals', 'query ($id: ID!) { person(id: $id) { id sex } }')).json();
  expect(works.errors).toBeUndefined();
  const fields = (
    await ask('after-removals', '{ __type(name: "Person") { fields(includeDeprecated: true) { name } } }')
  ).json();
  expect(fields.data.__type.fields.map(({ name }: Payload) => name)).not.toContain('ageYears');
  expect((await hub.ask('system', query, { id: PERSON })).errors).toEqual([]);
  const unknown = await ask('next-year', query);
  expect(unknown.statusCode).toBe(404);
  expect(unknown.json().errors[0].extensions.code).toBe('GRAPH_VARIANT_UNKNOWN');
});

test('removal before its day is refused, and after it while clients use it who have not acknowledged', async () => {
  const early = await publish(hub, [removal()]);
  expect(early).toMatchObject({ code: 'REMOVAL_TOO_EARLY' });
  expect(early.messageZh).toContain('Person.ageYears (2026-12-31)');

  expect((await publish(hub, [announcement('2026-06-01')])).proposal?.state).toBe('PUBLISHED');
  await hub.follow();
  await useIt('system');
  const used = await publish(hub, [removal()]);
  expect(used).toMatchObject({ code: 'CLIENTS_STILL_USE' });
  expect(used.messageZh).toContain('demo-frontend');
  expect(used.messageZh).toContain('demo-system');

  const before = await matterRows(hub);
  expect(await acknowledge('system', 'Person.name')).toMatchObject({
    code: 'REMOVAL_UNKNOWN',
    culprit: 'input.coordinate',
  });
  expect(await matterRows(hub)).toEqual(before);
  expect(await acknowledge('system')).toMatchObject({ removal: { coordinate: COORDINATE, removalOn: '2026-06-01' } });
  const one = await publish(hub, [removal()]);
  expect(one).toMatchObject({ code: 'CLIENTS_STILL_USE' });
  expect(one.messageZh).not.toContain('demo-system');
  await acknowledge('frontend');

  const { id } = await propose(hub, [removal()]);
  const { proposal } = await advance(hub, id, 'REVIEW');
  expect(proposal.check.changes[0]).toMatchObject({ kind: 'FIELD_REMOVED', removalOn: '2026-06-01' });
  expect(proposal.verdict).toBe('PASSED');
  for (const { code } of proposal.check.owners) await sign(hub, code === 'data-authority' ? 'steward' : 'system', id);
  await advance(hub, id, 'APPROVE');
  expect((await advance(hub, id, 'PUBLISH')).proposal).toMatchObject({ state: 'PUBLISHED' });
  await hub.follow();
  const gone = await hub.ask('system', 'query ($id: ID!) { person(id: $id) { ageYears } }', { id: PERSON });
  expect(gone.errors[0]?.message).toContain('ageYears');
  const { rows } = await hub.pool.query('SELECT removed_at FROM catalog.data_field WHERE coordinate = $1', [
    COORDINATE,
  ]);
  expect(rows[0].removed_at).not.toBeNull();
});

test('what was never announced does not go', async () => {
  const sudden = changed('people', (sdl) => sdl.replace(/\n {2}"""[^"]*"""\n {2}ethnicGroup: .*/, ''));
  const refused = await publish(hub, [sudden]);
  expect(refused).toMatchObject({ code: 'REMOVAL_NOT_ANNOUNCED' });
  expect(refused.messageEn).toContain('Person.ethnicGroup');
});
