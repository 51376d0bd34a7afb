import { findCodeKey, findKey, findUuidKey } from '../../kit/global-id.ts';
import { defineConnection } from '../../kit/graph/connection.ts';
import { entityLoader } from '../../kit/graph/entity-loader.ts';
import { placeRows, REFERENCE_ROWS } from '../../kit/graph/row-scope.ts';
import { significantCode } from '../../kit/store/place-scope.ts';
import { type CommitteeRow, findCommittees } from '../store/bodies/committee-rows.ts';
import { type FundEntryRow, type FundRow, fundEntryTable, fundTable } from '../store/bodies/fund-rows.ts';
import {
  type EngagementRow,
  engagementTable,
  type OrganizationRow,
  organizationTable,
} from '../store/bodies/organization-rows.ts';
import {
  type CandidateRow,
  candidateTable,
  type ElectionRow,
  electionTable,
} from '../store/elections/election-rows.ts';
import type { OrganizationsStore } from '../store/organizations-store.ts';
import { type PolicyDocumentRow, policyDocumentTable } from '../store/registers/policy-rows.ts';
import {
  type DesignationRow,
  designationTable,
  type ExperienceEventRow,
  experienceEventTable,
  type ProgrammeRow,
  programmeTable,
} from '../store/registers/programme-rows.ts';
import { type CommunityRow, findCommunities } from '../store/territory/community-rows.ts';
import { type DivisionRow, findDivisions } from '../store/territory/division-rows.ts';
import { findGrids, type GridRow } from '../store/territory/grid-rows.ts';
import { findMicroGrids, type MicroGridRow } from '../store/territory/micro-grid-rows.ts';
import { findPlaces, type PlaceRow } from '../store/territory/place-rows.ts';
import { findAssignments, type GridAssignmentRow } from '../store/workforce/assignment-rows.ts';
import { type PostRow, postTable, type RecruitmentRow, recruitmentTable } from '../store/workforce/post-rows.ts';
import { type TrainingCourseRow, trainingCourseTable } from '../store/workforce/training-rows.ts';
import {
  type AttendanceRow,
  attendanceTable,
  type CertificateRow,
  certificateTable,
  type RegistrationRow,
  registrationTable,
  type ServiceRecordRow,
  serviceRecordTable,
  type WorkerRecordRow,
  workerRecordTable,
} from '../store/workforce/worker-file-rows.ts';
import { type CommunityWorkerRow, findWorkers } from '../store/workforce/worker-rows.ts';
import { builder, PageInfo } from './builder.ts';
import { tableLoader } from './entity-loading.ts';

/**
 * The entities of this subgraph, their loaders and their lists. They point to each other in circles; here each is only
 * named, and its own file says what it has.
 */
export const Division = builder.objectRef<DivisionRow>('Division');
export const Community = builder.objectRef<CommunityRow>('Community');
export const Grid = builder.objectRef<GridRow>('Grid');
export const PlaceOverview = builder.objectRef<PlaceRow>('PlaceOverview');
export const MicroGrid = builder.objectRef<MicroGridRow>('MicroGrid');
export const Committee = builder.objectRef<CommitteeRow>('Committee');
export const CommunityWorker = builder.objectRef<CommunityWorkerRow>('CommunityWorker');
export const GridAssignment = builder.objectRef<GridAssignmentRow>('GridAssignment');
export const Certificate = builder.objectRef<CertificateRow>('Certificate');
export const SocialWorkerRegistration = builder.objectRef<RegistrationRow>('SocialWorkerRegistration');
export const TrainingCourse = builder.objectRef<TrainingCourseRow>('TrainingCourse');
export const TrainingAttendance = builder.objectRef<AttendanceRow>('TrainingAttendance');
export const ServiceRecord = builder.objectRef<ServiceRecordRow>('ServiceRecord');
export const WorkerRecord = builder.objectRef<WorkerRecordRow>('WorkerRecord');
export const Post = builder.objectRef<PostRow>('Post');
export const Recruitment = builder.objectRef<RecruitmentRow>('Recruitment');
export const Organization = builder.objectRef<OrganizationRow>('Organization');
export const Engagement = builder.objectRef<EngagementRow>('Engagement');
export const Fund = builder.objectRef<FundRow>('Fund');
export const FundEntry = builder.objectRef<FundEntryRow>('FundEntry');
export const Election = builder.objectRef<ElectionRow>('Election');
export const ElectionCandidate = builder.objectRef<CandidateRow>('ElectionCandidate');

export const ElectionConnection = defineConnection(builder, 'Election', Election, PageInfo);
export const OrganizationConnection = defineConnection(builder, 'Organization', Organization, PageInfo);
export const FundConnection = defineConnection(builder, 'Fund', Fund, PageInfo);
export const FundEntryConnection = defineConnection(builder, 'FundEntry', FundEntry, PageInfo);
export const RegistrationConnection = defineConnection(
  builder,
  'SocialWorkerRegistration',
  SocialWorkerRegistration,
  PageInfo,
);
export const TrainingCourseConnection = defineConnection(builder, 'TrainingCourse', TrainingCourse, PageInfo);
export const WorkerRecordConnection = defineConnection(builder, 'WorkerRecord', WorkerRecord, PageInfo);
export const PostConnection = defineConnection(builder, 'Post', Post, PageInfo);
export const RecruitmentConnection = defineConnection(builder, 'Recruitment', Recruitment, PageInfo);

export const certificateLoader = tableLoader('Certificate', certificateTable);
export const registrationLoader = tableLoader('SocialWorkerRegistration', registrationTable);
export const courseLoader = tableLoader('TrainingCourse', trainingCourseTable);
export const attendanceLoader = tableLoader('TrainingAttendance', attendanceTable);
export const serviceRecordLoader = tableLoader('ServiceRecord', serviceRecordTable);
export const workerRecordLoader = tableLoader('WorkerRecord', workerRecordTable);
export const postLoader = tableLoader('Post', postTable);
export const organizationLoader = tableLoader('Organization', organizationTable);
export const engagementLoader = tableLoader('Engagement', engagementTable);
export const fundLoader = tableLoader('Fund', fundTable);
export const fundEntryLoader = tableLoader('FundEntry', fundEntryTable);
export const electionLoader = tableLoader('Election', electionTable);
export const candidateLoader = tableLoader('ElectionCandidate', candidateTable);
export const recruitmentLoader = tableLoader('Recruitment', recruitmentTable);

export const DivisionConnection = defineConnection(builder, 'Division', Division, PageInfo);
export const CommunityConnection = defineConnection(builder, 'Community', Community, PageInfo);
export const GridConnection = defineConnection(builder, 'Grid', Grid, PageInfo);
export const MicroGridConnection = defineConnection(builder, 'MicroGrid', MicroGrid, PageInfo);
export const CommunityWorkerConnection = defineConnection(builder, 'CommunityWorker', CommunityWorker, PageInfo);
export const GridAssignmentConnection = defineConnection(builder, 'GridAssignment', GridAssignment, PageInfo);

export const divisionLoader = entityLoader<DivisionRow, OrganizationsStore>(
  'Division',
  REFERENCE_ROWS,
  (id) => findCodeKey('Division', 12, id),
  (keys, context) => findDivisions(context.store, keys, context.trace),
);

export const communityLoader = entityLoader<CommunityRow, OrganizationsStore>(
  'Community',
  REFERENCE_ROWS,
  (id) => findCodeKey('Community', 12, id),
  (keys, context, wanted) => findCommunities(context.store, keys, context.trace, wanted),
);

export const gridLoader = entityLoader<GridRow, OrganizationsStore>(
  'Grid',
  REFERENCE_ROWS,
  (id) => findCodeKey('Grid', 15, id),
  (keys, context, wanted) => findGrids(context.store, keys, context.trace, wanted),
);

export const microGridLoader = entityLoader<MicroGridRow, OrganizationsStore>(
  'MicroGrid',
  REFERENCE_ROWS,
  (id) => findCodeKey('MicroGrid', 18, id),
  (keys, context) => findMicroGrids(context.store, keys, context.trace),
);

export const committeeLoader = entityLoader<CommitteeRow, OrganizationsStore>(
  'Committee',
  REFERENCE_ROWS,
  (id) => findUuidKey('Committee', id),
  (keys, context) => findCommittees(context.store, keys, context.trace),
);

export const workerLoader = entityLoader<CommunityWorkerRow, OrganizationsStore>(
  'CommunityWorker',
  placeRows('organizations.community_worker'),
  (id) => findUuidKey('CommunityWorker', id),
  (keys, context) => findWorkers(context.store, keys, context.caller, context.trace),
);

export const assignmentLoader = entityLoader<GridAssignmentRow, OrganizationsStore>(
  'GridAssignment',
  placeRows('organizations.grid_assignment'),
  (id) => findUuidKey('GridAssignment', id),
  (keys, context) => findAssignments(context.store, keys, context.caller, context.trace),
);

export const PolicyDocument = builder.objectRef<PolicyDocumentRow>('PolicyDocument');
export const Programme = builder.objectRef<ProgrammeRow>('Programme');
export const Designation = builder.objectRef<DesignationRow>('Designation');
export const ExperienceEvent = builder.objectRef<ExperienceEventRow>('ExperienceEvent');
export const DesignationConnection = defineConnection(builder, 'Designation', Designation, PageInfo);
export const ExperienceEventConnection = defineConnection(builder, 'ExperienceEvent', ExperienceEvent, PageInfo);
export const policyDocumentLoader = tableLoader('PolicyDocument', policyDocumentTable);
export const programmeLoader = tableLoader('Programme', programmeTable);
export const designationLoader = tableLoader('Designation', designationTable);
export const experienceEventLoader = tableLoader('ExperienceEvent', experienceEventTable);

/** A city, county, township, community or grid, whichever its code is of. */
export const placeLoader = entityLoader<PlaceRow, OrganizationsStore>(
  'PlaceOverview',
  REFERENCE_ROWS,
  (id) => {
    const code = significantCode(findKey('PlaceOverview', id) ?? '');
    return code === undefined || code.length < 4 ? undefined : code;
  },
  (keys, context) => findPlaces(context.store, keys, context.trace),
);
