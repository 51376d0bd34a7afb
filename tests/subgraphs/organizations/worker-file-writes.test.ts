import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { RightCode } from '../../../subgraphs/kit/codes/rights.ts';
import { organizations } from '../../../subgraphs/organizations/index.ts';
import { fiftyAtOnce } from '../../kit/fifty-at-once.ts';
import { openTestSubgraph, TEST_INSTANT, type TestSubgraph, testCaller } from '../../kit/open-test-subgraph.ts';
import { insertOrganizations, workerKeys } from '../../kit/organizations-rows.ts';
import { COMMUNITY_A, COUNTY_AB, COUNTY_C } from '../../kit/people-rows.ts';
import { courseKeys, insertWorkforce, postKeys, registrationKeys, serviceKeys } from '../../kit/workforce-rows.ts';

let subgraph: TestSubgraph;

beforeAll(async () => {
  subgraph = await openTestSubgraph(organizations);
});
afterAll(() => subgraph[Symbol.asyncDispose]());
beforeEach(async () => {
  subgraph.clock.set(TEST_INSTANT);
  const { rows: tables } = await subgraph.pool.query<{ name: string }>(
    "SELECT string_agg('organizations.' || tablename, ', ') AS name FROM pg_tables WHERE schemaname = 'organizations' AND tablename <> '_prisma_migrations'",
  );
  await subgraph.pool.query(`TRUNCATE ${tables[0]?.name}`);
  await insertOrganizations(subgraph.pool);
  await insertWorkforce(subgraph.pool);
});

type Input = Record<string, unknown>;

interface Write {
  readonly mutation: string;
  readonly right: RightCode;
  readonly input: Input;
  readonly event: string;
  readonly rowCount: number;
  readonly selection: string;
  readonly done: unknown;
}

const worker = (name: keyof typeof workerKeys) => `CommunityWorker:${workerKeys[name]}`;

/** A good call of each mutation and what it answers. */
const WRITES: Record<string, Write> = {
  registerSocialWorker: {
    mutation: 'registerSocialWorker',
    right: 'workforce.write',
    input: { workerId: worker('li'), certificateNumber: 'TEST-LI', registeredOn: '2024-02-29' },
    event: 'registration.opened',
    rowCount: 1,
    selection: 'registration { level registeredOn expiresOn inForce } endedRegistration { id }',
    done: {
      registration: { level: 'ASSISTANT', registeredOn: '2024-02-29', expiresOn: '2027-02-28', inForce: true },
      endedRegistration: null,
    },
  },
  recordAttendance: {
    mutation: 'recordAttendance',
    right: 'workforce.write',
    input: {
      courseId: `TrainingCourse:${courseKeys.third}`,
      workerId: worker('qian'),
      hours: 1,
      attendedOn: '2026-03-13',
    },
    event: 'training.attended',
    rowCount: 1,
    selection: 'attendance { hours } worker { registration { continuingEducationHours continuingEducationMet } }',
    done: {
      attendance: { hours: 1 },
      worker: { registration: { continuingEducationHours: 72, continuingEducationMet: true } },
    },
  },
  openServiceRecord: {
    mutation: 'openServiceRecord',
    right: 'workforce.write',
    input: {
      workerId: worker('qian'),
      postId: `Post:${postKeys.deputyA}`,
      duty: '分管民生',
      validFrom: '2026-06-01',
      endCurrent: true,
    },
    event: 'service.opened',
    rowCount: 3,
    selection: 'serviceRecord { postKind validFrom validTo } endedServiceRecord { id validTo } worker { post }',
    done: {
      serviceRecord: { postKind: 'DEPUTY', validFrom: '2026-06-01', validTo: null },
      endedServiceRecord: { id: `ServiceRecord:${serviceKeys.qian}`, validTo: '2026-06-01' },
      worker: { post: 'DEPUTY' },
    },
  },
  setWorkerGrade: {
    mutation: 'setWorkerGrade',
    right: 'workforce.pay',
    input: { workerId: worker('qian'), gradeLevel: 11, reason: '年度考核优秀' },
    event: 'worker.gradeChanged',
    rowCount: 2,
    selection: 'worker { gradeLevel } record { kind title }',
    done: {
      worker: { gradeLevel: 11 },
      record: { kind: 'GRADE_CHANGE', title: '9 → 11 级：年度考核优秀' },
    },
  },
  recordWorkerEvent: {
    mutation: 'recordWorkerEvent',
    right: 'workforce.write',
    input: {
      workerId: worker('qian'),
      kind: 'TALENT_TITLE',
      title: '社区领军人才',
      batch: '首批',
      happenedOn: '2026-06-30',
    },
    event: 'worker.fileExtended',
    rowCount: 1,
    selection: 'record { kind title batch }',
    done: { record: { kind: 'TALENT_TITLE', title: '社区领军人才', batch: '首批' } },
  },
  recordWorkerPay: {
    mutation: 'recordWorkerPay',
    right: 'workforce.pay',
    input: {
      workerId: worker('qian'),
      kind: 'TALENT_SUPPORT',
      title: '特殊支持',
      amountYuan: 300_000,
      happenedOn: '2026-06-30',
    },
    event: 'worker.fileExtended',
    rowCount: 1,
    selection: 'record { kind amountYuan }',
    done: { record: { kind: 'TALENT_SUPPORT', amountYuan: 300_000 } },
  },
  recordAppraisal: {
    mutation: 'recordAppraisal',
    right: 'workforce.appraisal',
    input: { workerId: worker('qian'), title: '半年评价', score: 100, happenedOn: '2026-06-30' },
    event: 'worker.fileExtended',
    rowCount: 1,
    selection: 'record { kind score }',
    done: { record: { kind: 'APPRAISAL', score: 100 } },
  },
  createPost: {
    mutation: 'createPost',
    right: 'workforce.write',
    input: {
      communityId: `Community:${COMMUNITY_A}`,
      title: '专职岗位',
      kind: 'SPECIALIST',
      headcount: 3,
      duties: '走访与受理',
      position: '社区服务窗口',
      goals: '年度目标',
      appraisal: '年度考核',
      pay: '一至十一级',
      lowestGrade: 1,
      highestGrade: 11,
    },
    event: 'post.established',
    rowCount: 1,
    selection: 'post { title headcount vacantCount community { statCode } }',
    done: { post: { title: '专职岗位', headcount: 3, vacantCount: 3, community: { statCode: COMMUNITY_A } } },
  },
  announceRecruitment: {
    mutation: 'announceRecruitment',
    right: 'workforce.write',
    input: { postId: `Post:${postKeys.deputyA}`, title: '公开招考副职', channel: 'OPEN_EXAMINATION', headcount: 2 },
    event: 'recruitment.announced',
    rowCount: 2,
    selection: 'recruitment { state headcount history { ordinal eventZh toState } availableTransitions { event } }',
    done: {
      recruitment: {
        state: 'ANNOUNCED',
        headcount: 2,
        history: [{ ordinal: 1, eventZh: '发布公告', toState: 'ANNOUNCED' }],
        availableTransitions: [{ event: 'openRegistration' }, { event: 'cancel' }],
      },
    },
  },
};

const rows = async (text: string, values: unknown[] = []) => (await subgraph.pool.query(text, values)).rows;
const ALL_RIGHTS: readonly RightCode[] = ['workforce.write', 'workforce.pay', 'workforce.appraisal'];

function send(
  mutation: string,
  input: Input,
  area = COUNTY_AB,
  rights: readonly RightCode[] = ALL_RIGHTS,
  selection = '',
) {
  const name = `${mutation[0]?.toUpperCase()}${mutation.slice(1)}`;
  const success = mutation.includes('ecruitment')
    ? 'RecruitmentSuccess'
    : mutation.startsWith('record') && mutation !== 'recordAttendance'
      ? 'RecordInFileSuccess'
      : `${name}Success`;
  return subgraph.run(
    testCaller([area], ...rights),
    `mutation ($input: ${name}Input!) { answer: ${mutation}(input: $input) {
       __typename ${selection === '' ? '' : `... on ${success} { ${selection} }`}
       ... on Refusal { code culprit messageZh } } }`,
    { input: { idempotencyKey: `key-${mutation}`, ...input } },
  );
}

test.each(Object.entries(WRITES))('%s is done, leaves its traces, and is not done twice', async (_name, write) => {
  const { mutation, input, event, rowCount, selection, done } = write;
  const first = await send(mutation, input, COUNTY_AB, ALL_RIGHTS, selection);

  expect(first.problems).toEqual([]);
  expect(first.data.answer).toEqual({ __typename: expect.stringMatching(/Success$/), ...(done as object) });
  expect(await rows("SELECT client_id, row_count FROM organizations.provenance WHERE kind = 'MUTATION'")).toEqual([
    { client_id: 'test-client', row_count: rowCount },
  ]);
  expect(await rows('SELECT event_type, county_code FROM organizations.outbox')).toEqual([
    { event_type: event, county_code: COUNTY_AB },
  ]);

  const before = await subgraph.rowCounts();
  const again = await send(mutation, input, COUNTY_AB, ALL_RIGHTS, selection);
  expect(again.data).toEqual(first.data);
  expect(await subgraph.rowCounts()).toEqual(before);
});

test.each(Object.entries(WRITES))(
  '%s without its right writes nothing, and the right is named',
  async (_name, write) => {
    const before = await subgraph.rowCounts();
    const others = ALL_RIGHTS.filter((right) => right !== write.right);
    const { data, errors, problems } = await send(write.mutation, write.input, COUNTY_AB, others);

    expect(data).toEqual({ answer: null });
    expect(problems).toEqual(['FIELD_RIGHT_MISSING answer']);
    expect(errors[0]?.extensions.right).toBe(write.right);
    expect(await subgraph.rowCounts()).toEqual(before);
  },
);

const REFUSALS: [what: string, mutation: string, change: Input, code: string, culprit: string][] = [
  [
    'a second live registration',
    'registerSocialWorker',
    { workerId: worker('zhao'), certificateNumber: 'TEST-ZHAO', registeredOn: '2026-06-30' },
    'REGISTRATION_LIVE',
    'input.workerId',
  ],
  [
    'a renewal with 71 of 72 hours',
    'registerSocialWorker',
    { workerId: worker('qian'), certificateNumber: 'TEST-QIAN', registeredOn: '2026-06-30' },
    'CONTINUING_EDUCATION_SHORT',
    'input.workerId',
  ],
  [
    'somebody else’s certificate',
    'registerSocialWorker',
    { certificateNumber: 'TEST-ZHAO' },
    'CERTIFICATE_NOT_FOUND',
    'input.certificateNumber',
  ],
  [
    'a registration before the certificate',
    'registerSocialWorker',
    { registeredOn: '2021-12-31' },
    'REGISTRATION_BEFORE_CERTIFICATE',
    'input.registeredOn',
  ],
  [
    'a registration from tomorrow',
    'registerSocialWorker',
    { registeredOn: '2026-07-01' },
    'DATE_IN_FUTURE',
    'input.registeredOn',
  ],
  [
    'a worker of another county',
    'registerSocialWorker',
    { workerId: worker('zhou'), certificateNumber: 'TEST-ZHOU' },
    'WORKER_NOT_FOUND',
    'input.workerId',
  ],
  [
    'a course that is none',
    'recordAttendance',
    { courseId: `TrainingCourse:${workerKeys.li}` },
    'COURSE_NOT_FOUND',
    'input.courseId',
  ],
  ['more hours than the course has', 'recordAttendance', { hours: 7 }, 'ATTENDANCE_HOURS_INVALID', 'input.hours'],
  ['no hours', 'recordAttendance', { hours: 0 }, 'ATTENDANCE_HOURS_INVALID', 'input.hours'],
  [
    'a day before the course',
    'recordAttendance',
    { attendedOn: '2026-03-11' },
    'ATTENDANCE_BEFORE_COURSE',
    'input.attendedOn',
  ],
  [
    'the same course again',
    'recordAttendance',
    { courseId: `TrainingCourse:${courseKeys.first}`, attendedOn: '2024-03-12' },
    'ATTENDANCE_EXISTS',
    'input.workerId',
  ],
  ['a worker who has left', 'recordAttendance', { workerId: worker('sun') }, 'WORKER_LEFT', 'input.workerId'],
  ['an overlapping full-time post', 'openServiceRecord', { endCurrent: false }, 'SERVICE_OVERLAP', 'input.validFrom'],
  [
    'a post that ends the current one before it began',
    'openServiceRecord',
    { validFrom: '2020-04-01' },
    'DATE_BEFORE_CURRENT',
    'input.validFrom',
  ],
  [
    'a post that is full',
    'openServiceRecord',
    { workerId: worker('zhao'), postId: `Post:${postKeys.specialistA}` },
    'POST_FULL',
    'input.postId',
  ],
  [
    'a post of another community',
    'openServiceRecord',
    { postId: `Post:${postKeys.headC}` },
    'POST_NOT_FOUND',
    'input.postId',
  ],
  ['a duty without words', 'openServiceRecord', { duty: ' ' }, 'TEXT_INVALID', 'input.duty'],
  ['grade 19 of 18', 'setWorkerGrade', { gradeLevel: 19 }, 'GRADE_OUT_OF_RANGE', 'input.gradeLevel'],
  ['grade 0', 'setWorkerGrade', { gradeLevel: 0 }, 'GRADE_OUT_OF_RANGE', 'input.gradeLevel'],
  ['a grade above those of the post', 'setWorkerGrade', { gradeLevel: 12 }, 'GRADE_OUTSIDE_POST', 'input.gradeLevel'],
  ['the grade that is held', 'setWorkerGrade', { gradeLevel: 9 }, 'GRADE_UNCHANGED', 'input.gradeLevel'],
  [
    'the same award twice',
    'recordWorkerEvent',
    { kind: 'AWARD', title: '最美社工', batch: '2025', happenedOn: '2025-12-01' },
    'RECORD_EXISTS',
    'input.title',
  ],
  [
    'a secondment that ends before it begins',
    'recordWorkerEvent',
    { kind: 'SECONDMENT', untilOn: '2026-06-29' },
    'PERIOD_EMPTY',
    'input.untilOn',
  ],
  ['a negative amount', 'recordWorkerPay', { amountYuan: -1 }, 'AMOUNT_INVALID', 'input.amountYuan'],
  ['a score above 100', 'recordAppraisal', { score: 101 }, 'SCORE_INVALID', 'input.score'],
  ...(['headcount', 'duties', 'position', 'goals', 'appraisal', 'pay'] as const).map(
    (name): [string, string, Input, string, string] => [
      `a post without ${name}`,
      'createPost',
      { [name]: null },
      'POST_FIXED_THING_MISSING',
      `input.${name}`,
    ],
  ),
  ['a post with blank duties', 'createPost', { duties: '  ' }, 'POST_FIXED_THING_MISSING', 'input.duties'],
  ['a post up to grade 19', 'createPost', { highestGrade: 19 }, 'GRADE_OUT_OF_RANGE', 'input.highestGrade'],
  [
    'a post of another county',
    'createPost',
    { communityId: 'Community:330411001001' },
    'COMMUNITY_NOT_FOUND',
    'input.communityId',
  ],
  [
    'more to recruit than are vacant',
    'announceRecruitment',
    { headcount: 3 },
    'RECRUITMENT_EXCEEDS_VACANCIES',
    'input.headcount',
  ],
  [
    'a recruitment for a full post',
    'announceRecruitment',
    { postId: `Post:${postKeys.specialistA}`, headcount: 1 },
    'RECRUITMENT_EXCEEDS_VACANCIES',
    'input.headcount',
  ],
];

test.each(REFUSALS)('%s (%s) is refused and nothing is written', async (_what, mutation, change, code, culprit) => {
  const before = await subgraph.rowCounts();
  const { data, problems } = await send(mutation, { ...WRITES[mutation]?.input, ...change });

  expect(problems).toEqual([]);
  expect(data.answer).toMatchObject({ code, culprit });
  expect(data.answer.messageZh).toMatch(/\p{Script=Han}/u);
  expect(await subgraph.rowCounts()).toEqual(before);
});

test('what lies outside the caller’s area is refused as not found', async () => {
  for (const { mutation, input } of Object.values(WRITES)) {
    const { data } = await send(mutation, input, COUNTY_C);
    expect(data.answer.code, mutation).toMatch(/_NOT_FOUND$/);
  }
});

test('scenario 17: with the missing hour, 71 of 72, the registration is renewed and the former one ends on the day it ran out', async () => {
  await send('recordAttendance', WRITES.recordAttendance?.input ?? {});
  const { data } = await send(
    'registerSocialWorker',
    { workerId: worker('qian'), certificateNumber: 'TEST-QIAN', registeredOn: '2026-06-30' },
    COUNTY_AB,
    ALL_RIGHTS,
    'registration { registeredOn expiresOn continuingEducationHours } endedRegistration { id endedOn }',
  );
  // The hour was attended in the period before.
  expect(data.answer).toMatchObject({
    registration: { registeredOn: '2026-06-30', expiresOn: '2029-06-30', continuingEducationHours: 0 },
    endedRegistration: { id: `SocialWorkerRegistration:${registrationKeys.qian}`, endedOn: '2026-06-01' },
  });
});

async function tally(mutation: string, input: (index: number) => Input): Promise<Record<string, number>> {
  const answers = await fiftyAtOnce(mutation, (index) =>
    send(mutation, { idempotencyKey: `parallel-${index}`, ...input(index) }),
  );
  const counts: Record<string, number> = {};
  for (const { data, problems } of answers) {
    expect(problems).toEqual([]);
    const outcome = data.answer.code ?? 'DONE';
    counts[outcome] = (counts[outcome] ?? 0) + 1;
  }
  return counts;
}

test('fifty registrations of one person at once leave one live', async () => {
  const counts = await tally('registerSocialWorker', () => WRITES.registerSocialWorker?.input ?? {});

  expect(counts).toEqual({ DONE: 1, REGISTRATION_LIVE: 49 });
  expect(
    await rows('SELECT count(*)::int FROM organizations.social_worker_registration WHERE worker_id = $1', [
      workerKeys.li,
    ]),
  ).toEqual([{ count: 1 }]);
});

test.each([
  ['recordAttendance', 'one attendance of a course'],
  ['setWorkerGrade', 'one change to a grade'],
])('of fifty who write %s at once, %s stands', async (mutation) => {
  const counts = await tally(mutation, () => WRITES[mutation]?.input ?? {});
  expect(counts.DONE).toBe(1);
  expect(Object.values(counts).reduce((sum, count) => sum + count, 0)).toBe(50);
});

test('of fifty who take one step of a recruitment at once, one does', async () => {
  const { data } = await send(
    'announceRecruitment',
    WRITES.announceRecruitment?.input ?? {},
    COUNTY_AB,
    ALL_RIGHTS,
    'recruitment { id }',
  );
  const counts = await tally('advanceRecruitment', () => ({
    recruitmentId: data.answer.recruitment.id,
    event: 'openRegistration',
  }));
  expect(counts.DONE).toBe(1);
});

test('fifty who take up the two places of a post fill it, and nobody holds two full-time posts', async () => {
  const counts = await tally('openServiceRecord', (index) => ({
    ...WRITES.openServiceRecord?.input,
    workerId: worker(index % 2 === 0 ? 'qian' : 'zhao'),
    endCurrent: false,
    fullTime: false,
  }));

  expect(counts).toEqual({ DONE: 2, POST_FULL: 48 });
  expect(
    await rows('SELECT count(*)::int FROM organizations.service_record WHERE post_id = $1 AND valid_to IS NULL', [
      postKeys.deputyA,
    ]),
  ).toEqual([{ count: 2 }]);
});

test('the database itself refuses a second live registration, a second full-time post and a post without pay', async () => {
  await expect(
    subgraph.pool.query(
      `INSERT INTO organizations.social_worker_registration SELECT gen_random_uuid(), person_id, worker_id, certificate_id,
         holder_name, level, registered_on, expires_on, NULL, city_code, county_code, township_code, community_code, provenance_id
         FROM organizations.social_worker_registration LIMIT 1`,
    ),
  ).rejects.toThrow('social_worker_registration_live_person_key');
  await expect(
    subgraph.pool.query(
      `INSERT INTO organizations.service_record SELECT gen_random_uuid(), person_id, worker_id, post_kind, NULL, true, duty,
         '2026-01-01', NULL, city_code, county_code, township_code, community_code, provenance_id
         FROM organizations.service_record LIMIT 1`,
    ),
  ).rejects.toThrow('service_record_live_full_time_key');
  await expect(subgraph.pool.query("UPDATE organizations.post SET pay = ''")).rejects.toThrow('post_six_fixed_check');
});

test('a recruitment goes its steps: none is skipped, none repeated, and the refusal names what is possible', async () => {
  const announced = await send(
    'announceRecruitment',
    WRITES.announceRecruitment?.input ?? {},
    COUNTY_AB,
    ALL_RIGHTS,
    'recruitment { id }',
  );
  const recruitmentId: string = announced.data.answer.recruitment.id;
  let key = 0;
  const step = async (event: string, more: Input = {}) =>
    (
      await send(
        'advanceRecruitment',
        { recruitmentId, event, idempotencyKey: `step-${key++}-of-it`, ...more },
        COUNTY_AB,
        ALL_RIGHTS,
        'recruitment { state hired }',
      )
    ).data.answer;

  expect(await step('examine', { applicants: 40 })).toMatchObject({ code: 'TRANSITION_NOT_ALLOWED' });
  expect(await step('openRegistration')).toMatchObject({ recruitment: { state: 'REGISTERING' } });
  expect(await step('examine')).toMatchObject({ code: 'TRANSITION_INCOMPLETE' });
  expect(await step('examine', { applicants: 40 })).toMatchObject({ recruitment: { state: 'EXAMINING' } });
  expect(await step('publicize')).toMatchObject({ recruitment: { state: 'PUBLICIZED' } });
  expect(await step('complete', { hired: 3 })).toMatchObject({
    code: 'RECRUITMENT_COUNT_INVALID',
    culprit: 'input.hired',
  });
  expect(await step('complete', { hired: 2 })).toMatchObject({ recruitment: { state: 'COMPLETED', hired: 2 } });
  expect(await step('cancel')).toMatchObject({ code: 'TRANSITION_NOT_ALLOWED' });
  expect(await rows('SELECT event, to_state FROM organizations.transition ORDER BY ordinal')).toEqual([
    { event: 'announce', to_state: 'ANNOUNCED' },
    { event: 'openRegistration', to_state: 'REGISTERING' },
    { event: 'examine', to_state: 'EXAMINING' },
    { event: 'publicize', to_state: 'PUBLICIZED' },
    { event: 'complete', to_state: 'COMPLETED' },
  ]);
});

test('a worker of community B cannot take a post of community A', async () => {
  const { data } = await send('openServiceRecord', { ...WRITES.openServiceRecord?.input, workerId: worker('li') });
  expect(data.answer.code).toBe('POST_NOT_FOUND');
});
