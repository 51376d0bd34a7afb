import { equals, newestFirst, tableReader } from '../table-reader.ts';

export type BookingState = 'BOOKED' | 'CANCELLED' | 'USED' | 'MISSED';

export interface FacilityBookingRow {
  readonly id: string;
  readonly facilityId: string;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly purpose: string;
  readonly state: BookingState;
  readonly bookerPersonId: string | null;
  readonly communityCode: string;
  readonly provenanceId: string;
}

export const bookingTable = tableReader<FacilityBookingRow>(
  'facility_booking',
  {
    ...{ id: true, facilityId: true, startsAt: true, endsAt: true, purpose: true, state: true, bookerPersonId: true },
    ...{ communityCode: true, provenanceId: true },
  },
  { hasGridCode: false },
);

export const bookingList = bookingTable.list(
  'facility_bookings',
  { STARTS_AT: newestFirst('starts_at', 'startsAt', 'timestamptz', ['state', 'facilityId', 'divisionCode']) },
  { state: equals('state'), facilityId: equals('facility_id', 'uuid') },
);
