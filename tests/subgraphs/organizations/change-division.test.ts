import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { organizations } from '../../../subgraphs/organizations/index.ts';
import { openTestSubgraph, TEST_INSTANT, type TestSubgraph, testCaller } from '../../kit/open-test-subgraph.ts';
import { insertOrganizations } from '../../kit/organizations-rows.ts';
import { COMMUNITY_A, COMMUNITY_B, COMMUNITY_C, COUNTY_AB } from '../../kit/people-rows.ts';

let subgraph: TestSubgraph;
const WRITER = testCaller([COUNTY_AB], 'division.write');
const NEW = '330402001009';

beforeAll(async () => {
  subgraph = await openTestSubgraph(organizations);
});
afterAll(() => subgraph[Symbol.asyncDispose]());
beforeEach(async () => {
  subgraph.clock.set(TEST_INSTANT);
  await subgraph.pool.query(`TRUNCATE organizations.division, organizations.community, organizations.grid,
    organizations.micro_grid, organizations.committee, organizations.community_worker, organizations.grid_assignment,
    organizations.division_change, organizations.provenance, organizations.outbox, organizations.idempotency`);
  await insertOrganizations(subgraph.pool);
});

let calls = 0;
async function change(input: object, caller = WRITER) {
  const before = await subgraph.rowCounts();
  const { data, problems } = await subgraph.run(
    caller,
    `mutation ($input: ChangeDivisionInput!) { answer: changeDivision(input: $input) { __typename
       ... on ChangeDivisionSuccess { division { code name validFrom community { origin } predecessors { fromCode kind effectiveOn } provenance { kind } } }
       ... on Refusal { code culprit messageZh } } }`,
    { input: { idempotencyKey: `division-${calls++}`, effectiveOn: '2026-06-01', ...input } },
  );
  expect(problems).toEqual([]);
  const after = await subgraph.rowCounts();
  return { ...data.answer, written: Object.keys(after).filter((table) => after[table] !== before[table]) };
}

const MERGE = { kind: 'MERGED', fromCode: COMMUNITY_B, toCode: COMMUNITY_A };
const codes = async (asOf?: string) => {
  const { data, problems } = await subgraph.run(
    testCaller([]),
    `query ($asOf: LocalDate) {
       division(code: "330402001") { children(first: 50, asOf: $asOf) { nodes { code } } communities(first: 50, asOf: $asOf) { nodes { statCode } } }
       divisions(first: 50, filter: { parentCode: "330402001", asOf: $asOf }) { nodes { code } }
       communities(first: 50, filter: { divisionCode: "330402001", asOf: $asOf }) { nodes { statCode } } }`,
    { asOf },
  );
  expect(problems).toEqual([]);
  const children = data.division.children.nodes.map(({ code }: { code: string }) => code);
  const communities = data.communities.nodes.map(({ statCode }: { statCode: string }) => statCode);
  expect(data.divisions.nodes.map(({ code }: { code: string }) => code)).toEqual(children);
  expect(data.division.communities.nodes.map(({ statCode }: { statCode: string }) => statCode)).toEqual(communities);
  return { children, communities };
};

test('a community that is merged is in the tree as on the day before, and not as from the day; its code leads on', async () => {
  expect(await change(MERGE)).toMatchObject({
    division: {
      code: COMMUNITY_A,
      predecessors: [{ fromCode: COMMUNITY_B, kind: 'MERGED', effectiveOn: '2026-06-01' }],
    },
    written: ['division_change', 'idempotency', 'outbox', 'provenance'],
  });
  expect(await codes('2026-05-31')).toMatchObject({ communities: [COMMUNITY_A, COMMUNITY_B] });
  expect(await codes('2026-06-01')).toMatchObject({ communities: [COMMUNITY_A] });
  expect(await codes()).toEqual(await codes('2026-06-30'));
  const { data } = await subgraph.run(
    testCaller([]),
    `{ known: community(statCode: "${COMMUNITY_B}") { name validTo } before: community(statCode: "${COMMUNITY_B}", asOf: "2026-05-31") { name }
       after: community(statCode: "${COMMUNITY_B}", asOf: "2026-06-01") { name }
       division(code: "${COMMUNITY_B}") { validTo successors { toCode } } gone: division(code: "${COMMUNITY_B}", asOf: "2026-06-01") { name } }`,
  );
  expect(data).toEqual({
    known: { name: '乙社区', validTo: '2026-06-01' },
    before: { name: '乙社区' },
    after: null,
    division: { validTo: '2026-06-01', successors: [{ toCode: COMMUNITY_A }] },
    gone: null,
  });
});

test('H07: a village is converted into a community that begins on the day', async () => {
  expect(await change({ kind: 'CONVERTED', fromCode: COMMUNITY_B, toCode: NEW, toName: '新乙社区' })).toMatchObject({
    division: {
      code: NEW,
      name: '新乙社区',
      validFrom: '2026-06-01',
      community: { origin: 'CONVERTED_VILLAGE' },
      predecessors: [{ fromCode: COMMUNITY_B, kind: 'CONVERTED' }],
      provenance: { kind: 'MUTATION' },
    },
  });
  expect((await codes('2026-05-31')).communities).not.toContain(NEW);
  expect((await codes('2026-06-01')).communities).toEqual([COMMUNITY_A, NEW]);
});

test('a part that is split off begins, and what it came from stays', async () => {
  await change({ kind: 'SPLIT', fromCode: COMMUNITY_A, toCode: NEW, toName: '新甲社区' });
  expect((await codes()).communities).toEqual([COMMUNITY_A, COMMUNITY_B, NEW]);
});

test.each([
  ['live posts', { ...MERGE, fromCode: COMMUNITY_A, toCode: COMMUNITY_B }, 'DIVISION_HAS_POSTS', 'input.fromCode'],
  ['an unknown code', { ...MERGE, fromCode: '330402001099' }, 'DIVISION_NOT_FOUND', 'input.fromCode'],
  ['a township', { ...MERGE, fromCode: '330402001000' }, 'DIVISION_NOT_FOUND', 'input.fromCode'],
  ['another area', { ...MERGE, toCode: COMMUNITY_C }, 'DIVISION_NOT_FOUND', 'input.toCode'],
  ['itself', { ...MERGE, toCode: COMMUNITY_B }, 'DIVISION_CODE_UNFIT', 'input.toCode'],
  ['a name where it is merged', { ...MERGE, toName: '丁社区' }, 'DIVISION_NAME_UNFIT', 'input.toName'],
  ['no name where it is new', { ...MERGE, kind: 'RENAMED', toCode: NEW }, 'DIVISION_NAME_UNFIT', 'input.toName'],
  ['a code that is taken', { ...MERGE, kind: 'RENAMED', toName: '丁社区' }, 'DIVISION_CODE_TAKEN', 'input.toCode'],
  ['a day to come', { ...MERGE, effectiveOn: '2026-07-01' }, 'DATE_IN_FUTURE', 'input.effectiveOn'],
])('with %s it is refused, and nothing is written', async (_what, input, code, culprit) => {
  expect(await change(input)).toMatchObject({ code, culprit, written: [] });
});

test('of 50 who merge one community at once, one does', async () => {
  const answers = await Promise.all(Array.from({ length: 50 }, () => change(MERGE)));
  expect(answers.filter(({ __typename }) => __typename === 'ChangeDivisionSuccess')).toHaveLength(1);
  expect(new Set(answers.flatMap(({ code }) => code ?? []))).toEqual(new Set(['DIVISION_ENDED']));
});
