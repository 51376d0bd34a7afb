import { dateInChina } from '../../kit/clock.ts';
import { findUuidKey } from '../../kit/global-id.ts';
import { defineConnection } from '../../kit/graph/connection.ts';
import { entityLoader } from '../../kit/graph/entity-loader.ts';
import { placeRows, REFERENCE_ROWS } from '../../kit/graph/row-scope.ts';
import { type CertificateCheckRow, findChecks } from '../store/certificates/certificate-check-rows.ts';
import {
  type CertificateItemRow,
  certificateItemTable,
  type IssuedCertificateRow,
  issuedCertificateTable,
} from '../store/certificates/certificate-rows.ts';
import {
  type CovenantRow,
  catalogTable,
  covenantTable,
  type DeliberationCatalogRow,
  type DeliberationRow,
  type DisclosureRow,
  deliberationTable,
  disclosureTable,
} from '../store/deliberation/deliberation-rows.ts';
import { type FacilityRow, findFacilities } from '../store/facilities/facility-rows.ts';
import { type AlertRow, findAlerts } from '../store/incidents/alert-rows.ts';
import { findIncidents, type IncidentRow } from '../store/incidents/incident-rows.ts';
import { findInspections, type InspectionRow } from '../store/incidents/inspection-rows.ts';
import { findMediations, type MediationRow } from '../store/incidents/mediation-rows.ts';
import { findServiceItems, type ServiceItemRow } from '../store/items/service-item-rows.ts';
import type { ServicesStore } from '../store/services-store.ts';
import { type ActivityRow, activityTable } from '../store/volunteering/volunteering-rows.ts';
import { requestTable, type ServiceRequestRow } from '../store/window/request-rows.ts';
import { type ServiceWindowRow, windowTable } from '../store/window/window-rows.ts';
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
  (keys, context) => findFacilities(context.store, keys, dateInChina(context.clock.now()), context.trace),
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
  (keys, context, wanted) => findIncidents(context.store, keys, context.caller, context.trace, wanted),
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

export const Deliberation = builder.objectRef<DeliberationRow>('Deliberation');
export const DeliberationConnection = defineConnection(builder, 'Deliberation', Deliberation, PageInfo);
export const deliberationLoader = entityLoader<DeliberationRow, ServicesStore>(
  'Deliberation',
  placeRows('services.deliberation'),
  (id) => findUuidKey('Deliberation', id),
  (keys, context) => deliberationTable.find(context.store, keys, context.caller, context.trace),
);

export const DeliberationCatalogItem = builder.objectRef<DeliberationCatalogRow>('DeliberationCatalogItem');
export const DeliberationCatalogItemConnection = defineConnection(
  builder,
  'DeliberationCatalogItem',
  DeliberationCatalogItem,
  PageInfo,
);
export const deliberationCatalogItemLoader = entityLoader<DeliberationCatalogRow, ServicesStore>(
  'DeliberationCatalogItem',
  REFERENCE_ROWS,
  (id) => findUuidKey('DeliberationCatalogItem', id),
  (keys, context) => catalogTable.find(context.store, keys, context.caller, context.trace),
);

export const Covenant = builder.objectRef<CovenantRow>('Covenant');
export const CovenantConnection = defineConnection(builder, 'Covenant', Covenant, PageInfo);
export const covenantLoader = entityLoader<CovenantRow, ServicesStore>(
  'Covenant',
  placeRows('services.covenant'),
  (id) => findUuidKey('Covenant', id),
  (keys, context) => covenantTable.find(context.store, keys, context.caller, context.trace),
);

export const Disclosure = builder.objectRef<DisclosureRow>('Disclosure');
export const DisclosureConnection = defineConnection(builder, 'Disclosure', Disclosure, PageInfo);
export const disclosureLoader = entityLoader<DisclosureRow, ServicesStore>(
  'Disclosure',
  REFERENCE_ROWS,
  (id) => findUuidKey('Disclosure', id),
  (keys, context) => disclosureTable.find(context.store, keys, context.caller, context.trace),
);

export const Activity = builder.objectRef<ActivityRow>('Activity');
export const ActivityConnection = defineConnection(builder, 'Activity', Activity, PageInfo);
export const activityLoader = entityLoader<ActivityRow, ServicesStore>(
  'Activity',
  REFERENCE_ROWS,
  (id) => findUuidKey('Activity', id),
  (keys, context) => activityTable.find(context.store, keys, context.caller, context.trace),
);

export const CertificateItem = builder.objectRef<CertificateItemRow>('CertificateItem');
export const CertificateItemConnection = defineConnection(builder, 'CertificateItem', CertificateItem, PageInfo);
export const certificateItemLoader = entityLoader<CertificateItemRow, ServicesStore>(
  'CertificateItem',
  REFERENCE_ROWS,
  (id) => findUuidKey('CertificateItem', id),
  (keys, context) => certificateItemTable.find(context.store, keys, context.caller, context.trace),
);

export const IssuedCertificate = builder.objectRef<IssuedCertificateRow>('IssuedCertificate');
export const IssuedCertificateConnection = defineConnection(builder, 'IssuedCertificate', IssuedCertificate, PageInfo);
export const issuedCertificateLoader = entityLoader<IssuedCertificateRow, ServicesStore>(
  'IssuedCertificate',
  placeRows('services.issued_certificate'),
  (id) => findUuidKey('IssuedCertificate', id),
  (keys, context) => issuedCertificateTable.find(context.store, keys, context.caller, context.trace),
);

export const CertificateCheck = builder.objectRef<CertificateCheckRow>('CertificateCheck');
export const CertificateCheckConnection = defineConnection(builder, 'CertificateCheck', CertificateCheck, PageInfo);
export const certificateCheckLoader = entityLoader<CertificateCheckRow, ServicesStore>(
  'CertificateCheck',
  placeRows('services.certificate_check'),
  (id) => findUuidKey('CertificateCheck', id),
  (keys, context) => findChecks(context.store, keys, context.caller, context.trace),
);

export const ServiceRequest = builder.objectRef<ServiceRequestRow>('ServiceRequest');
export const ServiceRequestConnection = defineConnection(builder, 'ServiceRequest', ServiceRequest, PageInfo);
export const serviceRequestLoader = entityLoader<ServiceRequestRow, ServicesStore>(
  'ServiceRequest',
  placeRows('services.service_request'),
  (id) => findUuidKey('ServiceRequest', id),
  (keys, context) => requestTable.find(context.store, keys, context.caller, context.trace),
);

export const ServiceWindow = builder.objectRef<ServiceWindowRow>('ServiceWindow');
export const ServiceWindowConnection = defineConnection(builder, 'ServiceWindow', ServiceWindow, PageInfo);
export const serviceWindowLoader = entityLoader<ServiceWindowRow, ServicesStore>(
  'ServiceWindow',
  REFERENCE_ROWS,
  (id) => findUuidKey('ServiceWindow', id),
  (keys, context) => windowTable.find(context.store, keys, context.caller, context.trace),
);
