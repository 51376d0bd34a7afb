import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Caller } from '../../../subgraphs/kit/caller/caller.ts';
import { organizations } from '../../../subgraphs/organizations/index.ts';
import { fiftyAtOnce } from '../../kit/fifty-at-once.ts';
import { testUuid } from '../../kit/insert-rows.ts';
import {
  knowingPerson,
  openTestSubgraph,
  TEST_INSTANT,
  type TestSubgraph,
  testCaller,
} from '../../kit/open-test-subgraph.ts';
import {
  assignmentKeys,
  GRID_A3,
  insertOrganizations,
  staleMarks,
  workerKeys,
  workerPersonKeys,
} from '../../kit/organizations-rows.ts';
import { COUNTY_AB, COUNTY_C, GRID_A1, GRID_A2, GRID_B1 } from '../../kit/people-rows.ts';

let subgraph: TestSubgraph;
const WRITER = testCaller([COUNTY_AB], 'grid.write');
const worker = (name: keyof typeof workerKeys) => `CommunityWorker:${workerKeys[name]}`;

beforeAll(async () => {
  subgraph = await openTestSubgraph(organizations);
});
afterAll(() => subgraph[Symbol.asyncDispose]());
afterEach(async () => expect(await staleMarks(subgraph.pool)).toEqual([]));
beforeEach(async () => {
  subgraph.clock.set(TEST_INSTANT);
  await subgraph.pool.query(`TRUNCATE organizations.division, organizations.community, organizations.grid,
    organizations.micro_grid, organizations.committee, organizations.community_worker, organizations.grid_assignment,
    organizations.provenance, organizations.outbox, organizations.idempotency`);
  await insertOrganizations(subgraph.pool);
});

let calls = 0;
async function send(
  mutation: string,
  input: Readonly<Record<string, unknown>>,
  caller: Caller = knowingPerson(WRITER, String(input.personId), String(input.holderName)),
) {
  const name = `${mutation[0]?.toUpperCase()}${mutation.slice(1)}`;
  const before = await subgraph.rowCounts();
  const { data, problems } = await subgraph.run(
    caller,
    `mutation ($input: ${name}Input!) { answer: ${mutation}(input: $input) { __typename
      ${mutation === 'unifyGrid' ? `... on ${name}Success { grid { unifiedLines allFactor provenance { kind } } }` : `... on ${name}Success { assignment { id role holderName validFrom validTo endReason microGrid { id } provenance { kind } } }`}
      ... on Refusal { code culprit messageZh } } }`,
    { input: { idempotencyKey: `grid-post-${calls++}`, ...input } },
  );
  expect(problems).toEqual([]);
  const after = await subgraph.rowCounts();
  return { ...data.answer, written: Object.keys(after).filter((table) => after[table] !== before[table]) };
}

const LI = { gridId: `Grid:${GRID_B1}`, role: 'FULL_TIME_GRID_WORKER', workerId: worker('li') };
const RESIDENT = { personId: `Person:${testUuid(22)}`, holderName: '王芳' };
const MICRO = {
  gridId: `Grid:${GRID_A1}`,
  microGridId: `MicroGrid:${GRID_A1}002`,
  role: 'MICRO_GRID_CHIEF',
  ...RESIDENT,
};

test('J46: a worker takes up a full-time post, a resident leads a micro-grid', async () => {
  expect(await send('openGridPost', LI)).toMatchObject({
    assignment: {
      role: 'FULL_TIME_GRID_WORKER',
      holderName: '李四',
      validFrom: TEST_INSTANT,
      validTo: null,
      provenance: { kind: 'MUTATION' },
    },
    written: ['grid_assignment', 'idempotency', 'outbox', 'provenance'],
  });
  expect(await send('openGridPost', MICRO)).toMatchObject({
    assignment: { role: 'MICRO_GRID_CHIEF', holderName: '王芳', microGrid: { id: MICRO.microGridId } },
  });
});

test.each([
  [
    'a second full-time post',
    { ...LI, gridId: `Grid:${GRID_A2}`, workerId: worker('qian') },
    'FULL_TIME_POST_HELD',
    'input.role',
  ],
  [
    'the same post again',
    { ...LI, gridId: `Grid:${GRID_A1}`, workerId: worker('qian') },
    'GRID_POST_HELD',
    'input.role',
  ],
  ['a worker of another community', { ...LI, gridId: `Grid:${GRID_A2}` }, 'WORKER_NOT_FOUND', 'input.workerId'],
  [
    'a worker who has left',
    { ...LI, gridId: `Grid:${GRID_A2}`, workerId: worker('sun') },
    'WORKER_LEFT',
    'input.workerId',
  ],
  ['nobody', { ...LI, workerId: null }, 'GRID_POST_HOLDER_AMBIGUOUS', 'input.workerId'],
  [
    'a resident without a name',
    { ...LI, workerId: null, personId: RESIDENT.personId },
    'TEXT_INVALID',
    'input.holderName',
  ],
  [
    'a micro-grid that is led',
    { ...MICRO, microGridId: `MicroGrid:${GRID_A1}001` },
    'MICRO_GRID_HAS_CHIEF',
    'input.microGridId',
  ],
  ['a micro-grid of another grid', { ...MICRO, gridId: `Grid:${GRID_A3}` }, 'MICRO_GRID_UNFIT', 'input.microGridId'],
  ['a micro-grid for an instructor', { ...MICRO, role: 'GRID_INSTRUCTOR' }, 'MICRO_GRID_UNFIT', 'input.microGridId'],
])('%s is refused, and nothing is written', async (_what, input, code, culprit) => {
  expect(await send('openGridPost', input)).toMatchObject({ code, culprit, written: [] });
});

test('a grid of another area is not found', async () => {
  expect(await send('openGridPost', LI, testCaller([COUNTY_C], 'grid.write'))).toMatchObject({
    code: 'GRID_NOT_FOUND',
    written: [],
  });
});

test('of 50 who give one person full-time posts at once, one does; of 50 who give a micro-grid a chief, one does', async () => {
  await subgraph.pool.query('DELETE FROM organizations.grid_assignment WHERE id = $1', [assignmentKeys.workerA1]);
  const grids = [GRID_A1, GRID_A2, GRID_A3];
  const fullTime = await fiftyAtOnce('openGridPost', (at) =>
    send('openGridPost', { ...LI, gridId: `Grid:${grids[at % 3]}`, workerId: worker('qian') }),
  );
  const chiefs = await fiftyAtOnce('openGridPost', (at) =>
    send('openGridPost', { ...MICRO, personId: `Person:${testUuid(9_000 + at)}` }),
  );
  for (const answers of [fullTime, chiefs]) {
    expect(answers.filter(({ __typename }) => __typename === 'OpenGridPostSuccess')).toHaveLength(1);
  }
  const { rows } = await subgraph.pool.query(
    `SELECT count(*) FILTER (WHERE role = 'FULL_TIME_GRID_WORKER' AND person_id = $1)::int AS posts,
            count(*) FILTER (WHERE micro_grid_code = $2)::int AS chiefs
       FROM organizations.grid_assignment WHERE valid_to IS NULL`,
    [workerPersonKeys.qian, `${GRID_A1}002`],
  );
  expect(rows).toEqual([{ posts: 1, chiefs: 1 }]);
});

test('whoever is under age takes no post in a grid', async () => {
  const aged = (ageYears: number) => knowingPerson(WRITER, RESIDENT.personId, RESIDENT.holderName, { ageYears });
  expect(await send('openGridPost', MICRO, aged(17))).toMatchObject({
    code: 'GRID_POST_UNDER_AGE',
    culprit: 'input.personId',
    written: [],
  });
  expect(await send('openGridPost', MICRO, aged(18))).toMatchObject({ __typename: 'OpenGridPostSuccess' });
});

test('a resident takes a post under the name of the register and no other; of a name that nobody has asked for, none', async () => {
  const named = (holderName: string, registered = '王·芳') =>
    send('openGridPost', { ...MICRO, holderName }, knowingPerson(WRITER, RESIDENT.personId, registered));
  const differs = { code: 'PERSON_NAME_DIFFERS', culprit: 'input.holderName', written: [] };
  expect(await named('王方')).toMatchObject(differs);
  expect(await named('王·芳', '王·方')).toMatchObject(differs);
  // The digest is of the person, too: another one of that name does not do.
  const other = knowingPerson(WRITER, `Person:${testUuid(23)}`, '王芳').referenceFacts?.answer?.['input.personId'];
  const mixed = { ...WRITER, referenceFacts: { answer: { 'input.personId': { ...other, id: RESIDENT.personId } } } };
  expect(await send('openGridPost', MICRO, mixed)).toMatchObject(differs);
  expect(await send('openGridPost', MICRO, WRITER)).toMatchObject(differs);
  expect(await named(' 王•芳 ')).toMatchObject({ assignment: { holderName: '王·芳' } });
});

test('a post ends now, with its reason, once; the place is free again', async () => {
  const assignmentId = `GridAssignment:${assignmentKeys.workerA1}`;
  const close = (reason = '岗位调整') => send('closeGridPost', { assignmentId, reason });
  expect(await close('x')).toMatchObject({ code: 'TEXT_INVALID', written: [] });
  const closed = await fiftyAtOnce('closeGridPost', () => close());
  expect(closed.flatMap(({ assignment }) => assignment ?? [])).toEqual([
    expect.objectContaining({ validTo: TEST_INSTANT, endReason: '岗位调整' }),
  ]);
  expect(await close()).toMatchObject({ code: 'GRID_POST_ENDED', written: [] });
  expect(
    await send('closeGridPost', { assignmentId: `GridAssignment:${assignmentKeys.chiefC1}`, reason: '岗位调整' }),
  ).toMatchObject({
    code: 'GRID_POST_NOT_FOUND',
    written: [],
  });
  expect(await send('openGridPost', { ...LI, gridId: `Grid:${GRID_A2}`, workerId: worker('qian') })).toMatchObject({
    __typename: 'OpenGridPostSuccess',
  });
});

test('X03: a grid says which of the five lines are unified; with all five it is an all-factor grid', async () => {
  const unify = (unifiedLines: string[], gridId = `Grid:${GRID_A1}`) => send('unifyGrid', { gridId, unifiedLines });
  const unified = await fiftyAtOnce('unifyGrid', () => unify(['MANAGEMENT', 'PERSONNEL']));
  expect(unified.flatMap(({ grid }) => grid ?? [])).toEqual([
    { unifiedLines: ['MANAGEMENT', 'PERSONNEL'], allFactor: false, provenance: { kind: 'MUTATION' } },
  ]);
  expect(await unify(['PERSONNEL', 'MANAGEMENT'])).toMatchObject({ code: 'NOTHING_TO_CHANGE', written: [] });
  expect(await unify(['PERSONNEL'], 'Grid:330411001001001')).toMatchObject({ code: 'GRID_NOT_FOUND', written: [] });
  expect(
    await unify(['RESOURCES', 'PERSONNEL', 'INFORMATION_COLLECTION', 'SERVICE_STANDARDS', 'MANAGEMENT']),
  ).toMatchObject({ grid: { allFactor: true } });
});
