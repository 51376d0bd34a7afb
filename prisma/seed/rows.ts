import type { DepartmentCode } from '../../subgraphs/kit/codes/departments.ts';
import type {
  EngagementRow,
  FundEntryRow,
  FundRow,
  OrganizationChangeRow,
  OrganizationRow,
} from './organizations/bodies-rows.ts';
import type { ElectionCandidateRow, ElectionRow } from './organizations/election-rows.ts';
import type * as Register from './organizations/register-rows.ts';
import type {
  CertificateRow,
  OrganizationRuleRow,
  PostRow,
  RecruitmentRow,
  ServiceRecordRow,
  SocialWorkerRegistrationRow,
  TrainingAttendanceRow,
  TrainingCategoryRow,
  TrainingCourseRow,
  WorkerRecordRow,
} from './organizations/workforce-rows.ts';
import type * as PartyLife from './party/party-life-rows.ts';
import type { CareTagRow, CareVisitRow, ElderAlertRow } from './people/care-rows.ts';
import type { PlaceCodes } from './place-codes.ts';
import type * as V from './vocabulary.ts';

/** Rows as the generator makes them: plain values, dates `YYYY-MM-DD`, instants ISO 8601 in UTC, nothing sealed yet. */

export type { PlaceCodes } from './place-codes.ts';

export interface PersonRow extends PlaceCodes {
  readonly id: string;
  readonly name: string;
  readonly namePinyin: string;
  readonly nameInitials: string;
  readonly sexCode: '1' | '2';
  readonly birthDate: string;
  /** 18 characters; the loader seals and hashes it. */
  readonly idNumber: string;
  /** 11 digits or none; the loader seals and hashes it. */
  readonly phone: string | null;
  readonly ethnicGroupCode: string;
  readonly educationCode: string;
  readonly maritalStatusCode: string;
  readonly employmentStatusCode: string;
  readonly householdId: string;
  readonly relationToHeadCode: string | null;
  readonly registeredCityCode: string;
  readonly registeredCountyCode: string;
  readonly registeredTownshipCode: string | null;
  readonly registeredCommunityCode: string | null;
  readonly gridCode: string;
  readonly microGridCode: string;
  readonly synthetic: true;
  readonly provenanceId: string;
}

export interface HouseholdRow extends PlaceCodes {
  readonly id: string;
  readonly householdNumber: string;
  readonly type: V.HouseholdType;
  readonly headPersonId: string | null;
  readonly dwellingId: string;
  readonly gridCode: string;
  readonly microGridCode: string;
  readonly provenanceId: string;
}

export interface StandardAddressRow extends PlaceCodes {
  readonly id: string;
  readonly level: 'ESTATE' | 'BUILDING' | 'STAIRWELL';
  readonly parentId: string | null;
  readonly name: string;
  readonly addressText: string;
  readonly validFrom: null;
  readonly validTo: null;
  readonly gridCode: string | null;
  readonly provenanceId: string;
}

export interface DwellingRow extends PlaceCodes {
  readonly id: string;
  readonly addressId: string;
  readonly estateName: string;
  readonly addressText: string;
  readonly building: string;
  readonly unit: string | null;
  readonly room: string;
  readonly areaSquareMetres: number;
  readonly usage: V.DwellingUsage;
  readonly gridCode: string;
  readonly microGridCode: string;
  readonly provenanceId: string;
}

export interface ResidenceRow extends PlaceCodes {
  readonly id: string;
  readonly personId: string;
  readonly dwellingId: string;
  readonly kind: V.ResidenceKind;
  readonly validFrom: string;
  readonly validTo: string | null;
  readonly gridCode: string;
  readonly provenanceId: string;
}

export interface DivisionRow {
  readonly statCode: string;
  readonly code: string;
  readonly name: string;
  readonly level: V.DivisionLevel;
  readonly kind: V.DivisionKind;
  readonly parentStatCode: string | null;
  readonly urbanRuralClassCode: V.UrbanRuralClassCode | null;
  readonly pseudo: boolean;
  readonly functionalZone: boolean;
  readonly cityCode: string;
  readonly countyCode: string | null;
  readonly townshipCode: string | null;
  readonly listEdition: string;
  readonly validFrom: string | null;
  readonly validTo: string | null;
  readonly provenanceId: string;
}

export interface CommunityRow extends PlaceCodes {
  readonly statCode: string;
  readonly name: string;
  readonly kind: V.CommunityKind;
  readonly origin: V.CommunityOrigin;
  readonly validFrom: string | null;
  readonly validTo: string | null;
  readonly provenanceId: string;
}

export interface GridRow extends PlaceCodes {
  readonly gridCode: string;
  readonly name: string;
  readonly kind: V.GridKind;
  readonly unifiedLines: readonly string[];
  readonly provenanceId: string;
}

export interface MicroGridRow extends PlaceCodes {
  readonly microGridCode: string;
  readonly name: string;
  readonly gridCode: string;
  readonly provenanceId: string;
}

export interface CommitteeRow extends PlaceCodes {
  readonly id: string;
  readonly kind: V.CommitteeKind;
  readonly name: string;
  readonly uscc: string | null;
  readonly termNumber: number;
  readonly termStart: string;
  readonly termEnd: string;
  readonly chairName: string;
  readonly seatCount: number;
  readonly provenanceId: string;
}

export interface CommunityWorkerRow extends PlaceCodes {
  readonly id: string;
  readonly personId: string;
  readonly name: string;
  readonly namePinyin: string;
  readonly post: V.WorkerPost;
  readonly gradeLevel: number;
  readonly mode: V.WorkerMode;
  readonly certificate: V.SocialWorkCertificate | null;
  readonly hiredOn: string;
  readonly leftOn: string | null;
  readonly provenanceId: string;
}

export interface GridAssignmentRow extends PlaceCodes {
  readonly id: string;
  readonly role: V.GridRole;
  readonly personId: string;
  readonly workerId: string | null;
  readonly holderName: string;
  readonly gridCode: string;
  readonly microGridCode: string | null;
  readonly validFrom: string;
  readonly validTo: string | null;
  readonly provenanceId: string;
}

export interface FacilityRow extends PlaceCodes {
  readonly id: string;
  readonly kind: V.FacilityKind;
  readonly name: string;
  readonly tier: V.FacilityTier;
  readonly areaSquareMetres: number;
  readonly oneDoor: boolean;
  readonly stage: V.FacilityStage;
  readonly openedOn: string | null;
  readonly addressText: string;
  readonly longitude: number;
  readonly latitude: number;
  readonly positionSynthetic: boolean;
  readonly opensAtMinute: number | null;
  readonly closesAtMinute: number | null;
  readonly bookable: boolean;
  readonly provenanceId: string;
}

export interface FacilityServingRow {
  readonly facilityId: string;
  readonly communityCode: string;
}

export interface ServiceItemRow {
  readonly id: string;
  readonly itemCode: string;
  readonly name: string;
  readonly namePinyin: string;
  readonly type: V.ServiceItemType;
  readonly departmentCode: DepartmentCode;
  readonly reach: V.ServiceReach;
  readonly modes: readonly V.ServiceMode[];
  readonly promisedWorkingDays: number;
  readonly legalWorkingDays: number;
  readonly serviceGroup: string;
  readonly supplyTier: string;
  readonly fundingTier: string;
  readonly provenanceId: string;
}

export interface IncidentRow extends PlaceCodes {
  readonly id: string;
  readonly incidentNumber: string;
  readonly category: V.IncidentCategory;
  readonly title: string;
  readonly state: V.IncidentState;
  readonly channel: V.IncidentChannel;
  readonly severity: V.IncidentSeverity;
  readonly reportedAt: string;
  readonly dueAt: string | null;
  readonly closedAt: string | null;
  readonly reporterPersonId: string | null;
  readonly handlerDepartmentCode: DepartmentCode | null;
  readonly gridCode: string;
  readonly provenanceId: string;
}

export interface IncidentTransitionRow {
  readonly incidentId: string;
  readonly ordinal: number;
  readonly fromState: V.IncidentState | null;
  readonly toState: V.IncidentState;
  readonly at: string;
  readonly actorDepartmentCode: DepartmentCode;
  readonly note: string | null;
  readonly provenanceId: string;
}

export interface RunningTermRow extends PlaceCodes {
  readonly subjectId: string;
  readonly ruleCode: string;
  readonly entityType: string;
  readonly startedOn: string;
  readonly amount: number;
  readonly unit: string;
  readonly dueAt: string;
  readonly calendarVersion: string;
  readonly toldAt: string | null;
}

export interface PartyOrganizationRow {
  readonly id: string;
  readonly kind: V.PartyOrganizationKind;
  readonly name: string;
  readonly parentId: string | null;
  readonly secretaryPersonId: string | null;
  readonly secretaryName: string | null;
  readonly establishedOn: string;
  readonly termEndsOn: string | null;
  readonly cityCode: string;
  readonly countyCode: string | null;
  readonly townshipCode: string | null;
  readonly communityCode: string | null;
  readonly gridCode: string | null;
  readonly microGridCode: string | null;
  readonly hostKind: 'CIVIC_TEAM' | 'STAIRWELL' | null;
  readonly hostName: string | null;
  readonly publicContact: string | null;
  readonly coveredUnits: readonly string[];
  readonly organizationCode: string;
  readonly provenanceId: string;
}

export interface PartyMemberRow extends PlaceCodes {
  readonly id: string;
  readonly personId: string;
  readonly category: V.PartyMemberCategory;
  readonly joinedOn: string;
  readonly organizationId: string;
  readonly employedMember: boolean;
  readonly mobileMember: boolean;
  readonly gridCode: string;
  readonly provenanceId: string;
}

export interface MembershipRow {
  readonly id: string;
  readonly memberId: string;
  readonly organizationId: string;
  readonly validFrom: string;
  readonly validTo: string | null;
  readonly provenanceId: string;
}

export interface ProvenanceRow {
  readonly id: string;
  readonly kind: 'SEED';
  readonly systemCode: V.SourceSystemCode;
  readonly dataset: string;
  readonly clientId: null;
  readonly department: DepartmentCode;
  readonly recordedAt: string;
  readonly rowCount: number;
}

/** Every table of the demo city with the shape of its rows, named `schema.table`. */
export interface CityRows {
  'people.person': PersonRow;
  'people.household': HouseholdRow;
  'people.standard_address': StandardAddressRow;
  'people.dwelling': DwellingRow;
  'people.residence': ResidenceRow;
  'people.care_tag': CareTagRow;
  'people.care_visit': CareVisitRow;
  'people.elder_alert': ElderAlertRow;
  'people.provenance': ProvenanceRow;
  'organizations.division': DivisionRow;
  'organizations.community': CommunityRow;
  'organizations.division_change': Register.DivisionChangeRow;
  'organizations.policy_document': Register.PolicyDocumentRow;
  'organizations.policy_provision': Register.PolicyProvisionRow;
  'organizations.programme': Register.ProgrammeRow;
  'organizations.designation': Register.DesignationRow;
  'organizations.experience_event': Register.ExperienceEventRow;
  'organizations.indicator': Register.IndicatorRow;
  'organizations.indicator_target': Register.IndicatorTargetRow;
  'organizations.indicator_score': Register.IndicatorScoreRow;
  'organizations.indicator_report': Register.IndicatorReportRow;
  'organizations.grid': GridRow;
  'organizations.micro_grid': MicroGridRow;
  'organizations.committee': CommitteeRow;
  'organizations.community_worker': CommunityWorkerRow;
  'organizations.grid_assignment': GridAssignmentRow;
  'organizations.organization_rule': OrganizationRuleRow;
  'organizations.training_category': TrainingCategoryRow;
  'organizations.training_course': TrainingCourseRow;
  'organizations.recruitment': RecruitmentRow;
  'organizations.certificate': CertificateRow;
  'organizations.social_worker_registration': SocialWorkerRegistrationRow;
  'organizations.training_attendance': TrainingAttendanceRow;
  'organizations.service_record': ServiceRecordRow;
  'organizations.worker_record': WorkerRecordRow;
  'organizations.post': PostRow;
  'organizations.organization': OrganizationRow;
  'organizations.organization_change': OrganizationChangeRow;
  'organizations.engagement': EngagementRow;
  'organizations.fund': FundRow;
  'organizations.fund_entry': FundEntryRow;
  'organizations.election': ElectionRow;
  'organizations.election_candidate': ElectionCandidateRow;
  'organizations.provenance': ProvenanceRow;
  'services.facility': FacilityRow;
  'services.facility_serving': FacilityServingRow;
  'services.service_item': ServiceItemRow;
  'services.incident': IncidentRow;
  'services.incident_transition': IncidentTransitionRow;
  'services.running_term': RunningTermRow;
  'services.provenance': ProvenanceRow;
  'party.party_organization': PartyOrganizationRow;
  'party.party_member': PartyMemberRow;
  'party.membership': MembershipRow;
  'party.party_rule': PartyLife.PartyRuleRow;
  'party.party_engagement': PartyLife.PartyEngagementRow;
  'party.party_meeting': PartyLife.PartyMeetingRow;
  'party.post_claim': PartyLife.PostClaimRow;
  'party.list_entry': PartyLife.ListEntryRow;
  'party.volunteer_station': PartyLife.VolunteerStationRow;
  'party.supervision_finding': PartyLife.SupervisionFindingRow;
  'party.provenance': ProvenanceRow;
  'catalog.provenance': ProvenanceRow;
}

export type CityTable = keyof CityRows;

/** Rows of some tables. */
export type RowSet = { readonly [T in CityTable]?: CityRows[T][] };

/** What the generator yields: the city's own rows first, then each community in several batches, then the provenance. */
export interface CityBatch {
  /** The community's 12-digit code; null for what belongs to the city as a whole. */
  readonly communityCode: string | null;
  readonly rows: RowSet;
}
