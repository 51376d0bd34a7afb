import { expect, test } from 'vitest';
import { FaultSwitches } from '../../gateway/sandbox/faults.ts';
import { cityDatabase } from '../kit/city-database.ts';
import { openTestGraph } from '../kit/test-graph.ts';

const COMMUNITY = '330402007024';

test('with one subgraph down the rest of the answer comes, and the error names the subgraph', async () => {
  await using database = await cityDatabase();
  await using graph = await openTestGraph({ pool: database.pool, down: ['party'] });
  const { data, errors } = await graph.run(
    `query ($code: String!) {
      community(statCode: $code) { name partyOrganization { name } population { residentCount } }
      loadedCity { city }
    }`,
    { code: COMMUNITY },
  );
  expect(data).toMatchObject({
    community: { name: '百福弄社区', partyOrganization: null, population: { residentCount: 6553 } },
    loadedCity: { city: 'jiaxing' },
  });
  expect(errors).toHaveLength(1);
  expect(errors?.[0]).toMatchObject({
    path: ['community', 'partyOrganization'],
    extensions: { code: 'SUBGRAPH_UNAVAILABLE', subgraph: 'party' },
  });
});

test('a count whose subgraph is down is null with an error, never a wrong zero', async () => {
  await using database = await cityDatabase();
  await using graph = await openTestGraph({ pool: database.pool, down: ['services'] });
  const { data, errors } = await graph.run(
    'query ($code: String!) { community(statCode: $code) { name openIncidentCount } }',
    { code: COMMUNITY },
  );
  expect(JSON.stringify(data)).not.toContain('"openIncidentCount":0');
  expect(errors?.map(({ extensions }) => extensions?.subgraph)).toEqual(['services']);
});

test('a sandbox’s subgraphs fail as they are told, are named, and work again', async () => {
  await using database = await cityDatabase();
  const faults = new FaultSwitches(150);
  await using graph = await openTestGraph({
    pool: database.pool,
    wrapTransport: (transport) => faults.wrap(transport),
  });
  const ask = () =>
    graph.run('query ($code: String!) { community(statCode: $code) { name partyOrganization { name } } }', {
      code: COMMUNITY,
    });
  const codes = async () =>
    (await ask()).errors?.map(({ extensions }) => `${extensions?.code} ${extensions?.subgraph}`);
  const whole = (await ask()).data;
  expect(faults.current()).toEqual({ catalog: 'up', organizations: 'up', party: 'up', people: 'up', services: 'up' });
  expect(faults.change({ party: 'down' })).toBeUndefined();
  expect(await codes()).toEqual(['SUBGRAPH_UNAVAILABLE party']);
  faults.change({ party: 'forbidden' });
  expect(await codes()).toEqual(['SUBGRAPH_REFUSED party']);
  faults.change({ party: 'slow' });
  const started = performance.now();
  expect((await ask()).data).toEqual(whole);
  expect(performance.now() - started).toBeGreaterThan(140);
  expect(faults.change({ party: 'up', nobody: 'down' })).toBe('nobody');
  expect(faults.change({ party: 'on fire' })).toBe('party');
  expect(faults.current().party).toBe('slow');
  faults.change({ party: 'up' });
  expect(await codes()).toBeUndefined();
});
