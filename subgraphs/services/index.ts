import type { SubgraphDefinition } from '../kit/subgraph-definition.ts';
import { incidentsDataset } from './datasets/incidents-dataset.ts';
import { incidentsQuality } from './datasets/incidents-quality.ts';
import { buildServicesSchema } from './graph/schema.ts';
import { admissionMachine } from './rules/burden/admission-machine.ts';
import { burdenMachine } from './rules/burden/burden-item.ts';
import { reportMachine } from './rules/burden/report-machine.ts';
import { taskMachine } from './rules/burden/task-machine.ts';
import { certificateCheckMachine } from './rules/certificates/certificate-check-machine.ts';
import { deliberationMachine } from './rules/deliberation/deliberation-machine.ts';
import { demandMachine, projectMachine } from './rules/demands/demand-machine.ts';
import { bookingMachine } from './rules/facilities/booking-machine.ts';
import { facilityMachine } from './rules/facilities/facility-machine.ts';
import { alertMachine } from './rules/incidents/advance-alert.ts';
import { incidentMachine } from './rules/incidents/incident-machine.ts';
import { inspectionMachine } from './rules/incidents/inspection-machine.ts';
import { mediationMachine } from './rules/incidents/mediate.ts';
import { timedAlerts } from './rules/incidents/watch-incidents.ts';
import { contractMachine } from './rules/projects/contract-machine.ts';
import { recountTerms } from './rules/terms/recount-terms.ts';
import { tellPassed } from './rules/terms/tell-passed.ts';
import { volunteerRecordMachine } from './rules/volunteering/volunteer-record-machine.ts';
import { requestMachine } from './rules/window/request-machine.ts';
import { servicesFigures } from './store/figures/figure-sources.ts';
import { openServicesStore, type ServicesStore } from './store/services-store.ts';

/** 服务与治理 — what is done for and with residents: facilities, service items and incidents. */
export const services: SubgraphDefinition<ServicesStore> = {
  name: 'services',
  datasets: [incidentsDataset],
  qualityRules: incidentsQuality,
  entities: [
    'Facility',
    'FacilityStandard',
    'FacilityAssessment',
    'FacilityBooking',
    'EstateDevice',
    'ServiceItem',
    'ServiceRequest',
    'ServiceWindow',
    'CertificateItem',
    'IssuedCertificate',
    'CertificateCheck',
    'RequestProgress',
    'Incident',
    'CaseProgress',
    'Alert',
    'Inspection',
    'Mediation',
    'Deliberation',
    'DeliberationCatalogItem',
    'Covenant',
    'Disclosure',
    'Demand',
    'DemandProject',
    'Linkage',
    'Funding',
    'Contract',
    'Beneficiary',
    'AdmissionItem',
    'CommunityTask',
    'BurdenItem',
    'FormalismReport',
    'ReportProgress',
    'WorkList',
    'WorkListEntry',
    'Activity',
  ],
  figures: servicesFigures,
  machines: [
    incidentMachine,
    alertMachine,
    mediationMachine,
    inspectionMachine,
    deliberationMachine,
    requestMachine,
    facilityMachine,
    bookingMachine,
    demandMachine,
    projectMachine,
    contractMachine,
    admissionMachine,
    taskMachine,
    burdenMachine,
    reportMachine,
    volunteerRecordMachine,
    certificateCheckMachine,
  ],
  timedWork: [recountTerms, tellPassed, timedAlerts],
  buildSchema: buildServicesSchema,
  openStore: openServicesStore,
};
