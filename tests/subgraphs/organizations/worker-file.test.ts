import { afterAll, beforeAll, expect, test } from 'vitest';
import { organizations } from '../../../subgraphs/organizations/index.ts';
import { openTestSubgraph, type TestSubgraph, testCaller } from '../../kit/open-test-subgraph.ts';
import { insertOrganizations, workerKeys } from '../../kit/organizations-rows.ts';
import { CITY, COUNTY_AB, COUNTY_C } from '../../kit/people-rows.ts';
import { insertWorkforce, postKeys, recordKeys, registrationKeys } from '../../kit/workforce-rows.ts';

let subgraph: TestSubgraph;

beforeAll(async () => {
  subgraph = await openTestSubgraph(organizations);
  await insertOrganizations(subgraph.pool);
  await insertWorkforce(subgraph.pool);
});
afterAll(() => subgraph[Symbol.asyncDispose]());

const INSIDE = testCaller([COUNTY_AB]);
const QIAN = `CommunityWorker:${workerKeys.qian}`;

test('scenario 17: a worker’s file: certificate, registration with its hours, trainings, trips, service, awards, each one statement', async () => {
  const { data, problems, statements } = await subgraph.run(
    INSIDE,
    `{ worker(id: "${QIAN}") {
         certificates { level certificateNumber passedYear }
         registration { registeredOn expiresOn inForce continuingEducationHours continuingEducationRequired
           continuingEducationMet }
         trainings { attendedOn hours course { title kind studyScope } }
         studyTrips { course { studyScope } }
         serviceRecords { postKind fullTime validFrom validTo post { title headcount } }
         records { kind title batch } } }`,
  );

  expect(problems).toEqual([]);
  expect(data.worker).toEqual({
    certificates: [{ level: 'ASSISTANT', certificateNumber: 'TEST-QIAN', passedYear: 2022 }],
    registration: {
      registeredOn: '2023-06-01',
      expiresOn: '2026-06-01',
      inForce: false,
      continuingEducationHours: 71,
      continuingEducationRequired: 72,
      continuingEducationMet: false,
    },
    trainings: [
      {
        attendedOn: '2025-05-20',
        hours: 8,
        course: { title: '2025-05-20 培训', kind: 'ADVANCED', studyScope: 'OTHER_CITY' },
      },
      {
        attendedOn: '2025-03-12',
        hours: 35,
        course: { title: '2025-03-12 培训', kind: 'CONTINUING', studyScope: null },
      },
      {
        attendedOn: '2024-03-12',
        hours: 36,
        course: { title: '2024-03-12 培训', kind: 'CONTINUING', studyScope: null },
      },
    ],
    studyTrips: [{ course: { studyScope: 'OTHER_CITY' } }],
    serviceRecords: [
      {
        postKind: 'SPECIALIST',
        fullTime: true,
        validFrom: '2020-04-01',
        validTo: null,
        post: { title: '测试岗位', headcount: 1 },
      },
    ],
    records: [{ kind: 'AWARD', title: '最美社工', batch: '2025' }],
  });
  expect(statements.toSorted()).toEqual(
    [
      'worker_by_id',
      'worker_certificates',
      'worker_registrations',
      'continuing_education_hours',
      'rules_in_force',
      'worker_attendances',
      'worker_study_trips',
      'training_course_by_id',
      'worker_service_records',
      'post_by_id',
      'worker_open_records',
    ].toSorted(),
  );
});

const PAY = `worker(id: "${QIAN}") { gradeLevel payRecords { kind amountYuan perMonth } appraisals { score } }`;

test('pay and appraisals are refused without their rights, and named; with them they are shown', async () => {
  const refused = await subgraph.run(INSIDE, `{ ${PAY} }`);
  expect(refused.data).toEqual({ worker: { gradeLevel: null, payRecords: null, appraisals: null } });
  expect(refused.problems.toSorted()).toEqual([
    'FIELD_RIGHT_MISSING worker.appraisals',
    'FIELD_RIGHT_MISSING worker.gradeLevel',
    'FIELD_RIGHT_MISSING worker.payRecords',
  ]);

  const shown = await subgraph.run(testCaller([COUNTY_AB], 'workforce.pay', 'workforce.appraisal'), `{ ${PAY} }`);
  expect(shown.problems).toEqual([]);
  expect(shown.data.worker).toEqual({
    gradeLevel: 9,
    payRecords: [{ kind: 'ALLOWANCE', amountYuan: 200, perMonth: true }],
    appraisals: [{ score: 91 }],
  });
});

test('an entry of pay found by its id tells neither its title nor its amount to a caller without the right', async () => {
  const entity = `{ _entities(representations: [{ __typename: "WorkerRecord", id: "WorkerRecord:${recordKeys.pay}" }]) {
    ... on WorkerRecord { kind title amountYuan } } }`;
  const refused = await subgraph.run(INSIDE, entity);
  expect(refused.data._entities).toEqual([{ kind: 'ALLOWANCE', title: null, amountYuan: null }]);
  expect(refused.problems).toEqual(['FIELD_RIGHT_MISSING _entities.0.amountYuan']);
  const shown = await subgraph.run(testCaller([COUNTY_AB], 'workforce.pay'), entity);
  expect(shown.data._entities).toEqual([{ kind: 'ALLOWANCE', title: '职业津贴', amountYuan: 200 }]);
});

test('a list of entries shows the open kind that is asked for', async () => {
  const { data } = await subgraph.run(INSIDE, '{ workerRecords(kind: AWARD) { nodes { id title } totalCount } }');
  expect(data.workerRecords).toEqual({
    nodes: [{ id: `WorkerRecord:${recordKeys.award}`, title: '最美社工' }],
    totalCount: 1,
  });
});

test('registrations of the area come in the order in which they run out, and only the area’s', async () => {
  const list = async (area: string, filter: string) => {
    const { data, problems } = await subgraph.run(
      testCaller([area]),
      `{ socialWorkerRegistrations${filter} { nodes { id } totalCount } }`,
    );
    expect(problems).toEqual([]);
    return data.socialWorkerRegistrations.nodes.map(({ id }: { id: string }) => id.split(':')[1]);
  };
  expect(await list(CITY, '')).toEqual([registrationKeys.qian, registrationKeys.zhou, registrationKeys.zhao]);
  expect(await list(COUNTY_C, '')).toEqual([registrationKeys.zhou]);
  expect(await list(CITY, '(filter: { expiresFrom: "2026-06-30", expiresBefore: "2027-12-31" })')).toEqual([
    registrationKeys.zhou,
  ]);
  expect(await list(COUNTY_C, `(filter: { divisionCode: "${COUNTY_AB}" })`)).toEqual([]);
});

test('the training matrix has twelve cells; reported and recorded heads stand side by side', async () => {
  const { data } = await subgraph.run(
    INSIDE,
    `{ trainingMatrix(divisionCode: "${CITY}", fromDay: "2024-01-01", beforeDay: "2027-01-01") {
         kind tier courseCount hours reportedAttendees recordedAttendees }
       trainingCategories { ordinal name }
       trainingSummary(term: "2025") { tier runs reportedAttendees recordedAttendees }
       trainingCourses(divisionCode: "${CITY}", cell: { kind: ADVANCED, tier: CITY }) { nodes { title } totalCount } }`,
  );
  expect(data.trainingMatrix).toHaveLength(12);
  expect(data.trainingMatrix.filter(({ courseCount }: { courseCount: number }) => courseCount > 0)).toEqual([
    { kind: 'ADVANCED', tier: 'CITY', courseCount: 1, hours: 8, reportedAttendees: 200, recordedAttendees: 1 },
    { kind: 'CONTINUING', tier: 'CITY', courseCount: 3, hours: 78, reportedAttendees: 600, recordedAttendees: 2 },
  ]);
  expect(data.trainingCategories).toEqual([
    { ordinal: 1, name: '继续教育' },
    { ordinal: 2, name: null },
  ]);
  expect(data.trainingSummary).toEqual([{ tier: 'CITY', runs: 2, reportedAttendees: 400, recordedAttendees: 2 }]);
  expect(data.trainingCourses).toEqual({ nodes: [{ title: '2025-05-20 培训' }], totalCount: 1 });
});

test('a post shows its six fixed things and how many of its places are filled', async () => {
  const { data } = await subgraph.run(
    INSIDE,
    '{ posts { nodes { id headcount filledCount vacantCount duties position goals appraisal pay } totalCount } }',
  );
  expect(data.posts.totalCount).toBe(2);
  expect(data.posts.nodes[0]).toEqual({
    id: `Post:${postKeys.specialistA}`,
    headcount: 1,
    filledCount: 1,
    vacantCount: 0,
    duties: '职责',
    position: '岗位',
    goals: '目标',
    appraisal: '考核',
    pay: '待遇',
  });
});

test('the rule in force on a day is the newest that had begun', async () => {
  await subgraph.pool.query(
    `INSERT INTO organizations.organization_rule
     SELECT gen_random_uuid(), code, subject, 80, 1, unit, '测试规则', '2026-06-01', true, provenance_id
       FROM organizations.organization_rule WHERE code = 'CONTINUING_EDUCATION_HOURS' AND subject = 'ASSISTANT'`,
  );
  const hours = async (asOf: string) => {
    const { data } = await subgraph.run(INSIDE, `{ organizationRules(asOf: "${asOf}") { code subject numerator } }`);
    return data.organizationRules.find(
      (rule: { code: string; subject: string }) =>
        rule.code === 'CONTINUING_EDUCATION_HOURS' && rule.subject === 'ASSISTANT',
    ).numerator;
  };
  expect([await hours('2026-05-31'), await hours('2026-06-01')]).toEqual([72, 80]);
  await subgraph.pool.query("DELETE FROM organizations.organization_rule WHERE effective_from = '2026-06-01'");
});
