import { findUuidKey } from '../../kit/global-id.ts';
import { defineConnection } from '../../kit/graph/connection.ts';
import { entityLoader } from '../../kit/graph/entity-loader.ts';
import { placeRows, REFERENCE_ROWS } from '../../kit/graph/row-scope.ts';
import { type FacilityRow, findFacilities } from '../store/facilities/facility-rows.ts';
import { type AlertRow, findAlerts } from '../store/incidents/alert-rows.ts';
import { findIncidents, type IncidentRow } from '../store/incidents/incident-rows.ts';
import { findInspections, type InspectionRow } from '../store/incidents/inspection-rows.ts';
import { findMediations, type MediationRow } from '../store/incidents/mediation-rows.ts';
import { findServiceItems, type ServiceItemRow } from '../store/items/service-item-rows.ts';
import type { ServicesStore } from '../store/services-store.ts';
import { builder, PageInfo } from './builder.ts';

/**
 * The entities of this subgraph, their loaders and their lists. They point to each other in circles; here each is only
 * named, and its own file says what it has.
 */
export const Facility = builder.objectRef<FacilityRow>('Facility');
export const ServiceItem = builder.objectRef<ServiceItemRow>('ServiceItem');
export const Incident = builder.objectRef<IncidentRow>('Incident');
export const Alert = builder.objectRef<AlertRow>('Alert');
export const Inspection = builder.objectRef<InspectionRow>('Inspection');
export const Mediation = builder.objectRef<MediationRow>('Mediation');

export const FacilityConnection = defineConnection(builder, 'Facility', Facility, PageInfo);
export const ServiceItemConnection = defineConnection(builder, 'ServiceItem', ServiceItem, PageInfo);
export const IncidentConnection = defineConnection(builder, 'Incident', Incident, PageInfo);
export const AlertConnection = defineConnection(builder, 'Alert', Alert, PageInfo);
export const InspectionConnection = defineConnection(builder, 'Inspection', Inspection, PageInfo);
export const MediationConnection = defineConnection(builder, 'Mediation', Mediation, PageInfo);

export const facilityLoader = entityLoader<FacilityRow, ServicesStore>(
  'Facility',
  REFERENCE_ROWS,
  (id) => findUuidKey('Facility', id),
  (keys, context) => findFacilities(context.store, keys, context.trace),
);

export const serviceItemLoader = entityLoader<ServiceItemRow, ServicesStore>(
  'ServiceItem',
  REFERENCE_ROWS,
  (id) => findUuidKey('ServiceItem', id),
  (keys, context) => findServiceItems(context.store, keys, context.trace),
);

export const incidentLoader = entityLoader<IncidentRow, ServicesStore>(
  'Incident',
  placeRows('services.incident'),
  (id) => findUuidKey('Incident', id),
  (keys, context) => findIncidents(context.store, keys, context.caller, context.trace),
);

export const alertLoader = entityLoader<AlertRow, ServicesStore>(
  'Alert',
  placeRows('services.alert'),
  (id) => findUuidKey('Alert', id),
  (keys, context) => findAlerts(context.store, keys, context.caller, context.trace),
);

export const inspectionLoader = entityLoader<InspectionRow, ServicesStore>(
  'Inspection',
  placeRows('services.inspection'),
  (id) => findUuidKey('Inspection', id),
  (keys, context) => findInspections(context.store, keys, context.caller, context.trace),
);

export const mediationLoader = entityLoader<MediationRow, ServicesStore>(
  'Mediation',
  placeRows('services.mediation'),
  (id) => findUuidKey('Mediation', id),
  (keys, context) => findMediations(context.store, keys, context.caller, context.trace),
);
