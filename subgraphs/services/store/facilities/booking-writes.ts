import { Prisma } from '../../../../prisma/services/client/client.ts';
import type { Place } from '../../../kit/store/place-scope.ts';
import { lockRow, type ServicesTransaction } from '../services-transaction.ts';
import type { BookingState, FacilityBookingRow } from './booking-rows.ts';

/** Half an hour. */
export const SLOT_MILLISECONDS = 1_800_000;

/**
 * Takes the half-hours of a booking, in their order, so that bookings that overlap wait for each other and never in a
 * circle. False when another booking holds one of them: the table's key allows no second.
 */
export async function takeSlots(
  transaction: ServicesTransaction,
  booking: { readonly id: string; readonly facilityId: string; readonly startsAt: Date; readonly endsAt: Date },
): Promise<boolean> {
  const { id, facilityId, startsAt, endsAt } = booking;
  const wanted = (endsAt.getTime() - startsAt.getTime()) / SLOT_MILLISECONDS;
  const taken = await transaction.$executeRaw(Prisma.sql`
    INSERT INTO services.facility_booking_slot (facility_id, slot_at, booking_id)
    SELECT ${facilityId}::uuid, ${startsAt}::timestamptz + n * interval '30 minutes', ${id}::uuid
      FROM generate_series(0, ${wanted - 1}::int) n ORDER BY n
    ON CONFLICT (facility_id, slot_at) DO NOTHING`);
  return taken === wanted;
}

/** The first booking that holds a part of a time. */
export async function findTaker(
  transaction: ServicesTransaction,
  facilityId: string,
  startsAt: Date,
  endsAt: Date,
): Promise<{ startsAt: Date; endsAt: Date } | null> {
  return transaction.facilityBooking.findFirst({
    where: { facilityId, state: { not: 'CANCELLED' }, startsAt: { lt: endsAt }, endsAt: { gt: startsAt } },
    orderBy: { startsAt: 'asc' },
    select: { startsAt: true, endsAt: true },
  });
}

export async function insertBooking(
  transaction: ServicesTransaction,
  row: Omit<FacilityBookingRow, 'communityCode'> & Place,
): Promise<void> {
  await transaction.facilityBooking.create({ data: row });
}

export async function lockBooking(transaction: ServicesTransaction, id: string) {
  if (!(await lockRow(transaction, 'facility_booking', id))) return null;
  const row = await transaction.facilityBooking.findUniqueOrThrow({ where: { id } });
  // Written by the machine of bookings only.
  return { ...row, state: row.state as BookingState };
}

/** Writes a booking's state; a cancelled one gives its half-hours back. */
export async function updateBooking(transaction: ServicesTransaction, id: string, state: BookingState): Promise<void> {
  await transaction.facilityBooking.update({ where: { id }, data: { state } });
  if (state === 'CANCELLED') await transaction.facilityBookingSlot.deleteMany({ where: { bookingId: id } });
}
