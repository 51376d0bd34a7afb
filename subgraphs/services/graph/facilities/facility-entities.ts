import { findUuidKey } from '../../../kit/global-id.ts';
import { defineConnection } from '../../../kit/graph/connection.ts';
import type { DataCard } from '../../../kit/graph/data-card.ts';
import { entityLoader } from '../../../kit/graph/entity-loader.ts';
import { placeRows, REFERENCE_ROWS } from '../../../kit/graph/row-scope.ts';
import { assessmentTable, type FacilityAssessmentRow } from '../../store/facilities/assessment-rows.ts';
import { bookingTable, type FacilityBookingRow } from '../../store/facilities/booking-rows.ts';
import { deviceTable, type EstateDeviceRow } from '../../store/facilities/device-rows.ts';
import { type FacilityStandardRow, standardTable } from '../../store/facilities/standard-rows.ts';
import type { ServicesStore } from '../../store/services-store.ts';
import { builder, PageInfo } from '../builder.ts';

/** The facility ledger is open data: it is printed on the doors. */
export const FACILITY_CARD: DataCard = {
  source: 'civil-affairs',
  sharing: 'UNCONDITIONAL',
  grade: 1,
  category: 'PUBLIC',
  updateCycle: 'ON_CHANGE',
};

export const FacilityStandard = builder.objectRef<FacilityStandardRow>('FacilityStandard');
export const FacilityStandardConnection = defineConnection(builder, 'FacilityStandard', FacilityStandard, PageInfo);
export const standardLoader = entityLoader<FacilityStandardRow, ServicesStore>(
  'FacilityStandard',
  REFERENCE_ROWS,
  (id) => findUuidKey('FacilityStandard', id),
  (keys, context) => standardTable.find(context.store, keys, context.caller, context.trace),
);

export const FacilityAssessment = builder.objectRef<FacilityAssessmentRow>('FacilityAssessment');
export const FacilityAssessmentConnection = defineConnection(
  builder,
  'FacilityAssessment',
  FacilityAssessment,
  PageInfo,
);
export const assessmentLoader = entityLoader<FacilityAssessmentRow, ServicesStore>(
  'FacilityAssessment',
  REFERENCE_ROWS,
  (id) => findUuidKey('FacilityAssessment', id),
  (keys, context) => assessmentTable.find(context.store, keys, context.caller, context.trace),
);

export const FacilityBooking = builder.objectRef<FacilityBookingRow>('FacilityBooking');
export const FacilityBookingConnection = defineConnection(builder, 'FacilityBooking', FacilityBooking, PageInfo);
export const bookingLoader = entityLoader<FacilityBookingRow, ServicesStore>(
  'FacilityBooking',
  placeRows('services.facility_booking'),
  (id) => findUuidKey('FacilityBooking', id),
  (keys, context) => bookingTable.find(context.store, keys, context.caller, context.trace),
);

export const EstateDevice = builder.objectRef<EstateDeviceRow>('EstateDevice');
export const EstateDeviceConnection = defineConnection(builder, 'EstateDevice', EstateDevice, PageInfo);
export const deviceLoader = entityLoader<EstateDeviceRow, ServicesStore>(
  'EstateDevice',
  placeRows('services.estate_device'),
  (id) => findUuidKey('EstateDevice', id),
  (keys, context) => deviceTable.find(context.store, keys, context.caller, context.trace),
);
