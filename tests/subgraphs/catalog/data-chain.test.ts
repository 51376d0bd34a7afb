import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { departments } from '../../../subgraphs/kit/codes/departments.ts';
import { projectRoot } from '../../../subgraphs/kit/project-root.ts';
import { type CityHub, type HubRole, openCityHub } from '../../kit/city-hub.ts';

let hub: CityHub;
beforeAll(async () => {
  hub = await openCityHub();
});
afterAll(() => hub[Symbol.asyncDispose]());

// biome-ignore lint/suspicious/noExplicitAny: a test names the path it expects, and fails when it is not there
type Data = any;

function operation(name: string) {
  const path = join(projectRoot, 'schema', 'operations', name);
  return readFileSync(`${path}.graphql`, 'utf8');
}
async function ask(name: string, variables: Record<string, unknown> = {}, role: HubRole = 'frontend'): Promise<Data> {
  const { data, errors } = await hub.ask(role, operation(name), variables);
  expect(errors).toEqual([]);
  return data;
}
const state = async () =>
  (
    await hub.pool.query(
      `SELECT (SELECT json_agg(d ORDER BY code) FROM catalog.dataset d) AS datasets,
              (SELECT json_agg(s ORDER BY code) FROM catalog.scenario s) AS scenarios,
              (SELECT count(*)::int FROM catalog.department_system) AS systems,
              (SELECT count(*)::int FROM catalog.outbox) AS events,
              (SELECT count(*)::int FROM catalog.provenance) AS batches`,
    )
  ).rows[0];

test('scenario 20: the chain goes from the cloud over platforms and systems to datasets and fields', async () => {
  const { cloud, brain, platforms } = await ask('data-chain', { first: 100 });
  expect(cloud.namePending).toBe(true);
  expect(platforms.nodes.map(({ namePending }: Data) => namePending)).toEqual([true, true, true, true, true]);
  expect(brain.nodes).toEqual([{ code: 'city-brain', name: '城市大脑（枢纽）', parent: { code: 'cloud' } }]);
  const register = cloud.children.nodes.find(({ code }: Data) => code === 'population-register');
  const person = register.datasets.nodes.find(({ typeName }: Data) => typeName === 'Person');
  expect(person.fields.totalCount).toBeGreaterThan(5);
  const { rows } = await hub.pool.query('SELECT count(*)::int AS people FROM people.person');
  expect(person.rowCount).toBe(rows[0].people);
});

test('scenario 20: every field of every type has a source system or is derived with its formula', async () => {
  const homeless: string[] = [];
  for (let after: string | null = null; ; ) {
    const { data }: Data = await hub.ask(
      'steward',
      `query ($after: String) { dataFields(first: 100, after: $after) {
        nodes { coordinate origin derivedFrom sourceSystem { code } } pageInfo { hasNextPage endCursor } } }`,
      { after },
    );
    for (const field of data.dataFields.nodes) {
      const told = field.origin === 'DERIVED' ? field.derivedFrom !== null : field.sourceSystem !== null;
      if (!told) homeless.push(field.coordinate);
    }
    if (!data.dataFields.pageInfo.hasNextPage) break;
    after = data.dataFields.pageInfo.endCursor;
  }
  // A new type without a seeded table gets a line in prisma/seed/data/datasets.json.
  expect(homeless).toEqual([]);
});

test('a field says which system it comes from, by its department where a type has several', async () => {
  const { collected, derived, foreign } = await ask('field-origin', {
    collected: 'Person.name',
    derived: 'PartyOrganization.memberCount',
    foreign: 'Person.education',
  });
  expect(collected).toMatchObject({ origin: 'SOURCE', sourceSystem: { code: 'population-register' } });
  expect(derived).toMatchObject({ origin: 'DERIVED', derivedFrom: 'count of PartyMember', dataset: null });
  expect(foreign).toMatchObject({ origin: 'SOURCE', sourceSystem: { code: 'education-1', namePending: true } });
});

test('J21: more than sixty departments, each with a system at least, and their rows by factor', async () => {
  const { departmentSources } = await ask('department-sources');
  expect(departmentSources).toHaveLength(Object.keys(departments).length);
  // Sub-districts and communities are no municipal departments.
  expect(departmentSources.length - 2).toBeGreaterThanOrEqual(60);
  expect(departmentSources.filter(({ systemCount }: Data) => systemCount === 0)).toEqual([]);
  const security = departmentSources.find(({ departmentCode }: Data) => departmentCode === 'public-security');
  expect(security.factors).toContain('PERSON');
  expect(security.rowCount).toBeGreaterThan(10_000);
});

test('J22: 54 scenarios, five of them named, and those list the documents that prove their rows', async () => {
  const { scenarios, pending } = await ask('scenarios', { first: 54 });
  expect(scenarios.totalCount).toBe(54);
  expect(pending.totalCount).toBe(49);
  expect(scenarios.nodes.slice(0, 6).map(({ displayName }: Data) => displayName)).toEqual([
    '预警机',
    '案件码',
    '智安小区',
    '慧眼数治',
    '综合查一次',
    '待补',
  ]);
});

test('H32, Y27: a platform has its modules, and those without a name say so', async () => {
  const { smartCommunity, zhaoyuan } = await ask('platform-modules', {
    smartCommunity: 'smart-community',
    zhaoyuan: 'zhaoyuan-smart-community',
  });
  expect(smartCommunity.modules.totalCount).toBe(6);
  expect(smartCommunity.modules.nodes.filter(({ namePending }: Data) => namePending)).toHaveLength(3);
  expect(zhaoyuan.modules.nodes.map(({ name }: Data) => name)).toEqual([
    '智慧党建',
    '为民服务',
    '阳光社区',
    '平安社区',
    '智慧养老',
    '直播身边',
    '视频会议',
    '政民互动',
  ]);
});

test('H41: local applications in three families', async () => {
  const { onlineServices, selfGovernance, lifeServices } = await ask('systems-by-family');
  for (const family of [onlineServices, selfGovernance, lifeServices]) expect(family.totalCount).toBeGreaterThan(0);
});

const SYNC = {
  systemCode: 'grid-platform',
  typeName: 'Grid',
  rowCount: 7,
  syncedAt: '2026-06-30T09:00:00+08:00',
  health: 'DEGRADED',
  idempotencyKey: 'sync-grid-1',
};

test('H12, X04: a reported synchronisation moves the dataset, the system’s rows and its health', async () => {
  const before = await ask('system-health', { portal: 'hub', platform: 'hub', connected: 'grid-platform' });
  const { reportSynchronisation } = await ask('report-synchronisation', { input: SYNC }, 'system');
  expect(reportSynchronisation.dataset).toMatchObject({ name: '网格', rowCount: 7 });
  expect(reportSynchronisation.dataset.system.health).toBe('DEGRADED');
  expect(reportSynchronisation.dataset.system.rowCount).not.toBe(before.connected.rowCount);
  const { rows } = await hub.pool.query(
    "SELECT event_type, entity_type FROM catalog.outbox WHERE event_type = 'dataset.synchronised'",
  );
  expect(rows).toEqual([{ event_type: 'dataset.synchronised', entity_type: 'DepartmentSystem' }]);
});

test.each([
  ['a system that is not registered', { systemCode: 'nowhere' }, 'SYSTEM_NOT_FOUND', 'input.systemCode'],
  ['another department’s type', { typeName: 'PartyMember' }, 'DATASET_NOT_OF_DEPARTMENT', 'input.typeName'],
  ['a second source', { systemCode: 'early-warning' }, 'DATASET_HAS_SOURCE', 'input.typeName'],
  ['a negative count', { rowCount: -1 }, 'ROW_COUNT_INVALID', 'input.rowCount'],
  ['a time in the future', { syncedAt: '2026-07-01T09:00:00+08:00' }, 'DATE_IN_FUTURE', 'input.syncedAt'],
])('a synchronisation with %s is refused and nothing is written', async (_case, change, code, culprit) => {
  const before = await state();
  const input = { ...SYNC, ...change, idempotencyKey: `sync-${code}` };
  const { reportSynchronisation } = await ask('report-synchronisation', { input }, 'system');
  expect(reportSynchronisation).toMatchObject({ code, culprit });
  expect(await state()).toEqual(before);
});

const DESCRIBE = {
  code: 'scenario-20',
  name: '独居老人关爱',
  departmentCode: 'civil-affairs',
  operationNames: ['household-dossier'],
  idempotencyKey: 'describe-20',
};

test('J22: a city fills in a scenario with its owner and its operation documents', async () => {
  const { describeScenario } = await ask('describe-scenario', { input: DESCRIBE }, 'steward');
  expect(describeScenario.scenario).toMatchObject({
    name: '独居老人关爱',
    departmentName: '民政局',
    operations: [{ name: 'household-dossier' }],
    provenance: { systemCode: 'demo-steward' },
  });
});

test.each([
  ['that is not in the list', { code: 'scenario-99' }, 'SCENARIO_NOT_FOUND', 'input.code'],
  [
    'with a document that is not there',
    { operationNames: ['no'] },
    'OPERATION_DOCUMENT_NOT_FOUND',
    'input.operationNames',
  ],
  ['of an unknown department', { departmentCode: 'no' }, 'DEPARTMENT_UNKNOWN', 'input.departmentCode'],
  ['without a name', { name: ' ' }, 'TEXT_INVALID', 'input.name'],
])('a scenario %s is refused and nothing is written', async (_case, change, code, culprit) => {
  const before = await state();
  const input = { ...DESCRIBE, ...change, idempotencyKey: `describe-${code}` };
  const { describeScenario } = await ask('describe-scenario', { input }, 'steward');
  expect(describeScenario).toMatchObject({ code, culprit });
  expect(await state()).toEqual(before);
});

test('a scenario is described by stewards only', async () => {
  const before = await state();
  const { data, errors } = await hub.ask('frontend', operation('describe-scenario'), { input: DESCRIBE });
  expect(data).toBeNull();
  expect(errors[0]?.extensions?.code).toBe('FIELD_RIGHT_MISSING');
  expect(await state()).toEqual(before);
});

test.each([
  ['a parent that is not above it', 'MODULE', 'smart-community-1', 'SYSTEM_PARENT_NOT_ABOVE'],
  ['a parent that is not registered', 'SYSTEM', 'nowhere', 'SYSTEM_NOT_FOUND'],
])('a system with %s is refused', async (_case, tier, parentCode, code) => {
  const before = await state();
  const { data }: Data = await hub.ask('steward', operation('register-system'), {
    input: {
      code: 'elder-care',
      name: '养老服务系统',
      departmentCode: 'civil-affairs',
      tier,
      parentCode,
      idempotencyKey: `register-${code}`,
    },
  });
  expect(data.registerSystem).toMatchObject({ code, culprit: 'input.parentCode' });
  expect(await state()).toEqual(before);
});
