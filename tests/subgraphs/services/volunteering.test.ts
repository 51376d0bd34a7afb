import { afterAll, beforeAll, expect, test } from 'vitest';
import { services } from '../../../subgraphs/services/index.ts';
import { testUuid } from '../../kit/insert-rows.ts';
import { openTestSubgraph, type TestSubgraph, testCaller } from '../../kit/open-test-subgraph.ts';
import { expectDone, expectRefused } from '../../kit/refusals.ts';
import { COMMUNITY_A, COMMUNITY_C, COUNTY_AB } from '../../kit/services-rows.ts';

let subgraph: TestSubgraph;
let key = 0;
const organizer = testCaller([COUNTY_AB], 'volunteer.record');
const certifier = {
  ...testCaller([COUNTY_AB], 'volunteer.certify', 'volunteer.record'),
  departmentCode: 'subdistrict',
};

beforeAll(async () => {
  subgraph = await openTestSubgraph(services);
});
afterAll(() => subgraph[Symbol.asyncDispose]());

const nextKey = () => `volunteer-${++key}`;
const opening = (more: object = {}) => ({
  ...{
    communityId: `Community:${COMMUNITY_A}`,
    kind: 'PATROL',
    title: '平安巡查',
    capacity: 2,
    idempotencyKey: nextKey(),
  },
  ...{ startsAt: '2026-06-29T00:00:00Z', endsAt: '2026-06-29T02:00:00Z', ...more },
});
const openActivity = async (more: object = {}): Promise<string> =>
  (await expectDone(subgraph, organizer, 'openActivity', opening(more), 'activity { id }')).activity.id;
const record = (activityId: string, person: number, minutes = 90) => ({
  ...{ activityId, personId: `Person:${testUuid(person)}`, minutes, idempotencyKey: nextKey() },
});
const VOLUNTEER = 'volunteer { serviceHours uncertifiedHours activityCount points }';
const recordId = async (input: object): Promise<string> =>
  (await expectDone(subgraph, organizer, 'recordVolunteering', input, 'record { recordId }')).record.recordId;
const certify = async (id: string) =>
  (await expectDone(subgraph, certifier, 'certifyVolunteering', { recordId: id, idempotencyKey: nextKey() }, VOLUNTEER))
    .volunteer;
const ledger = async () =>
  (await subgraph.run(certifier, '{ pointsLedger { inCirculation sumOfEntries sumOfBalances } }')).data.pointsLedger;

test('hours are recorded by one and certified by another, and become points that sum to zero with the issuer’s', async () => {
  const id = await recordId(record(await openActivity(), 1));
  await expectRefused(
    subgraph,
    { ...organizer, rights: certifier.rights },
    'certifyVolunteering',
    { recordId: id, idempotencyKey: nextKey() },
    'CERTIFIER_IS_RECORDER',
    'input.recordId',
  );
  // 90 minutes at ten points an hour.
  expect(await certify(id)).toEqual({ serviceHours: 1.5, uncertifiedHours: 0, activityCount: 1, points: 15 });
  await expectRefused(
    subgraph,
    certifier,
    'certifyVolunteering',
    { recordId: id, idempotencyKey: nextKey() },
    'VOLUNTEER_RECORD_CERTIFIED',
    'input.recordId',
  );
  expect(await ledger()).toEqual({ inCirculation: 15, sumOfEntries: 0, sumOfBalances: 0 });
});

test('a person is recorded once per activity, for no longer than it lasted, and never beyond its capacity', async () => {
  const activityId = await openActivity();
  await recordId(record(activityId, 2));
  await expectRefused(
    subgraph,
    organizer,
    'recordVolunteering',
    record(activityId, 2),
    'VOLUNTEER_ALREADY_RECORDED',
    'input.personId',
  );
  await expectRefused(
    subgraph,
    organizer,
    'recordVolunteering',
    record(activityId, 3, 121),
    'NUMBER_OUT_OF_RANGE',
    'input.minutes',
  );
  await recordId(record(activityId, 3));
  await expectRefused(
    subgraph,
    organizer,
    'recordVolunteering',
    record(activityId, 4),
    'ACTIVITY_FULL',
    'input.activityId',
  );
  const coming = await openActivity({ startsAt: '2026-07-01T00:00:00Z', endsAt: '2026-07-01T01:00:00Z' });
  await expectRefused(
    subgraph,
    organizer,
    'recordVolunteering',
    record(coming, 5),
    'ACTIVITY_NOT_OVER',
    'input.activityId',
  );
});

test('disputed hours are certified by nobody until they are corrected, and may be struck out', async () => {
  const activityId = await openActivity();
  const id = await recordId(record(activityId, 6, 110));
  const step = (event: string, more: object) => ({ recordId: id, event, idempotencyKey: nextKey(), ...more });
  const not = (caller: typeof organizer, event: string, more: object, code: string, culprit = 'input.event') =>
    expectRefused(subgraph, caller, 'advanceVolunteerRecord', step(event, more), code, culprit);
  await not(organizer, 'CORRECT', { minutes: 60, note: '更正' }, 'TRANSITION_NOT_ALLOWED');
  await not(organizer, 'DISPUTE', {}, 'TRANSITION_INCOMPLETE');
  const shown = 'volunteer { serviceHours uncertifiedHours disputedHours activityCount points }';
  const taken = async (caller: typeof organizer, event: string, more: object) =>
    (await expectDone(subgraph, caller, 'advanceVolunteerRecord', step(event, more), shown)).volunteer;
  expect(await taken(certifier, 'DISPUTE', { note: '签到记录与登记时长不符' })).toEqual({
    ...{ serviceHours: 0, uncertifiedHours: 0, disputedHours: 110 / 60, activityCount: 1, points: 0 },
  });
  const early = { recordId: id, idempotencyKey: nextKey() };
  await expectRefused(subgraph, certifier, 'certifyVolunteering', early, 'TRANSITION_NOT_ALLOWED', 'input.recordId');
  await not(certifier, 'CORRECT', { minutes: 60, note: '更正' }, 'TRANSITION_NOT_YOURS');
  await not(organizer, 'STRIKE_OUT', { note: '撤销' }, 'TRANSITION_NOT_YOURS');
  await not(organizer, 'CORRECT', { minutes: 121, note: '更正' }, 'NUMBER_OUT_OF_RANGE', 'input.minutes');
  expect(await taken(organizer, 'CORRECT', { minutes: 60, note: '按签到更正' })).toMatchObject({ uncertifiedHours: 1 });
  expect(await certify(id)).toMatchObject({ serviceHours: 1, points: 10 });
  const { rows } = await subgraph.pool.query(
    'SELECT event, to_state AS state FROM services.transition_step WHERE subject_id = $1 ORDER BY ordinal',
    [id.slice('VolunteerRecord:'.length)],
  );
  expect(rows.map(({ event, state }) => `${event} ${state}`)).toEqual([
    'DISPUTE DISPUTED',
    'CORRECT RECORDED',
    'CERTIFY CERTIFIED',
  ]);

  const other = { recordId: await recordId(record(activityId, 7)), note: '未到场' };
  for (const event of ['DISPUTE', 'STRIKE_OUT']) await taken(certifier, event, other);
  // The place is free again.
  await recordId(record(activityId, 8));
});

test.each([
  ['that ends before it begins', { endsAt: '2026-06-28T00:00:00Z' }, 'PERIOD_INVALID', 'input.endsAt'],
  ['of more than a day', { endsAt: '2026-06-30T00:00:01Z' }, 'PERIOD_INVALID', 'input.endsAt'],
  ['for nobody', { capacity: 0 }, 'NUMBER_OUT_OF_RANGE', 'input.capacity'],
  ['elsewhere', { communityId: `Community:${COMMUNITY_C}` }, 'COMMUNITY_NOT_FOUND', 'input.communityId'],
])('an activity %s is refused', async (_name, more, code, culprit) => {
  await expectRefused(subgraph, organizer, 'openActivity', opening(more), code, culprit);
});

const redeem = (person: number, points: number) =>
  subgraph.run(
    organizer,
    'mutation ($input: RedeemPointsInput!) { redeemPoints(input: $input) { __typename ... on Refusal { code } } }',
    { input: { personId: `Person:${testUuid(person)}`, rewardCode: 'RICE-5KG', points, idempotencyKey: nextKey() } },
  );

test('scenario 10: fifty parallel redemptions never take more than there is, and the ledger stays at zero', async () => {
  for (let turn = 0; turn < 4; turn++) {
    await certify(await recordId(record(await openActivity(), 9, 120)));
  }
  // Eighty points; each redemption takes seven: eleven fit.
  const answers = await Promise.all(Array.from({ length: 50 }, () => redeem(9, 7)));
  const codes = answers.map(({ data }) => data.redeemPoints.code ?? data.redeemPoints.__typename);
  expect(codes.filter((code) => code === 'RedeemPointsSuccess')).toHaveLength(11);
  expect(codes.filter((code) => code === 'POINTS_NOT_ENOUGH')).toHaveLength(39);
  const { rows } = await subgraph.pool.query('SELECT balance FROM services.points_account WHERE person_id = $1', [
    testUuid(9),
  ]);
  expect(rows).toEqual([{ balance: 3 }]);
  expect(await ledger()).toMatchObject({ sumOfEntries: 0, sumOfBalances: 0 });
  const transfers = await subgraph.pool.query(
    'SELECT 1 FROM services.points_entry GROUP BY transfer_id HAVING sum(points) <> 0 OR count(*) <> 2',
  );
  expect(transfers.rows).toEqual([]);
});

test('somebody without an account redeems nothing, and leaves none behind', async () => {
  const before = await subgraph.rowCounts();
  expect((await redeem(77, 1)).data.redeemPoints.code).toBe('POINTS_NOT_ENOUGH');
  expect(await subgraph.rowCounts()).toEqual(before);
});

test('what a person did is for those with the right alone', async () => {
  const { problems } = await subgraph.run(testCaller([COUNTY_AB]), '{ pointsLedger { inCirculation } }');
  expect(problems).toEqual(['FIELD_RIGHT_MISSING pointsLedger']);
});
