import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { organizations } from '../../../subgraphs/organizations/index.ts';
import { fiftyAtOnce } from '../../kit/fifty-at-once.ts';
import { openTestSubgraph, TEST_INSTANT, type TestSubgraph, testCaller } from '../../kit/open-test-subgraph.ts';
import {
  assignmentKeys,
  GRID_A3,
  insertOrganizations,
  staleMarks,
  workerKeys,
  workerPersonKeys,
} from '../../kit/organizations-rows.ts';
import { COMMUNITY_A, COUNTY_AB, COUNTY_C, GRID_A1, GRID_A2, GRID_C1 } from '../../kit/people-rows.ts';

let subgraph: TestSubgraph;

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

const ASSIGN = `mutation ($input: AssignGridChiefInput!) {
  assignGridChief(input: $input) {
    __typename
    ... on AssignGridChiefSuccess {
      grid { id chief { id } }
      assignment { id role holderName validFrom validTo worker { id } person { id } provenance { kind systemCode } }
      closedAssignment { id validTo }
    }
    ... on Refusal { code culprit messageZh messageEn }
  }
}`;
const WRITER = testCaller([COUNTY_AB], 'grid.write');
const QIAN = {
  gridId: `Grid:${GRID_A1}`,
  workerId: `CommunityWorker:${workerKeys.qian}`,
  idempotencyKey: 'chief-of-a1-1',
};
const CLOSED_ID = `GridAssignment:${assignmentKeys.chiefA1}`;

const assign = (input: object = {}, caller = WRITER) => subgraph.run(caller, ASSIGN, { input: { ...QIAN, ...input } });
const rows = async (text: string, values: unknown[] = []) => (await subgraph.pool.query(text, values)).rows;
const assignments = () => rows('SELECT * FROM organizations.grid_assignment ORDER BY id');

async function expectRefusal(input: object, code: string, culprit: string, caller = WRITER) {
  const before = [await subgraph.rowCounts(), await assignments()];
  const { data, problems } = await assign(input, caller);
  expect(problems).toEqual([]);
  expect(data.assignGridChief).toMatchObject({ code, culprit });
  expect(data.assignGridChief.messageZh).toMatch(/\p{Script=Han}/u);
  expect([await subgraph.rowCounts(), await assignments()]).toEqual(before);
}

test('a new chief takes over at the instant at which the former one ends', async () => {
  const { data, problems } = await assign();

  expect(problems).toEqual([]);
  const { id } = data.assignGridChief.assignment;
  expect(data.assignGridChief).toEqual({
    __typename: 'AssignGridChiefSuccess',
    grid: { id: QIAN.gridId, chief: { id } },
    assignment: {
      id: expect.stringMatching(/^GridAssignment:[0-9a-f-]{36}$/),
      role: 'GRID_CHIEF',
      holderName: '钱二',
      validFrom: TEST_INSTANT,
      validTo: null,
      worker: { id: QIAN.workerId },
      person: { id: `Person:${workerPersonKeys.qian}` },
      provenance: { kind: 'MUTATION', systemCode: 'test-client' },
    },
    closedAssignment: { id: CLOSED_ID, validTo: TEST_INSTANT },
  });
});

test('the worker of the former post has lost it at once', async () => {
  const posts = async () =>
    (await subgraph.run(WRITER, `{ liveGridPosts(workerId: "CommunityWorker:${workerKeys.zhao}") { id } }`)).data
      .liveGridPosts;

  expect(await posts()).toEqual([{ id: CLOSED_ID }]);
  await assign();
  expect(await posts()).toEqual([]);
});

test('a grid without a chief gets its first one', async () => {
  const { data } = await assign({ gridId: `Grid:${GRID_A3}` });

  expect(data.assignGridChief).toMatchObject({ grid: { id: `Grid:${GRID_A3}` }, closedAssignment: null });
  expect(await rows("SELECT row_count FROM organizations.provenance WHERE kind = 'MUTATION'")).toEqual([
    { row_count: 1 },
  ]);
});

test('a write leaves one provenance row, one event and one idempotency row in the transaction of the change', async () => {
  const { data } = await assign();

  const provenance = await rows("SELECT * FROM organizations.provenance WHERE kind = 'MUTATION'");
  const events = await rows('SELECT * FROM organizations.outbox');
  expect(provenance).toEqual([
    expect.objectContaining({
      system_code: 'test-client',
      client_id: 'test-client',
      department: 'civil-affairs',
      dataset: 'grid_assignment',
      recorded_at: new Date(TEST_INSTANT),
      row_count: 2,
    }),
  ]);
  expect(events).toEqual([
    expect.objectContaining({
      event_type: 'grid.chiefChanged',
      entity_type: 'Grid',
      entity_id: QIAN.gridId,
      ordinal: 0,
      county_code: COUNTY_AB,
      community_code: COMMUNITY_A,
      grid_code: GRID_A1,
      occurred_at: new Date(TEST_INSTANT),
      provenance_id: provenance[0].id,
    }),
  ]);
  expect(JSON.parse(events[0].payload)).toEqual({
    gridId: QIAN.gridId,
    assignmentId: data.assignGridChief.assignment.id,
    closedAssignmentId: CLOSED_ID,
    workerId: QIAN.workerId,
    at: TEST_INSTANT,
  });
  const transactions = await rows(
    `SELECT DISTINCT xmin::text FROM (
       SELECT xmin FROM organizations.grid_assignment WHERE provenance_id = $1
       UNION ALL SELECT xmin FROM organizations.provenance WHERE id = $1
       UNION ALL SELECT xmin FROM organizations.outbox UNION ALL SELECT xmin FROM organizations.idempotency) written`,
    [provenance[0].id],
  );
  expect(transactions).toHaveLength(1);
});

test('the same key and input give the same answer again without writing', async () => {
  const first = await assign();
  const after = [await subgraph.rowCounts(), await assignments()];
  subgraph.clock.set('2026-07-01T02:00:00Z');
  const second = await assign();

  expect(second.data).toEqual(first.data);
  expect([await subgraph.rowCounts(), await assignments()]).toEqual(after);
  await expectRefusal({ gridId: `Grid:${GRID_A2}` }, 'IDEMPOTENCY_KEY_REUSED', 'input.idempotencyKey');
});

const fresh = { idempotencyKey: 'another-key-1' };
test.each([
  ['a grid of another county', { gridId: `Grid:${GRID_C1}` }, 'GRID_NOT_FOUND', 'input.gridId'],
  ['a grid that is none', { gridId: 'Grid:330402001001999' }, 'GRID_NOT_FOUND', 'input.gridId'],
  ['an id of another type', { gridId: `Community:${COMMUNITY_A}` }, 'GRID_NOT_FOUND', 'input.gridId'],
  [
    'a worker of another county',
    { workerId: `CommunityWorker:${workerKeys.zhou}` },
    'WORKER_NOT_FOUND',
    'input.workerId',
  ],
  ['a person in place of a worker', { workerId: `Person:${workerKeys.qian}` }, 'WORKER_NOT_FOUND', 'input.workerId'],
  ['a worker who has left', { workerId: `CommunityWorker:${workerKeys.sun}` }, 'WORKER_LEFT', 'input.workerId'],
  [
    'a worker of another community',
    { workerId: `CommunityWorker:${workerKeys.li}` },
    'WORKER_OUTSIDE_COMMUNITY',
    'input.workerId',
  ],
  ['the present chief', { workerId: `CommunityWorker:${workerKeys.zhao}` }, 'GRID_CHIEF_UNCHANGED', 'input.workerId'],
  ['a short key', { idempotencyKey: 'short' }, 'IDEMPOTENCY_KEY_INVALID', 'input.idempotencyKey'],
])('%s is refused and nothing is written', async (_what, input, code, culprit) => {
  await expectRefusal({ ...fresh, ...input }, code, culprit);
});

test('a grid outside the caller’s area is refused as not found', async () => {
  await expectRefusal(fresh, 'GRID_NOT_FOUND', 'input.gridId', testCaller([COUNTY_C], 'grid.write'));
  await expectRefusal(fresh, 'GRID_NOT_FOUND', 'input.gridId', testCaller([GRID_A2], 'grid.write'));
});

test('without the right nothing is read or written, and the right is named', async () => {
  const before = await subgraph.rowCounts();
  const { data, errors, problems } = await assign({}, testCaller([COUNTY_AB]));

  expect(data).toEqual({ assignGridChief: null });
  expect(problems).toEqual(['FIELD_RIGHT_MISSING assignGridChief']);
  expect(errors[0]?.extensions).toMatchObject({ right: 'grid.write', department: 'political-legal' });
  expect(await subgraph.rowCounts()).toEqual(before);
});

test('the second mutation of an operation sees what the first one changed', async () => {
  const { data, problems } = await subgraph.run(
    WRITER,
    `mutation ($a: AssignGridChiefInput!, $b: AssignGridChiefInput!) {
       a: assignGridChief(input: $a) { ... on AssignGridChiefSuccess { grid { chief { holderName } } } }
       b: assignGridChief(input: $b) { ... on AssignGridChiefSuccess {
         grid { chief { holderName } } closedAssignment { holderName validTo } } }
     }`,
    { a: QIAN, b: { ...QIAN, workerId: `CommunityWorker:${workerKeys.zhao}`, ...fresh } },
  );

  expect(problems).toEqual([]);
  // The clock stands still: the second post begins a millisecond after the first.
  expect(data).toEqual({
    a: { grid: { chief: { holderName: '钱二' } } },
    b: {
      grid: { chief: { holderName: '赵一' } },
      closedAssignment: { holderName: '钱二', validTo: '2026-06-30T02:00:00.001Z' },
    },
  });
});

test('fifty assignments at once leave one live chief and a history without gap or overlap', async () => {
  const candidates = [workerKeys.zhao, workerKeys.qian];
  const answers = await fiftyAtOnce('assignGridChief', (index) =>
    assign({ workerId: `CommunityWorker:${candidates[index % 2]}`, idempotencyKey: `parallel-${index}` }),
  );

  expect(answers.flatMap(({ problems }) => problems)).toEqual([]);
  const codes = answers.map(({ data }) => data.assignGridChief.code ?? 'DONE');
  expect(new Set(codes.filter((code) => code !== 'DONE'))).toSatisfy((refused: Set<string>) =>
    [...refused].every((code) => code === 'GRID_CHIEF_UNCHANGED'),
  );
  const done = codes.filter((code) => code === 'DONE').length;
  expect(done).toBeGreaterThan(0);
  const history = await rows(
    "SELECT valid_from, valid_to FROM organizations.grid_assignment WHERE grid_code = $1 AND role = 'GRID_CHIEF' ORDER BY valid_from",
    [GRID_A1],
  );
  expect(history).toHaveLength(2 + done);
  expect(history.filter(({ valid_to }) => valid_to === null)).toHaveLength(1);
  history.slice(1).forEach(({ valid_from }, index) => {
    expect(history[index].valid_to).toEqual(valid_from);
  });
  expect(await rows('SELECT count(*)::int FROM organizations.outbox')).toEqual([{ count: done }]);
});

test('the database itself refuses a second live chief', async () => {
  await expect(
    subgraph.pool.query(
      `INSERT INTO organizations.grid_assignment
       SELECT gen_random_uuid(), role, person_id, worker_id, holder_name, grid_code, micro_grid_code, now(), NULL,
              city_code, county_code, township_code, community_code, provenance_id
         FROM organizations.grid_assignment WHERE id = $1`,
      [assignmentKeys.chiefA1],
    ),
  ).rejects.toThrow('grid_assignment_live_grid_chief_key');
});
