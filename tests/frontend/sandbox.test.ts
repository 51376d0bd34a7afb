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
}, 180_000);
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
