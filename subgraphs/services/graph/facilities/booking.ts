import { findUuidKey, globalId } from '../../../kit/global-id.ts';
import { ACCESS_SUBJECT, personSubject } from '../../../kit/graph/access-subject.ts';
import { pageArguments, rootPage } from '../../../kit/graph/connection.ts';
import { KEY_CARD } from '../../../kit/graph/data-card.ts';
import { defineMutation } from '../../../kit/graph/mutation-field.ts';
import type { SubgraphContext } from '../../../kit/subgraph-context.ts';
import { advanceBooking, bookFacility } from '../../rules/facilities/book-facility.ts';
import { bookingMachine } from '../../rules/facilities/booking-machine.ts';
import { bookingList } from '../../store/facilities/booking-rows.ts';
import type { ServicesStore } from '../../store/services-store.ts';
import { builder, Person } from '../builder.ts';
import { Facility, facilityLoader } from '../entities.ts';
import { communityField, entityFields, machineFields } from '../entity-fields.ts';
import { idempotencyKey } from '../idempotency-key.ts';
import { eventEnum, stateEnum } from '../machine-events.ts';
import { plainRefusals, stepRefusals } from '../refusal-lists.ts';
import { bookingLoader, FacilityBooking, FacilityBookingConnection } from './facility-entities.ts';

const BookingState = stateEnum('BookingState', bookingMachine);
const card = { source: 'civil-affairs', right: 'facility.book' } as const;

FacilityBooking.implement({
  description: '设施预约 A time for which a facility is taken.',
  card: { source: 'civil-affairs', sharing: 'CONDITIONAL', grade: 2, category: 'GOVERNMENT', updateCycle: 'REALTIME' },
  entity: bookingLoader,
  interfaces: ['Node'],
  fields: (t) => ({
    accessSubject: t.id({
      ...ACCESS_SUBJECT,
      reads: ['bookerPersonId'],
      resolve: ({ bookerPersonId }) => personSubject(bookerPersonId),
    }),
    ...entityFields(t, 'FacilityBooking'),
    ...machineFields(t, bookingMachine, (row, { caller, clock }) =>
      bookingMachine.availableTransitions(row.state, caller, { startsAt: row.startsAt, now: clock.now() }),
    ),
    facility: t.field({
      type: Facility,
      nullable: true,
      description: '设施 The facility.',
      card: KEY_CARD,
      ...facilityLoader.below(({ facilityId }: { readonly facilityId: string }) => globalId('Facility', facilityId)),
    }),
    startsAt: t.expose('startsAt', { type: 'DateTime', description: '开始时间 When it begins.' }),
    endsAt: t.expose('endsAt', { type: 'DateTime', description: '结束时间 When it ends.' }),
    purpose: t.exposeString('purpose', { description: '用途 What for; no personal numbers.' }),
    state: t.field({ type: BookingState, description: '预约状态 Where it stands.', resolve: ({ state }) => state }),
    booker: t.field({
      type: Person,
      nullable: true,
      description: '预约人 Who booked it; null for an organization and outside the caller’s area.',
      card: { grade: 3, category: 'PERSONAL', right: 'facility.booker' },
      resolve: ({ bookerPersonId: id }) => (id === null ? null : { id: globalId('Person', id) }),
    }),
    community: communityField(t),
  }),
});

builder.queryField('facilityBookings', (t) =>
  t.field({
    type: FacilityBookingConnection,
    description: '设施预约 Bookings in the caller’s area, the latest first.',
    args: {
      ...pageArguments(t.arg),
      facilityId: t.arg.id({ description: '设施 Only of this facility.' }),
      state: t.arg({ type: BookingState, description: '预约状态 Only in this state.' }),
      divisionCode: t.arg.string({ description: '区划代码 4, 6, 9 or 12 digits.' }),
    },
    resolve: (_root, { facilityId, state, divisionCode, ...page }, context, info) => {
      // An id of another type finds nothing.
      const key = facilityId == null ? null : (findUuidKey('Facility', facilityId) ?? NOBODY);
      return rootPage(
        bookingList,
        page,
        { sort: 'STARTS_AT', filter: { facilityId: key, state, divisionCode } },
        context,
        info,
      );
    },
  }),
);

const NOBODY = '00000000-0000-7000-8000-000000000000';

const result = {
  field: 'booking',
  type: FacilityBooking,
  description: '预约 The booking as it stands now.',
  load: ({ bookingId }: { bookingId: string }, context: SubgraphContext<ServicesStore>) =>
    bookingLoader.load(bookingId, context),
};

defineMutation(builder, {
  name: 'bookFacility',
  description: '预约设施 Books a facility in half-hours; whoever comes second is told when it is taken.',
  card,
  input: builder.inputType('BookFacilityInput', {
    description: '预约 What, when, what for.',
    fields: (t) => ({
      facilityId: t.id({ required: true, description: '设施 The facility, inside the caller’s area.' }),
      startsAt: t.field({ type: 'DateTime', required: true, description: '开始时间 On a half-hour.' }),
      endsAt: t.field({ type: 'DateTime', required: true, description: '结束时间 On a half-hour.' }),
      purpose: t.string({ required: true, description: '用途 2 to 120 characters.' }),
      bookerId: t.id({
        references: { type: 'Person', refusal: 'PERSON_NOT_FOUND' },
        description: '预约人 The person, where it is one.',
      }),
      idempotencyKey: idempotencyKey(t),
    }),
  }),
  refusals: plainRefusals,
  run: (input, context) => bookFacility(context, input),
  result,
});

defineMutation(builder, {
  name: 'advanceBooking',
  description: '预约流转 Cancels a booking before it begins, or notes whether somebody came.',
  card,
  input: builder.inputType('AdvanceBookingInput', {
    description: '预约流转 Which step.',
    fields: (t) => ({
      bookingId: t.id({ required: true, description: '预约 The booking, inside the caller’s area.' }),
      event: t.field({
        type: eventEnum('BookingEvent', bookingMachine),
        required: true,
        description: '流转 What to do.',
      }),
      note: t.string({ description: '说明 2 to 500 characters.' }),
      idempotencyKey: idempotencyKey(t),
    }),
  }),
  refusals: stepRefusals,
  run: (input, context) => advanceBooking(context, input),
  result,
});
