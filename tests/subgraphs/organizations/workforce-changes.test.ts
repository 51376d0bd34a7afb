import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { organizations } from '../../../subgraphs/organizations/index.ts';
import { insertBodies } from '../../kit/bodies-rows.ts';
import { fiftyAtOnce } from '../../kit/fifty-at-once.ts';
import { testUuid } from '../../kit/insert-rows.ts';
import { sendMutation, testMutation } from '../../kit/mutation-cases.ts';
import { openTestSubgraph, TEST_INSTANT, type TestSubgraph, testCaller } from '../../kit/open-test-subgraph.ts';
import { insertOrganizations, workerKeys, workerPersonKeys } from '../../kit/organizations-rows.ts';
import { CITY, COUNTY_AB, GRID_A1 } from '../../kit/people-rows.ts';
import { insertWorkforce } from '../../kit/workforce-rows.ts';

let subgraph: TestSubgraph;
const caller = testCaller([COUNTY_AB], 'workforce.write');
const worker = (name: keyof typeof workerKeys) => `CommunityWorker:${workerKeys[name]}`;
const rows = async (text: string, values: unknown[] = []) => (await subgraph.pool.query(text, values)).rows;

beforeAll(async () => {
  subgraph = await openTestSubgraph(organizations);
});
afterAll(() => subgraph[Symbol.asyncDispose]());
beforeEach(async () => {
  subgraph.clock.set(TEST_INSTANT);
  const { rows: tables } = await subgraph.pool.query<{ names: string }>(
    "SELECT string_agg('organizations.' || tablename, ', ') AS names FROM pg_tables WHERE schemaname = 'organizations' AND tablename <> '_prisma_migrations'",
  );
  await subgraph.pool.query(`TRUNCATE ${tables[0]?.names}`);
  await insertOrganizations(subgraph.pool);
  await insertWorkforce(subgraph.pool);
  await insertBodies(subgraph.pool);
  await subgraph.pool.query("UPDATE organizations.community_worker SET certificate = 'ASSISTANT' WHERE id = ANY($1)", [
    [workerKeys.qian, workerKeys.li],
  ]);
});

const world = {
  subgraph: () => subgraph,
  caller,
  state: `SELECT w.id, w.certificate, w.left_on,
      (SELECT count(*)::int FROM organizations.certificate WHERE revoked_on IS NULL) AS certificates,
      (SELECT count(*)::int FROM organizations.social_worker_registration WHERE ended_on IS NULL) AS registrations,
      (SELECT count(*)::int FROM organizations.grid_assignment WHERE valid_to IS NULL) AS posts
    FROM organizations.community_worker w ORDER BY w.id`,
};

testMutation('recordWorkerCertificate', world, {
  input: { workerId: worker('qian'), level: 'SOCIAL_WORKER', certificateNumber: 'TEST-2026-0001', passedYear: 2026 },
  selection: 'certificate { level certificateNumber passedYear revokedOn }',
  done: {
    certificate: { level: 'SOCIAL_WORKER', certificateNumber: 'TEST-2026-0001', passedYear: 2026, revokedOn: null },
  },
  events: ['certificate.recorded'],
  // The certificate, and the worker who now shows it.
  rowCount: 2,
  refused: [
    ['a worker of another county', { workerId: worker('zhou') }, 'WORKER_NOT_FOUND', 'input.workerId'],
    ['a worker who has left', { workerId: worker('sun') }, 'WORKER_LEFT', 'input.workerId'],
    [
      'a number that is none',
      { certificateNumber: '编号一二三四五' },
      'CERTIFICATE_INVALID',
      'input.certificateNumber',
    ],
    ['a year before there was one', { passedYear: 2007 }, 'CERTIFICATE_INVALID', 'input.passedYear'],
    ['a year to come', { passedYear: 2027 }, 'CERTIFICATE_INVALID', 'input.passedYear'],
    ['a number that is taken', { certificateNumber: 'TEST-ZHAO' }, 'CERTIFICATE_EXISTS', 'input.certificateNumber'],
    ['a level that he holds', { level: 'ASSISTANT' }, 'CERTIFICATE_EXISTS', 'input.certificateNumber'],
  ],
  othersAtOnce: 'CERTIFICATE_EXISTS',
});

testMutation('revokeWorkerCertificate', world, {
  input: { certificateId: `Certificate:${testUuid(5_501)}`, revokedOn: '2026-06-01', reason: '违规取得' },
  selection: 'certificate { revokedOn revokeReason }',
  done: { certificate: { revokedOn: '2026-06-01', revokeReason: '违规取得' } },
  events: ['certificate.revoked'],
  // The certificate, the registration that it carried, and the worker who showed it.
  rowCount: 3,
  refused: [
    [
      'one of another county',
      { certificateId: `Certificate:${testUuid(5_504)}` },
      'CERTIFICATE_OUTSIDE_AREA',
      'input.certificateId',
    ],
    [
      'an unknown one',
      { certificateId: `Certificate:${testUuid(1)}` },
      'CERTIFICATE_OUTSIDE_AREA',
      'input.certificateId',
    ],
    ['a day to come', { revokedOn: '2026-07-01' }, 'DATE_IN_FUTURE', 'input.revokedOn'],
    ['a day before the registration', { revokedOn: '2024-12-31' }, 'DATE_BEFORE_CURRENT', 'input.revokedOn'],
    ['no reason', { reason: '' }, 'TEXT_INVALID', 'input.reason'],
  ],
  othersAtOnce: 'CERTIFICATE_REVOKED',
});

test('a revoked certificate carries no registration any more, and the worker shows what is left', async () => {
  const level = () => rows('SELECT certificate FROM organizations.community_worker WHERE id = $1', [workerKeys.qian]);
  await sendMutation(subgraph, caller, 'recordWorkerCertificate', {
    workerId: worker('qian'),
    level: 'SENIOR',
    certificateNumber: 'TEST-2026-0002',
    passedYear: 2026,
  });
  expect(await level()).toEqual([{ certificate: 'SENIOR' }]);
  const [senior] = await rows("SELECT id FROM organizations.certificate WHERE certificate_number = 'TEST-2026-0002'");
  const revoke = (id: string) =>
    sendMutation(subgraph, caller, 'revokeWorkerCertificate', {
      certificateId: `Certificate:${id}`,
      revokedOn: '2026-06-10',
      reason: '违规取得',
    });
  await revoke(senior.id);
  expect(await level()).toEqual([{ certificate: 'ASSISTANT' }]);
  await revoke(testUuid(5_502));
  expect(await level()).toEqual([{ certificate: null }]);
  // 钱's registration had run out on the first of June: it ended then, not on the day of the revocation.
  expect(
    await rows('SELECT ended_on::text FROM organizations.social_worker_registration WHERE person_id = $1', [
      workerPersonKeys.qian,
    ]),
  ).toEqual([{ ended_on: '2026-06-01' }]);
  expect(
    await sendMutation(subgraph, caller, 'registerSocialWorker', {
      workerId: worker('qian'),
      certificateNumber: 'TEST-QIAN',
      registeredOn: '2026-06-20',
    }),
  ).toMatchObject({ code: 'CERTIFICATE_REVOKED', messageEn: expect.stringContaining('2026-06-10') });
});

testMutation('recordDeparture', world, {
  input: { workerId: worker('qian'), leftOn: '2026-06-15', reason: '辞职' },
  selection: 'worker { leftOn serviceRecords { validTo } records { kind title happenedOn } }',
  done: {
    worker: {
      leftOn: '2026-06-15',
      serviceRecords: [{ validTo: '2026-06-15' }],
      records: [
        { kind: 'CAREER_MOVE', title: '离职：辞职', happenedOn: '2026-06-15' },
        { kind: 'AWARD', title: '最美社工', happenedOn: '2025-12-01' },
      ],
    },
  },
  // A full-time post in grid A1, and the supervisor.
  events: ['worker.left', 'grid.postClosed', 'engagement.ended'],
  rowCount: 5,
  refused: [
    ['a grid chief', { workerId: worker('zhao') }, 'WORKER_LEADS_GRIDS', 'input.workerId'],
    ['one who has left', { workerId: worker('sun') }, 'WORKER_LEFT', 'input.workerId'],
    ['another county', { workerId: worker('zhou') }, 'WORKER_NOT_FOUND', 'input.workerId'],
    ['a day to come', { leftOn: '2026-07-01' }, 'DATE_IN_FUTURE', 'input.leftOn'],
    ['a day before he began', { leftOn: '2019-01-01' }, 'DATE_BEFORE_CURRENT', 'input.leftOn'],
    ['a day before his record began', { leftOn: '2020-04-01' }, 'DATE_BEFORE_CURRENT', 'input.leftOn'],
    ['no reason', { reason: '' }, 'TEXT_INVALID', 'input.reason'],
  ],
  othersAtOnce: 'WORKER_LEFT',
});

test('while a worker leaves, 49 others would make him chief: no grid is led by one who has left', async () => {
  const chief = testCaller([COUNTY_AB], 'workforce.write', 'grid.write');
  const answers = await Promise.all(
    Array.from({ length: 50 }, (_, index) =>
      index === 20
        ? sendMutation(subgraph, chief, 'recordDeparture', {
            workerId: worker('qian'),
            leftOn: '2026-06-15',
            reason: '辞职',
          })
        : sendMutation(subgraph, chief, 'assignGridChief', {
            gridId: `Grid:${GRID_A1.slice(0, 12)}00${1 + (index % 3)}`,
            workerId: worker('qian'),
          }),
    ),
  );
  const [left] = await rows('SELECT left_on::text FROM organizations.community_worker WHERE id = $1', [
    workerKeys.qian,
  ]);
  const [led] = await rows(
    'SELECT count(*)::int AS grids FROM organizations.grid_assignment WHERE worker_id = $1 AND valid_to IS NULL',
    [workerKeys.qian],
  );
  if (answers[20]?.code === 'WORKER_LEADS_GRIDS') {
    expect(left.left_on).toBeNull();
    expect(led.grids).toBeGreaterThan(0);
  } else {
    expect(left.left_on).toBe('2026-06-15');
    expect(led.grids).toBe(0);
  }
});

testMutation(
  'openTrainingCourse',
  { ...world, caller: testCaller([CITY], 'workforce.write') },
  {
    input: {
      title: '社区工作者继续教育',
      kind: 'CONTINUING',
      tier: 'CITY',
      divisionCode: CITY,
      categoryCode: 'training-1',
      mode: 'MIXED',
      term: '2026',
      startsOn: '2026-09-01',
      hours: 24,
      budgetYuan: 50_000,
    },
    selection: 'course { title tier category { name } runNumber startsOn hours budgetYuan }',
    done: {
      course: {
        title: '社区工作者继续教育',
        tier: 'CITY',
        category: { name: '继续教育' },
        // The first of the year was there.
        runNumber: 2,
        startsOn: '2026-09-01',
        hours: 24,
        budgetYuan: 50_000,
      },
    },
    events: ['training.opened'],
    rowCount: 1,
    refused: [
      ['a tier of another division', { tier: 'COUNTY' }, 'COURSE_TIER_UNFIT', 'input.tier'],
      ['another city', { divisionCode: '4602' }, 'DIVISION_NOT_FOUND', 'input.divisionCode'],
      ['no hours', { hours: 0 }, 'COURSE_FIGURES_INVALID', 'input.hours'],
      ['a budget below nothing', { budgetYuan: -1 }, 'COURSE_FIGURES_INVALID', 'input.budgetYuan'],
      ['an unknown category', { categoryCode: 'none' }, 'TRAINING_CATEGORY_NOT_FOUND', 'input.categoryCode'],
      ['no title', { title: ' ' }, 'TEXT_INVALID', 'input.title'],
    ],
  },
);

test('runs that 50 open at once are numbered without a gap and without a double', async () => {
  const city = testCaller([CITY], 'workforce.write');
  const course = { title: '岗位培训', kind: 'POST', tier: 'COUNTY', divisionCode: COUNTY_AB, mode: 'ONLINE' };
  await fiftyAtOnce('openTrainingCourse', () =>
    sendMutation(subgraph, city, 'openTrainingCourse', { ...course, term: '2026', startsOn: '2026-09-01', hours: 8 }),
  );
  const numbers = await rows(
    "SELECT run_number FROM organizations.training_course WHERE kind = 'POST' AND term = '2026' ORDER BY 1",
  );
  expect(numbers.map(({ run_number }) => run_number)).toEqual(Array.from({ length: 50 }, (_, index) => index + 1));
});
