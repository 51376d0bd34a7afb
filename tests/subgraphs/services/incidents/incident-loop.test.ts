import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Caller } from '../../../../subgraphs/kit/caller/caller.ts';
import { services } from '../../../../subgraphs/services/index.ts';
import { openTestSubgraph, type TestSubgraph, testCaller } from '../../../kit/open-test-subgraph.ts';
import { expectDone, expectRefused } from '../../../kit/refusals.ts';
import { COUNTY_AB, COUNTY_C, GRID_A1, insertServices } from '../../../kit/services-rows.ts';

let subgraph: TestSubgraph;
let incidentId: string;
let key = 0;

beforeAll(async () => {
  subgraph = await openTestSubgraph(services);
  await insertServices(subgraph.pool);
});
afterAll(() => subgraph[Symbol.asyncDispose]());

const rights = ['incident.write', 'incident.handle', 'incident.dispose'] as const;
const desk = testCaller([COUNTY_AB], ...rights);
const handler: Caller = { ...testCaller([COUNTY_AB], 'incident.dispose'), departmentCode: 'housing' };
const supervisor = testCaller([COUNTY_AB], 'incident.dispose', 'incident.supervise');

const STATE = 'incident { state dueAt closedAt extensionCount satisfaction handlerDepartment { code } }';

beforeEach(async () => {
  subgraph.clock.set('2026-06-30T02:00:00.000Z');
  const reported = await expectDone(
    subgraph,
    desk,
    'reportIncident',
    {
      ...{ category: 'NOISE', title: '夜间施工噪声', severity: 'GENERAL', gridId: `Grid:${GRID_A1}` },
      ...{ channel: 'HOTLINE_12345', idempotencyKey: `loop-report-${++key}` },
    },
    'incident { id }',
  );
  incidentId = reported.incident.id;
});

const step = (by: Caller, event: string, more: object = {}) =>
  expectDone(
    subgraph,
    by,
    'advanceIncident',
    { incidentId, event, idempotencyKey: `loop-step-${++key}`, ...more },
    STATE,
  );
const refused = (by: Caller, event: string, code: string, more: object = {}, culprit = 'input.event') =>
  expectRefused(
    subgraph,
    by,
    'advanceIncident',
    { incidentId, event, idempotencyKey: `loop-step-${++key}`, ...more },
    code,
    culprit,
  );

async function dispatched() {
  await step(desk, 'ACCEPT');
  await step(desk, 'TRIAGE');
  return step(desk, 'DISPATCH', { handlerDepartmentCode: 'housing' });
}

test('an incident goes from its report to its close, with its deadline from acceptance on and every step kept', async () => {
  const accepted = await step(desk, 'ACCEPT');
  // Five working days after Tuesday 30 June 2026 is Tuesday 7 July; late from 24:00 in China.
  expect(accepted.incident).toMatchObject({ state: 'ACCEPTED', dueAt: '2026-07-07T16:00:00.000Z' });
  await step(desk, 'TRIAGE');
  const sent = await step(desk, 'DISPATCH', { handlerDepartmentCode: 'housing' });
  expect(sent.incident).toMatchObject({ state: 'DISPATCHED', handlerDepartment: { code: 'housing' } });
  await step(handler, 'START');
  await step(handler, 'FEED_BACK', { note: '已责令停工' });
  await step(desk, 'VERIFY');
  await step(desk, 'REWORK', { note: '夜间仍有施工' });
  await step(handler, 'FEED_BACK', { note: '已再次处理' });
  await step(desk, 'VERIFY');
  await step(desk, 'EVALUATE', { satisfaction: 'SATISFIED' });
  const closed = await step(desk, 'CLOSE');

  expect(closed.incident).toMatchObject({
    ...{ state: 'CLOSED', closedAt: '2026-06-30T02:00:00.000Z', satisfaction: 'SATISFIED' },
  });
  const { data } = await subgraph.run(
    desk,
    `{ incident(id: "${incidentId}") {
    history { ordinal event fromState toState actorDepartment { code } note }
    availableTransitions { event } } }`,
  );
  expect(data.incident.history.map(({ event }: { event: string }) => event)).toEqual([
    'REPORT',
    'ACCEPT',
    'TRIAGE',
    'DISPATCH',
    'START',
    'FEED_BACK',
    'VERIFY',
    'REWORK',
    'FEED_BACK',
    'VERIFY',
    'EVALUATE',
    'CLOSE',
  ]);
  expect(data.incident.history[5]).toMatchObject({
    ...{ ordinal: 6, fromState: 'HANDLING', toState: 'FEEDBACK', actorDepartment: { code: 'housing' } },
  });
  expect(data.incident.availableTransitions).toEqual([]);
  const { rows } = await subgraph.pool.query(
    "SELECT payload FROM services.outbox WHERE entity_id = $1 AND event_type = 'incident.advanced' ORDER BY id",
    [incidentId],
  );
  expect(rows).toHaveLength(11);
  expect(JSON.parse(rows[0].payload)).toEqual({
    ...{ incidentId, event: 'ACCEPT', fromState: 'REPORTED', toState: 'ACCEPTED', handlerDepartmentCode: null },
    ...{ category: 'NOISE', severity: 'GENERAL', gridCode: GRID_A1 },
  });
});

test('a returned incident leaves its handler and may be dispatched anew', async () => {
  await dispatched();
  const returned = await step(handler, 'RETURN', { note: '不属本部门职责' });
  expect(returned.incident).toMatchObject({ state: 'TRIAGED', handlerDepartment: null });
  await refused(handler, 'START', 'TRANSITION_NOT_ALLOWED');
  const again = await step(desk, 'DISPATCH', { handlerDepartmentCode: 'urban-management' });
  expect(again.incident.handlerDepartment).toEqual({ code: 'urban-management' });
});

test('a skipped step is refused and names what is allowed', async () => {
  const refusal = await refused(desk, 'CLOSE', 'TRANSITION_NOT_ALLOWED');
  expect(refusal.messageZh).toBe('当前状态「上报」不能「结案」；现在可用：受理(ACCEPT)、不予受理(REJECT)');
});

test('a step of the handler is refused to everybody else, and steps need what they need', async () => {
  await dispatched();
  await refused(desk, 'START', 'TRANSITION_NOT_YOURS');
  await refused(handler, 'RETURN', 'TRANSITION_INCOMPLETE');
  await refused(handler, 'GRANT_EXTENSION', 'TRANSITION_NOT_YOURS');
  await refused(handler, 'RETURN', 'PERSONAL_NUMBER_IN_TEXT', { note: '请联系13800138000' }, 'input.note');
});

test('a dispatch to an unknown department is refused', async () => {
  await step(desk, 'ACCEPT');
  await step(desk, 'TRIAGE');
  await refused(
    desk,
    'DISPATCH',
    'DEPARTMENT_UNKNOWN',
    { handlerDepartmentCode: 'nobody' },
    'input.handlerDepartmentCode',
  );
});

test('an extension is asked for once, within its limit, and moves the deadline by working days when granted', async () => {
  await dispatched();
  await refused(
    handler,
    'ASK_EXTENSION',
    'EXTENSION_TOO_LONG',
    { note: '等材料', extraWorkingDays: 6 },
    'input.extraWorkingDays',
  );
  await step(handler, 'ASK_EXTENSION', { note: '等材料', extraWorkingDays: 4 });
  await refused(handler, 'ASK_EXTENSION', 'TRANSITION_INCOMPLETE', { note: '再等', extraWorkingDays: 1 });
  const granted = await step(supervisor, 'GRANT_EXTENSION');
  // Four working days after Tuesday 7 July are Monday 13 July.
  expect(granted.incident).toMatchObject({ state: 'DISPATCHED', dueAt: '2026-07-13T16:00:00.000Z', extensionCount: 1 });
  const refusal = await refused(handler, 'ASK_EXTENSION', 'TRANSITION_INCOMPLETE', {
    note: '再等',
    extraWorkingDays: 1,
  });
  expect(refusal.messageZh).toContain('尚有延期次数');
});

test('supervision is for what is overdue or grave, and its deadline says so', async () => {
  await dispatched();
  await refused(supervisor, 'SUPERVISE', 'TRANSITION_INCOMPLETE', { note: '请加快' });
  subgraph.clock.set('2026-07-07T16:00:01.000Z');
  await step(supervisor, 'SUPERVISE', { note: '已超期，请加快' });
  const { data } = await subgraph.run(
    desk,
    `{ incident(id: "${incidentId}") {
    supervisedAt overdue deadline { dueOn dueAt overdue workingDaysLeft certainty ruleCode legalBasis basisConfirmed } } }`,
  );
  expect(data.incident).toEqual({
    supervisedAt: '2026-07-07T16:00:01.000Z',
    overdue: true,
    deadline: {
      ...{ dueOn: '2026-07-07', dueAt: '2026-07-07T16:00:00.000Z', overdue: true, workingDaysLeft: -1 },
      ...{ certainty: 'FINAL', ruleCode: 'INCIDENT_GENERAL', basisConfirmed: false },
      legalBasis: expect.stringContaining('待城市补充依据'),
    },
  });
});

test('an incident outside the area is not found, and without the right nothing is even read', async () => {
  await expectRefused(
    subgraph,
    testCaller([COUNTY_C], ...rights),
    'advanceIncident',
    { incidentId, event: 'ACCEPT', idempotencyKey: 'loop-elsewhere' },
    'INCIDENT_NOT_FOUND',
    'input.incidentId',
  );
  const { problems, statements } = await subgraph.run(
    testCaller([COUNTY_AB]),
    'mutation ($input: AdvanceIncidentInput!) { advanceIncident(input: $input) { __typename } }',
    { input: { incidentId, event: 'ACCEPT', idempotencyKey: 'loop-no-right' } },
  );
  expect(problems).toEqual(['FIELD_RIGHT_MISSING advanceIncident']);
  expect(statements).toEqual([]);
});

test('of twenty parallel acceptances one is taken, the others are refused', async () => {
  const answers = await Promise.all(
    Array.from({ length: 20 }, (_, index) =>
      subgraph.run(
        desk,
        `mutation ($input: AdvanceIncidentInput!) { advanceIncident(input: $input) { __typename ... on Refusal { code } } }`,
        { input: { incidentId, event: 'ACCEPT', idempotencyKey: `loop-parallel-${index}-${key}` } },
      ),
    ),
  );
  const types = answers.map(({ data }) => data.advanceIncident.__typename);
  expect(types.filter((type) => type === 'AdvanceIncidentSuccess')).toHaveLength(1);
  const { rows } = await subgraph.pool.query(
    'SELECT count(*)::int AS steps FROM services.incident_transition WHERE incident_id = $1',
    [incidentId.slice('Incident:'.length)],
  );
  expect(rows).toEqual([{ steps: 2 }]);
});
