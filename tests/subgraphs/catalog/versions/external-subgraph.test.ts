import { afterAll, beforeAll, expect, test } from 'vitest';
import { externalKey } from '../../../../subgraphs/kit/caller/gateway-signature.ts';
import { TEST_KEYS } from '../../../kit/city-database.ts';
import { type CityHub, openCityHub } from '../../../kit/city-hub.ts';
import { carry, matterRows } from '../sharing/matter-operations.ts';
import { type ExternalDepartment, openExternalDepartment, PARKING_SDL } from './external-department.ts';
import type { Payload } from './graph-operations.ts';

let hub: CityHub;
let department: ExternalDepartment;
const key = externalKey(TEST_KEYS.signature, 'parking');
beforeAll(async () => {
  hub = await openCityHub();
  department = await openExternalDepartment(PARKING_SDL, () => key, 'parking');
});
afterAll(async () => {
  await hub[Symbol.asyncDispose]();
  await department[Symbol.asyncDispose]();
});

const REFUSED = '... on Refusal { code culprit messageZh messageEn }';
const admit = (more: object = {}) =>
  carry<Payload>(
    hub,
    'steward',
    `mutation ($input: AdmitSubgraphInput!) { admitSubgraph(input: $input) { __typename
       ... on AdmitSubgraphSuccess { signatureKey version { number origin } subgraph { name active health department { code } } } ${REFUSED} } }`,
    { name: 'parking', url: department.url, departmentCode: 'urban-management', sdl: PARKING_SDL, ...more },
  );
const parks = () =>
  hub.ask('system', '{ carParks { id name freePlaceCount } departmentSystems(first: 1) { nodes { code } } }');
const external = async (): Promise<Payload> => {
  const { data, errors } = await hub.ask(
    'steward',
    `{ externalSubgraphs { name url active health endedAt maintenance { reason }
         fields { coordinate requestCount errorCount medianMilliseconds p95Milliseconds lastErrorAt } } }`,
  );
  expect(errors).toEqual([]);
  return (data as Payload).externalSubgraphs[0];
};

test('what does not fit is refused before anything is written, and the culprit is named', async () => {
  const before = await matterRows(hub);
  expect(await admit({ name: 'Parking' })).toMatchObject({ code: 'SUBGRAPH_NAME_INVALID', culprit: 'input.name' });
  expect(await admit({ name: 'people' })).toMatchObject({ code: expect.stringMatching(/SUBGRAPH_NAME_TAKEN/) });
  expect(await admit({ url: 'ftp://parking.example' })).toMatchObject({ code: 'SUBGRAPH_URL_INVALID' });
  expect(await admit({ sdl: 'type Query { a: Nothing }' })).toMatchObject({ code: 'PROPOSAL_DOES_NOT_COMPOSE' });
  const foreign = await admit({ departmentCode: 'civil-affairs' });
  expect(foreign).toMatchObject({ code: 'SUBGRAPH_CARDS_FOREIGN' });
  expect(foreign.messageEn).toContain('CarPark.name');
  const other = await admit({ sdl: PARKING_SDL.replace('Its name.', 'What it is called.') });
  expect(other).toMatchObject({ code: 'SUBGRAPH_PROBE_FAILED', culprit: 'input.url' });
  expect(other.messageZh).toContain('契约');
  department.fail(500);
  expect(await admit()).toMatchObject({ code: 'SUBGRAPH_PROBE_FAILED' });
  department.fail(undefined);
  const unreachable = await admit({ url: 'http://127.0.0.1:1/graphql' });
  expect(unreachable).toMatchObject({ code: 'SUBGRAPH_PROBE_FAILED' });
  expect(await matterRows(hub)).toEqual(before);
});

test('a department’s service joins, answers under the hub’s signature with the caller, and adds to another’s type', async () => {
  const admitted = await admit();
  expect(admitted).toMatchObject({
    version: { number: 2, origin: 'ADMISSION' },
    subgraph: { name: 'parking', active: true, health: 'UNASKED', department: { code: 'urban-management' } },
  });
  expect(Buffer.from(admitted.signatureKey, 'base64url').equals(key)).toBe(true);
  await hub.follow();
  expect((await parks()).data).toMatchObject({
    carParks: [
      { id: 'CarPark:1', name: '百福弄停车场', freePlaceCount: 12 },
      { id: 'CarPark:2', name: '南湖停车场', freePlaceCount: 0 },
    ],
  });
  const { rows } = await hub.pool.query(
    'SELECT community_code AS code FROM organizations.committee ORDER BY id LIMIT 1',
  );
  const joined = await hub.ask(
    'system',
    'query ($id: ID!) { node(id: $id) { ... on Community { name carParks { name } } } }',
    {
      id: `Community:${rows[0].code}`,
    },
  );
  expect(joined.errors).toEqual([]);
  expect((joined.data as Payload).node.carParks).toEqual([{ name: '百福弄停车场' }, { name: '南湖停车场' }]);
  expect(department.callers.at(-1)).toMatchObject({ clientId: 'demo-system', departmentCode: 'public-security' });
  expect(department.unsigned()).toBe(0);
  const entry = await hub.ask(
    'frontend',
    '{ dataField(coordinate: "CarPark.freePlaceCount") { sourceDepartmentCode unit subgraphs } }',
  );
  expect(entry.data).toEqual({
    dataField: { sourceDepartmentCode: 'urban-management', unit: '个 places', subgraphs: ['parking'] },
  });
});

test('health and latency are shown by field, and one that is down is a typed gap in an answer that stands', async () => {
  department.delay(30);
  await parks();
  department.delay(0);
  await hub.flushLatency();
  const up = await external();
  expect(up).toMatchObject({ name: 'parking', health: 'UP' });
  const field = up.fields.find(({ coordinate }: Payload) => coordinate === 'CarPark.freePlaceCount');
  expect(field).toMatchObject({ requestCount: 2, errorCount: 0, lastErrorAt: null });
  expect(field.p95Milliseconds).toBeGreaterThanOrEqual(32);
  expect(up.fields.map(({ coordinate }: Payload) => coordinate)).toEqual([
    'CarPark.freePlaceCount',
    'CarPark.id',
    'CarPark.name',
    'Community.carParks',
    'Query.carParks',
  ]);

  hub.clock.set('2026-06-30T10:05:00+08:00');
  department.fail(503);
  const { data, errors } = await parks();
  department.fail(undefined);
  expect(data).toMatchObject({ carParks: null, departmentSystems: { nodes: [{}] } });
  expect(errors[0]?.extensions).toMatchObject({ code: expect.stringMatching(/^SUBGRAPH_/), subgraph: 'parking' });
  await hub.flushLatency();
  const down = await external();
  expect(down.health).toBe('DOWN');
  expect(down.fields.find(({ coordinate }: Payload) => coordinate === 'Query.carParks').errorCount).toBe(1);
});

test('while a department maintains its service its fields are typed gaps that say until when', async () => {
  const announce = (input: object, role: 'steward' | 'system' = 'steward') =>
    carry<Payload>(
      hub,
      role,
      `mutation ($input: AnnounceMaintenanceInput!) { announceMaintenance(input: $input) { __typename
         ... on AnnounceMaintenanceSuccess { subgraph { maintenance { reason endsAt } } } ${REFUSED} } }`,
      { subgraph: 'parking', reason: '数据库升级', ...input },
    );
  const hour = { startsAt: '2026-06-30T10:00:00+08:00', endsAt: '2026-06-30T11:00:00+08:00' };
  expect(await announce(hour, 'system')).toMatchObject({ code: 'SUBGRAPH_NOT_FOUND' });
  const reversed = { startsAt: hour.endsAt, endsAt: hour.startsAt };
  expect(await announce(reversed)).toMatchObject({ code: 'MAINTENANCE_PERIOD_INVALID' });
  expect((await announce(hour)).subgraph.maintenance).toMatchObject([{ reason: '数据库升级' }]);
  await hub.follow();
  const asked = department.callers.length;
  const { data, errors } = await parks();
  expect(data).toMatchObject({ carParks: null, departmentSystems: { nodes: [{}] } });
  expect(errors[0]?.extensions).toMatchObject({
    code: 'SUBGRAPH_IN_MAINTENANCE',
    subgraph: 'parking',
    until: '2026-06-30T03:00:00.000Z',
  });
  expect(department.callers.length).toBe(asked);
  expect((await external()).health).toBe('MAINTENANCE');
  hub.clock.set('2026-06-30T11:00:01+08:00');
  await hub.follow();
  expect((await parks()).errors).toEqual([]);
});

test('a service leaves when nobody uses it any more; who does is named', async () => {
  const end = (name: string) =>
    carry<Payload>(
      hub,
      'steward',
      `mutation ($input: EndSubgraphInput!) { endSubgraph(input: $input) { __typename
         ... on EndSubgraphSuccess { subgraph { active health endedAt } } ${REFUSED} } }`,
      { name, reason: '系统合并' },
    );
  await hub.flushUsage();
  const used = await end('parking');
  expect(used).toMatchObject({ code: 'CLIENTS_STILL_USE' });
  expect(used.messageZh).toContain('demo-system');
  expect(await end('nothing')).toMatchObject({ code: 'SUBGRAPH_NOT_FOUND' });
  await hub.pool.query('DELETE FROM catalog.operation_usage');
  expect((await end('parking')).subgraph).toMatchObject({ active: false, health: 'ENDED' });
  await hub.follow();
  const gone = await parks();
  expect(gone.errors[0]?.message).toContain('carParks');
  expect((await hub.ask('system', '{ departmentSystems(first: 1) { nodes { code } } }')).errors).toEqual([]);
});
