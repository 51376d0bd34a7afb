import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { services } from '../../../../subgraphs/services/index.ts';
import { openTestSubgraph, TEST_INSTANT, type TestSubgraph, testCaller } from '../../../kit/open-test-subgraph.ts';
import {
  CITY,
  COMMUNITY_A,
  COUNTY_AB,
  COUNTY_C,
  facilityKeys,
  GRID_A1,
  GRID_A2,
  incidentKey,
  insertServices,
  itemKey,
  REPORTER_KEY,
} from '../../../kit/services-rows.ts';

let subgraph: TestSubgraph;

beforeAll(async () => {
  subgraph = await openTestSubgraph(services);
  await insertServices(subgraph.pool);
});
afterAll(() => subgraph[Symbol.asyncDispose]());
beforeEach(() => subgraph.clock.set(TEST_INSTANT));

const id = (number: number) => `Incident:${incidentKey(number)}`;
const READER = testCaller([COUNTY_AB], 'incident.reporter');

test('an incident is read with its history in order, one statement per kind of row', async () => {
  const { data, problems, statements } = await subgraph.run(
    READER,
    `query ($id: ID!) { incident(id: $id) {
      id incidentNumber category title state channel severity reportedAt dueAt closedAt overdue
      reporter { id } handlerDepartment { code name } community { id } grid { id } division { id }
      history { ordinal fromState toState at actorDepartment { code name } note }
      provenance { kind systemCode } } }`,
    { id: id(1) },
  );

  expect(problems).toEqual([]);
  expect(data.incident).toEqual({
    id: id(1),
    incidentNumber: 'SJ202606001',
    category: 'HAZARD',
    title: '事件1',
    state: 'HANDLING',
    channel: 'GRID_WORKER',
    severity: 'GENERAL',
    reportedAt: '2026-06-01T02:00:00.000Z',
    dueAt: '2026-06-05T02:00:00.000Z',
    closedAt: null,
    overdue: true,
    reporter: { id: `Person:${REPORTER_KEY}` },
    handlerDepartment: { code: 'urban-management', name: '综合行政执法局' },
    community: { id: `Community:${COMMUNITY_A}` },
    grid: { id: `Grid:${GRID_A1}` },
    division: { id: `Division:${COMMUNITY_A}` },
    history: [
      {
        ...{ ordinal: 1, fromState: null, toState: 'REPORTED', at: '2026-06-01T02:00:00.000Z', note: null },
        actorDepartment: { code: 'community', name: '社区(村)' },
      },
      {
        ...{ ordinal: 2, fromState: 'REPORTED', toState: 'ACCEPTED', at: '2026-06-01T03:00:00.000Z', note: null },
        actorDepartment: { code: 'community', name: '社区(村)' },
      },
      {
        ...{ ordinal: 3, fromState: 'ACCEPTED', toState: 'HANDLING', at: '2026-06-01T04:00:00.000Z', note: '已到场' },
        actorDepartment: { code: 'urban-management', name: '综合行政执法局' },
      },
    ],
    provenance: { kind: 'SEED', systemCode: 'test-system' },
  });
  expect([...statements].sort()).toEqual(['incident_by_id', 'provenance_by_id', 'transitions_of_incidents']);
});

test('who reported an incident is refused without the right; the rest of the incident stands', async () => {
  const { data, errors, problems } = await subgraph.run(
    testCaller([COUNTY_AB]),
    'query ($id: ID!) { incident(id: $id) { title reporter { id } } }',
    { id: id(1) },
  );

  expect(data.incident).toEqual({ title: '事件1', reporter: null });
  expect(problems).toEqual(['FIELD_RIGHT_MISSING incident.reporter']);
  expect(errors[0]?.extensions).toMatchObject({ right: 'incident.reporter', department: 'political-legal' });
  expect(JSON.stringify(errors)).not.toContain(REPORTER_KEY);
});

test('an incident without a known reporter answers null without an error, with the right', async () => {
  const { data, problems } = await subgraph.run(READER, 'query ($id: ID!) { incident(id: $id) { reporter { id } } }', {
    id: id(3),
  });

  expect(problems).toEqual([]);
  expect(data.incident.reporter).toBeNull();
});

test.each([
  ['the county', [COUNTY_AB], true],
  ['the other county', [COUNTY_C], false],
  ['the city', [CITY], true],
  ['the grid', [GRID_A1], true],
  ['the neighbouring grid', [GRID_A2], false],
  ['no area', [], false],
])('a caller of %s: by id and by number → %s', async (_name, jurisdiction, visible) => {
  const { data, statements } = await subgraph.run(
    testCaller(jurisdiction),
    'query ($id: ID!) { incident(id: $id) { id } incidentByNumber(incidentNumber: "SJ202606001") { id } }',
    { id: id(1) },
  );

  const expected = visible ? { id: id(1) } : null;
  expect(data).toEqual({ incident: expected, incidentByNumber: expected });
  expect([...statements].sort()).toEqual(['incident_by_id', 'incident_by_number']);
});

test('an open incident becomes overdue when its deadline passes; a closed one never is', async () => {
  const overdue = async (number: number, now: string) => {
    subgraph.clock.set(now);
    const { data } = await subgraph.run(READER, 'query ($id: ID!) { incident(id: $id) { overdue } }', {
      id: id(number),
    });
    return data.incident.overdue;
  };

  expect(await overdue(6, '2026-06-30T02:00:00.000Z')).toBe(false);
  expect(await overdue(6, '2026-06-30T02:00:00.001Z')).toBe(true);
  expect(await overdue(3, '2027-01-01T00:00:00Z')).toBe(false);
  expect(await overdue(2, '2027-01-01T00:00:00Z')).toBe(false);
});

test('histories of several incidents are one statement, cut at a hundred steps', async () => {
  await subgraph.pool.query(
    `INSERT INTO services.incident_transition (incident_id, ordinal, to_state, at, actor_department_code, provenance_id)
     SELECT $1, n, 'HANDLING', now(), 'community', $1 FROM generate_series(1, 130) n`,
    [incidentKey(4)],
  );
  const { data, statements } = await subgraph.run(READER, '{ incidents { nodes { id history { ordinal } } } }');

  expect(data.incidents.nodes.map((node: { history: unknown[] }) => node.history.length)).toEqual([0, 100, 0, 1, 3]);
  expect(data.incidents.nodes[1].history[99].ordinal).toBe(100);
  expect(statements).toEqual(['services.incidents', 'transitions_of_incidents']);
});

test('entities of all own types are resolved in one statement per type, in the order asked for', async () => {
  const { data, problems, statements } = await subgraph.run(
    READER,
    `query ($r: [_Any!]!) { _entities(representations: $r) { __typename
      ... on Incident { id } ... on Facility { id } ... on ServiceItem { itemCode } } }`,
    {
      r: [
        { __typename: 'Incident', id: id(3) },
        { __typename: 'Facility', id: `Facility:${facilityKeys.C}` },
        { __typename: 'Incident', id: id(5) },
        { __typename: 'ServiceItem', id: `ServiceItem:${itemKey(2)}` },
        { __typename: 'Incident', id: id(1) },
        { __typename: 'Incident', id: `Facility:${facilityKeys.A}` },
        { __typename: 'Facility', id: 'Facility:1' },
        { __typename: 'ServiceItem', id: 'ServiceItem:330499-0001' },
        { __typename: 'Person', id: 'Incident:1' },
        { __typename: 'Community', id: 'Grid:1' },
        { __typename: 'Grid', id: '' },
      ],
    },
  );

  expect(problems).toEqual([]);
  expect(data._entities).toEqual([
    { __typename: 'Incident', id: id(3) },
    { __typename: 'Facility', id: `Facility:${facilityKeys.C}` },
    null,
    { __typename: 'ServiceItem', itemCode: '330499-0002' },
    { __typename: 'Incident', id: id(1) },
    ...Array(6).fill(null),
  ]);
  expect([...statements].sort()).toEqual(['facility_by_id', 'incident_by_id', 'service_item_by_id']);
});
