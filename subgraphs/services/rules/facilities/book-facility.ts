import { dateInChina } from '../../../kit/clock.ts';
import { isRefusal, type Refusal, refuse } from '../../../kit/codes/refusals.ts';
import { findUuidKey, globalId } from '../../../kit/global-id.ts';
import { coversPlace } from '../../../kit/store/place-scope.ts';
import {
  findTaker,
  insertBooking,
  lockBooking,
  SLOT_MILLISECONDS,
  takeSlots,
  updateBooking,
} from '../../store/facilities/booking-writes.ts';
import { getRuleInForce } from '../../store/governance-rule-rows.ts';
import { insertStep } from '../../store/transition-steps.ts';
import { plainText } from '../plain-text.ts';
import { type ServicesCall, writeServices } from '../service-write.ts';
import { type BookingEvent, bookingMachine } from './booking-machine.ts';

export interface BookFacilityInput {
  readonly facilityId: string;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly purpose: string;
  readonly bookerId?: string | null | undefined;
  readonly idempotencyKey: string;
}

const CHINA_OFFSET_MILLISECONDS = 8 * 3_600_000;
const MINUTE = 60_000;
const DAY = 86_400_000;

const minuteOfDay = (instant: Date) => Math.floor(((instant.getTime() + CHINA_OFFSET_MILLISECONDS) % DAY) / MINUTE);

/**
 * 预约设施 — books a facility in half-hours inside its opening hours of one day. Whoever comes second for any of them is
 * refused, and told when they are taken: the half-hours are rows with a key of their own.
 */
export function bookFacility(call: ServicesCall, input: BookFacilityInput): Promise<{ bookingId: string } | Refusal> {
  const { store, caller, clock } = call;
  return writeServices(call, 'bookFacility', 'facility-booking', input, async (transaction, provenanceId) => {
    const key = findUuidKey('Facility', input.facilityId);
    const facility = key === undefined ? null : await transaction.facility.findUnique({ where: { id: key } });
    if (facility === null || !coversPlace(caller, facility)) return refuse('FACILITY_NOT_FOUND', 'input.facilityId');
    const { opensAtMinute, closesAtMinute } = facility;
    if (!facility.bookable || opensAtMinute === null || closesAtMinute === null) {
      return refuse('FACILITY_NOT_BOOKABLE', 'input.facilityId');
    }
    if (facility.stage === 'BUILD' || facility.stage === 'CLOSED')
      return refuse('FACILITY_NOT_IN_SERVICE', 'input.facilityId');
    const now = clock.now();
    const { startsAt, endsAt } = input;
    const length = endsAt.getTime() - startsAt.getTime();
    const steps = [startsAt, endsAt].every((instant) => instant.getTime() % SLOT_MILLISECONDS === 0);
    if (!steps || length <= 0) return refuse('BOOKING_TIME_INVALID', 'input.startsAt');
    if (startsAt < now) return refuse('BOOKING_IN_PAST', 'input.startsAt');
    const limit = await getRuleInForce(transaction, 'BOOKING_LIMIT', dateInChina(now));
    const [hours, daysAhead] = [limit.amount ?? 0, Number(limit.parameters.daysAhead ?? 0)];
    if (length > hours * 3_600_000) return refuse('BOOKING_TOO_LONG', 'input.endsAt', { hours });
    if (startsAt.getTime() - now.getTime() > daysAhead * DAY) {
      return refuse('BOOKING_TOO_FAR', 'input.startsAt', { days: daysAhead });
    }
    const from = minuteOfDay(startsAt);
    if (from < opensAtMinute || from + length / MINUTE > closesAtMinute) {
      return refuse('OUTSIDE_OPENING_HOURS', 'input.startsAt', {
        opens: timeText(opensAtMinute),
        closes: timeText(closesAtMinute),
      });
    }
    const purpose = plainText(input.purpose, 'input.purpose', 2, 120);
    if (isRefusal(purpose)) return purpose;
    const bookerPersonId = input.bookerId == null ? null : (findUuidKey('Person', input.bookerId) ?? '');
    if (bookerPersonId === '') return refuse('PERSON_NOT_FOUND', 'input.bookerId');
    const id = store.ids.next();
    const { cityCode, countyCode, townshipCode, communityCode } = facility;
    const place = { cityCode, countyCode, townshipCode, communityCode };
    if (!(await takeSlots(transaction, { id, facilityId: facility.id, startsAt, endsAt }))) {
      const taker = await findTaker(transaction, facility.id, startsAt, endsAt);
      return refuse('FACILITY_TAKEN', 'input.startsAt', {
        from: (taker?.startsAt ?? startsAt).toISOString(),
        until: (taker?.endsAt ?? endsAt).toISOString(),
      });
    }
    await insertBooking(transaction, {
      ...{ id, facilityId: facility.id, startsAt, endsAt, purpose, state: bookingMachine.initial, bookerPersonId },
      ...{ provenanceId, ...place },
    });
    await insertStep(transaction, {
      ...{ subjectId: id, event: 'BOOK', from: null, to: bookingMachine.initial, at: now, provenanceId },
      actorDepartmentCode: caller.departmentCode,
    });
    const answer = { bookingId: globalId('FacilityBooking', id) };
    const event = { eventType: 'booking.made', entityType: 'FacilityBooking', entityId: answer.bookingId };
    const payload = { ...answer, facilityId: input.facilityId };
    return { answer, rowCount: 2 + length / SLOT_MILLISECONDS, events: [{ ...event, payload, place }] };
  });
}

/** 510 → 08:30 */
export function timeText(minute: number): string {
  return `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
}

export interface AdvanceBookingInput {
  readonly bookingId: string;
  readonly event: BookingEvent;
  readonly note?: string | null | undefined;
  readonly idempotencyKey: string;
}

/** Takes one step with a booking. */
export function advanceBooking(
  call: ServicesCall,
  input: AdvanceBookingInput,
): Promise<{ bookingId: string } | Refusal> {
  const { caller, clock } = call;
  return writeServices(call, 'advanceBooking', 'facility-booking', input, async (transaction, provenanceId) => {
    const id = findUuidKey('FacilityBooking', input.bookingId);
    const booking = id === undefined ? null : await lockBooking(transaction, id);
    if (booking === null || !coversPlace(caller, booking)) return refuse('BOOKING_NOT_FOUND', 'input.bookingId');
    const note = input.note == null ? null : plainText(input.note, 'input.note', 2, 500);
    if (isRefusal(note)) return note;
    const now = clock.now();
    const taken = bookingMachine.take({
      ...{ event: input.event, state: booking.state, caller, given: { ...input }, culprit: 'input.event' },
      subject: { startsAt: booking.startsAt, now },
    });
    if (isRefusal(taken)) return taken;
    await updateBooking(transaction, booking.id, taken.to);
    await insertStep(transaction, {
      ...{ subjectId: booking.id, ...taken, at: now, note, provenanceId, actorDepartmentCode: caller.departmentCode },
    });
    const answer = { bookingId: globalId('FacilityBooking', booking.id) };
    const event = { eventType: 'booking.stepped', entityType: 'FacilityBooking', entityId: answer.bookingId };
    const payload = { ...answer, event: taken.event, toState: taken.to };
    return { answer, rowCount: 2, events: [{ ...event, payload, place: booking }] };
  });
}
