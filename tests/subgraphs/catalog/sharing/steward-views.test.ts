import { afterAll, beforeAll, expect, test } from 'vitest';
import { type CityHub, openCityHub } from '../../../kit/city-hub.ts';
import { operationDocument, operationVariables } from '../../../kit/operation-document.ts';
import { birthDateRequest, carry, matterRows, SUBMIT_REQUEST } from './matter-operations.ts';

// biome-ignore lint/suspicious/noExplicitAny: a test names the path it expects, and fails when it is not there
type Payload = any;

let hub: CityHub;
beforeAll(async () => {
  hub = await openCityHub();
});
afterAll(() => hub[Symbol.asyncDispose]());

const figures = async (month: string) => {
  const { data, errors } = await hub.ask('steward', operationDocument('steward-figures'), { month });
  expect(errors).toEqual([]);
  const list: Payload[] = (data as Payload).stewardFigures;
  return Object.fromEntries(list.map((figure) => [figure.code, figure])) as Record<string, Payload>;
};

test('J20 steward-figures: a month’s figures are what the tables say, with their formulas', async () => {
  const june = await figures('2026-06');
  expect(Object.keys(june)).toEqual(['CATALOGUED', 'COLLECTED', 'IN_TIME', 'SATISFIED', 'VERIFIED', 'CALLS', 'UNREAD']);
  expect(june.CATALOGUED).toMatchObject({ percent: 100 });
  const count = async (text: string) => (await hub.pool.query<{ n: number }>(text)).rows[0]?.n;
  expect(june.IN_TIME.denominator).toBe(
    await count(`SELECT count(*)::int AS n FROM catalog.duty
      WHERE due_on BETWEEN '2026-06-01' AND '2026-06-30' AND (met_at IS NOT NULL OR due_on < '2026-06-30')`),
  );
  expect(june.IN_TIME.numerator).toBeLessThan(june.IN_TIME.denominator);
  // The demo city: one request agreed to in June and two refused; four tickets of June wait, the two of May are concluded.
  expect(june.SATISFIED).toMatchObject({ numerator: 1, denominator: 3 });
  const may = await figures('2026-05');
  expect(may.VERIFIED).toMatchObject({ numerator: 2, denominator: 2, percent: 100 });
  expect(june.VERIFIED).toMatchObject({ numerator: 0, denominator: 4, percent: 0 });
  const empty = await figures('2024-01');
  expect([empty.SATISFIED.percent, empty.VERIFIED.percent, empty.CALLS.numerator]).toEqual([null, null, 0]);
  for (const { formula, unit } of Object.values(june))
    expect([formula, unit].every((text) => text.length > 3)).toBe(true);
});

test('calls and unread items follow what is read', async () => {
  const before = await figures('2026-06');
  await hub.ask('system', '{ communities: community(statCode: "330402007024") { name } }');
  await hub.flushUsage();
  const after = await figures('2026-06');
  expect(after.CALLS.numerator).toBeGreaterThan(before.CALLS.numerator);
  expect(after.UNREAD.numerator).toBeLessThan(before.UNREAD.numerator);
});

test('figures are for stewards, and of a month', async () => {
  const { data, errors } = await hub.ask('frontend', operationDocument('steward-figures'), { month: '2026-06' });
  expect([data, errors[0]?.extensions?.code]).toEqual([{ stewardFigures: null }, 'FIELD_RIGHT_MISSING']);
  const wrong = await hub.ask('steward', operationDocument('steward-figures'), { month: '2026-13' });
  expect(wrong.errors[0]?.extensions?.code).toBe('FILTER_INVALID');
});

const PREVIEW = `query ($clientId: String!, $coordinates: [String!]!, $basis: String, $scenario: String, $unmask: Boolean) {
  fieldAccess(clientId: $clientId, coordinates: $coordinates, legalBasisCode: $basis, scenarioCode: $scenario, unmask: $unmask) {
    coordinate outcome reasonCode divisionCodes } }`;
const PERSON = 'Person:019f1641-3500-7000-a000-0acbc518a266';

test.each(
  (['system', 'frontend', 'steward'] as const).flatMap((role) =>
    (
      [
        ['', '', false],
        ['PIPL-13-3', 'service-handling', false],
        ['PIPL-13-3', 'service-handling', true],
        ['PIPL-13-3', 'grid-visit', true],
        ['PIPL-13-3', 'population-register', true],
        ['PIPL-13-3', 'party-affairs', false],
        ['PIPL-13-2', 'grid-visit', false],
        ['PIPL-13-3', 'no-such-scenario', false],
        ['', '', true],
      ] as const
    ).map((stated) => [role, ...stated] as const),
  ),
)(
  'what the preview says of %s with "%s" "%s", unmask %s, is what a request is given',
  async (role, basis, scenario, unmask) => {
    const names = ['name', 'birthDate', 'phone', 'ageYears'];
    const { data, errors } = await hub.ask('steward', PREVIEW, {
      clientId: `demo-${role}`,
      coordinates: names.map((name) => `Person.${name}`),
      basis: basis || null,
      scenario: scenario || null,
      unmask,
    });
    expect(errors).toEqual([]);
    for (const { coordinate, outcome, reasonCode } of (data as Payload).fieldAccess) {
      const name = coordinate.slice('Person.'.length);
      const headers = {
        'x-yiyun-legal-basis': basis,
        'x-yiyun-scenario': scenario,
        'x-yiyun-unmask': unmask ? 'true' : '',
      };
      const answer = await hub.ask(role, `query ($id: ID!) { person(id: $id) { ${name} } }`, { id: PERSON }, headers);
      const value = (answer.data as Payload)?.person?.[name];
      const given = value == null ? 'REFUSED' : String(value).includes('*') ? 'MASKED' : 'CLEAR';
      // The person is in no area of a grant of the demo city but the ones that say so.
      expect([coordinate, outcome === 'IN_AREA' ? given : outcome], answer.text).toEqual([coordinate, given]);
      if (given === 'REFUSED' && outcome === 'REFUSED') {
        expect(answer.errors.map(({ extensions }) => extensions?.code)).toContain(reasonCode);
      }
    }
  },
);

test('J20 field-access: by client and purpose, with whom to ask', async () => {
  const { data, errors } = await hub.ask(
    'steward',
    operationDocument('field-access'),
    operationVariables('field-access'),
  );
  expect(errors).toEqual([]);
  const { withoutPurpose, visiting, register } = data as Payload;
  const of = (list: Payload[], coordinate: string) => list.find((entry) => entry.coordinate === coordinate);
  expect(of(withoutPurpose, 'Community.name').outcome).toBe('CLEAR');
  expect(of(withoutPurpose, 'Person.birthDate')).toMatchObject({
    outcome: 'REFUSED',
    reasonCode: 'FIELD_RIGHT_MISSING',
    askDepartmentCode: 'public-security',
  });
  // The demo city holds a grant for one grid under this scenario.
  expect(of(visiting, 'Person.birthDate')).toMatchObject({ outcome: 'IN_AREA' });
  expect(of(visiting, 'Person.birthDate').divisionCodes[0]).toHaveLength(15);
  expect(of(register, 'Person.name').outcome).toBe('CLEAR');
  expect(of(register, 'Person.partyMembership')).toMatchObject({
    outcome: 'REFUSED',
    reasonCode: 'PURPOSE_NOT_PERMITTED',
    askDepartmentCode: 'party-organization',
  });
});

test('scenario 14, spring-festival-clock: clocks over Spring Festival 2026 count the weekends that are worked', async () => {
  const { data, errors } = await hub.ask('frontend', operationDocument('spring-festival-clock'), {
    startedOn: '2026-02-13',
  });
  expect(errors).toEqual([]);
  const { conditional, unconditional, delivery, workingCalendarYears } = data as Payload;
  // Saturday the 14th is worked; the festival is from the 15th to the 23rd; Saturday the 28th is worked.
  expect(unconditional).toMatchObject({ dueOn: '2026-02-14', certainty: 'FINAL' });
  expect(conditional).toMatchObject({ dueOn: '2026-03-05', certainty: 'FINAL' });
  expect(delivery).toMatchObject({ dueOn: '2026-03-19', certainty: 'FINAL' });
  const year = workingCalendarYears.find((candidate: Payload) => candidate.year === 2026);
  expect(year.makeUpDays).toEqual(expect.arrayContaining(['2026-02-14', '2026-02-28']));

  hub.clock.set('2026-02-13T02:00:00Z');
  try {
    const request = { ...(await birthDateRequest(hub)), scenarioCode: 'incident-handling' };
    const { request: made } = await carry<Payload>(hub, 'frontend', SUBMIT_REQUEST, request);
    expect(made.deadline).toMatchObject({ dueOn: '2026-03-05', workingDaysLeft: 10 });
    const left = async (at: string) => {
      hub.clock.set(at);
      const answer = await hub.ask(
        'frontend',
        'query ($id: ID!) { node(id: $id) { ... on SharingRequest { deadline { workingDaysLeft overdue } } } }',
        { id: made.id },
      );
      return (answer.data as Payload).node.deadline;
    };
    expect(await left('2026-02-14T02:00:00Z')).toEqual({ workingDaysLeft: 9, overdue: false });
    expect(await left('2026-02-23T15:59:59Z')).toEqual({ workingDaysLeft: 9, overdue: false });
    expect(await left('2026-03-05T15:59:59Z')).toEqual({ workingDaysLeft: 0, overdue: false });
    expect(await left('2026-03-05T16:00:00Z')).toEqual({ workingDaysLeft: -1, overdue: true });
  } finally {
    hub.clock.set('2026-06-30T02:00:00Z');
  }
});

const PUBLISH = `mutation ($input: PublishWorkingCalendarYearInput!) { publishWorkingCalendarYear(input: $input) {
  __typename ... on PublishWorkingCalendarYearSuccess { year version recountedDeadlines movedDeadlines }
  ... on Refusal { code culprit messageZh } } }`;
const YEAR_2026 = {
  year: 2026,
  source: '《国务院办公厅关于调整2026年部分节假日安排的通知》（测试）',
  holidays: [{ name: '调整', from: '2026-07-06', to: '2026-07-08' }],
  makeUpDays: ['2026-07-11'],
};

test.each([
  ['a year nobody counts on', { year: 1999 }, 'input.year'],
  ['no holiday', { holidays: [] }, 'input.holidays'],
  [
    'a holiday of another year',
    { holidays: [{ name: '元旦', from: '2027-01-01', to: '2027-01-03' }] },
    'input.holidays[0]',
  ],
  ['a make-up day on a Monday', { makeUpDays: ['2026-07-13'] }, 'input.makeUpDays[0]'],
  [
    'a make-up day that is off',
    { holidays: [{ name: '调整', from: '2026-07-10', to: '2026-07-12' }] },
    'input.makeUpDays[0]',
  ],
])('publishWorkingCalendarYear refuses %s and writes nothing', async (_what, change, culprit) => {
  const before = await matterRows(hub);
  expect(await carry(hub, 'steward', PUBLISH, { ...YEAR_2026, ...change })).toMatchObject({
    code: 'CALENDAR_YEAR_INVALID',
    culprit,
  });
  expect(await matterRows(hub)).toEqual(before);
});

test('publishWorkingCalendarYear moves running deadlines that touch the year, once, and says so for each', async () => {
  const before = await matterRows(hub);
  const running = async () =>
    (
      await hub.pool.query<{ id: string; due: string }>(
        "SELECT subject_id AS id, due_on::text AS due FROM catalog.duty WHERE met_at IS NULL AND due_on > '2026-07-06' ORDER BY 1",
      )
    ).rows;
  const earlier = await running();
  const input = { ...YEAR_2026, idempotencyKey: 'calendar-2026-adjusted' };
  const done = await carry<Payload>(hub, 'steward', PUBLISH, input);
  expect(done).toMatchObject({ __typename: 'PublishWorkingCalendarYearSuccess', year: 2026, version: 2 });
  expect(done.movedDeadlines).toBeGreaterThan(0);
  const later = new Map((await running()).map(({ id, due }) => [id, due]));
  expect(earlier.some(({ id, due }) => later.get(id) !== due)).toBe(true);
  const moved = await hub.pool.query("SELECT payload FROM catalog.outbox WHERE event_type = 'duty.moved'");
  expect(moved.rowCount).toBe(done.movedDeadlines);
  const after = await matterRows(hub);
  expect((after.outbox ?? 0) - (before.outbox ?? 0)).toBe(done.movedDeadlines + 1);
  // The same key again changes nothing and answers the same.
  expect(await carry(hub, 'steward', PUBLISH, input)).toEqual(done);
  expect(await matterRows(hub)).toEqual(after);
  const { errors } = await hub.ask('frontend', PUBLISH, { input: { ...input, idempotencyKey: 'calendar-not-mine' } });
  expect(errors[0]?.extensions).toMatchObject({ code: 'FIELD_RIGHT_MISSING', right: 'sharing.review' });
});
