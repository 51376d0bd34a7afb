import { afterAll, beforeAll, expect, test } from 'vitest';
import { organizations } from '../../../subgraphs/organizations/index.ts';
import { TEST_PROVENANCE_ID } from '../../kit/insert-rows.ts';
import { openTestSubgraph, type TestSubgraph, testCaller } from '../../kit/open-test-subgraph.ts';
import { insertOrganizations } from '../../kit/organizations-rows.ts';

let subgraph: TestSubgraph;

beforeAll(async () => {
  subgraph = await openTestSubgraph(organizations);
  await insertOrganizations(subgraph.pool);
  // 中山: a city without counties, whose townships hang on it directly. 仙桃: a county-level city below the province.
  await insertDivision('44', '广东省', 'PROVINCE', 'PROVINCE', null);
  await insertDivision('4420', '中山市', 'PREFECTURE', 'PREFECTURE_CITY', '44');
  await insertDivision('442000001', '石岐街道', 'TOWNSHIP', 'SUBDISTRICT', '4420');
  await insertDivision('442000100', '小榄镇', 'TOWNSHIP', 'TOWN', '4420');
  await insertDivision('442000001001', '民生社区', 'VILLAGE', 'RESIDENTIAL_COMMUNITY', '442000001');
  await insertDivision('42', '湖北省', 'PROVINCE', 'PROVINCE', null);
  await insertDivision('429004', '仙桃市', 'COUNTY', 'COUNTY_LEVEL_CITY', '42');
  await insertDivision('429004001', '沙嘴街道', 'TOWNSHIP', 'SUBDISTRICT', '429004');
});
afterAll(() => subgraph[Symbol.asyncDispose]());

async function insertDivision(code: string, name: string, level: string, kind: string, parent: string | null) {
  await subgraph.pool.query(
    `INSERT INTO organizations.division
            (stat_code, code, name, level, kind, parent_stat_code, city_code, list_edition, provenance_id)
     VALUES (rpad($1, 12, '0'), $1, $2, $3, $4, rpad($5, 12, '0'), left($1, 4), '2024-10-01', $6)`,
    [code, name, level, kind, parent, TEST_PROVENANCE_ID],
  );
}

interface Column {
  readonly levels: string[];
  readonly parent: { name: string } | null;
  readonly selected: { name: string } | null;
  readonly options: { name: string }[];
}

async function cascade(code?: string) {
  const { data, problems, statements } = await subgraph.run(
    testCaller([]),
    'query ($code: String) { divisionCascade(code: $code) { levels parent { name } selected { name } options { name } } }',
    { code },
  );
  expect(problems).toEqual([]);
  expect(statements).toEqual(['divisions_along_path']);
  return (data.divisionCascade as Column[]).map(({ levels, parent, selected, options }) => [
    levels.join(),
    parent?.name ?? null,
    selected?.name ?? null,
    options.map(({ name }) => name).join(),
  ]);
}

const PROVINCES = '江苏省,浙江省,湖北省,广东省,海南省';

test('without a code there is one column: the provinces', async () => {
  expect(await cascade()).toEqual([['PROVINCE', null, null, PROVINCES]]);
});

test('a full path has a column for each tier, each with the choice in it', async () => {
  expect(await cascade('330402001')).toEqual([
    ['PROVINCE', null, '浙江省', PROVINCES],
    ['PREFECTURE', '浙江省', '嘉兴市', '嘉兴市'],
    ['COUNTY', '嘉兴市', '南湖区', '南湖区,秀洲区'],
    ['TOWNSHIP', '南湖区', '新嘉街道', '新嘉街道'],
    ['VILLAGE', '新嘉街道', null, '甲社区,乙社区,空社区'],
  ]);
});

test('of a city without counties the townships follow the city, by its 4 and by its 6 digits', async () => {
  const columns = [
    ['PROVINCE', null, '广东省', PROVINCES],
    ['PREFECTURE', '广东省', '中山市', '中山市'],
    ['TOWNSHIP', '中山市', '石岐街道', '石岐街道,小榄镇'],
    ['VILLAGE', '石岐街道', '民生社区', '民生社区'],
  ];
  expect(await cascade('442000001001')).toEqual(columns);
  const upToCity = [...columns.slice(0, 2), ['TOWNSHIP', '中山市', null, '石岐街道,小榄镇']];
  expect(await cascade('4420')).toEqual(upToCity);
  expect(await cascade('442000000000')).toEqual(upToCity);
});

test('below a county without townships its villages follow at once', async () => {
  expect((await cascade('460202198001')).at(-1)).toEqual(['VILLAGE', '海棠区', '林旺社区', '林旺社区']);
});

test('a county-level city below a province follows the province', async () => {
  expect(await cascade('429004')).toEqual([
    ['PROVINCE', null, '湖北省', PROVINCES],
    ['COUNTY', '湖北省', '仙桃市', '仙桃市'],
    ['TOWNSHIP', '仙桃市', null, '沙嘴街道'],
  ]);
});

test('the path of a village in a city without counties names the city once', async () => {
  const { data } = await subgraph.run(testCaller([]), '{ division(code: "442000001001") { path { name } } }');
  expect(data.division.path.map(({ name }: { name: string }) => name)).toEqual([
    '广东省',
    '中山市',
    '石岐街道',
    '民生社区',
  ]);
});

test('a code of no tier is refused', async () => {
  const { problems } = await subgraph.run(testCaller([]), '{ divisionCascade(code: "33040") { levels } }');
  expect(problems).toEqual(['FILTER_INVALID divisionCascade']);
});
