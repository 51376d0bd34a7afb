import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { Random } from '../../../prisma/seed/chance/random.ts';
import { RowIds } from '../../../prisma/seed/chance/row-ids.ts';
import { organizationRuleRows } from '../../../prisma/seed/organizations/organization-rules.ts';
import { organizations } from '../../../subgraphs/organizations/index.ts';
import { fiftyAtOnce } from '../../kit/fifty-at-once.ts';
import { insertRows, TEST_PROVENANCE_ID, testUuid } from '../../kit/insert-rows.ts';
import { openTestSubgraph, TEST_INSTANT, type TestSubgraph, testCaller } from '../../kit/open-test-subgraph.ts';
import { GRID_A3, insertOrganizations, staleMarks, workerKeys } from '../../kit/organizations-rows.ts';
import { COMMUNITY_A, COMMUNITY_B, COMMUNITY_C, COUNTY_AB, GRID_A1, GRID_A2, GRID_B1 } from '../../kit/people-rows.ts';

let subgraph: TestSubgraph;
const WRITER = testCaller([COUNTY_AB], 'division.write');
const NEW = '330402001009';

beforeAll(async () => {
  subgraph = await openTestSubgraph(organizations);
});
afterAll(() => subgraph[Symbol.asyncDispose]());
afterEach(async () => expect(await staleMarks(subgraph.pool)).toEqual([]));
beforeEach(async () => {
  subgraph.clock.set(TEST_INSTANT);
  await subgraph.pool.query(`TRUNCATE organizations.division, organizations.community, organizations.grid,
    organizations.micro_grid, organizations.committee, organizations.community_worker, organizations.grid_assignment,
    organizations.division_change, organizations.grid_succession, organizations.engagement, organizations.provenance, organizations.outbox, organizations.idempotency`);
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
const SPLIT = { kind: 'SPLIT', fromCode: COMMUNITY_A, toCode: NEW, toName: '新甲社区' };
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
    written: ['division_change', 'grid', 'grid_succession', 'idempotency', 'outbox', 'provenance'],
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

test('a community that has ended lacks nobody and takes nothing new on', async () => {
  const cover = async () => {
    const { data, problems } = await subgraph.run(
      testCaller([]),
      `{ engagementCoverage(role: LEGAL_ADVISER, divisionCode: "330402001") { communityCount
           uncoveredCommunities(first: 9) { nodes { statCode } } } }`,
    );
    expect(problems).toEqual([]);
    const { communityCount, uncoveredCommunities } = data.engagementCoverage;
    return [communityCount, uncoveredCommunities.nodes.map(({ statCode }: { statCode: string }) => statCode)];
  };
  const [count, lacking] = await cover();
  expect(count).toBe(2);
  expect(lacking).toContain(COMMUNITY_B);
  await change(MERGE);
  expect(await cover()).toEqual([1, lacking.filter((code: string) => code !== COMMUNITY_B)]);

  await insertRows(
    subgraph.pool,
    'organizations.organization_rule',
    organizationRuleRows(new RowIds(new Random('test-rules'), 0)).map((rule) => ({
      ...rule,
      provenanceId: TEST_PROVENANCE_ID,
    })),
  );
  const communityId = `Community:${COMMUNITY_B}`;
  const engagement = { role: 'STATIONED', subjectId: communityId, externalName: '派出所', validFrom: '2026-06-10' };
  const body = { kind: 'SERVICE_TEAM', name: '便民服务队', divisionCode: COMMUNITY_B, establishedOn: '2026-06-10' };
  const six = { headcount: 1, duties: '网格', position: '专职', goals: '走访', appraisal: '季度', pay: '按档' };
  const post = { title: '社工岗', kind: 'SPECIALIST', communityId, lowestGrade: 1, highestGrade: 2, ...six };
  const election = { communityId, committeeKind: 'RESIDENTS', seats: 5 };
  for (const [mutation, input, culprit] of [
    ['startEngagement', engagement, 'input.subjectId'],
    ['registerOrganization', body, 'input.divisionCode'],
    ['createPost', post, 'input.communityId'],
    ['openElection', election, 'input.communityId'],
  ] as const) {
    const before = await subgraph.rowCounts();
    const name = `${mutation[0]?.toUpperCase()}${mutation.slice(1)}Input`;
    const { data, problems } = await subgraph.run(
      testCaller([COUNTY_AB], 'organization.write', 'workforce.write', 'election.write'),
      `mutation ($input: ${name}!) { answer: ${mutation}(input: $input) { ... on Refusal { code culprit } } }`,
      { input: { ...input, idempotencyKey: `ended-${mutation}` } },
    );
    expect([problems, data?.answer]).toEqual([[], { code: 'DIVISION_ENDED', culprit }]);
    expect(await subgraph.rowCounts()).toEqual(before);
  }
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
  await change({ kind: 'SPLIT', fromCode: COMMUNITY_A, toCode: NEW, toName: '新甲社区', gridIds: [`Grid:${GRID_A3}`] });
  expect((await codes()).communities).toEqual([COMMUNITY_A, COMMUNITY_B, NEW]);
});

test.each([
  ['grids where all of them go', { ...MERGE, gridIds: [`Grid:${GRID_B1}`] }, 'DIVISION_GRIDS_UNFIT', 'input.gridIds'],
  ['a split without a grid', { ...SPLIT, gridIds: null }, 'DIVISION_GRIDS_UNFIT', 'input.gridIds'],
  ['a split of no grid', { ...SPLIT, gridIds: [] }, 'DIVISION_GRIDS_UNFIT', 'input.gridIds'],
  ['a split of another’s grid', { ...SPLIT, gridIds: [`Grid:${GRID_B1}`] }, 'DIVISION_GRIDS_UNFIT', 'input.gridIds'],
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
  const answers = await fiftyAtOnce('changeDivision', () => change(MERGE));
  expect(answers.filter(({ __typename }) => __typename === 'ChangeDivisionSuccess')).toHaveLength(1);
  expect(new Set(answers.flatMap(({ code }) => code ?? []))).toEqual(new Set(['DIVISION_ENDED']));
});

const grids = async (code: string, asOf?: string) => {
  const { data, problems, statements } = await subgraph.run(
    testCaller([COUNTY_AB]),
    `query ($code: String!, $asOf: LocalDate) { community(statCode: $code) { grids(first: 50, asOf: $asOf) { nodes { gridCode name validFrom validTo chief { holderName } } } } }`,
    { code, asOf },
  );
  expect(problems).toEqual([]);
  expect(statements.filter((name) => name === 'organizations.community_grids')).toHaveLength(1);
  return data.community.grids.nodes;
};
const gridCodes = async (code: string, asOf?: string) =>
  (await grids(code, asOf)).map(({ gridCode }: { gridCode: string }) => gridCode);
const rows = async (text: string, values: unknown[] = []) => (await subgraph.pool.query(text, values)).rows;

test('the grids of a merged community go on with their posts under the successor, and as on a day before are where they were', async () => {
  await change({ ...MERGE, fromCode: COMMUNITY_A, toCode: COMMUNITY_B });
  // B has a grid 001 of its own: A's keep their numbers where they are free, and take the next one where not.
  expect(await gridCodes(COMMUNITY_B)).toEqual([
    GRID_B1,
    `${COMMUNITY_B}002`,
    `${COMMUNITY_B}003`,
    `${COMMUNITY_B}004`,
  ]);
  expect(await gridCodes(COMMUNITY_A)).toEqual([]);
  expect(await gridCodes(COMMUNITY_A, '2026-05-31')).toEqual([GRID_A1, GRID_A2, GRID_A3]);
  expect(await gridCodes(COMMUNITY_B, '2026-05-31')).toEqual([GRID_B1]);
  const { data } = await subgraph.run(
    testCaller([COUNTY_AB]),
    `{ old: grid(gridCode: "${GRID_A1}") { validTo successors { toCode effectiveOn } }
       division(code: "${COMMUNITY_A}") { gridSuccessions }
       grids(filter: { divisionCode: "330402001" }) { nodes { gridCode } } }`,
  );
  const [{ toCode }] = data.old.successors;
  expect(data.old).toEqual({ validTo: '2026-06-01', successors: [{ toCode, effectiveOn: '2026-06-01' }] });
  expect(data.division.gridSuccessions).toContain(`${GRID_A1} ${toCode} 2026-06-01`);
  expect(data.division.gridSuccessions).toContain(`${GRID_A1}001 ${toCode}001 2026-06-01`);
  expect(data.grids.nodes).toHaveLength(4);

  // 赵 led A1: the post has ended there and goes on in what took its place; no grid has two chiefs, none lost its own.
  const posts = await rows(
    "SELECT grid_code, valid_to IS NULL AS live, end_reason FROM organizations.grid_assignment WHERE worker_id = $1 AND role = 'GRID_CHIEF' ORDER BY valid_from",
    [workerKeys.zhao],
  );
  expect(posts).toEqual([
    { grid_code: GRID_A1, live: false, end_reason: '区划变更' },
    { grid_code: toCode, live: true, end_reason: null },
  ]);
  expect(
    await rows(
      'SELECT count(*)::int AS live FROM organizations.grid_assignment WHERE left(grid_code, 12) = $1 AND valid_to IS NULL',
      [COMMUNITY_A],
    ),
  ).toEqual([{ live: 0 }]);
  // Those in service go on in B; 孙 had left, and stays on record where he worked.
  expect(
    await rows('SELECT name, community_code FROM organizations.community_worker WHERE id = ANY($1) ORDER BY name', [
      [workerKeys.zhao, workerKeys.qian, workerKeys.sun],
    ]),
  ).toEqual([
    { name: '孙三', community_code: COMMUNITY_A },
    { name: '赵一', community_code: COMMUNITY_B },
    { name: '钱二', community_code: COMMUNITY_B },
  ]);
});

test('of a split only the grids go that it names; the others and the workers stay', async () => {
  await change({ ...SPLIT, gridIds: [`Grid:${GRID_A2}`] });
  expect(await gridCodes(NEW)).toEqual([`${NEW}002`]);
  expect(await gridCodes(COMMUNITY_A)).toEqual([GRID_A1, GRID_A3]);
  expect(await gridCodes(COMMUNITY_A, '2026-05-31')).toEqual([GRID_A1, GRID_A2, GRID_A3]);
  expect(
    await rows('SELECT community_code FROM organizations.community_worker WHERE id = $1', [workerKeys.zhao]),
  ).toEqual([{ community_code: COMMUNITY_A }]);
});

test('a renamed community keeps the numbers of its grids, and its legal adviser', async () => {
  const adviser = { role: 'LEGAL_ADVISER', holderType: 'EXTERNAL', holderKey: '示例律师', holderName: '示例律师' };
  await insertRows(subgraph.pool, 'organizations.engagement', [
    {
      id: testUuid(7_001),
      ...adviser,
      subjectType: 'COMMUNITY',
      subjectKey: COMMUNITY_A,
      validFrom: '2024-01-01',
      cityCode: '3304',
      provenanceId: TEST_PROVENANCE_ID,
    },
  ]);
  await change({ kind: 'RENAMED', fromCode: COMMUNITY_A, toCode: NEW, toName: '新甲社区' });
  expect(await gridCodes(NEW)).toEqual(['001', '002', '003'].map((number) => NEW + number));
  expect(
    await rows(
      'SELECT subject_key, valid_from::text, valid_to::text FROM organizations.engagement ORDER BY valid_from',
    ),
  ).toEqual([
    { subject_key: COMMUNITY_A, valid_from: '2024-01-01', valid_to: '2026-06-01' },
    { subject_key: NEW, valid_from: '2026-06-01', valid_to: null },
  ]);
});

test('no chief is appointed to a grid that has ended', async () => {
  await change({ ...MERGE, fromCode: COMMUNITY_A, toCode: COMMUNITY_B });
  const { data } = await subgraph.run(
    testCaller([COUNTY_AB], 'grid.write'),
    'mutation ($input: AssignGridChiefInput!) { assignGridChief(input: $input) { ... on Refusal { code culprit } } }',
    {
      input: {
        gridId: `Grid:${GRID_A1}`,
        workerId: `CommunityWorker:${workerKeys.zhao}`,
        idempotencyKey: 'chief-of-an-ended-grid',
      },
    },
  );
  expect(data.assignGridChief).toEqual({ code: 'GRID_NOT_FOUND', culprit: 'input.gridId' });
});
