import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { FaultSwitches } from '../../gateway/sandbox/faults.ts';
import { type CityHub, type HubRole, openCityHub } from '../kit/city-hub.ts';

let hub: CityHub;
let worker: string;
let resident: string;
beforeAll(async () => {
  hub = await openCityHub('in-process', 'jiaxing', new Map(), undefined, new FaultSwitches(300));
  const { rows } = await hub.pool.query<{ worker: string }>(
    'SELECT worker_id AS worker FROM organizations.grid_assignment WHERE valid_to IS NULL AND worker_id IS NOT NULL ORDER BY id LIMIT 1',
  );
  worker = `CommunityWorker:${rows[0]?.worker}`;
  const persons = await hub.pool.query<{ id: string }>('SELECT id FROM people.person ORDER BY id LIMIT 1');
  resident = `Person:${persons.rows[0]?.id}`;
});
afterAll(() => hub[Symbol.asyncDispose]());
afterEach(() => turn({ party: 'up', services: 'up' }));

const turn = (switches: object) =>
  hub.app.inject({
    method: 'POST',
    url: '/sandbox/faults',
    headers: { 'content-type': 'application/json' },
    payload: JSON.stringify(switches),
  });

const COMMUNITY = '330402007024';
const QUERY = `query ($code: String!) {
  community(statCode: $code) { name partyOrganization { name } }
}`;
interface Answer {
  readonly community: { readonly name: string; readonly partyOrganization: { readonly name: string } | null } | null;
}

async function ask(role: HubRole) {
  const { data, errors } = await hub.ask(role, QUERY, { code: COMMUNITY });
  return { community: (data as Answer).community, errors };
}

const roles = (): [string, HubRole][] => [
  ['system', 'system'],
  ['frontend', 'frontend'],
  ['steward', 'steward'],
  ['worker', { worker }],
  ['resident', { person: resident }],
];

test('every role meets a department that is down, slow or forbidden, and is told which', async () => {
  for (const [name, role] of roles()) {
    const whole = await ask(role);
    expect(whole.community?.name, name).toBe('百福弄社区');

    await turn({ party: 'down' });
    const down = await ask(role);
    expect(down.community, name).toEqual({ name: '百福弄社区', partyOrganization: null });
    expect(down.errors, name).toHaveLength(1);
    expect(down.errors[0]).toMatchObject({
      path: ['community', 'partyOrganization'],
      extensions: {
        code: 'SUBGRAPH_UNAVAILABLE',
        subgraph: 'party',
        department: 'party-organization',
        departmentZh: '组织部',
      },
    });

    await turn({ party: 'forbidden' });
    expect((await ask(role)).errors[0]?.extensions, name).toMatchObject({
      code: 'SUBGRAPH_REFUSED',
      department: 'party-organization',
    });

    await turn({ party: 'slow' });
    const started = performance.now();
    expect(await ask(role), name).toEqual(whole);
    expect(performance.now() - started, name).toBeGreaterThan(290);
    await turn({ party: 'up' });
    expect(await ask(role), name).toEqual(whole);
  }
});

test('the department is that of the field, below a connection and a fragment, too', async () => {
  await turn({ services: 'down' });
  const { errors } = await hub.ask(
    'system',
    `{ list: communities(first: 1) { nodes { ...Load } } incidents(first: 1) { nodes { title } } }
     fragment Load on Community { openIncidentCount }`,
  );
  const named = errors.map(({ path, extensions }) => [path?.join('.'), extensions?.subgraph, extensions?.department]);
  expect(named).toEqual(
    expect.arrayContaining([
      ['list.nodes.0.openIncidentCount', 'services', 'political-legal'],
      ['incidents', 'services', 'political-legal'],
    ]),
  );
});

/** A digest of every row of every table that a reset puts back. */
async function digests(): Promise<Record<string, string>> {
  const { rows: tables } = await hub.pool.query<{ name: string }>(
    `SELECT schemaname || '.' || tablename AS name FROM pg_tables
      WHERE schemaname IN ('people', 'organizations', 'services', 'party', 'catalog')
        AND tablename !~ '^(_prisma|access_|ledger_|recorded_operation|operation_usage|field_usage|operation_document|schema_version)'
      ORDER BY 1`,
  );
  const found: Record<string, string> = {};
  for (const { name } of tables) {
    const { rows } = await hub.pool.query<{ digest: string | null }>(
      `SELECT md5(string_agg(t::text, '' ORDER BY t::text)) AS digest FROM ${name} t`,
    );
    found[name] = rows[0]?.digest ?? '';
  }
  return found;
}

const reset = (headers: Record<string, string> = { 'content-type': 'application/json' }) =>
  hub.app.inject({ method: 'POST', url: '/sandbox/reset', headers, payload: '{}' });

test('a reset of the running sandbox puts back the same city with the same ids, and loses no request', async () => {
  const before = await digests();
  const REPORT = `mutation ($key: String!) { reportIncident(input: { category: HAZARD, title: "楼道堆放杂物", severity: GENERAL,
    channel: GRID_WORKER, gridId: "Grid:330402007024001", idempotencyKey: $key }) {
      __typename ... on ReportIncidentSuccess { incident { id incidentNumber } } } }`;
  const report = async (key: string) => {
    const { data } = await hub.ask('system', REPORT, { key });
    return (data as { reportIncident: { incident?: { id: string; incidentNumber: string } } }).reportIncident.incident;
  };
  const made = await report('sandbox-key-1');
  expect(made?.incidentNumber).toMatch(/^SJ/);
  await hub.ask(
    'steward',
    `mutation { registerClient(input: { clientId: "waste-desk", name: "城管系统", kind: SYSTEM,
       departmentCode: "urban-management", jurisdictionCodes: ["3304"], rights: [], idempotencyKey: "sandbox-client" }) { __typename } }`,
  );
  await hub.pool.query('DELETE FROM people.care_tag');
  await turn({ party: 'down' });
  const changed = await digests();
  for (const table of ['services.incident', 'services.outbox', 'catalog.client']) {
    expect(changed[table], table).not.toBe(before[table]);
  }
  const lines = async () => (await hub.pool.query('SELECT count(*)::int AS n FROM catalog.access_log')).rows[0].n;
  const written = await lines();

  const running = Array.from({ length: 40 }, () => ask('system'));
  const [restored, again] = await Promise.all([reset(), reset()]);
  for (const { community } of await Promise.all(running)) expect(community?.name).toBe('百福弄社区');
  expect(restored.statusCode).toBe(200);
  expect(restored.json()).toMatchObject({ rows: expect.any(Number), subgraphs: { party: 'up', people: 'up' } });
  expect(again.json()).toEqual(restored.json());
  expect(await digests()).toEqual(before);
  // The account of what was done is not taken back.
  expect(await lines()).toBeGreaterThanOrEqual(written);

  // The same request is a new one: its key is free again.
  const anew = await report('sandbox-key-1');
  expect(anew?.id).toMatch(/^Incident:/);
  expect(anew?.id).not.toBe(made?.id);
  await reset();
});

test('a reset is refused to what is no JSON, which any page could send', async () => {
  const before = await digests();
  const refused = await reset({ 'content-type': 'text/plain' });
  expect([refused.statusCode, refused.json().errors[0].extensions.code]).toEqual([415, 'MEDIA_TYPE_UNSUPPORTED']);
  expect(await digests()).toEqual(before);
});

test('switches are shown, and an unknown department or failure changes nothing', async () => {
  await turn({ party: 'slow' });
  const shown = await hub.app.inject({ url: '/sandbox/faults' });
  expect(shown.json()).toEqual({
    subgraphs: { catalog: 'up', organizations: 'up', party: 'slow', people: 'up', services: 'up' },
    faults: ['up', 'down', 'slow', 'forbidden'],
  });
  for (const wrong of [{ nobody: 'down' }, { party: 'broken' }]) {
    const refused = await turn(wrong);
    expect([refused.statusCode, refused.json().errors[0].extensions.code]).toEqual([400, 'SANDBOX_FAULT_UNKNOWN']);
  }
  expect((await hub.app.inject({ url: '/sandbox/faults' })).json()).toEqual(shown.json());
});
