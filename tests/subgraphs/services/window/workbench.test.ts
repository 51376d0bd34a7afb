import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { builtInYears, WorkingCalendar } from '../../../../subgraphs/kit/calendar/working-calendar.ts';
import type { Caller } from '../../../../subgraphs/kit/caller/caller.ts';
import { services } from '../../../../subgraphs/services/index.ts';
import { insertRows, placeOf, TEST_PROVENANCE_ID, testUuid } from '../../../kit/insert-rows.ts';
import { openTestSubgraph, type TestSubgraph, testCaller } from '../../../kit/open-test-subgraph.ts';
import {
  COMMUNITY_A,
  COMMUNITY_C,
  COUNTY_AB,
  facilityKeys,
  insertServices,
  itemKey,
} from '../../../kit/services-rows.ts';
import { insertGuides, WORKER } from '../../../kit/window-rows.ts';

let subgraph: TestSubgraph;
let calendar = new WorkingCalendar(builtInYears);
const key = (id: string) => id.slice(id.indexOf(':') + 1);

beforeAll(async () => {
  subgraph = await openTestSubgraph(services, { calendar: { current: () => calendar } });
  await insertServices(subgraph.pool);
  await insertGuides(subgraph.pool);
  await insertRows(subgraph.pool, 'services.service_window', [
    {
      ...{ id: testUuid(500), facilityId: facilityKeys.A, kind: 'INTEGRATED', name: '综合受理窗口' },
      ...{ openingHours: '周一至周五 8:30—17:00', dutyWorkerId: key(WORKER), ...placeOf(COMMUNITY_A) },
      provenanceId: TEST_PROVENANCE_ID,
    },
  ]);
});
afterAll(() => subgraph[Symbol.asyncDispose]());

/** An accepted request: number, started, due (instant), calendars, department, worker, community. */
const request = (
  number: number,
  startedOn: string,
  dueAt: string,
  more: { department?: string; workerId?: string | null; community?: string } = {},
) => ({
  ...{ id: testUuid(400 + number), requestNumber: `BJ${number}`, itemId: itemKey(1), guideId: testUuid(602) },
  ...{ applicantPersonId: testUuid(800 + number), state: 'ACCEPTED', channel: 'WINDOW' },
  ...{ firstContactDepartmentCode: 'community', firstContactWorkerId: null, handlerWorkerId: more.workerId ?? null },
  ...{ handlerDepartmentCode: more.department ?? 'civil-affairs', createdAt: `${startedOn}T02:00:00Z` },
  ...{ submittedAt: `${startedOn}T02:00:00Z`, startedOn, promisedWorkingDays: 15, legalWorkingDays: 30, dueAt },
  ...placeOf(more.community ?? COMMUNITY_A),
  provenanceId: TEST_PROVENANCE_ID,
});
/** The promised term of such a request, counted on these calendars. */
const promise = (number: number, startedOn: string, dueAt: string, calendarVersion = '2026.1', toldAt?: string) => ({
  ...{ subjectId: testUuid(400 + number), ruleCode: 'SERVICE_PROMISE', entityType: 'ServiceRequest', startedOn },
  ...{ amount: 15, unit: 'WORKING_DAY', dueAt, calendarVersion, toldAt: toldAt ?? null, ...placeOf(COMMUNITY_A) },
});
const EVENTS = `SELECT event_type, entity_id, payload, community_code FROM services.outbox
  WHERE event_type IN ('service-request.overdue', 'service-request.term-moved') ORDER BY event_type, entity_id`;

beforeEach(async () => {
  calendar = new WorkingCalendar(builtInYears);
  subgraph.clock.set('2026-06-30T02:00:00.000Z');
  await subgraph.pool.query(
    'DELETE FROM services.service_request; DELETE FROM services.running_term; DELETE FROM services.outbox',
  );
});

describe('what the clock does by itself (X17)', () => {
  test('tells once of each request that has become overdue, with its place, however many hubs run it', async () => {
    await insertRows(subgraph.pool, 'services.service_request', [
      request(1, '2026-06-01', '2026-06-23T16:00:00Z'),
      request(2, '2026-06-20', '2026-07-10T16:00:00Z'),
    ]);
    await insertRows(subgraph.pool, 'services.running_term', [
      promise(1, '2026-06-01', '2026-06-23T16:00:00Z'),
      promise(2, '2026-06-20', '2026-07-10T16:00:00Z'),
    ]);
    await Promise.all(Array.from({ length: 20 }, () => subgraph.runTimedWork()));
    await subgraph.runTimedWork();
    const { rows } = await subgraph.pool.query(EVENTS);
    expect(rows.map((row) => ({ ...row, payload: JSON.parse(row.payload) }))).toEqual([
      {
        ...{ event_type: 'service-request.overdue', entity_id: `ServiceRequest:${testUuid(401)}` },
        payload: {
          ...{ requestId: `ServiceRequest:${testUuid(401)}`, handlerDepartmentCode: 'civil-affairs' },
          ruleCode: 'SERVICE_PROMISE',
          dueAt: '2026-06-23T16:00:00.000Z',
        },
        community_code: COMMUNITY_A,
      },
    ]);
    const { data } = await subgraph.run(
      testCaller([COUNTY_AB]),
      `{ serviceRequest(id: "ServiceRequest:${testUuid(401)}") { overdue provenance { dataset } } }`,
    );
    expect(data.serviceRequest.overdue).toBe(true);
  });

  test('a published calendar moves what was counted without it, and says so; nothing else moves', async () => {
    subgraph.clock.set('2026-12-30T02:00:00.000Z');
    await insertRows(subgraph.pool, 'services.service_request', [
      request(3, '2026-12-23', '2027-01-14T16:00:00Z'),
      request(4, '2026-12-01', '2026-12-22T16:00:00Z'),
      request(5, '2026-11-02', '2026-11-23T16:00:00Z'),
    ]);
    await insertRows(subgraph.pool, 'services.running_term', [
      promise(3, '2026-12-23', '2027-01-14T16:00:00Z', '2026.1+2027.0', '2026-12-23T00:00:00Z'),
      promise(4, '2026-12-01', '2026-12-22T16:00:00Z', '2026.1+2027.0', '2026-12-23T00:00:00Z'),
      promise(5, '2026-11-02', '2026-11-23T16:00:00Z', '2026.1', '2026-12-23T00:00:00Z'),
    ]);
    await subgraph.runTimedWork();
    expect((await subgraph.pool.query(EVENTS)).rows).toEqual([]);

    calendar = new WorkingCalendar([
      ...builtInYears,
      {
        ...{ year: 2027, status: 'PUBLISHED', version: 1, source: '《国务院办公厅关于2027年部分节假日安排的通知》' },
        holidays: [{ name: '元旦', from: '2027-01-01', to: '2027-01-05' }],
        makeUpDays: [],
      },
    ]);
    await Promise.all(Array.from({ length: 10 }, () => subgraph.runTimedWork()));
    const { rows } = await subgraph.pool.query(EVENTS);
    expect(rows.map(({ event_type, payload }) => [event_type, JSON.parse(payload)])).toEqual([
      [
        'service-request.term-moved',
        {
          ...{
            requestId: `ServiceRequest:${testUuid(403)}`,
            ruleCode: 'SERVICE_PROMISE',
            from: '2027-01-14T16:00:00.000Z',
          },
          ...{ to: '2027-01-18T16:00:00.000Z', calendarVersion: '2026.1+2027.1', certainty: 'FINAL' },
        },
      ],
    ]);
    const kept = await subgraph.pool.query<{ n: string; due: Date; v: string }>(
      `SELECT request_number AS n, r.due_at AS due, calendar_version AS v
         FROM services.service_request r JOIN services.running_term t ON t.subject_id = r.id ORDER BY 1`,
    );
    expect(kept.rows.map(({ n, due, v }) => [n, due.toISOString(), v])).toEqual([
      ['BJ3', '2027-01-18T16:00:00.000Z', '2026.1+2027.1'],
      ['BJ4', '2026-12-22T16:00:00.000Z', '2026.1'],
      ['BJ5', '2026-11-23T16:00:00.000Z', '2026.1'],
    ]);
  });
});

describe('the workbench (H34)', () => {
  const department: Caller = { ...testCaller([COUNTY_AB]), departmentCode: 'urban-management' };
  const ASK = `query ($kind: WorkItemKind) { workbench(first: 10, kind: $kind) { totalCount nodes {
    kind number stateZh dueAt overdue request { requestNumber } incident { incidentNumber } } } }`;

  beforeEach(() =>
    insertRows(subgraph.pool, 'services.service_request', [
      request(1, '2026-06-01', '2026-06-23T16:00:00Z', { department: 'urban-management', workerId: key(WORKER) }),
      request(2, '2026-05-20', '2026-06-03T16:00:00Z', { department: 'urban-management' }),
      request(3, '2026-06-20', '2026-07-10T16:00:00Z', { department: 'housing' }),
      request(4, '2026-06-20', '2026-07-10T16:00:00Z', { department: 'urban-management', community: COMMUNITY_C }),
    ]),
  );

  test('a department sees its open requests and incidents in its area, the earliest deadline first', async () => {
    const { data, problems } = await subgraph.run(department, ASK);
    expect(problems).toEqual([]);
    expect(data.workbench).toEqual({
      totalCount: 3,
      nodes: [
        {
          ...{
            kind: 'SERVICE_REQUEST',
            number: 'BJ2',
            stateZh: '受理',
            dueAt: '2026-06-03T16:00:00.000Z',
            overdue: true,
          },
          ...{ request: { requestNumber: 'BJ2' }, incident: null },
        },
        {
          ...{ kind: 'INCIDENT', number: 'SJ202606001', stateZh: '处置', dueAt: '2026-06-05T02:00:00.000Z' },
          ...{ overdue: true, request: null, incident: { incidentNumber: 'SJ202606001' } },
        },
        {
          ...{
            kind: 'SERVICE_REQUEST',
            number: 'BJ1',
            stateZh: '受理',
            dueAt: '2026-06-23T16:00:00.000Z',
            overdue: true,
          },
          ...{ request: { requestNumber: 'BJ1' }, incident: null },
        },
      ],
    });
    expect((await subgraph.run(department, ASK, { kind: 'INCIDENT' })).data.workbench.totalCount).toBe(1);
  });

  test('a worker sees what he himself handles', async () => {
    const { data } = await subgraph.run({ ...department, workerId: WORKER }, ASK);
    expect(data.workbench.nodes.map(({ number }: { number: string }) => number)).toEqual(['BJ1']);
  });
});

describe('windows (H35, X06, Y24)', () => {
  test('the directory names each window with its hours, its facility and who sits there, for everybody', async () => {
    const { data, statements } = await subgraph.run(
      testCaller([]),
      `{ serviceWindows(kind: INTEGRATED, divisionCode: "${COMMUNITY_A}") { totalCount nodes {
         name kind openingHours dutyWorker { id } community { id } facility { name oneDoor windows { totalCount } } } } }`,
    );
    expect(data.serviceWindows).toEqual({
      totalCount: 1,
      nodes: [
        {
          ...{ name: '综合受理窗口', kind: 'INTEGRATED', openingHours: '周一至周五 8:30—17:00' },
          ...{ dutyWorker: { id: WORKER }, community: { id: `Community:${COMMUNITY_A}` } },
          facility: { name: '甲社区党群服务中心', oneDoor: true, windows: { totalCount: 1 } },
        },
      ],
    });
    expect(statements).toHaveLength(3);
  });
});
