import { afterAll, beforeAll, expect, test } from 'vitest';
import { services } from '../../../../subgraphs/services/index.ts';
import { openTestSubgraph, type TestSubgraph, testCaller } from '../../../kit/open-test-subgraph.ts';
import {
  CITY,
  COMMUNITY_A,
  COMMUNITY_B,
  COMMUNITY_C,
  COUNTY_AB,
  COUNTY_C,
  GRID_A1,
  GRID_A2,
  GRID_C1,
  incidentKey,
  insertServices,
  REPORTER_KEY,
} from '../../../kit/services-rows.ts';

let subgraph: TestSubgraph;

beforeAll(async () => {
  subgraph = await openTestSubgraph(services);
  await insertServices(subgraph.pool);
});
afterAll(() => subgraph[Symbol.asyncDispose]());

const ids = (...numbers: number[]) => numbers.map((number) => ({ id: `Incident:${incidentKey(number)}` }));
const references = (typeName: string, ...keys: string[]) =>
  keys.map((key) => ({ __typename: typeName, id: `${typeName}:${key}` }));

function entities(caller: ReturnType<typeof testCaller>, fragment: string, representations: object[]) {
  return subgraph.run(caller, `query ($r: [_Any!]!) { _entities(representations: $r) { ${fragment} } }`, {
    r: representations,
  });
}

test('incidents and open counts of several communities are one statement each', async () => {
  const { data, statements } = await entities(
    testCaller([CITY]),
    '... on Community { openIncidentCount incidents(first: 2, filter: { open: true }) { nodes { id } totalCount } }',
    references('Community', COMMUNITY_A, COMMUNITY_B, COMMUNITY_C),
  );

  expect(data._entities).toEqual([
    { openIncidentCount: 3, incidents: { nodes: ids(6, 3), totalCount: 3 } },
    { openIncidentCount: 1, incidents: { nodes: ids(4), totalCount: 1 } },
    { openIncidentCount: 1, incidents: { nodes: ids(5), totalCount: 1 } },
  ]);
  expect([...statements].sort()).toEqual(['open_incidents_of_community', 'services.community_incidents']);
});

test('incidents and open counts of several grids are one statement each', async () => {
  const { data, statements } = await entities(
    testCaller([COUNTY_AB]),
    '... on Grid { openIncidentCount incidents(filter: { category: NOISE }) { nodes { id } } }',
    references('Grid', GRID_A1, GRID_A2, GRID_C1, '1'),
  );

  expect(data._entities).toEqual([
    { openIncidentCount: 2, incidents: { nodes: ids(6, 2) } },
    { openIncidentCount: 1, incidents: { nodes: [] } },
    { openIncidentCount: null, incidents: { nodes: [] } },
    { openIncidentCount: null, incidents: { nodes: [] } },
  ]);
  expect([...statements].sort()).toEqual(['open_incidents_of_grid', 'services.grid_incidents']);
});

test('a community outside the area has no count, rather than a wrong zero, and no incidents', async () => {
  const { data, problems } = await entities(
    testCaller([COUNTY_C]),
    '... on Community { openIncidentCount incidents { nodes { id } totalCount } }',
    references('Community', COMMUNITY_A),
  );

  expect(problems).toEqual([]);
  expect(data._entities).toEqual([{ openIncidentCount: null, incidents: { nodes: [], totalCount: 0 } }]);
});

test('the holder of one grid counts his own grid of a community', async () => {
  const { data } = await entities(
    testCaller([GRID_A1]),
    '... on Community { openIncidentCount }',
    references('Community', COMMUNITY_A),
  );

  expect(data._entities).toEqual([{ openIncidentCount: 2 }]);
});

test('contradicting conditions are refused below a community, too', async () => {
  const { errors, statements } = await entities(
    testCaller([CITY]),
    '... on Community { incidents(filter: { open: true, state: CLOSED }) { totalCount } }',
    references('Community', COMMUNITY_A),
  );

  expect(errors.map((error) => error.extensions.code)).toEqual(['FILTER_INVALID']);
  expect(statements).toEqual([]);
});

test('what a person reported is shown with the right, kept to the area, in one statement for all persons', async () => {
  const reader = (area: string) => testCaller([area], 'incident.reporter');
  const fragment = '... on Person { reportedIncidents { nodes { id } totalCount } }';
  const persons = references('Person', REPORTER_KEY, incidentKey(1));

  const city = await entities(reader(CITY), fragment, persons);
  const county = await entities(reader(COUNTY_C), fragment, persons);

  expect(city.data._entities).toEqual([
    { reportedIncidents: { nodes: ids(5, 2, 1), totalCount: 3 } },
    { reportedIncidents: { nodes: [], totalCount: 0 } },
  ]);
  expect(city.statements).toEqual(['services.person_incidents']);
  expect(county.data._entities[0].reportedIncidents.nodes).toEqual(ids(5));
});

test('what a person reported is refused without the right, before anything is read', async () => {
  const { data, errors, statements } = await entities(
    testCaller([CITY]),
    '... on Person { id reportedIncidents { totalCount } }',
    references('Person', REPORTER_KEY),
  );

  expect(data._entities).toEqual([{ id: `Person:${REPORTER_KEY}`, reportedIncidents: null }]);
  expect(errors[0]?.extensions).toMatchObject({ code: 'FIELD_RIGHT_MISSING', right: 'incident.reporter' });
  expect(statements).toEqual([]);
});

test('a person’s id that is malformed has no list and fails nothing', async () => {
  const { data, problems, statements } = await entities(
    testCaller([CITY], 'incident.reporter'),
    '... on Person { reportedIncidents { totalCount } }',
    references('Person', 'zhang'),
  );

  expect(problems).toEqual([]);
  expect(data._entities).toEqual([{ reportedIncidents: null }]);
  expect(statements).toEqual([]);
});
