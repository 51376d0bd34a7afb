import { afterAll, beforeAll, expect, test } from 'vitest';
import { services } from '../../../subgraphs/services/index.ts';
import { openTestSubgraph, type TestSubgraph, testCaller } from '../../kit/open-test-subgraph.ts';
import { COMMUNITY_A, COMMUNITY_B, COMMUNITY_C, facilityKeys, insertServices } from '../../kit/services-rows.ts';

let subgraph: TestSubgraph;

beforeAll(async () => {
  subgraph = await openTestSubgraph(services);
  await insertServices(subgraph.pool);
});
afterAll(() => subgraph[Symbol.asyncDispose]());

/** Facilities are open data: even a caller without any area or right reads them. */
const ANYBODY = testCaller([]);
const facility = (name: keyof typeof facilityKeys) => ({ id: `Facility:${facilityKeys[name]}` });
const communities = (...codes: string[]) => codes.map((code) => ({ __typename: 'Community', id: `Community:${code}` }));

test('a facility is read by anybody, with the communities it serves', async () => {
  const { data, problems, statements } = await subgraph.run(
    ANYBODY,
    `query ($id: ID!) { facility(id: $id) {
      id kind name tier areaSquareMetres meetsAreaFloor oneDoor stage openedOn address
      community { id } serves { id } provenance { systemCode } } }`,
    { id: facility('A').id },
  );

  expect(problems).toEqual([]);
  expect(data.facility).toEqual({
    ...facility('A'),
    kind: 'PARTY_MASS_SERVICE_CENTRE',
    name: '甲社区党群服务中心',
    tier: 'COMMUNITY',
    areaSquareMetres: 600,
    meetsAreaFloor: true,
    oneDoor: true,
    stage: 'USE',
    openedOn: '2020-05-01',
    address: '中山路1号',
    community: { id: `Community:${COMMUNITY_A}` },
    serves: [{ id: `Community:${COMMUNITY_A}` }, { id: `Community:${COMMUNITY_B}` }],
    provenance: { systemCode: 'test-system' },
  });
  expect(statements).toEqual(['facility_by_id', 'communities_of_facilities', 'provenance_by_id']);
});

test('the area floor is 600 m² in an urban community, 500 m² in a rural one, and not set for other kinds', async () => {
  const { data, statements } = await subgraph.run(
    ANYBODY,
    '{ facilities { nodes { name areaSquareMetres meetsAreaFloor serves { id } } totalCount } }',
  );

  expect(
    data.facilities.nodes.map((node: { areaSquareMetres: number; meetsAreaFloor: boolean | null }) => [
      node.areaSquareMetres,
      node.meetsAreaFloor,
    ]),
  ).toEqual([
    [600, true],
    [1200.5, null],
    [500, true],
    [599.99, false],
  ]);
  expect(statements).toEqual(['services.facilities', 'communities_of_facilities']);
});

test.each([
  [{ kind: 'CONVENIENCE_CENTRE' }, ['T']],
  [{ divisionCode: '330411' }, ['C']],
  [{ divisionCode: '330411000000' }, ['C']],
  [{ divisionCode: '330402001', kind: 'PARTY_MASS_SERVICE_CENTRE' }, ['A', 'B']],
  [{ divisionCode: COMMUNITY_B }, ['B']],
  [{ meetsAreaFloor: true }, ['A', 'B']],
  [{ meetsAreaFloor: false }, ['C']],
  [{ kind: 'POLICE_ROOM', meetsAreaFloor: true }, []],
] as const)('facilities are filtered by %j in one statement', async (filter, expected) => {
  const { data, statements } = await subgraph.run(
    ANYBODY,
    'query ($filter: FacilityFilter) { facilities(filter: $filter) { nodes { id } totalCount } }',
    { filter },
  );

  expect(data.facilities.nodes).toEqual(expected.map(facility));
  expect(data.facilities.totalCount).toBe(expected.length);
  expect(statements).toEqual(['services.facilities']);
});

test.each(['3', '33040', '330402001001001', 'abc', '', "330402' OR true --"])(
  'a division code that is none is refused: %s',
  async (divisionCode) => {
    const { data, errors, statements } = await subgraph.run(
      ANYBODY,
      'query ($filter: FacilityFilter) { facilities(filter: $filter) { totalCount } }',
      { filter: { divisionCode } },
    );

    expect(data).toBeNull();
    expect(errors[0]?.extensions).toMatchObject({ code: 'FILTER_INVALID', filter: 'divisionCode' });
    expect(statements).toEqual([]);
  },
);

test('two communities that share a centre get the very same node; without one of its own, the convenience centre', async () => {
  const { data, problems, statements } = await subgraph.run(
    ANYBODY,
    `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Community { id serviceCentre { id kind } } } }`,
    { r: communities(COMMUNITY_A, COMMUNITY_B, COMMUNITY_C, '330499001001') },
  );

  expect(problems).toEqual([]);
  expect(data._entities).toEqual([
    { id: `Community:${COMMUNITY_A}`, serviceCentre: { ...facility('A'), kind: 'PARTY_MASS_SERVICE_CENTRE' } },
    { id: `Community:${COMMUNITY_B}`, serviceCentre: { ...facility('A'), kind: 'PARTY_MASS_SERVICE_CENTRE' } },
    { id: `Community:${COMMUNITY_C}`, serviceCentre: { ...facility('T'), kind: 'CONVENIENCE_CENTRE' } },
    { id: 'Community:330499001001', serviceCentre: null },
  ]);
  expect(statements).toEqual(['service_centres_of_communities']);
});

test('the facilities of several communities are pages of one statement', async () => {
  const { data, statements } = await subgraph.run(
    ANYBODY,
    `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Community {
      facilities(kind: PARTY_MASS_SERVICE_CENTRE, first: 1) { nodes { id } totalCount pageInfo { hasNextPage } } } } }`,
    { r: communities(COMMUNITY_A, COMMUNITY_B, 'x') },
  );

  const page = (name?: keyof typeof facilityKeys) => ({
    facilities: {
      nodes: name === undefined ? [] : [facility(name)],
      totalCount: name === undefined ? 0 : 1,
      pageInfo: { hasNextPage: false },
    },
  });
  expect(data._entities).toEqual([page('A'), page('B'), page()]);
  expect(statements).toEqual(['services.community_facilities']);
});

test('a cursor of the city’s list is refused below a community', async () => {
  const first = await subgraph.run(ANYBODY, '{ facilities(first: 1) { pageInfo { endCursor } } }');
  const { errors } = await subgraph.run(
    ANYBODY,
    `query ($r: [_Any!]!, $after: String) { _entities(representations: $r) {
      ... on Community { facilities(after: $after) { totalCount } } } }`,
    { r: communities(COMMUNITY_A), after: first.data.facilities.pageInfo.endCursor },
  );

  expect(errors[0]?.extensions.code).toBe('CURSOR_INVALID');
});
