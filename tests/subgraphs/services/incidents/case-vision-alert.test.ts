import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { services } from '../../../../subgraphs/services/index.ts';
import { openTestSubgraph, type TestSubgraph, testCaller } from '../../../kit/open-test-subgraph.ts';
import { expectDone, expectRefused } from '../../../kit/refusals.ts';
import {
  COMMUNITY_A,
  COMMUNITY_C,
  COUNTY_AB,
  GRID_A1,
  GRID_A2,
  incidentKey,
  insertServices,
} from '../../../kit/services-rows.ts';

let subgraph: TestSubgraph;
let key = 0;
beforeAll(async () => {
  subgraph = await openTestSubgraph(services);
});
afterAll(() => subgraph[Symbol.asyncDispose]());
beforeEach(async () => {
  await subgraph.pool.query(`TRUNCATE services.outbox, services.idempotency, services.provenance, services.incident,
    services.incident_transition, services.facility, services.facility_serving, services.service_item,
    services.vision_source, services.alert, services.attachment, services.inspection, services.inspection_part,
    services.mediation, services.transition_step`);
  await insertServices(subgraph.pool);
});

const caller = testCaller(
  [COUNTY_AB],
  ...(['incident.write', 'incident.handle', 'vision.ingest', 'inspection.plan', 'mediation.write'] as const),
);
const rows = async (text: string) => (await subgraph.pool.query(text)).rows;
const nextKey = () => `flow-${++key}-key`;

test('an appeal is followed by its case code, which tells neither who nor where nor what was written', async () => {
  const done = await expectDone(
    subgraph,
    caller,
    'submitAppeal',
    {
      ...{ category: 'NOISE', title: '楼上装修太吵', gridId: `Grid:${GRID_A1}`, channel: 'MINI_PROGRAM' },
      ...{ residentId: `Person:${incidentKey(1)}`, idempotencyKey: nextKey() },
    },
    'case { caseCode state }',
  );
  const { caseCode } = done.case;
  expect(caseCode).toMatch(/^[0-9A-HJKMNP-TV-Z]{26}$/);

  const stranger = { ...testCaller([]), clientId: 'stranger' };
  const { data } = await subgraph.run(
    stranger,
    `{ caseByCode(caseCode: "${caseCode.toLowerCase()}") {
    caseCode category state dueAt closedAt handlerDepartment { code } stages { state at } } }`,
  );
  expect(data.caseByCode).toEqual({
    ...{ caseCode, category: 'NOISE', state: 'REPORTED', dueAt: null, closedAt: null, handlerDepartment: null },
    stages: [{ state: 'REPORTED', at: '2026-06-30T02:00:00.000Z' }],
  });
});

test.each(['', '0'.repeat(26), 'Z'.repeat(26), 'SJ20260630330402K7M2Q9TX', '！'.repeat(26)])(
  'the code %j opens no case',
  async (code) => {
    const { data, problems } = await subgraph.run(
      testCaller([]),
      'query ($code: String!) { caseByCode(caseCode: $code) { state } }',
      { code },
    );
    expect(problems).toEqual([]);
    expect(data.caseByCode).toBeNull();
  },
);

test('a grid worker does not appeal', async () => {
  await expectRefused(
    subgraph,
    caller,
    'submitAppeal',
    {
      ...{ category: 'NOISE', title: '楼上太吵', gridId: `Grid:${GRID_A1}`, channel: 'GRID_WORKER' },
      idempotencyKey: nextKey(),
    },
    'APPEAL_CHANNEL_INVALID',
    'input.channel',
  );
});

const sighting = (seenAt: string, more: object = {}) => ({
  ...{ cameraCode: 'CAM-0001', category: 'TRAFFIC', title: '违规停车', gridId: `Grid:${GRID_A1}`, seenAt },
  ...{ idempotencyKey: nextKey(), ...more },
});
const ingest = (input: object) =>
  expectDone(subgraph, caller, 'ingestVisionEvent', input, 'sighting { duplicate incident { id } }');

test('sightings within half an hour are one incident, a later or another one is a new one', async () => {
  const first = await ingest(sighting('2026-06-30T00:30:00Z'));
  const again = await ingest(sighting('2026-06-30T01:00:00Z'));
  const later = await ingest(sighting('2026-06-30T01:31:00Z'));
  const other = await ingest(sighting('2026-06-30T01:31:00Z', { category: 'HAZARD' }));

  expect([first, again, later, other].map(({ sighting: { duplicate } }) => duplicate)).toEqual([
    false,
    true,
    false,
    false,
  ]);
  expect(again.sighting.incident).toEqual(first.sighting.incident);
});

test('of thirty parallel sightings of one thing one becomes the incident', async () => {
  const answers = await Promise.all(Array.from({ length: 30 }, () => ingest(sighting('2026-06-30T01:00:00Z'))));

  expect(new Set(answers.map((answer) => answer.sighting.incident.id)).size).toBe(1);
  expect(answers.filter((answer) => !answer.sighting.duplicate)).toHaveLength(1);
  expect(await rows('SELECT sightings FROM services.vision_source')).toEqual([{ sightings: 30 }]);
});

test.each([
  ['a camera without a code', { cameraCode: 'x' }, 'CAMERA_CODE_INVALID', 'input.cameraCode'],
  ['a sighting in the future', { seenAt: '2026-06-30T02:00:01Z' }, 'DATE_IN_FUTURE', 'input.seenAt'],
  [
    'an address for an attachment',
    { attachments: [{ reference: 'https://a/b', sha256: 'a'.repeat(64), sizeBytes: 1, mediaType: 'image/png' }] },
    'ATTACHMENT_INVALID',
    'input.attachments.0',
  ],
  [
    'a checksum that is none',
    { attachments: [{ reference: 'a/b.png', sha256: 'a', sizeBytes: 1, mediaType: 'image/png' }] },
    'ATTACHMENT_INVALID',
    'input.attachments.0',
  ],
])('%s is refused and nothing is written', async (_name, more, code, culprit) => {
  await expectRefused(subgraph, caller, 'ingestVisionEvent', sighting('2026-06-30T01:00:00Z', more), code, culprit);
});

const report = (category: string, severity: string, gridCode = GRID_A1) =>
  expectDone(
    subgraph,
    caller,
    'reportIncident',
    {
      ...{ category, title: '隐患排查发现问题', severity, gridId: `Grid:${gridCode}`, channel: 'GRID_WORKER' },
      idempotencyKey: nextKey(),
    },
    'incident { id }',
  );

test('a severe incident raises an alert in its own transaction, and the next one lets it grow', async () => {
  await report('NOISE', 'SEVERE');
  await report('NOISE', 'SEVERE');
  await report('NOISE', 'SEVERE', GRID_A2);

  const { data } = await subgraph.run(
    caller,
    '{ alerts { totalCount nodes { ruleCode level state scopeCode incidentCount lastIncident { category } } } }',
  );
  expect(data.alerts.totalCount).toBe(2);
  expect(data.alerts.nodes).toContainEqual({
    ...{ ruleCode: 'ALERT_SEVERE_INCIDENT', level: 'RED', state: 'RAISED', scopeCode: GRID_A1, incidentCount: 2 },
    lastIncident: { category: 'NOISE' },
  });
  const events = await rows("SELECT event_type FROM services.outbox WHERE entity_type = 'Alert' ORDER BY id");
  expect(events.map(({ event_type }) => event_type)).toEqual(['alert.raised', 'alert.grown', 'alert.raised']);
});

test('hazards raise an alert at the fifth in a grid, not at the fourth', async () => {
  for (let i = 0; i < 4; i++) await report('HAZARD', 'GENERAL');
  expect(await rows('SELECT 1 FROM services.alert')).toEqual([]);
  await report('HAZARD', 'GENERAL', GRID_A2);
  expect(await rows('SELECT 1 FROM services.alert')).toEqual([]);
  await report('HAZARD', 'GENERAL');
  expect(await rows('SELECT rule_code, incident_count FROM services.alert')).toEqual([
    { rule_code: 'ALERT_HAZARD_CLUSTER', incident_count: 5 },
  ]);
});

test('twenty parallel severe incidents of one grid raise one alert', async () => {
  await Promise.all(Array.from({ length: 20 }, () => report('NOISE', 'SEVERE')));
  expect(await rows('SELECT rule_code FROM services.alert ORDER BY 1')).toEqual([
    // Twenty of any kind in a day are a repetition at a place, too.
    { rule_code: 'ALERT_REPEATED_PLACE' },
    { rule_code: 'ALERT_SEVERE_INCIDENT' },
  ]);
});

test('an alert is acknowledged and resolved; a resolved one makes room for the next', async () => {
  await report('NOISE', 'SEVERE');
  const [{ id }] = await rows('SELECT id FROM services.alert');
  const step = { alertId: `Alert:${id}` };
  await expectRefused(
    subgraph,
    caller,
    'advanceAlert',
    { ...step, event: 'RESOLVE', note: '已处理', idempotencyKey: nextKey() },
    'TRANSITION_NOT_ALLOWED',
    'input.event',
  );
  await expectDone(
    subgraph,
    caller,
    'advanceAlert',
    { ...step, event: 'ACKNOWLEDGE', idempotencyKey: nextKey() },
    'alert { state }',
  );
  const done = await expectDone(
    subgraph,
    caller,
    'advanceAlert',
    { ...step, event: 'RESOLVE', note: '已处理', idempotencyKey: nextKey() },
    'alert { state history { event toStateZh note } }',
  );
  expect(done.alert).toMatchObject({ state: 'RESOLVED', history: [{ event: 'ACKNOWLEDGE' }, { toStateZh: '已消除' }] });
  await report('NOISE', 'SEVERE');
  expect(await rows('SELECT count(*)::int AS alerts FROM services.alert')).toEqual([{ alerts: 2 }]);
});

const USCC = '91350200MA2YJ1XR9G';
const plan = (plannedOn: string) => ({
  ...{ organizationUscc: USCC, communityId: `Community:${COMMUNITY_A}`, plannedOn, matter: '消防安全' },
  idempotencyKey: nextKey(),
});
const PLANNED = 'inspection { id plannedOn parts { department { code } askedOn } }';

test('scenario 16: plans of several departments for one organization become one visit; a department is not counted twice', async () => {
  const as = (departmentCode: string) => ({ ...caller, departmentCode });
  const first = await expectDone(subgraph, as('emergency'), 'planInspection', plan('2026-07-10'), PLANNED);
  const second = await expectDone(subgraph, as('health'), 'planInspection', plan('2026-07-20'), PLANNED);
  const third = await expectDone(subgraph, as('justice'), 'planInspection', plan('2026-07-01'), PLANNED);
  const far = await expectDone(subgraph, as('housing'), 'planInspection', plan('2026-07-26'), PLANNED);

  expect(second.inspection.id).toBe(first.inspection.id);
  expect(third.inspection).toEqual({
    ...{ id: first.inspection.id, plannedOn: '2026-07-10' },
    parts: [
      { department: { code: 'emergency' }, askedOn: '2026-07-10' },
      { department: { code: 'health' }, askedOn: '2026-07-20' },
      { department: { code: 'justice' }, askedOn: '2026-07-01' },
    ],
  });
  expect(far.inspection.id).not.toBe(first.inspection.id);
  await expectRefused(
    subgraph,
    as('health'),
    'planInspection',
    plan('2026-07-12'),
    'INSPECTION_ALREADY_PLANNED',
    'input.organizationUscc',
  );
  const { data } = await subgraph.run(
    caller,
    `{ inspections(filter: { organizationUscc: "${USCC}", year: 2026 }) { totalCount } }`,
  );
  expect(data.inspections.totalCount).toBe(2);
});

test('J27: a visit is held on its day by who takes part; a joint one is left to the others, and only one’s own is cancelled', async () => {
  const as = (departmentCode: string) => ({ ...caller, departmentCode });
  const { inspection } = await expectDone(subgraph, as('emergency'), 'planInspection', plan('2026-07-10'), PLANNED);
  await expectDone(subgraph, as('health'), 'planInspection', plan('2026-07-12'), PLANNED);
  const step = (event: string, more: object = { note: '说明' }) => ({
    ...{ inspectionId: inspection.id, event, idempotencyKey: nextKey(), ...more },
  });
  const not = (department: string, event: string, code: string) =>
    expectRefused(subgraph, as(department), 'advanceInspection', step(event), code, 'input.event');
  const SHOWN =
    'inspection { state parts { department { code } } history { event } availableTransitions { event ready } }';
  const taken = async (department: string, event: string) =>
    (await expectDone(subgraph, as(department), 'advanceInspection', step(event), SHOWN)).inspection;
  await not('housing', 'CANCEL', 'TRANSITION_NOT_YOURS');
  await not('health', 'CANCEL', 'TRANSITION_INCOMPLETE');
  await not('health', 'HOLD', 'TRANSITION_INCOMPLETE');
  expect((await taken('health', 'LEAVE')).parts).toEqual([{ department: { code: 'emergency' } }]);
  await not('emergency', 'LEAVE', 'TRANSITION_INCOMPLETE');
  const now = subgraph.clock.now().toISOString();
  subgraph.clock.set('2026-07-10T01:00:00.000Z');
  expect(await taken('emergency', 'HOLD')).toEqual({
    ...{ state: 'DONE', parts: [{ department: { code: 'emergency' } }], availableTransitions: [] },
    history: [{ event: 'PLAN' }, { event: 'LEAVE' }, { event: 'HOLD' }],
  });
  subgraph.clock.set(now);
  await not('emergency', 'CANCEL', 'TRANSITION_NOT_ALLOWED');
  const elsewhere = { ...as('emergency'), jurisdiction: ['330499'] };
  const foreign = step('HOLD');
  await expectRefused(subgraph, elsewhere, 'advanceInspection', foreign, 'INSPECTION_NOT_FOUND', 'input.inspectionId');
});

test('ten departments that plan at the same moment make one visit', async () => {
  const codes = [
    'emergency',
    'health',
    'justice',
    'housing',
    'education',
    'culture',
    'taxation',
    'veterans',
    'statistics',
    'agriculture',
  ];
  const answers = await Promise.all(
    codes.map((departmentCode) =>
      expectDone(subgraph, { ...caller, departmentCode }, 'planInspection', plan('2026-07-10'), PLANNED),
    ),
  );
  expect(new Set(answers.map(({ inspection }) => inspection.id)).size).toBe(1);
  expect(await rows('SELECT count(*)::int AS parts FROM services.inspection_part')).toEqual([{ parts: 10 }]);
});

test.each([
  ['a wrong check character', { organizationUscc: '91350200MA2YJ1XR9H' }, 'USCC_INVALID', 'input.organizationUscc'],
  [
    'a community outside the area',
    { communityId: `Community:${COMMUNITY_C}` },
    'COMMUNITY_NOT_FOUND',
    'input.communityId',
  ],
  ['a day in the past', { plannedOn: '2026-06-29' }, 'DATE_IN_PAST', 'input.plannedOn'],
])('a plan with %s is refused', async (_name, more, code, culprit) => {
  await expectRefused(subgraph, caller, 'planInspection', { ...plan('2026-07-10'), ...more }, code, culprit);
});

const mediation = (incident: number) => ({
  ...{ incidentId: `Incident:${incidentKey(incident)}`, kind: 'ON_THE_SPOT', venue: '小区凉亭' },
  ...{ mediatorName: '联村法官', heldOn: '2026-06-30', idempotencyKey: nextKey() },
});

test('a mediation agrees, and the court confirms within thirty days or not at all', async () => {
  const opened = await expectDone(subgraph, caller, 'openMediation', mediation(3), 'mediation { id state }');
  const step = (event: string, note?: string) => ({
    ...{ mediationId: opened.mediation.id, event, idempotencyKey: nextKey() },
    ...(note === undefined ? {} : { note }),
  });
  await expectRefused(subgraph, caller, 'advanceMediation', step('CONFIRM'), 'TRANSITION_NOT_ALLOWED', 'input.event');
  const agreed = await expectDone(
    subgraph,
    caller,
    'advanceMediation',
    step('AGREE', '双方各退一步'),
    'mediation { state confirmationDeadline { dueOn certainty ruleCode basisConfirmed } }',
  );
  expect(agreed.mediation).toEqual({
    state: 'AGREED',
    // The thirtieth day is Thursday 30 July 2026.
    confirmationDeadline: {
      dueOn: '2026-07-30',
      certainty: 'FINAL',
      ruleCode: 'MEDIATION_CONFIRMATION',
      basisConfirmed: true,
    },
  });
  subgraph.clock.set('2026-07-30T16:00:00Z');
  await expectRefused(subgraph, caller, 'advanceMediation', step('CONFIRM'), 'TRANSITION_INCOMPLETE', 'input.event');
  subgraph.clock.set('2026-07-30T15:59:59Z');
  const confirmed = await expectDone(subgraph, caller, 'advanceMediation', step('CONFIRM'), 'mediation { state }');
  expect(confirmed.mediation.state).toBe('CONFIRMED');
  subgraph.clock.set('2026-06-30T02:00:00Z');
});

test('only an open dispute is mediated', async () => {
  await expectRefused(subgraph, caller, 'openMediation', mediation(1), 'INCIDENT_NOT_MEDIABLE', 'input.incidentId');
  await expectRefused(subgraph, caller, 'openMediation', mediation(5), 'INCIDENT_NOT_FOUND', 'input.incidentId');
});
