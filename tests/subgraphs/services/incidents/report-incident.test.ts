import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { services } from '../../../../subgraphs/services/index.ts';
import { openTestSubgraph, TEST_INSTANT, type TestSubgraph, testCaller } from '../../../kit/open-test-subgraph.ts';
import {
  CITY,
  COMMUNITY_A,
  COUNTY_AB,
  COUNTY_C,
  GRID_A1,
  GRID_A2,
  GRID_C1,
  insertServices,
  REPORTER_KEY,
} from '../../../kit/services-rows.ts';

let subgraph: TestSubgraph;

beforeAll(async () => {
  subgraph = await openTestSubgraph(services);
  await insertServices(subgraph.pool);
});
afterAll(() => subgraph[Symbol.asyncDispose]());
beforeEach(async () => {
  await subgraph.pool.query(`TRUNCATE services.outbox, services.idempotency, services.alert;
    DELETE FROM services.provenance WHERE kind = 'MUTATION';
    DELETE FROM services.incident_transition WHERE incident_id IN
      (SELECT id FROM services.incident WHERE reported_at = '${TEST_INSTANT}');
    DELETE FROM services.incident WHERE reported_at = '${TEST_INSTANT}'`);
});

const REPORT = `mutation ($input: ReportIncidentInput!) {
  reportIncident(input: $input) {
    __typename
    ... on ReportIncidentSuccess { incident {
      id incidentNumber category title state channel severity reportedAt dueAt closedAt overdue
      community { id } grid { id } history { ordinal fromState toState at actorDepartment { code } note }
      provenance { kind systemCode } } }
    ... on Refusal { code culprit messageZh messageEn }
  }
}`;
const WRITER = testCaller([COUNTY_AB], 'incident.write');
const INPUT = {
  category: 'HAZARD',
  title: '3幢楼道堆放杂物',
  severity: 'MAJOR',
  gridId: `Grid:${GRID_A1}`,
  channel: 'RESIDENT',
  reporterId: `Person:${REPORTER_KEY}`,
  idempotencyKey: 'report-1-hazard',
};

const report = (input: object = {}, caller = WRITER) => subgraph.run(caller, REPORT, { input: { ...INPUT, ...input } });
const rows = async (text: string, values: unknown[] = []) => (await subgraph.pool.query(text, values)).rows;

async function expectRefusal(input: object, code: string, culprit: string, caller = WRITER) {
  const before = await subgraph.rowCounts();
  const { data, problems } = await report(input, caller);
  expect(problems).toEqual([]);
  expect(data.reportIncident).toMatchObject({ code, culprit });
  expect(data.reportIncident.messageZh).toMatch(/\p{Script=Han}/u);
  expect(await subgraph.rowCounts()).toEqual(before);
}

test('a report is recorded in state REPORTED without a deadline, with the first step of its history', async () => {
  const { data, problems, statements } = await report();

  expect(problems).toEqual([]);
  expect(data.reportIncident).toEqual({
    __typename: 'ReportIncidentSuccess',
    incident: {
      id: expect.stringMatching(/^Incident:[0-9a-f-]{36}$/),
      incidentNumber: expect.stringMatching(/^SJ20260630330402[0-9A-HJKMNP-TV-Z]{8}$/),
      ...{ category: 'HAZARD', title: '3幢楼道堆放杂物', state: 'REPORTED', channel: 'RESIDENT', severity: 'MAJOR' },
      ...{ reportedAt: TEST_INSTANT, dueAt: null, closedAt: null, overdue: false },
      community: { id: `Community:${COMMUNITY_A}` },
      grid: { id: `Grid:${GRID_A1}` },
      history: [
        {
          ...{ ordinal: 1, fromState: null, toState: 'REPORTED', at: TEST_INSTANT, note: null },
          actorDepartment: { code: 'civil-affairs' },
        },
      ],
      provenance: { kind: 'MUTATION', systemCode: 'test-client' },
    },
  });
  expect([...statements].sort()).toEqual(['incident_by_id', 'provenance_by_id', 'transitions_of_incidents']);
});

test('the stored row carries every tier of its place and the reporter', async () => {
  await report();

  expect(await rows('SELECT * FROM services.incident WHERE reported_at = $1', [TEST_INSTANT])).toEqual([
    expect.objectContaining({
      city_code: '3304',
      county_code: '330402',
      township_code: '330402001',
      community_code: '330402001001',
      grid_code: GRID_A1,
      reporter_person_id: REPORTER_KEY,
      handler_department_code: null,
    }),
  ]);
});

test('a report leaves one provenance row and one event without text or person, in the transaction of the incident', async () => {
  const { data } = await report();
  const incidentId: string = data.reportIncident.incident.id;

  const provenance = await rows("SELECT * FROM services.provenance WHERE kind = 'MUTATION'");
  const events = await rows('SELECT * FROM services.outbox');
  expect(provenance).toEqual([
    expect.objectContaining({
      client_id: 'test-client',
      department: 'civil-affairs',
      dataset: 'incident',
      row_count: 2,
    }),
  ]);
  expect(events).toEqual([
    expect.objectContaining({
      event_type: 'incident.reported',
      entity_type: 'Incident',
      entity_id: incidentId,
      county_code: COUNTY_AB,
      grid_code: GRID_A1,
      provenance_id: provenance[0].id,
    }),
  ]);
  expect(JSON.parse(events[0].payload)).toEqual({
    incidentId,
    category: 'HAZARD',
    severity: 'MAJOR',
    channel: 'RESIDENT',
    gridCode: GRID_A1,
  });
  const transactions = await rows(
    `SELECT DISTINCT xmin::text FROM (
       SELECT xmin FROM services.incident WHERE provenance_id = $1
       UNION ALL SELECT xmin FROM services.incident_transition WHERE provenance_id = $1
       UNION ALL SELECT xmin FROM services.provenance WHERE id = $1
       UNION ALL SELECT xmin FROM services.outbox UNION ALL SELECT xmin FROM services.idempotency) written`,
    [provenance[0].id],
  );
  expect(transactions).toHaveLength(1);
});

test('a report without a reporter is recorded', async () => {
  const { reporterId: _left, ...input } = INPUT;
  const { data } = await subgraph.run(WRITER, REPORT, { input });

  expect(data.reportIncident.__typename).toBe('ReportIncidentSuccess');
});

test('without the right the mutation is refused before anything is read or written', async () => {
  const before = await subgraph.rowCounts();
  const { data, errors, statements } = await report({}, testCaller([COUNTY_AB], 'incident.reporter'));

  expect(data.reportIncident).toBeNull();
  expect(errors[0]?.extensions).toMatchObject({
    code: 'FIELD_RIGHT_MISSING',
    coordinate: 'Mutation.reportIncident',
    right: 'incident.write',
  });
  expect(statements).toEqual([]);
  expect(await subgraph.rowCounts()).toEqual(before);
});

test.each([
  ['a title of one character', { title: ' 火 ' }, 'INCIDENT_TITLE_INVALID', 'input.title'],
  ['a title of 121 characters', { title: '火'.repeat(121) }, 'INCIDENT_TITLE_INVALID', 'input.title'],
  ['a title with a line break', { title: '楼道\n堆物' }, 'INCIDENT_TITLE_INVALID', 'input.title'],
  ['a title that runs backwards', { title: '楼道\u202e堆物' }, 'INCIDENT_TITLE_INVALID', 'input.title'],
  ['a title with an invisible space', { title: '楼道\u200b堆物' }, 'INCIDENT_TITLE_INVALID', 'input.title'],
  ['a title with a zero byte', { title: '楼道\u0000堆物' }, 'INCIDENT_TITLE_INVALID', 'input.title'],
  ['a citizen number', { title: '找330499196006300010核实' }, 'PERSONAL_NUMBER_IN_TEXT', 'input.title'],
  ['a telephone number', { title: '联系13800138000' }, 'PERSONAL_NUMBER_IN_TEXT', 'input.title'],
  ['a grid outside the area', { gridId: `Grid:${GRID_C1}` }, 'GRID_NOT_FOUND', 'input.gridId'],
  ['a community for a grid', { gridId: `Community:${COMMUNITY_A}` }, 'GRID_NOT_FOUND', 'input.gridId'],
  ['a grid code that is too short', { gridId: `Grid:${COMMUNITY_A}` }, 'GRID_NOT_FOUND', 'input.gridId'],
  ['a grid code that no grid can have', { gridId: `Grid:${COMMUNITY_A}000` }, 'GRID_NOT_FOUND', 'input.gridId'],
  ['a reporter who is no person', { reporterId: `Grid:${GRID_A1}` }, 'PERSON_NOT_FOUND', 'input.reporterId'],
  ['a malformed reporter', { reporterId: 'Person:1' }, 'PERSON_NOT_FOUND', 'input.reporterId'],
  ['a key that is too short', { idempotencyKey: '1234567' }, 'IDEMPOTENCY_KEY_INVALID', 'input.idempotencyKey'],
])('%s is refused and nothing is written', async (_name, input, code, culprit) => {
  await expectRefusal(input, code, culprit);
});

test('a refusal never repeats the number that it found', async () => {
  const { data } = await report({ title: '联系13800138000' });

  expect(JSON.stringify(data)).not.toContain('13800138000');
});

test('the holder of grids reports in exactly his grids', async () => {
  const holder = testCaller([GRID_A1], 'incident.write');

  expect((await report({}, holder)).data.reportIncident.__typename).toBe('ReportIncidentSuccess');
  await expectRefusal(
    { gridId: `Grid:${GRID_A2}`, idempotencyKey: 'report-2' + '-hazard' },
    'GRID_NOT_FOUND',
    'input.gridId',
    holder,
  );
});

test.each([[[]], [[COUNTY_C]], [['', '33']]])('a caller of %j reports nothing here', async (jurisdiction) => {
  await expectRefusal({}, 'GRID_NOT_FOUND', 'input.gridId', testCaller(jurisdiction, 'incident.write'));
});

test('the same key and input give the same incident again and write nothing', async () => {
  const first = await report();
  const before = await subgraph.rowCounts();
  const again = await report();

  expect(again.data).toEqual(first.data);
  expect(await subgraph.rowCounts()).toEqual(before);
});

test('the same key with another input is refused; that of another client is not the same key', async () => {
  await report();
  await expectRefusal({ severity: 'SEVERE' }, 'IDEMPOTENCY_KEY_REUSED', 'input.idempotencyKey');

  const other = await report({ severity: 'SEVERE' }, { ...WRITER, clientId: 'other-client' });
  expect(other.data.reportIncident.__typename).toBe('ReportIncidentSuccess');
});

test('twenty parallel reports get twenty numbers; twenty with one key get one', async () => {
  const city = testCaller([CITY], 'incident.write');
  const different = await Promise.all(
    Array.from({ length: 20 }, (_, index) => report({ idempotencyKey: `parallel-${index}` }, city)),
  );
  const same = await Promise.all(Array.from({ length: 20 }, () => report({ idempotencyKey: 'parallel-same' }, city)));

  const numbers = (answers: typeof different) =>
    new Set(answers.map(({ data }) => data.reportIncident.incident.incidentNumber)).size;
  expect([...different, ...same].flatMap((answer) => answer.problems)).toEqual([]);
  expect(numbers(different)).toBe(20);
  expect(numbers(same)).toBe(1);
  expect(
    await rows("SELECT count(*)::int AS count FROM services.outbox WHERE event_type = 'incident.reported'"),
  ).toEqual([{ count: 21 }]);
});
