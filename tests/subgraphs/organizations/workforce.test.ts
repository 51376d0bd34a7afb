import { afterAll, beforeAll, expect, test } from 'vitest';
import { organizations } from '../../../subgraphs/organizations/index.ts';
import { testUuid } from '../../kit/insert-rows.ts';
import { openTestSubgraph, type TestSubgraph, testCaller } from '../../kit/open-test-subgraph.ts';
import {
  assignmentKeys,
  GRID_A3,
  insertOrganizations,
  VOLUNTEER_KEY,
  workerKeys,
  workerPersonKeys,
} from '../../kit/organizations-rows.ts';
import {
  CITY,
  COMMUNITY_A,
  COMMUNITY_C,
  COUNTY_AB,
  COUNTY_C,
  GRID_A1,
  GRID_A2,
  GRID_C1,
} from '../../kit/people-rows.ts';

let subgraph: TestSubgraph;

beforeAll(async () => {
  subgraph = await openTestSubgraph(organizations);
  await insertOrganizations(subgraph.pool);
});
afterAll(() => subgraph[Symbol.asyncDispose]());

const INSIDE = testCaller([COUNTY_AB]);
const OUTSIDE = testCaller([COUNTY_C]);
const assignment = (name: keyof typeof assignmentKeys) => ({ id: `GridAssignment:${assignmentKeys[name]}` });
const worker = (name: keyof typeof workerKeys) => `CommunityWorker:${workerKeys[name]}`;
const person = (key: string) => `Person:${key}`;

test('the chiefs of all grids and micro-grids of a community are one statement per level', async () => {
  const { data, statements } = await subgraph.run(
    INSIDE,
    `{ community(statCode: "${COMMUNITY_A}") { grids { nodes { gridCode
         chief { id role holderName person { id } worker { id name post } validFrom validTo }
         microGrids { nodes { microGridCode chief { id holderName microGrid { id } worker { id } } } } } } } }`,
  );

  const [a1, a2, a3] = data.community.grids.nodes;
  expect(a1.chief).toEqual({
    ...assignment('chiefA1'),
    role: 'GRID_CHIEF',
    holderName: '赵一',
    person: { id: person(workerPersonKeys.zhao) },
    worker: { id: worker('zhao'), name: '赵一', post: 'SECRETARY_DIRECTOR' },
    validFrom: '2025-06-01T01:00:00.000Z',
    validTo: null,
  });
  expect(a1.microGrids.nodes.map((node: { chief: unknown }) => node.chief)).toEqual([
    { ...assignment('microA1'), holderName: '郑志愿', microGrid: { id: `MicroGrid:${GRID_A1}001` }, worker: null },
    null,
  ]);
  expect(a2.chief).toMatchObject({ ...assignment('chiefA2'), holderName: '郑志愿', worker: null });
  expect([a3.gridCode, a3.chief]).toEqual([GRID_A3, null]);
  expect(statements.toSorted()).toEqual(
    [
      'community_by_stat_code',
      'organizations.community_grids',
      'grid_chiefs',
      'organizations.grid_micro_grids',
      'worker_by_id',
      'microGrid_chiefs',
      'micro_grid_by_code',
    ].toSorted(),
  );
});

test('posts and workers of another county are not shown, its territory and its committees are', async () => {
  const { data, problems } = await subgraph.run(
    OUTSIDE,
    `{ community(statCode: "${COMMUNITY_A}") { name committees { name } workers { nodes { name } totalCount }
         gridCoverage { gridCount gridsWithChief }
         grids { nodes { gridCode chief { id } assignments { nodes { id } totalCount } force { gridChiefCount } } } }
       worker(id: "${worker('zhao')}") { name }
       workers { nodes { name } totalCount }
       inside: workers(filter: { divisionCode: "${COUNTY_AB}" }) { nodes { name } }
       liveGridPosts(workerId: "${worker('zhao')}") { id } }`,
  );

  expect(problems).toEqual([]);
  expect(data).toEqual({
    community: {
      name: '甲社区',
      committees: [{ name: '甲社区居民委员会' }, { name: '甲社区居务监督委员会' }],
      workers: { nodes: [], totalCount: 0 },
      gridCoverage: { gridCount: 3, gridsWithChief: 2 },
      grids: {
        nodes: [GRID_A1, GRID_A2, GRID_A3].map((gridCode) => ({
          gridCode,
          chief: null,
          assignments: { nodes: [], totalCount: 0 },
          force: { gridChiefCount: gridCode === GRID_A3 ? 0 : 1 },
        })),
      },
    },
    worker: null,
    workers: { nodes: [{ name: '周五' }], totalCount: 1 },
    inside: { nodes: [] },
    liveGridPosts: [],
  });
});

test('a caller of one grid sees the posts of that grid and the workers of its community', async () => {
  const { data } = await subgraph.run(
    testCaller([GRID_A1]),
    `{ a1: grid(gridCode: "${GRID_A1}") { chief { holderName } }
       a2: grid(gridCode: "${GRID_A2}") { chief { holderName } }
       workers { nodes { name } } }`,
  );

  expect(data).toEqual({
    a1: { chief: { holderName: '赵一' } },
    a2: { chief: null },
    workers: { nodes: [{ name: '赵一' }, { name: '钱二' }, { name: '孙三' }] },
  });
});

test('the posts of a grid come newest first, by role and as of an instant, page by page', async () => {
  const { data } = await subgraph.run(
    INSIDE,
    `{ grid(gridCode: "${GRID_A1}") {
         all: assignments { nodes { id } totalCount }
         chiefs: assignments(role: GRID_CHIEF) { nodes { id } }
         before: assignments(role: GRID_CHIEF, asOf: "2025-06-01T00:59:59.999Z") { nodes { id } }
         noon: assignments(role: GRID_CHIEF, asOf: "2025-06-01T01:00:00Z") { nodes { id } }
         early: assignments(asOf: "2023-01-01T00:00:00Z") { nodes { id } }
         first: assignments(first: 1) { pageInfo { endCursor hasNextPage } } } }`,
  );
  const { endCursor } = data.grid.first.pageInfo;
  const next = await subgraph.run(
    INSIDE,
    `{ grid(gridCode: "${GRID_A1}") { assignments(first: 2, after: "${endCursor}") { nodes { id } } } }`,
  );

  expect(data.grid).toMatchObject({
    all: {
      nodes: [assignment('chiefA1'), assignment('workerA1'), assignment('microA1'), assignment('formerA1')],
      totalCount: 4,
    },
    chiefs: { nodes: [assignment('chiefA1'), assignment('formerA1')] },
    before: { nodes: [assignment('formerA1')] },
    noon: { nodes: [assignment('chiefA1')] },
    early: { nodes: [] },
    first: { pageInfo: { hasNextPage: true } },
  });
  expect(next.data.grid.assignments.nodes).toEqual([assignment('workerA1'), assignment('microA1')]);
});

test('the committees of a community come with the one that is supervised first', async () => {
  const { data, statements } = await subgraph.run(
    testCaller([CITY]),
    `{ communities { nodes { name committees { kind name uscc termNumber termStart termEnd chairName seatCount
         community { name } } } } }`,
  );

  const [a, , c] = data.communities.nodes;
  expect(a.committees.map(({ kind }: { kind: string }) => kind)).toEqual(['RESIDENTS', 'SUPERVISION']);
  expect(a.committees[1]).toEqual({
    kind: 'SUPERVISION',
    name: '甲社区居务监督委员会',
    uscc: null,
    termNumber: 7,
    termStart: '2025-11-03',
    termEnd: '2030-11-03',
    chairName: '吴主任',
    seatCount: 5,
    community: { name: '甲社区' },
  });
  expect(c.committees.map(({ kind }: { kind: string }) => kind)).toEqual(['VILLAGERS']);
  expect(statements).toEqual(['organizations.communities', 'committees_of_communities', 'community_by_stat_code']);
});

test('workers are listed by area, post and service', async () => {
  const { data } = await subgraph.run(
    testCaller([CITY]),
    `{ all: workers { totalCount }
       county: workers(filter: { divisionCode: "330411000000" }) { nodes { name } }
       heads: workers(filter: { post: SECRETARY_DIRECTOR }) { nodes { name } }
       left: workers(filter: { inService: false }) { nodes { name leftOn } }
       community(statCode: "${COMMUNITY_A}") { workers(inService: true, post: SPECIALIST) { nodes { name } } } }`,
  );

  expect(data).toEqual({
    all: { totalCount: 5 },
    county: { nodes: [{ name: '周五' }] },
    heads: { nodes: [{ name: '赵一' }, { name: '周五' }] },
    left: { nodes: [{ name: '孙三', leftOn: '2025-03-31' }] },
    community: { workers: { nodes: [{ name: '钱二' }] } },
  });
});

test('a worker shows the personnel record, the community and the posts', async () => {
  const { data, statements } = await subgraph.run(
    testCaller([COUNTY_AB], 'workforce.pay'),
    `{ worker(id: "${worker('zhao')}") { name person { id } post gradeLevel mode certificate hiredOn leftOn
         community { name } assignments { id } past: assignments(asOf: "2025-05-01T00:00:00Z") { id }
         provenance { systemCode departmentName } } }`,
  );

  expect(data.worker).toEqual({
    name: '赵一',
    person: { id: person(workerPersonKeys.zhao) },
    post: 'SECRETARY_DIRECTOR',
    gradeLevel: 9,
    mode: 'GENERALIST',
    certificate: 'SOCIAL_WORKER',
    hiredOn: '2020-04-01',
    leftOn: null,
    community: { name: '甲社区' },
    assignments: [assignment('chiefA1')],
    past: [],
    provenance: { systemCode: 'test-system', departmentName: '民政局' },
  });
  expect(statements).toHaveLength(5);
});

test('the live posts of a worker are one statement, with the grid’s code for one more', async () => {
  const hub = { ...testCaller([CITY, '4602', '3203']), kind: 'HUB' as const };
  const posts = (workerId: string) =>
    subgraph.run(hub, `{ liveGridPosts(workerId: "${workerId}") { id grid { gridCode } } }`);

  const zhao = await posts(worker('zhao'));
  expect(zhao.data.liveGridPosts).toEqual([{ ...assignment('chiefA1'), grid: { gridCode: GRID_A1 } }]);
  expect(zhao.statements).toEqual(['live_posts_of_worker', 'grid_by_code']);
  const sun = await posts(worker('sun'));
  expect([sun.data.liveGridPosts, sun.statements]).toEqual([[], ['live_posts_of_worker']]);
  const wrong = await posts(`Person:${workerKeys.zhao}`);
  expect([wrong.data.liveGridPosts, wrong.statements]).toEqual([[], []]);
});

const ENTITIES = `query ($r: [_Any!]!) { _entities(representations: $r) { __typename
  ... on Division { name } ... on Community { name } ... on Grid { name } ... on MicroGrid { name }
  ... on Committee { name } ... on CommunityWorker { name } ... on GridAssignment { holderName }
  ... on Person { id communityWorker { id post } gridPosts { id } now: gridPosts(asOf: "2026-06-30T00:00:00Z") { id } }
} }`;
const reference = (id: string, typeName = id.split(':')[0]) => ({ __typename: typeName, id });

test('every entity is found by reference, and a person’s work for the community with it', async () => {
  const { data, problems, statements } = await subgraph.run(INSIDE, ENTITIES, {
    r: [
      reference('Division:330402000000'),
      reference(`Community:${COMMUNITY_A}`),
      reference(`Community:${COMMUNITY_C}`),
      reference(`Grid:${GRID_C1}`),
      reference(`MicroGrid:${GRID_A1}002`),
      reference(`Committee:${testUuid(2_002)}`),
      reference(worker('zhao')),
      reference(assignment('chiefA1').id),
      reference(person(workerPersonKeys.zhao)),
      reference(person(VOLUNTEER_KEY)),
      reference(person(workerPersonKeys.zhou)),
    ],
  });

  expect(problems).toEqual([]);
  expect(data._entities).toEqual([
    { __typename: 'Division', name: '南湖区' },
    { __typename: 'Community', name: '甲社区' },
    { __typename: 'Community', name: '丙村' },
    { __typename: 'Grid', name: '网格001' },
    { __typename: 'MicroGrid', name: '微网格002' },
    { __typename: 'Committee', name: '甲社区居民委员会' },
    { __typename: 'CommunityWorker', name: '赵一' },
    { __typename: 'GridAssignment', holderName: '赵一' },
    {
      __typename: 'Person',
      id: person(workerPersonKeys.zhao),
      communityWorker: { id: worker('zhao'), post: 'SECRETARY_DIRECTOR' },
      gridPosts: [assignment('chiefA1')],
      now: [assignment('chiefA1')],
    },
    {
      __typename: 'Person',
      id: person(VOLUNTEER_KEY),
      communityWorker: null,
      gridPosts: [assignment('chiefA2'), assignment('microA1'), assignment('formerA1')],
      now: [assignment('chiefA2'), assignment('microA1')],
    },
    { __typename: 'Person', id: person(workerPersonKeys.zhou), communityWorker: null, gridPosts: [], now: [] },
  ]);
  expect(statements.toSorted()).toEqual(
    [
      'division_by_stat_code',
      'community_by_stat_code',
      'grid_by_code',
      'micro_grid_by_code',
      'committee_by_id',
      'worker_by_id',
      'assignment_by_id',
      'workers_of_persons',
      'posts_of_persons',
      'posts_of_persons',
    ].toSorted(),
  );
});

test('references of the wrong type, malformed ones and those outside the area find nothing', async () => {
  const { data, problems, statements } = await subgraph.run(INSIDE, ENTITIES, {
    r: [
      reference('Division:3304'),
      reference(`Community:${COMMUNITY_A}`, 'Division'),
      reference(`Grid:${COMMUNITY_A}`),
      reference('MicroGrid:x'),
      reference(`Committee:${COMMUNITY_A}`),
      reference(worker('zhao'), 'GridAssignment'),
      reference("CommunityWorker:' OR true --"),
      reference(person(workerPersonKeys.zhao), 'Community'),
      reference(`Community:${COMMUNITY_A}`, 'Person'),
    ],
  });

  expect(problems).toEqual([]);
  expect(data._entities).toEqual(Array.from({ length: 9 }, () => null));
  expect(statements).toEqual([]);
  const outside = await subgraph.run(OUTSIDE, ENTITIES, {
    r: [reference(worker('zhao')), reference(assignment('chiefA1').id)],
  });
  expect(outside.data._entities).toEqual([null, null]);
});
