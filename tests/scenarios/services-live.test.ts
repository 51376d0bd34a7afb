import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { demoClients } from '../../gateway/identity/demo-clients.ts';
import { exampleId } from '../../prisma/seed/services/example-ids.ts';
import { builtInCalendar } from '../../subgraphs/kit/calendar/working-calendar.ts';
import { uuidSource } from '../../subgraphs/kit/ids.ts';
import { tellPassed } from '../../subgraphs/services/rules/terms/tell-passed.ts';
import { openServicesStore } from '../../subgraphs/services/store/services-store.ts';
import { TEST_KEYS } from '../kit/city-database.ts';
import { type CityHub, type HubRole, openCityHub } from '../kit/city-hub.ts';
import { operationDocument, operationVariables } from '../kit/operation-document.ts';
import { insertEvent } from '../kit/outbox-rows.ts';
import { subscribers } from '../kit/subscribers.ts';

// biome-ignore lint/suspicious/noExplicitAny: a test names the path it expects
type Answer = any;

const COMMUNITY = '330402007024';
/** Where the client that must not be told of anything here has its area. */
const ELSEWHERE = '330499001001';
let hub: CityHub;
let following: ReturnType<typeof subscribers>;
let gridId: string;
let person: string;
let key = 0;
beforeAll(async () => {
  hub = await openCityHub();
  following = subscribers(hub, await hub.app.listen({ port: 0, host: '127.0.0.1' }));
  const [system] = demoClients({ cityCode: '3304', countyCode: '330402' });
  if (system === undefined) throw new Error('no demo client');
  await hub.catalog.ensureClients([{ ...system, clientId: 'elsewhere', jurisdictionCodes: ['330499'] }]);
  await vi.waitFor(async () => expect((await hub.ask({ client: 'elsewhere' }, '{ __typename }')).status).toBe(200), {
    timeout: 60_000,
  });
  const { rows } = await hub.pool.query(
    `SELECT (SELECT min(grid_code) FROM organizations.grid WHERE community_code = $1) AS grid,
            (SELECT id FROM people.person WHERE community_code = $1 ORDER BY id LIMIT 1) AS person`,
    [COMMUNITY],
  );
  gridId = `Grid:${rows[0].grid}`;
  person = `Person:${rows[0].person}`;
});
afterAll(() => hub[Symbol.asyncDispose]());

async function mutate(name: string, input: object, shown = '__typename', role: HubRole = 'system'): Promise<Answer> {
  const title = name.charAt(0).toUpperCase() + name.slice(1);
  const { data, errors, text } = await hub.ask(
    role,
    `mutation ($input: ${title}Input!) { ${name}(input: $input) { __typename ... on ${title}Success { ${shown} } ... on Refusal { code } } }`,
    { input: { idempotencyKey: `services-live-${++key}`, ...input } },
  );
  expect(errors, text).toEqual([]);
  const answer = (data as Answer)[name];
  expect(answer.__typename, text).toBe(`${title}Success`);
  return answer;
}
const operate = async (name: string) => {
  const { errors } = await hub.ask('system', operationDocument(name), operationVariables(name));
  expect(errors).toEqual([]);
};
const anybody = async (): Promise<string> => {
  const { rows } = await hub.pool.query('SELECT id FROM people.person ORDER BY md5($1 || id::text) LIMIT 1', [
    String(++key),
  ]);
  return `Person:${rows[0].id}`;
};

const DISCUSSING = `Deliberation:${exampleId('deliberation/discussing')}`;
const DECIDING = `Deliberation:${exampleId('deliberation/deciding')}`;
const REQUEST = 'request { id stateZh handlerDepartment { code } overdue }';
const DELIBERATION = 'deliberation { id step posts { text } tally { ballotsCast yes passed } }';
const INCIDENT = { category: 'HAZARD', title: '楼道堆物', severity: 'GENERAL', channel: 'GRID_WORKER' };

/** What the rows of the domain want to be told, each by one subscription narrowed to one type of change. */
const TOLD: readonly {
  readonly rows: string;
  readonly field: string;
  readonly type: string;
  readonly entityType: string;
  readonly shown: string;
  readonly act: () => Promise<unknown>;
  /** What is shown beside the change. */
  readonly object: object;
}[] = [
  {
    ...{ rows: 'H34', field: 'serviceRequestChanged', type: 'service-request.assigned', entityType: 'ServiceRequest' },
    shown: REQUEST,
    act: () => operate('advance-request'),
    object: { request: { id: `ServiceRequest:${exampleId('request/submitted')}`, stateZh: '受理' } },
  },
  {
    ...{ rows: 'H38, H40', field: 'serviceRequestChanged', type: 'service-request.ordered' },
    ...{ entityType: 'ServiceRequest', shown: REQUEST },
    act: () => operate('order-service'),
    object: { request: { stateZh: '已提交' } },
  },
  {
    ...{ rows: 'X17', field: 'serviceRequestChanged', type: 'service-request.overdue', entityType: 'ServiceRequest' },
    shown: REQUEST,
    act: async () => {
      // One of the requests whose promised term has passed was not told of yet.
      await hub.pool.query(
        `UPDATE services.running_term SET told_at = NULL WHERE rule_code = 'SERVICE_PROMISE' AND subject_id =
           (SELECT id FROM services.service_request WHERE due_at < $1 AND closed_at IS NULL AND slot_ends_at IS NULL ORDER BY id LIMIT 1)`,
        [hub.clock.now()],
      );
      const store = openServicesStore({ pool: hub.pool, clock: hub.clock, ids: uuidSource, keys: TEST_KEYS });
      expect(await tellPassed.run({ store, clock: hub.clock, calendar: builtInCalendar })).toBe(1);
      await store.close();
    },
    object: { request: { overdue: true } },
  },
  {
    ...{ rows: 'Y27d, J18', field: 'incidentChanged', type: 'incident.reported', entityType: 'Incident' },
    shown: 'incident { id state grid { id } }',
    act: () => mutate('reportIncident', { ...INCIDENT, gridId }),
    object: { incident: { state: 'REPORTED' } },
  },
  {
    ...{
      rows: 'J23',
      field: 'alertChanged',
      type: 'alert.raised',
      entityType: 'Alert',
      shown: 'alert { level state }',
    },
    act: () => mutate('reportIncident', { ...INCIDENT, title: '燃气泄漏', severity: 'SEVERE', gridId }),
    object: { alert: { level: 'RED' } },
  },
  {
    ...{ rows: 'J33', field: 'deliberationChanged', type: 'deliberation.posted', entityType: 'Deliberation' },
    shown: DELIBERATION,
    act: () => mutate('addDeliberationPost', { deliberationId: DISCUSSING, side: 'RESIDENT', text: '建议放在东侧' }),
    object: { deliberation: { id: DISCUSSING, step: 'DISCUSSING' } },
  },
  {
    ...{ rows: 'J34', field: 'deliberationChanged', type: 'deliberation.ballotCast', entityType: 'Deliberation' },
    shown: DELIBERATION,
    act: async () => mutate('castVote', { deliberationId: DECIDING, voterId: await anybody(), choice: 'NO' }),
    // A running vote tells how many have voted, never how.
    object: { deliberation: { id: DECIDING, tally: { ballotsCast: expect.any(Number), yes: null, passed: null } } },
  },
  {
    ...{ rows: 'H43', field: 'deliberationChanged', type: 'deliberation.stepped', entityType: 'Deliberation' },
    shown: DELIBERATION,
    act: () =>
      mutate('advanceDeliberation', {
        ...{ deliberationId: DISCUSSING, event: 'DECIDE', votingEndsAt: '2026-07-10T00:00:00Z' },
      }),
    object: { deliberation: { id: DISCUSSING, step: 'DECIDING' } },
  },
  {
    ...{ rows: 'J50', field: 'pointsChanged', type: 'points.changed', entityType: 'PointsAccount' },
    shown: 'person { id volunteer { points } }',
    act: async () => {
      const { rows } = await hub.pool.query(
        'SELECT person_id AS id FROM services.points_account WHERE balance > 2 ORDER BY balance DESC LIMIT 1',
      );
      await mutate('redeemPoints', { personId: `Person:${rows[0].id}`, rewardCode: 'SOAP', points: 1 });
    },
    object: { person: { volunteer: { points: expect.any(Number) } } },
  },
];

test.each(TOLD)(
  '$rows: $type is told over SSE and over WebSocket, from a token on, to whoever has the area and to nobody else',
  async ({ field, type, entityType, shown, act, object }) => {
    const { latest, overSocket, overSse } = following;
    const query = `subscription ($after: String, $types: [String!]!) {
      told: ${field}(after: $after, types: $types) { change { cursor eventType } ${shown} } }`;
    const variables = { after: await latest(), types: [type] };
    await using sse = await overSse('system', query, variables);
    await using socket = await overSocket('system', query, variables);
    await using elsewhere = await overSse({ client: 'elsewhere' }, query, variables);
    await act();
    const told = (await sse.next()).data.told;
    expect(told).toMatchObject({ change: { eventType: type }, ...object });
    expect((await socket.next()).data.told).toEqual(told);

    // The next change is the first that who resumes behind the last one hears of, and the first at all elsewhere.
    await insertEvent(hub.pool, 'services', { eventType: type, entityType, division: COMMUNITY });
    const after = told.change.cursor;
    await using resumed = await overSocket('system', query, { ...variables, after });
    const next = (await resumed.next()).data.told.change;
    expect(next.cursor).not.toBe(after);
    expect((await sse.next()).data.told.change).toEqual(next);
    await insertEvent(hub.pool, 'services', { eventType: type, entityType, division: ELSEWHERE });
    const heard = (await elsewhere.next()).data.told.change.cursor;
    expect([after, next.cursor]).not.toContain(heard);
  },
);

test('what a right protects is told to nobody without it: neither points of volunteers nor reports of formalism', async () => {
  const query = `subscription ($after: String) {
    told: changed(after: $after, types: ["points.changed", "FormalismReport", "booking.made"]) { eventType } }`;
  const { latest, overSse } = following;
  await using street = await overSse('frontend', query, { after: await latest() });
  for (const entityType of ['PointsAccount', 'FormalismReport']) {
    await insertEvent(hub.pool, 'services', { eventType: 'points.changed', entityType, division: COMMUNITY });
  }
  await mutate('bookFacility', {
    ...{ facilityId: `Facility:${exampleId('facility/lounge')}`, purpose: '居民议事' },
    ...{ startsAt: '2026-07-20T10:00:00+08:00', endsAt: '2026-07-20T11:00:00+08:00' },
  });
  expect((await street.next()).data.told).toEqual({ eventType: 'booking.made' });
});

const PROGRESS = `subscription ($id: ID!, $after: String) { told: progressChanged(id: $id, after: $after) {
  cursor occurredAt progress { __typename id
    ... on CaseProgress { state handlerDepartment { code } stages { state } }
    ... on ReportProgress { reportState: state deadline { dueOn } }
    ... on RequestProgress { requestState: state item { name } promise { dueOn } } } } }`;

/** Things with a code, each made and then moved on by one step; what their public progress shows then. */
const CODED = [
  {
    name: 'J24: a case',
    make: async () => {
      const appeal = { category: 'NOISE', title: '夜间施工噪声扰民', gridId, channel: 'MINI_PROGRAM' };
      const { case: made } = await mutate('submitMyAppeal', appeal, 'case { id caseCode }', { person });
      const { rows } = await hub.pool.query(
        'SELECT id FROM services.incident ORDER BY reported_at DESC, id DESC LIMIT 1',
      );
      return { id: made.id, secret: rows[0].id as string, ref: `Incident:${rows[0].id}` };
    },
    step: (ref: string) => mutate('advanceIncident', { incidentId: ref, event: 'ACCEPT' }),
    shows: { __typename: 'CaseProgress', state: 'ACCEPTED', stages: [{ state: 'REPORTED' }, { state: 'ACCEPTED' }] },
  },
  {
    name: 'J10: a report without a name',
    make: async () => {
      const report = { communityId: `Community:${COMMUNITY}`, kind: 'INACTION', reportedDepartmentCode: 'housing' };
      const text = '同一数据每周重复填报三次';
      const { receipt } = await mutate(
        'fileMyReport',
        { ...report, text, anonymous: true },
        'receipt { receiptCode reportId }',
        { person },
      );
      const { data } = await hub.ask({ person }, `{ reportProgress(receiptCode: "${receipt.receiptCode}") { id } }`);
      return { id: (data as Answer).reportProgress.id, secret: COMMUNITY, ref: receipt.reportId };
    },
    step: (ref: string) => mutate('advanceReport', { reportId: ref, event: 'ACCEPT' }),
    shows: { __typename: 'ReportProgress', reportState: 'ACCEPTED', deadline: { dueOn: expect.any(String) } },
  },
  {
    name: 'H38: a request',
    make: async () => {
      // One person has one open request for an item.
      const { rows } = await hub.pool.query(
        `SELECT item_code AS item FROM services.service_item WHERE department_code = 'human-resources' AND id IN
           (SELECT item_id FROM services.service_guide) ORDER BY item_code OFFSET $1 LIMIT 1`,
        [++key % 5],
      );
      const asked = {
        itemCode: rows[0].item,
        communityId: `Community:${COMMUNITY}`,
        channel: 'APP',
        applicantId: person,
      };
      const { request } = await mutate('submitMyRequest', asked, 'request { id receiptCode }', { person });
      const { data } = await hub.ask({ person }, `{ requestProgress(receiptCode: "${request.receiptCode}") { id } }`);
      return { id: (data as Answer).requestProgress.id, secret: request.id, ref: request.id };
    },
    step: (ref: string) => mutate('advanceRequest', { requestId: ref, event: 'WITHDRAW' }, '__typename', { person }),
    shows: {
      __typename: 'RequestProgress',
      requestState: 'WITHDRAWN',
      item: { name: expect.any(String) },
      promise: null,
    },
  },
];

test.each(CODED)(
  '$name is followed live by its code, by a resident without an area, and nothing but its public progress is told',
  async ({ make, step, shows }) => {
    const { latest, overSocket, overSse } = following;
    const made = await make();
    const another = await make();
    const variables = { id: made.id, after: await latest() };
    await using sse = await overSse({ person }, PROGRESS, variables);
    await using socket = await overSocket({ client: 'elsewhere' }, PROGRESS, variables);
    await step(another.ref);
    await step(made.ref);
    const { told } = (await sse.next()).data;
    expect(told.progress).toMatchObject({ ...shows, id: made.id });
    expect((await socket.next()).data.told).toEqual(told);
    expect(JSON.stringify(told)).not.toContain(made.secret);
    const [entityType = '', id = ''] = made.ref.split(':');
    await insertEvent(hub.pool, 'services', { eventType: 'x.y', entityType, entityId: `${entityType}:${id}` });
    await using resumed = await overSocket({ person }, PROGRESS, { id: made.id, after: told.cursor });
    expect((await resumed.next()).data.told.cursor).not.toBe(told.cursor);
    // A change of another thing is not told under this code, not even by its cursor.
    const change = `query ($cursor: String!, $id: ID!) { progressChange(cursor: $cursor, id: $id) { cursor } }`;
    const asked = await hub.ask({ person }, change, { cursor: told.cursor, id: another.id });
    expect(asked.data).toEqual({ progressChange: null });
  },
);

test.each([
  ['of nothing', 'CaseProgress:00000000000000000000000000'],
  ['that is no code', 'CaseProgress:1'],
  ['of another kind of thing', `Incident:${exampleId('incident')}`],
])('a code %s is refused in both languages, over both transports', async (_what, id) => {
  for (const subscribe of [following.overSse, following.overSocket]) {
    await using subscriber = await subscribe({ person }, PROGRESS, { id });
    const told = await subscriber.next().catch((errors: unknown) => ({ errors }) as Answer);
    expect(told.errors.map(({ extensions }: Answer) => extensions.code)).toEqual(['PROGRESS_UNKNOWN']);
    expect(told.errors[0].extensions.messageZh ?? told.errors[0].message).toMatch(/\p{Script=Han}/u);
  }
});
