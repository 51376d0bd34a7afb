import { expect, test } from 'vitest';
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
