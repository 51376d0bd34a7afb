import { afterAll, beforeAll, expect, test } from 'vitest';
import { organizations } from '../../../subgraphs/organizations/index.ts';
import { openTestSubgraph, type TestSubgraph, testCaller } from '../../kit/open-test-subgraph.ts';
import { COMMUNITY_S, GRID_A3, insertOrganizations, VILLAGE_EMPTY } from '../../kit/organizations-rows.ts';
import { COMMUNITY_A, COMMUNITY_B, COMMUNITY_C, GRID_A1, GRID_A2, GRID_B1, GRID_C1 } from '../../kit/people-rows.ts';

let subgraph: TestSubgraph;

beforeAll(async () => {
  subgraph = await openTestSubgraph(organizations);
  await insertOrganizations(subgraph.pool);
});
afterAll(() => subgraph[Symbol.asyncDispose]());

/** Territory is open: even a caller without an area sees it. */
const NOBODY = testCaller([]);
const names = (connection: { nodes: { name: string }[] }) => connection.nodes.map(({ name }) => name);
const gridCodes = (connection: { nodes: { gridCode: string }[] }) => connection.nodes.map(({ gridCode }) => gridCode);

test('the path of a village leads from the province down and leaves the pseudo township out', async () => {
  const { data, statements } = await subgraph.run(
    NOBODY,
    '{ division(code: "460202198001") { statCode level path { name kind } parent { name } functionalZone } }',
  );

  expect(data.division).toEqual({
    statCode: COMMUNITY_S,
    level: 'VILLAGE',
    path: [
      { name: '海南省', kind: 'PROVINCE' },
      { name: '三亚市', kind: 'PREFECTURE_CITY' },
      { name: '海棠区', kind: 'DISTRICT' },
      { name: '林旺社区', kind: 'RESIDENTIAL_COMMUNITY' },
    ],
    parent: { name: '海棠区' },
    functionalZone: false,
  });
  expect(statements).toEqual(['division_by_stat_code', 'division_by_stat_code']);
});

test('the paths and parents of any number of divisions are one statement', async () => {
  const { data, statements } = await subgraph.run(
    NOBODY,
    '{ divisions(first: 100, filter: { level: VILLAGE }) { nodes { name path { name } parent { name } } } }',
  );

  expect(data.divisions.nodes).toHaveLength(5);
  expect(data.divisions.nodes[0].path.map(({ name }: { name: string }) => name)).toEqual([
    '浙江省',
    '嘉兴市',
    '南湖区',
    '新嘉街道',
    '甲社区',
  ]);
  expect(statements).toEqual(['organizations.divisions', 'division_by_stat_code']);
});

test('the children of a county are its villages where the only township between is a pseudo one', async () => {
  const { data } = await subgraph.run(NOBODY, '{ division(statCode: "460202000000") { children { nodes { name } } } }');

  expect(names(data.division.children)).toEqual(['林旺社区']);
});

test('a division is asked for by exactly one of its two codes', async () => {
  const both = await subgraph.run(NOBODY, '{ division(code: "33", statCode: "330000000000") { name } }');
  const neither = await subgraph.run(NOBODY, '{ division { name } }');
  const unknown = await subgraph.run(
    NOBODY,
    '{ a: division(code: "3305") { name } b: division(statCode: "33") { name } }',
  );

  expect(both.problems).toEqual(['FILTER_INVALID division']);
  expect(neither.problems).toEqual(['FILTER_INVALID division']);
  expect(unknown).toMatchObject({ data: { a: null, b: null }, problems: [] });
});

test('a zone of statistics is marked, and the urban-rural class carries its standard', async () => {
  const { data } = await subgraph.run(
    NOBODY,
    `{ zone: division(code: "320371") { kind functionalZone urbanRuralClass { code } }
       village: division(code: "${COMMUNITY_A}") { urbanRuralClass { standard code name } listEdition } }`,
  );

  expect(data.zone).toEqual({ kind: 'FUNCTIONAL_ZONE', functionalZone: true, urbanRuralClass: null });
  expect(data.village).toEqual({
    urbanRuralClass: { standard: '统计用城乡分类代码', code: '111', name: '主城区' },
    listEdition: '2023-06-30',
  });
});

test('divisions come in the order of their codes, by area, tier and parent, without pseudo townships', async () => {
  const { data } = await subgraph.run(
    NOBODY,
    `{ area: divisions(filter: { divisionCode: "460202000000" }) { nodes { name } totalCount }
       tier: divisions(filter: { divisionCode: "33", level: COUNTY }) { nodes { name } }
       below: divisions(filter: { parentCode: "3304" }) { nodes { name } } }`,
  );

  expect(data.area).toEqual({ nodes: [{ name: '海棠区' }, { name: '林旺社区' }], totalCount: 2 });
  expect(names(data.tier)).toEqual(['南湖区', '秀洲区']);
  expect(names(data.below)).toEqual(['南湖区', '秀洲区']);
});

test.each([
  'divisions(filter: { divisionCode: "33040" })',
  'communities(filter: { divisionCode: "3304020010010" })',
  'communities(filter: { divisionCode: "330402001001001" })',
  'grids(filter: { divisionCode: "x" })',
  `divisions(filter: { parentCode: "${COMMUNITY_A}" })`,
])('a code of no tier is refused, never ignored: %s', async (field) => {
  const { data, problems, statements } = await subgraph.run(NOBODY, `{ ${field} { nodes { name } } }`);

  expect([data, problems, statements]).toEqual([null, [`FILTER_INVALID ${field.split('(')[0]}`], []]);
});

test('the communities below divisions of any tiers are one statement', async () => {
  const { data, statements } = await subgraph.run(
    NOBODY,
    '{ division(code: "330402001") { path { name communities(first: 2) { nodes { name } totalCount } } } }',
  );

  expect(
    data.division.path.map(({ name, communities }: { name: string; communities: never }) => [name, communities]),
  ).toEqual([
    ['浙江省', { nodes: [{ name: '甲社区' }, { name: '乙社区' }], totalCount: 3 }],
    ['嘉兴市', { nodes: [{ name: '甲社区' }, { name: '乙社区' }], totalCount: 3 }],
    ['南湖区', { nodes: [{ name: '甲社区' }, { name: '乙社区' }], totalCount: 2 }],
    ['新嘉街道', { nodes: [{ name: '甲社区' }, { name: '乙社区' }], totalCount: 2 }],
  ]);
  expect(statements).toEqual(['division_by_stat_code', 'division_by_stat_code', 'organizations.division_communities']);
});

test('a page of communities below a division goes on where the cursor says', async () => {
  const page = (after: string) =>
    subgraph.run(
      NOBODY,
      `{ division(code: "3304") { communities(first: 2${after}) { nodes { name } pageInfo { hasNextPage endCursor } } } }`,
    );
  const first = (await page('')).data.division.communities;
  const second = (await page(`, after: "${first.pageInfo.endCursor}"`)).data.division.communities;

  expect([names(first), first.pageInfo.hasNextPage]).toEqual([['甲社区', '乙社区'], true]);
  expect([names(second), second.pageInfo.hasNextPage]).toEqual([['丙村'], false]);
});

test('a village-level division knows its community when people live there', async () => {
  const { data } = await subgraph.run(
    NOBODY,
    `{ lived: division(code: "${COMMUNITY_A}") { community { name division { name } } }
       empty: division(code: "${VILLAGE_EMPTY}") { community { name } }
       county: division(code: "330402") { community { name } } }`,
  );

  expect(data.lived.community).toEqual({ name: '甲社区', division: { name: '甲社区' } });
  expect([data.empty.community, data.county.community]).toEqual([null, null]);
});

test('communities are filtered by area and kind in both orders', async () => {
  const { data, problems } = await subgraph.run(
    NOBODY,
    `{ code: communities(filter: { divisionCode: "3304" }) { nodes { name } totalCount totalCountCapped }
       name: communities(sort: NAME, filter: { divisionCode: "330402", kind: RESIDENTIAL_COMMUNITY }) { nodes { name } }
       province: communities(sort: NAME, filter: { divisionCode: "46" }) { nodes { name origin kind } }
       one: communities(filter: { divisionCode: "${COMMUNITY_B}" }) { nodes { name } }
       all: communities(first: 100) { totalCount } }`,
  );

  expect(problems).toEqual([]);
  expect(data.code).toEqual({
    nodes: [{ name: '甲社区' }, { name: '乙社区' }, { name: '丙村' }],
    totalCount: 3,
    totalCountCapped: false,
  });
  expect(names(data.name).toSorted()).toEqual(['乙社区', '甲社区'].toSorted());
  expect(data.province.nodes).toEqual([{ name: '林旺社区', origin: 'ORIGINAL', kind: 'RESIDENTIAL_COMMUNITY' }]);
  expect(names(data.one)).toEqual(['乙社区']);
  expect(data.all.totalCount).toBe(4);
});

test('a community shows its grids, their micro-grids and where each lies, one statement per level', async () => {
  const { data, statements } = await subgraph.run(
    NOBODY,
    `{ community(statCode: "${COMMUNITY_A}") { id name grids { nodes { gridCode kind community { name }
         microGrids { nodes { microGridCode grid { gridCode } } totalCount } } } } }`,
  );

  expect(data.community.id).toBe(`Community:${COMMUNITY_A}`);
  expect(gridCodes(data.community.grids)).toEqual([GRID_A1, GRID_A2, GRID_A3]);
  expect(data.community.grids.nodes[0]).toEqual({
    gridCode: GRID_A1,
    kind: 'GENERAL',
    community: { name: '甲社区' },
    microGrids: {
      nodes: [
        { microGridCode: `${GRID_A1}001`, grid: { gridCode: GRID_A1 } },
        { microGridCode: `${GRID_A1}002`, grid: { gridCode: GRID_A1 } },
      ],
      totalCount: 2,
    },
  });
  expect(statements).toEqual([
    'community_by_stat_code',
    'organizations.community_grids',
    'organizations.grid_micro_grids',
    'grid_by_code',
  ]);
});

test('coverage counts grids with and without a chief for territories of any tiers in one statement each', async () => {
  const { data, statements } = await subgraph.run(
    NOBODY,
    `{ communities(filter: { divisionCode: "3304" }) { nodes { name
         gridCoverage { gridCount gridsWithChief gridsWithoutChief(first: 5) { nodes { gridCode } totalCount } }
         division { parent { gridCoverage { gridCount gridsWithChief } } } } } }`,
  );

  const [a, b, c] = data.communities.nodes;
  expect(a.gridCoverage).toEqual({
    gridCount: 3,
    gridsWithChief: 2,
    gridsWithoutChief: { nodes: [{ gridCode: GRID_A3 }], totalCount: 1 },
  });
  expect(b.gridCoverage).toMatchObject({ gridCount: 1, gridsWithChief: 0 });
  expect(c.gridCoverage).toEqual({
    gridCount: 1,
    gridsWithChief: 1,
    gridsWithoutChief: { nodes: [], totalCount: 0 },
  });
  expect(a.division.parent.gridCoverage).toEqual({ gridCount: 4, gridsWithChief: 2 });
  expect(statements.filter((name) => name === 'grid_coverage')).toHaveLength(2);
  expect(statements.filter((name) => name === 'organizations.territory_grids')).toHaveLength(1);
});

test('the force of a territory counts live posts by role', async () => {
  const { data, statements } = await subgraph.run(
    NOBODY,
    `{ division(code: "330402") { gridForce { gridChiefCount fullTimeGridWorkerCount partTimeGridWorkerCount
         gridInstructorCount microGridChiefCount } }
       grids(filter: { divisionCode: "3304" }) { nodes { force { gridChiefCount } } } }`,
  );

  expect(data.division.gridForce).toEqual({
    gridChiefCount: 2,
    fullTimeGridWorkerCount: 1,
    partTimeGridWorkerCount: 0,
    gridInstructorCount: 0,
    microGridChiefCount: 1,
  });
  expect(data.grids.nodes.map((node: { force: { gridChiefCount: number } }) => node.force.gridChiefCount)).toEqual([
    1, 1, 0, 0, 1,
  ]);
  expect(statements.filter((name) => name === 'grid_force').length).toBeLessThanOrEqual(2);
});

test('grids are listed by area, and those without a chief alone', async () => {
  const { data } = await subgraph.run(
    NOBODY,
    `{ all: grids(filter: { divisionCode: "330402001" }) { nodes { gridCode } totalCount }
       open: grids(filter: { hasChief: false }) { nodes { gridCode } totalCount }
       led: grids(filter: { divisionCode: "33", hasChief: true }) { nodes { gridCode } }
       one: grid(gridCode: "${GRID_C1}") { id name }
       none: grid(gridCode: "330411001001") { id } }`,
  );

  expect(data.all).toEqual({
    nodes: [GRID_A1, GRID_A2, GRID_A3, GRID_B1].map((gridCode) => ({ gridCode })),
    totalCount: 4,
  });
  expect(data.open).toEqual({ nodes: [{ gridCode: GRID_A3 }, { gridCode: GRID_B1 }], totalCount: 2 });
  expect(gridCodes(data.led)).toEqual([GRID_A1, GRID_A2, GRID_C1]);
  expect(data.one).toEqual({ id: `Grid:${GRID_C1}`, name: '网格001' });
  expect(data.none).toBeNull();
});

test('a community of another city is found by anybody, an unknown one by nobody', async () => {
  const { data } = await subgraph.run(
    testCaller(['3304']),
    `{ far: community(statCode: "${COMMUNITY_S}") { name } none: community(statCode: "${COMMUNITY_C}0") { name } }`,
  );

  expect(data).toEqual({ far: { name: '林旺社区' }, none: null });
});
