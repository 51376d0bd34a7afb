import { afterAll, beforeAll, expect, test } from 'vitest';
import { services } from '../../../../subgraphs/services/index.ts';
import { openTestSubgraph, TEST_INSTANT, type TestSubgraph, testCaller } from '../../../kit/open-test-subgraph.ts';
import { expectDone, expectRefused } from '../../../kit/refusals.ts';
import { COUNTY_AB, COUNTY_C, facilityKeys, insertServices, REPORTER_KEY } from '../../../kit/services-rows.ts';

let subgraph: TestSubgraph;
let key = 0;
const caller = testCaller([COUNTY_AB], 'facility.book');
const FACILITY = `Facility:${facilityKeys.A}`;

beforeAll(async () => {
  subgraph = await openTestSubgraph(services);
  await insertServices(subgraph.pool);
  await subgraph.pool.query(
    `UPDATE services.facility SET bookable = true, opens_at_minute = 510, closes_at_minute = 1260 WHERE id = $1`,
    [facilityKeys.A],
  );
});
afterAll(() => subgraph[Symbol.asyncDispose]());

const nextKey = () => `booking-${++key}`;
/** Hours of a day in China. */
const at = (day: string, time: string) => new Date(`${day}T${time}:00+08:00`).toISOString();
const wish = (more: object = {}) => ({
  ...{
    facilityId: FACILITY,
    startsAt: at('2026-07-01', '09:00'),
    endsAt: at('2026-07-01', '11:00'),
    purpose: '书画社活动',
  },
  ...{ idempotencyKey: nextKey(), ...more },
});
const book = (more: object = {}, shown = 'booking { id state }') =>
  expectDone(subgraph, caller, 'bookFacility', wish(more), shown);
const refused = (more: object, code: string, culprit: string) =>
  expectRefused(subgraph, caller, 'bookFacility', wish(more), code, culprit);
const step = (bookingId: string, event: string, more: object = {}) =>
  expectDone(
    subgraph,
    caller,
    'advanceBooking',
    { bookingId, event, idempotencyKey: nextKey(), ...more },
    'booking { state history { event } availableTransitions { event } }',
  );

test('of fifty parallel callers one gets the room, and the others are told until when it is taken', async () => {
  const answers = await Promise.all(
    Array.from({ length: 50 }, (_, index) =>
      subgraph.run(
        caller,
        'mutation ($input: BookFacilityInput!) { bookFacility(input: $input) { __typename ... on Refusal { code messageZh } } }',
        {
          // All want ten o’clock, from different beginnings to different ends.
          input: wish({
            startsAt: at('2026-07-03', index % 2 === 0 ? '09:00' : '09:30'),
            endsAt: at('2026-07-03', index % 3 === 0 ? '10:30' : '11:30'),
          }),
        },
      ),
    ),
  );
  const codes = answers.map(({ data }) => data.bookFacility.code ?? 'done');
  expect(codes.filter((code) => code === 'done')).toHaveLength(1);
  expect(new Set(codes)).toEqual(new Set(['done', 'FACILITY_TAKEN']));
  const { rows } = await subgraph.pool.query(
    `SELECT count(*)::int AS bookings, (SELECT count(DISTINCT booking_id)::int FROM services.facility_booking_slot) AS holders FROM services.facility_booking`,
  );
  expect(rows).toEqual([{ bookings: 1, holders: 1 }]);
});

test('the database itself refuses a second holder of a half-hour, and a slot that begins elsewhere', async () => {
  const insert = (slot: string) =>
    subgraph.pool.query(`INSERT INTO services.facility_booking_slot VALUES ($1, $2, gen_random_uuid())`, [
      facilityKeys.A,
      slot,
    ]);
  await insert('2026-08-01T01:00:00Z');
  await expect(insert('2026-08-01T01:00:00Z')).rejects.toThrow('facility_booking_slot_pkey');
  await expect(insert('2026-08-01T01:10:00Z')).rejects.toThrow('half_hour_check');
});

test('bookings that touch do not overlap; a cancelled one gives its time back, once and before it begins', async () => {
  const first = await book();
  await book({ startsAt: at('2026-07-01', '11:00'), endsAt: at('2026-07-01', '12:00') });
  await book({ startsAt: at('2026-07-01', '08:30'), endsAt: at('2026-07-01', '09:00') });
  const refusal = await refused(
    { startsAt: at('2026-07-01', '10:30'), endsAt: at('2026-07-01', '11:30') },
    'FACILITY_TAKEN',
    'input.startsAt',
  );
  expect(refusal.messageEn).toContain(at('2026-07-01', '09:00'));
  const bookingId = first.booking.id;
  await expectRefused(
    subgraph,
    caller,
    'advanceBooking',
    { bookingId, event: 'ATTEND', idempotencyKey: nextKey() },
    'TRANSITION_INCOMPLETE',
    'input.event',
  );
  expect(await step(bookingId, 'CANCEL', { note: '活动改期' })).toMatchObject({
    booking: { state: 'CANCELLED', history: [{ event: 'BOOK' }, { event: 'CANCEL' }], availableTransitions: [] },
  });
  await expectRefused(
    subgraph,
    caller,
    'advanceBooking',
    { bookingId, event: 'CANCEL', note: '再次取消', idempotencyKey: nextKey() },
    'TRANSITION_NOT_ALLOWED',
    'input.event',
  );
  const again = await book();
  subgraph.clock.set(at('2026-07-01', '09:10'));
  await expectRefused(
    subgraph,
    caller,
    'advanceBooking',
    { bookingId: again.booking.id, event: 'CANCEL', note: '太迟', idempotencyKey: nextKey() },
    'TRANSITION_INCOMPLETE',
    'input.event',
  );
  expect((await step(again.booking.id, 'ATTEND')).booking.state).toBe('USED');
  subgraph.clock.set(TEST_INSTANT);
});

test.each([
  ['a quarter of an hour', { endsAt: at('2026-07-01', '11:15') }, 'BOOKING_TIME_INVALID', 'input.startsAt'],
  ['an end before its beginning', { endsAt: at('2026-07-01', '08:30') }, 'BOOKING_TIME_INVALID', 'input.startsAt'],
  [
    'the past',
    { startsAt: at('2026-06-30', '09:00'), endsAt: at('2026-06-30', '09:30') },
    'BOOKING_IN_PAST',
    'input.startsAt',
  ],
  ['more than eight hours', { endsAt: at('2026-07-01', '17:30') }, 'BOOKING_TOO_LONG', 'input.endsAt'],
  [
    'more than sixty days ahead',
    { startsAt: at('2026-09-01', '09:00'), endsAt: at('2026-09-01', '10:00') },
    'BOOKING_TOO_FAR',
    'input.startsAt',
  ],
  [
    'before it opens',
    { startsAt: at('2026-07-02', '08:00'), endsAt: at('2026-07-02', '09:00') },
    'OUTSIDE_OPENING_HOURS',
    'input.startsAt',
  ],
  [
    'after it closes',
    { startsAt: at('2026-07-02', '20:30'), endsAt: at('2026-07-02', '21:30') },
    'OUTSIDE_OPENING_HOURS',
    'input.startsAt',
  ],
  [
    'a facility that is not booked',
    { facilityId: `Facility:${facilityKeys.B}` },
    'FACILITY_NOT_BOOKABLE',
    'input.facilityId',
  ],
  ['a facility elsewhere', { facilityId: `Facility:${facilityKeys.C}` }, 'FACILITY_NOT_FOUND', 'input.facilityId'],
  ['a number in its purpose', { purpose: '找13800138000' }, 'PERSONAL_NUMBER_IN_TEXT', 'input.purpose'],
])('a booking of %s is refused', (_name, more, code, culprit) => refused(more, code, culprit));

test('who booked is shown to holders of the right only, and bookings stay in their area', async () => {
  const { booking } = await book({
    startsAt: at('2026-07-05', '09:00'),
    endsAt: at('2026-07-05', '10:00'),
    bookerId: `Person:${REPORTER_KEY}`,
  });
  const ask = (own: typeof caller) =>
    subgraph.run(own, '{ facilityBookings(first: 1) { totalCount nodes { id booker { id } facility { name } } } }');
  const plain = await ask(caller);
  expect(plain.problems).toEqual(['FIELD_RIGHT_MISSING facilityBookings.nodes.0.booker']);
  expect(plain.data.facilityBookings.nodes[0]).toMatchObject({ id: booking.id, booker: null });
  const entitled = await ask(testCaller([COUNTY_AB], 'facility.booker'));
  expect(entitled.data.facilityBookings.nodes[0].booker).toEqual({ id: `Person:${REPORTER_KEY}` });
  expect((await ask(testCaller([COUNTY_C]))).data.facilityBookings).toEqual({ totalCount: 0, nodes: [] });
});
