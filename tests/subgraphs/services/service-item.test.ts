import { afterAll, beforeAll, expect, test } from 'vitest';
import { services } from '../../../subgraphs/services/index.ts';
import { openTestSubgraph, type TestSubgraph, testCaller } from '../../kit/open-test-subgraph.ts';
import { insertServices, itemKey } from '../../kit/services-rows.ts';

let subgraph: TestSubgraph;

beforeAll(async () => {
  subgraph = await openTestSubgraph(services);
  await insertServices(subgraph.pool);
});
afterAll(() => subgraph[Symbol.asyncDispose]());

const ANYBODY = testCaller([]);

test('a service item is read by its code, by anybody', async () => {
  const { data, problems, statements } = await subgraph.run(
    ANYBODY,
    `{ serviceItem(itemCode: "330499-0001") {
      id itemCode name type department { code name } reach modes promisedWorkingDays legalWorkingDays } }`,
  );

  expect(problems).toEqual([]);
  expect(data.serviceItem).toEqual({
    id: `ServiceItem:${itemKey(1)}`,
    itemCode: '330499-0001',
    name: '最低生活保障申请',
    type: 'PAYMENT',
    department: { code: 'civil-affairs', name: '民政局' },
    reach: 'COMMUNITY',
    modes: ['ONLINE', 'NEARBY'],
    promisedWorkingDays: 15,
    legalWorkingDays: 30,
  });
  expect(statements).toEqual(['service_item_by_code']);
});

test('several items of one operation share a statement, and an unknown code is null', async () => {
  const { data, statements } = await subgraph.run(
    ANYBODY,
    `{ a: serviceItem(itemCode: "330499-0002") { name } b: serviceItem(itemCode: "330499-0003") { name }
       none: serviceItem(itemCode: "x") { name } }`,
  );

  expect(data).toEqual({ a: { name: '居住证办理' }, b: { name: '食品经营许可' }, none: null });
  expect(statements).toEqual(['service_item_by_code']);
});

test.each([
  [{}, ['330499-0001', '330499-0002', '330499-0003', '330499-0004']],
  [{ reach: 'COMMUNITY' }, ['330499-0001', '330499-0004']],
  [{ departmentCode: 'public-security' }, ['330499-0002']],
  [{ reach: 'COUNTY', departmentCode: 'civil-affairs' }, []],
])('items are filtered by %j', async (filter, expected) => {
  const { data } = await subgraph.run(
    ANYBODY,
    'query ($filter: ServiceItemFilter) { serviceItems(filter: $filter) { nodes { itemCode } totalCount } }',
    { filter },
  );

  expect(data.serviceItems).toEqual({ nodes: expected.map((itemCode) => ({ itemCode })), totalCount: expected.length });
});

test('pages of items follow each other', async () => {
  const page = (after: string | null) =>
    subgraph.run(
      ANYBODY,
      `query ($after: String) { serviceItems(first: 3, after: $after) {
        nodes { itemCode } pageInfo { hasNextPage endCursor } } }`,
      { after },
    );

  const first = (await page(null)).data.serviceItems;
  const second = (await page(first.pageInfo.endCursor)).data.serviceItems;
  expect(first.pageInfo.hasNextPage).toBe(true);
  expect(second.nodes).toEqual([{ itemCode: '330499-0004' }]);
  expect(second.pageInfo.hasNextPage).toBe(false);
});

test('an unknown department is refused with the codes there are', async () => {
  const { data, errors, statements } = await subgraph.run(
    ANYBODY,
    '{ serviceItems(filter: { departmentCode: "police" }) { totalCount } }',
  );

  expect(data).toBeNull();
  expect(errors[0]?.extensions).toMatchObject({ code: 'FILTER_INVALID', filter: 'departmentCode' });
  expect(errors[0]?.message).toContain('public-security');
  expect(statements).toEqual([]);
});
