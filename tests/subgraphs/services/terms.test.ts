import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { builtInYears, WorkingCalendar } from '../../../subgraphs/kit/calendar/working-calendar.ts';
import type { Caller } from '../../../subgraphs/kit/caller/caller.ts';
import { services } from '../../../subgraphs/services/index.ts';
import { insertRows, TEST_PROVENANCE_ID, testUuid } from '../../kit/insert-rows.ts';
import { openTestSubgraph, type TestSubgraph, testCaller } from '../../kit/open-test-subgraph.ts';
import { expectDone } from '../../kit/refusals.ts';
import { COMMUNITY_A, COUNTY_AB, GRID_A1, insertServices } from '../../kit/services-rows.ts';
import { APPLICANT, insertGuides, MEAL_ITEM, OTHER_APPLICANT, PROVIDER, WORKER } from '../../kit/window-rows.ts';

let subgraph: TestSubgraph;
let calendar = new WorkingCalendar(builtInYears);
let key = 0;
const communityId = `Community:${COMMUNITY_A}`;
const FUNDING = testUuid(970);
/** A year of which only the statutory days are known, then as it was published: New Year's Day makes five days off. */
const published = new WorkingCalendar([
  ...builtInYears,
  {
    ...{ year: 2027, status: 'PUBLISHED', version: 1, source: '《国务院办公厅关于2027年部分节假日安排的通知》' },
    holidays: [{ name: '元旦', from: '2027-01-01', to: '2027-01-05' }],
    makeUpDays: [],
  },
]);
const caller: Caller = {
  ...testCaller(
    [COUNTY_AB],
    ...(['demand.write', 'contract.write', 'burden.write', 'report.file', 'report.handle', 'task.assign'] as const),
    ...([
      'task.handle',
      'incident.handle',
      'incident.supervise',
      'mediation.write',
      'incident.write',
      'incident.dispose',
    ] as const),
    'department-check.ask',
    ...(['service-request.intake', 'service-request.handle', 'service-request.step', 'service.applicant'] as const),
  ),
  departmentCode: 'civil-affairs',
};
const held = ['ID_CARD', 'HOUSEHOLD_REGISTER'];
const window: Caller = {
  ...caller,
  referenceFacts: { submitRequest: { 'input.applicantId': { id: APPLICANT, heldMaterials: held } } },
};

beforeAll(async () => {
  subgraph = await openTestSubgraph(services, { calendar: { current: () => calendar } });
  await insertServices(subgraph.pool);
  await insertGuides(subgraph.pool);
  await insertRows(subgraph.pool, 'services.certificate_item', [
    {
      ...{ id: testUuid(971), code: 'ZM-027', name: '疾病', named: true, allowed: false, basisConfirmed: true },
      ...{
        legalBasis: '民发〔2020〕20号',
        listedOn: '2016-01-01',
        substituteCheckCode: 'DISEASE',
        substituteDepartmentCode: 'health',
      },
      provenanceId: TEST_PROVENANCE_ID,
    },
  ]);
  await insertRows(subgraph.pool, 'services.funding', [
    {
      ...{ id: FUNDING, source: 'GOVERNMENT_PURCHASE', purpose: 'ELDER_CARE', year: 2026, name: '年度购买' },
      ...{ divisionCode: COUNTY_AB, departmentCode: 'civil-affairs', budgetYuan: 100_000 },
      provenanceId: TEST_PROVENANCE_ID,
    },
  ]);
});
afterAll(() => subgraph[Symbol.asyncDispose]());

const done = (name: string, input: object, shown: string, by: Caller = caller) =>
  expectDone(subgraph, by, name, { idempotencyKey: `running-term-${++key}`, ...input }, shown);
const DEADLINE = 'dueOn dueAt workingDaysLeft certainty calendarVersion ruleCode legalBasis';

/** One of everything that has a clock, begun on 29 December. */
async function everything() {
  const demand = { communityId, source: 'PARTY_LINE', field: 'ELDERS', title: '希望增设助餐点' };
  const found = (await done('recordDemand', demand, 'demand { id }')).demand.id as string;
  const grouped = (await done('recordDemand', demand, 'demand { id }')).demand.id as string;
  const opened = { communityId, field: 'ELDERS', title: '午间助餐', demandIds: [grouped] };
  const project = (await done('openDemandProject', opened, 'project { id }')).project.id as string;
  const burden = { communityId, kind: 'INSPECTION', title: '专项检查' };
  const item = (await done('registerBurdenItem', burden, 'item { id }')).item.id as string;
  const filed = { communityId, kind: 'INACTION', reportedDepartmentCode: 'health', text: '同一数据每周重复填报三次' };
  const report = (await done('fileReport', filed, 'receipt { reportId }')).receipt.reportId as string;
  const signed = {
    ...{ kind: 'PURCHASE', mode: 'SPECIAL', field: 'ELDERS', title: '助餐', communityId, amountYuan: 600 },
    ...{ supplierId: PROVIDER, fundingId: `Funding:${FUNDING}`, startsOn: '2026-12-01', endsOn: '2026-12-31' },
  };
  const contract = (await done('signContract', signed, 'contract { id }')).contract.id as string;
  await done('advanceContract', { contractId: contract, event: 'START' }, 'contract { id }');
  const dispute = { category: 'DISPUTE', title: '邻里纠纷', severity: 'GENERAL', gridId: `Grid:${GRID_A1}` };
  const incident = (await done('reportIncident', { ...dispute, channel: 'GRID_WORKER' }, 'incident { id }')).incident
    .id as string;
  await done('advanceIncident', { incidentId: incident, event: 'ACCEPT' }, 'incident { id }');
  const talks = { incidentId: incident, kind: 'ON_THE_SPOT', venue: '社区院坝', mediatorName: '调解员' };
  const mediation = (await done('openMediation', { ...talks, heldOn: '2026-12-29' }, 'mediation { id }')).mediation
    .id as string;
  await done('advanceMediation', { mediationId: mediation, event: 'AGREE', note: '达成协议' }, 'mediation { id }');
  const asked = { itemCode: '330499-0001', communityId, channel: 'WINDOW', applicantId: APPLICANT };
  const given = [{ code: 'APPLICATION_FORM' }, { code: 'PHOTO' }];
  const request = (await done('submitRequest', { ...asked, given }, 'request { id }', window)).request.id as string;
  const question = { certificateCode: 'ZM-027', personId: APPLICANT, communityId, statement: '曾在本市住院治疗' };
  const check = (await done('askCertificateCheck', question, 'check { id }')).check.id as string;
  return { found, project, item, report, contract, incident, mediation, request, check };
}

const events = async (verbs: string) => {
  const { rows } = await subgraph.pool.query<{ type: string; id: string; payload: string; community: string }>(
    `SELECT event_type AS type, entity_id AS id, payload, community_code AS community FROM services.outbox
      WHERE event_type ~ $1 ORDER BY event_type, payload::jsonb->>'ruleCode', entity_id`,
    [verbs],
  );
  return rows.map(({ payload, ...row }) => ({ ...row, payload: JSON.parse(payload) }));
};
const terms = async () =>
  (
    await subgraph.pool.query<{ rule: string; due: Date; version: string }>(
      `SELECT rule_code AS rule, due_at AS due, calendar_version AS version FROM services.running_term ORDER BY 1`,
    )
  ).rows.map(({ rule, due, version }) => [rule, due.toISOString().slice(0, 10), version]);

beforeEach(async () => {
  calendar = new WorkingCalendar(builtInYears);
  subgraph.clock.set('2026-12-29T02:00:00.000Z');
  await subgraph.pool.query(`DELETE FROM services.outbox; DELETE FROM services.running_term;
    DELETE FROM services.service_request; DELETE FROM services.request_material; DELETE FROM services.demand;
    DELETE FROM services.demand_project; DELETE FROM services.burden_item; DELETE FROM services.formalism_report; DELETE FROM services.certificate_check`);
});

test('a published calendar moves every term of the subgraph, says so once, and nothing is provisional any more', async () => {
  const { found, project, item, report, contract, incident, mediation, request, check } = await everything();
  const begun = await terms();
  // The last day is the day before: terms end at 24:00 in China, which is 16:00 of the last day in Greenwich.
  expect(begun).toEqual([
    ['BURDEN_REVIEW', '2027-01-27', '2026.1+2027.0'],
    ['CERTIFICATE_CHECK', '2027-01-04', '2026.1+2027.0'],
    ['CONTRACT_ACCEPTANCE', '2027-02-18', '2026.1+2027.0'],
    ['DEMAND_ANSWER', '2027-01-13', '2026.1+2027.0'],
    ['DEMAND_PROJECT_STEP', '2027-01-27', '2026.1+2027.0'],
    ['INCIDENT_GENERAL', '2027-01-06', '2026.1+2027.0'],
    ['MEDIATION_CONFIRMATION', '2027-01-28', '2026.1+2027.0'],
    ['ONE_TIME_NOTICE', '2027-01-06', '2026.1+2027.0'],
    ['REPORT_ACCEPT', '2027-01-13', '2026.1+2027.0'],
  ]);
  await subgraph.runTimedWork();
  expect(await events('term-')).toEqual([]);

  calendar = published;
  await Promise.all(Array.from({ length: 10 }, () => subgraph.runTimedWork()));
  await subgraph.runTimedWork();
  const told = await events('term-');
  const moved = (id: string, type: string, ruleCode: string, from: string, to: string) => ({
    ...{ id, type, community: COMMUNITY_A },
    payload: expect.objectContaining({
      ...{ ruleCode, from: `${from}T16:00:00.000Z`, to: `${to}T16:00:00.000Z` },
      ...{ certainty: 'FINAL', calendarVersion: '2026.1+2027.1' },
    }),
  });
  expect(told).toEqual([
    moved(item, 'burdenItem.term-moved', 'BURDEN_REVIEW', '2027-01-27', '2027-01-29'),
    moved(check, 'certificate-check.term-moved', 'CERTIFICATE_CHECK', '2027-01-04', '2027-01-06'),
    moved(contract, 'contract.term-moved', 'CONTRACT_ACCEPTANCE', '2027-02-18', '2027-02-16'),
    moved(found, 'demand.term-moved', 'DEMAND_ANSWER', '2027-01-13', '2027-01-15'),
    moved(project, 'demandProject.term-moved', 'DEMAND_PROJECT_STEP', '2027-01-27', '2027-01-29'),
    // Calendar days do not move, but the year that they reach into is certain now.
    moved(report, 'formalismReport.term-confirmed', 'REPORT_ACCEPT', '2027-01-13', '2027-01-13'),
    moved(incident, 'incident.term-moved', 'INCIDENT_GENERAL', '2027-01-06', '2027-01-08'),
    moved(mediation, 'mediation.term-confirmed', 'MEDIATION_CONFIRMATION', '2027-01-28', '2027-01-28'),
    moved(request, 'service-request.term-moved', 'ONE_TIME_NOTICE', '2027-01-06', '2027-01-08'),
  ]);

  const { data, problems } = await subgraph.run(
    caller,
    `{ demands(first: 9, filter: { state: FOUND }) { nodes { id deadline { ${DEADLINE} } history { event eventZh toState note } } }
       demandProjects(first: 9) { nodes { deadline { dueOn certainty } history { eventZh note } } }
       burdenItems(first: 9) { nodes { reviewDeadline { dueOn certainty } } }
       formalismReports(first: 9) { nodes { deadline { dueOn certainty } history { event } } }
       incident(id: "${incident}") { dueAt deadline { dueOn certainty } history { event note } } }`,
  );
  expect(problems).toEqual([]);
  expect(data.demands.nodes).toEqual([
    {
      id: found,
      deadline: {
        ...{ dueOn: '2027-01-15', dueAt: '2027-01-15T16:00:00.000Z', workingDaysLeft: 10, certainty: 'FINAL' },
        ...{ calendarVersion: '2026.1+2027.1', ruleCode: 'DEMAND_ANSWER', legalBasis: expect.stringContaining('待') },
      },
      history: [
        { event: 'FIND', eventZh: '发起', toState: 'FOUND', note: null },
        {
          ...{ event: 'RECOUNT_TERM', eventZh: '期限重算', toState: 'FOUND' },
          note: 'DEMAND_ANSWER：2027-01-13 → 2027-01-15，确定 FINAL',
        },
      ],
    },
  ]);
  expect(data.demandProjects.nodes[0].deadline).toEqual({ dueOn: '2027-01-29', certainty: 'FINAL' });
  expect(data.demandProjects.nodes[0].history.at(-1).eventZh).toBe('期限重算');
  expect(data.burdenItems.nodes[0].reviewDeadline).toEqual({ dueOn: '2027-01-29', certainty: 'FINAL' });
  expect(data.formalismReports.nodes[0]).toEqual({
    ...{
      deadline: { dueOn: '2027-01-13', certainty: 'FINAL' },
      history: [{ event: 'FILE' }, { event: 'RECOUNT_TERM' }],
    },
  });
  expect(data.incident).toMatchObject({
    ...{ dueAt: '2027-01-08T16:00:00.000Z', deadline: { dueOn: '2027-01-08', certainty: 'FINAL' } },
    history: [{ event: 'REPORT' }, { event: 'ACCEPT' }, { event: 'RECOUNT_TERM', note: expect.stringContaining('→') }],
  });
  const stored =
    await subgraph.pool.query(`SELECT (SELECT answer_due_on::text FROM services.demand WHERE state = 'FOUND') AS demand,
    (SELECT step_due_on::text FROM services.demand_project) AS project, (SELECT review_due_on::text FROM services.burden_item) AS burden,
    (SELECT due_on::text FROM services.formalism_report) AS report`);
  expect(stored.rows).toEqual([
    { demand: '2027-01-15', project: '2027-01-29', burden: '2027-01-29', report: '2027-01-13' },
  ]);
});

test('what has passed is told once each, under a name that says what it means; what was done in time is not', async () => {
  const { found, project, item, report, contract, incident, mediation, request, check } = await everything();
  await done('answerDemand', { demandId: found, note: '已有助餐点' }, 'demand { id }');
  await done('advanceRequest', { requestId: request, event: 'ACCEPT' }, 'request { id }');
  const order = {
    itemCode: MEAL_ITEM,
    applicantId: OTHER_APPLICANT,
    communityId,
    providerId: PROVIDER,
    channel: 'APP',
  };
  const slot = { slotStartsAt: '2026-12-30T02:00:00.000Z', firstContactId: WORKER };
  const ordered = (await done('orderService', { ...order, ...slot }, `request { id promise { ${DEADLINE} overdue } }`))
    .request;
  expect(ordered.promise).toEqual({
    ...{ dueOn: '2026-12-30', dueAt: '2026-12-30T03:00:00.000Z', workingDaysLeft: 1, certainty: 'FINAL' },
    ...{ calendarVersion: '2026.1', ruleCode: 'ORDERED_SLOT', overdue: false },
    legalBasis: expect.stringContaining('约定'),
  });
  subgraph.clock.set('2027-03-01T02:00:00.000Z');
  await Promise.all(Array.from({ length: 10 }, () => subgraph.runTimedWork()));
  await subgraph.runTimedWork();
  const told = (await events('(overdue|passed|lapsed)$')).map(({ type, id, payload }) => [type, id, payload.ruleCode]);
  expect(told).toEqual([
    ['burdenItem.overdue', item, 'BURDEN_REVIEW'],
    ['certificate-check.overdue', check, 'CERTIFICATE_CHECK'],
    ['contract.overdue', contract, 'CONTRACT_ACCEPTANCE'],
    ['demandProject.overdue', project, 'DEMAND_PROJECT_STEP'],
    ['formalismReport.overdue', report, 'REPORT_ACCEPT'],
    ['incident.overdue', incident, 'INCIDENT_GENERAL'],
    ['mediation.confirmation-lapsed', mediation, 'MEDIATION_CONFIRMATION'],
    ['service-request.legal-term-passed', request, 'SERVICE_LEGAL_TERM'],
    ['service-request.overdue', ordered.id, 'ORDERED_SLOT'],
    ['service-request.overdue', request, 'SERVICE_PROMISE'],
  ]);
  // Nobody learns from an event which department a report is about.
  expect((await events('^formalismReport.overdue'))[0]?.payload).not.toHaveProperty('handlerDepartmentCode');
});

test('a bad rating starts the term of its rectification, which is told when it passes and stops when it was put right', async () => {
  const { request } = await everything();
  await done('advanceRequest', { requestId: request, event: 'ACCEPT' }, 'request { id }');
  await done('advanceRequest', { requestId: request, event: 'COMPLETE', note: '已办结' }, 'request { id }');
  const rules = async () =>
    (await subgraph.pool.query(`SELECT rule_code AS r FROM services.running_term WHERE entity_type = 'ServiceRequest'`))
      .rows;
  expect(await rules()).toEqual([]);
  const rated = await done(
    'rateRequest',
    { requestId: request, rating: 'DISSATISFIED' },
    `request { rectificationTerm { ${DEADLINE} } }`,
  );
  expect(rated.request.rectificationTerm).toMatchObject({
    dueOn: '2027-01-20',
    certainty: 'PROVISIONAL',
    ruleCode: 'BAD_RATING_RECTIFICATION',
  });
  expect(await rules()).toEqual([{ r: 'BAD_RATING_RECTIFICATION' }]);
  calendar = published;
  await subgraph.runTimedWork();
  expect((await events('^service-request.term-moved')).map(({ payload }) => [payload.ruleCode, payload.to])).toEqual([
    ['BAD_RATING_RECTIFICATION', '2027-01-22T16:00:00.000Z'],
  ]);
  subgraph.clock.set('2027-01-25T02:00:00.000Z');
  await subgraph.runTimedWork();
  expect((await events('^service-request.rectification-overdue')).map(({ id }) => id)).toEqual([request]);
  await done('advanceRequest', { requestId: request, event: 'RECTIFY', note: '已回访' }, 'request { id }');
  expect(await rules()).toEqual([]);
});

test('an incident that was put off keeps the days that were granted when the calendar changes', async () => {
  const { incident } = await everything();
  const advance = (event: string, more: object = {}, by: Caller = caller) =>
    done('advanceIncident', { incidentId: incident, event, ...more }, 'incident { dueAt }', by);
  await advance('TRIAGE');
  await advance('DISPATCH', { handlerDepartmentCode: 'civil-affairs' });
  await advance('ASK_EXTENSION', { note: '需要取证', extraWorkingDays: 3 });
  const { incident: granted } = await advance('GRANT_EXTENSION');
  expect(granted.dueAt).toBe('2027-01-11T16:00:00.000Z');
  calendar = published;
  await subgraph.runTimedWork();
  const { data } = await subgraph.run(caller, `{ incident(id: "${incident}") { dueAt deadline { certainty } } }`);
  expect(data.incident).toEqual({ dueAt: '2027-01-13T16:00:00.000Z', deadline: { certainty: 'FINAL' } });
});

test('a task shows the day that was set with it, on which basis, and is told of when it has passed', async () => {
  const task = { communityId, title: '夜间巡防', dueOn: '2026-12-31', fundingId: `Funding:${FUNDING}`, feeYuan: 200 };
  const assigned = (await done('commissionTask', task, `task { id deadline { ${DEADLINE} termAmount } }`)).task;
  expect(assigned.deadline).toEqual({
    ...{
      dueOn: '2026-12-31',
      dueAt: '2026-12-31T16:00:00.000Z',
      workingDaysLeft: 2,
      certainty: 'FINAL',
      termAmount: 2,
    },
    ...{ calendarVersion: '2026.1', ruleCode: 'ASSIGNED_TERM', legalBasis: expect.stringContaining('2017年') },
  });
  subgraph.clock.set('2027-01-04T02:00:00.000Z');
  await subgraph.runTimedWork();
  expect((await events('^communityTask.overdue')).map(({ id }) => id)).toEqual([assigned.id]);
});
