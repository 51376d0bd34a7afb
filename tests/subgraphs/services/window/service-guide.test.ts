import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Caller } from '../../../../subgraphs/kit/caller/caller.ts';
import { services } from '../../../../subgraphs/services/index.ts';
import { openTestSubgraph, type TestSubgraph, testCaller } from '../../../kit/open-test-subgraph.ts';
import { expectDone, expectRefused } from '../../../kit/refusals.ts';
import { insertServices } from '../../../kit/services-rows.ts';
import { insertGuides } from '../../../kit/window-rows.ts';

let subgraph: TestSubgraph;
let key = 0;

beforeAll(async () => {
  subgraph = await openTestSubgraph(services);
  await insertServices(subgraph.pool);
  await insertGuides(subgraph.pool);
});
afterAll(() => subgraph[Symbol.asyncDispose]());

const ANYBODY = testCaller([]);
const desk: Caller = { ...testCaller([], 'service-guide.write'), departmentCode: 'civil-affairs' };

test('X24, Y25: a guide tells everything in one answer and two statements: conditions, materials, steps, fee, basis', async () => {
  const { data, problems, statements } = await subgraph.run(
    ANYBODY,
    `{ guide(itemCode: "330499-0001") { version effectiveFrom conditions steps fee legalBasis basisConfirmed
       materials { code name necessity reusable sharedBy { code name } } } }`,
  );

  expect(problems).toEqual([]);
  expect(data.guide).toMatchObject({
    ...{ version: 2, effectiveFrom: '2026-01-01', conditions: '本辖区居民', steps: ['受理', '审核', '办结'] },
    ...{ fee: '不收费', legalBasis: '《社会救助暂行办法》第十一条', basisConfirmed: true },
  });
  expect(data.guide.materials).toEqual([
    {
      ...{ code: 'ID_CARD', name: '居民身份证', necessity: 'REQUIRED', reusable: false },
      sharedBy: { code: 'public-security', name: '公安局' },
    },
    {
      ...{ code: 'HOUSEHOLD_REGISTER', name: '居民户口簿', necessity: 'REQUIRED', reusable: false },
      sharedBy: { code: 'public-security', name: '公安局' },
    },
    {
      ...{ code: 'PARTY_MEMBERSHIP', name: '党员身份', necessity: 'IF_APPLICABLE', reusable: false },
      sharedBy: { code: 'party-organization', name: '组织部' },
    },
    { code: 'APPLICATION_FORM', name: '申请表', necessity: 'REQUIRED', reusable: false, sharedBy: null },
    { code: 'PHOTO', name: '近期照片', necessity: 'REQUIRED', reusable: true, sharedBy: null },
  ]);
  expect(statements).toEqual(['service_item_by_code', 'service_guide_of_items']);
});

test('Y25: a list of items brings all their guides in one statement, each in the version of the day asked for', async () => {
  const { data, statements } = await subgraph.run(
    ANYBODY,
    `{ serviceItems(first: 4) { nodes { itemCode guide(asOf: "2025-06-01") { version } } } }`,
  );
  expect(data.serviceItems.nodes.map(({ guide }: { guide: unknown }) => guide)).toEqual([
    { version: 1 },
    { version: 1 },
    null,
    null,
  ]);
  expect(statements).toEqual(['services.service_items', 'service_guide_of_items']);
});

test.each([
  ['Y05', { mode: 'ONCE' }, ['330499-0002']],
  ['Y05', { mode: 'NEARBY' }, ['330499-0001', '330499-0099']],
  ['X05', { reach: 'COMMUNITY' }, ['330499-0001', '330499-0004', '330499-0099']],
  ['X22', { group: 'LIVELIHOOD' }, ['330499-0099']],
  ['X14', { supplyTier: 'COMMUNITY', reach: 'COUNTY' }, ['330499-0003']],
])('%s: the list of items is filtered by %j', async (_row, filter, expected) => {
  const { data } = await subgraph.run(
    ANYBODY,
    'query ($filter: ServiceItemFilter) { serviceItems(filter: $filter) { nodes { itemCode } totalCount } }',
    { filter },
  );
  expect(data.serviceItems).toEqual({
    nodes: expected.map((itemCode) => ({ itemCode })),
    totalCount: expected.length,
  });
});

const publication = (more: object = {}) => ({
  ...{ itemCode: '330499-0001', effectiveFrom: '2026-07-01', conditions: '本辖区居民家庭', fee: '不收费' },
  ...{
    steps: ['受理', '办结'],
    legalBasis: '《社会救助暂行办法》第十一条',
    idempotencyKey: `guide-publication-${++key}`,
  },
  materials: [{ code: 'ID_CARD', name: '居民身份证', necessity: 'REQUIRED', sharedBy: 'public-security' }],
  ...more,
});

test('Y25: a department publishes the next version of its own item’s guide; the version in force stays until its day', async () => {
  const published = await expectDone(
    subgraph,
    desk,
    'publishServiceGuide',
    publication(),
    'item { now: guide { version } later: guide(asOf: "2026-07-01") { version materials { code } } }',
  );
  expect(published.item).toEqual({ now: { version: 2 }, later: { version: 3, materials: [{ code: 'ID_CARD' }] } });
  const { rows } = await subgraph.pool.query(
    "SELECT payload FROM services.outbox WHERE event_type = 'service-guide.published'",
  );
  expect(rows.map(({ payload }) => JSON.parse(payload).version)).toEqual([3]);
});

test.each([
  ['an unknown item', { itemCode: 'x' }, 'SERVICE_ITEM_NOT_FOUND', 'input.itemCode'],
  ['another department’s item', { itemCode: '330499-0002' }, 'SERVICE_ITEM_NOT_YOURS', 'input.itemCode'],
  ['a day that is over', { effectiveFrom: '2026-06-29' }, 'DATE_IN_PAST', 'input.effectiveFrom'],
  ['a day of a version that is there', { effectiveFrom: '2026-07-01' }, 'DATE_BEFORE_CURRENT', 'input.effectiveFrom'],
  ['no steps', { effectiveFrom: '2026-08-01', steps: [] }, 'NUMBER_OUT_OF_RANGE', 'input.steps'],
  [
    'a material twice',
    {
      effectiveFrom: '2026-08-01',
      materials: ['甲证', '乙证'].map((name) => ({ code: 'PAPER', name, necessity: 'REQUIRED' })),
    },
    ...(['MATERIAL_CODE_INVALID', 'input.materials.1.code'] as const),
  ],
  [
    'a department that does not exist',
    {
      effectiveFrom: '2026-08-01',
      materials: [{ code: 'PAPER', name: '甲证', necessity: 'REQUIRED', sharedBy: 'nobody' }],
    },
    ...(['DEPARTMENT_UNKNOWN', 'input.materials.0.sharedBy'] as const),
  ],
])('a guide with %s is refused', (_what, more, code, culprit) =>
  expectRefused(subgraph, desk, 'publishServiceGuide', publication(more), code, culprit),
);

test('X17: a promise longer than the law allows cannot even be stored', async () => {
  await expect(
    subgraph.pool.query("UPDATE services.service_item SET promised_working_days = 31 WHERE item_code = '330499-0001'"),
  ).rejects.toThrow('service_item_promise_check');
});
