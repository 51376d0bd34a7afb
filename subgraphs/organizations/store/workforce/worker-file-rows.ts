import { divisionFilter } from '../../../kit/store/division-filter.ts';
import { columnList, type EntityTable } from '../../../kit/store/entity-table.ts';
import type { ListDeclaration } from '../../../kit/store/keyset-list.ts';
import type { PlaceScope } from '../../../kit/store/place-scope.ts';
import type { ShortList } from '../short-list.ts';
import type { CommunityWorkerRow } from './worker-rows.ts';

type CertificateLevel = NonNullable<CommunityWorkerRow['certificate']>;
const PLACE: PlaceScope = { alias: 't', hasGridCode: false };

/** Somebody's file is short by nature; more entries are cut here, the oldest first. */
const ENTRIES_PER_WORKER = 50;

export interface CertificateRow {
  readonly id: string;
  readonly personId: string;
  readonly workerId: string | null;
  readonly level: CertificateLevel;
  readonly certificateNumber: string;
  readonly passedYear: number;
  readonly revokedOn: string | null;
  readonly revokeReason: string | null;
  readonly provenanceId: string;
}

export const certificateTable: EntityTable<CertificateRow> = {
  table: 'certificate',
  columns: [
    'id',
    'personId',
    'workerId',
    'level',
    'certificateNumber',
    'passedYear',
    'revokedOn',
    'revokeReason',
    'provenanceId',
  ],
  dates: ['revokedOn'],
  place: PLACE,
};

export const workerCertificates: ShortList<CertificateRow> = {
  name: 'worker_certificates',
  table: certificateTable,
  owner: { column: 'worker_id', property: 'workerId', cast: 'uuid' },
  order: 't.passed_year DESC, t.id',
  limit: ENTRIES_PER_WORKER,
};

export interface RegistrationRow {
  readonly id: string;
  readonly personId: string;
  readonly workerId: string | null;
  readonly certificateId: string;
  readonly holderName: string;
  readonly level: CertificateLevel;
  readonly registeredOn: string;
  readonly expiresOn: string;
  readonly endedOn: string | null;
  readonly communityCode: string;
  readonly provenanceId: string;
}

export const registrationTable: EntityTable<RegistrationRow> = {
  table: 'social_worker_registration',
  columns: [
    'id',
    'personId',
    'workerId',
    'certificateId',
    'holderName',
    'level',
    'registeredOn',
    'expiresOn',
    'endedOn',
    'communityCode',
    'provenanceId',
  ],
  dates: ['registeredOn', 'expiresOn', 'endedOn'],
  place: PLACE,
};

/** Registrations of a worker, the newest first; a live one has not ended. */
export const workerRegistrations: ShortList<RegistrationRow> = {
  name: 'worker_registrations',
  table: registrationTable,
  owner: { column: 'worker_id', property: 'workerId', cast: 'uuid' },
  order: 't.registered_on DESC, t.id',
  limit: ENTRIES_PER_WORKER,
};

/** Live registrations, those that expire first first. */
export const registrationList: ListDeclaration<RegistrationRow> = {
  name: 'organizations.registrations',
  from: 'organizations.social_worker_registration t',
  columns: columnList(registrationTable),
  place: PLACE,
  always: 't.ended_on IS NULL',
  sorts: {
    EXPIRES_ON: {
      columns: [
        { expression: 't.expires_on', property: 'expiresOn', cast: 'date' },
        { expression: 't.id', property: 'id', cast: 'uuid' },
      ],
      direction: 'ASC',
      filters: ['divisionCode', 'expiresFrom', 'expiresBefore'],
    },
  },
  filters: {
    divisionCode: divisionFilter('t', false),
    expiresFrom: (value, values) => `t.expires_on >= $${values.push(value)}::date`,
    expiresBefore: (value, values) => `t.expires_on < $${values.push(value)}::date`,
  },
};

export interface AttendanceRow {
  readonly id: string;
  readonly courseId: string;
  readonly personId: string;
  readonly workerId: string;
  readonly attendedOn: string;
  readonly hours: number;
  readonly provenanceId: string;
}

export const attendanceTable: EntityTable<AttendanceRow> = {
  table: 'training_attendance',
  columns: ['id', 'courseId', 'personId', 'workerId', 'attendedOn', 'hours', 'provenanceId'],
  dates: ['attendedOn'],
  place: PLACE,
};

export const workerAttendances: ShortList<AttendanceRow> = {
  name: 'worker_attendances',
  table: attendanceTable,
  owner: { column: 'worker_id', property: 'workerId', cast: 'uuid' },
  order: 't.attended_on DESC, t.id',
  limit: ENTRIES_PER_WORKER,
};

export const workerStudyTrips: ShortList<AttendanceRow> = {
  ...workerAttendances,
  name: 'worker_study_trips',
  always: `EXISTS (SELECT 1 FROM organizations.training_course c
    WHERE c.id = t.course_id AND c.study_scope IS NOT NULL)`,
};

export interface ServiceRecordRow {
  readonly id: string;
  readonly personId: string;
  readonly workerId: string;
  readonly postKind: CommunityWorkerRow['post'];
  readonly postId: string | null;
  readonly fullTime: boolean;
  readonly duty: string;
  readonly validFrom: string;
  readonly validTo: string | null;
  readonly communityCode: string;
  readonly provenanceId: string;
}

export const serviceRecordTable: EntityTable<ServiceRecordRow> = {
  table: 'service_record',
  columns: [
    'id',
    'personId',
    'workerId',
    'postKind',
    'postId',
    'fullTime',
    'duty',
    'validFrom',
    'validTo',
    'communityCode',
    'provenanceId',
  ],
  dates: ['validFrom', 'validTo'],
  place: PLACE,
};

export const workerServiceRecords: ShortList<ServiceRecordRow> = {
  name: 'worker_service_records',
  table: serviceRecordTable,
  owner: { column: 'worker_id', property: 'workerId', cast: 'uuid' },
  order: 't.valid_from DESC, t.id',
  limit: ENTRIES_PER_WORKER,
};

/** Kinds that anybody of the area may read, and those that stand behind a right. */
export const OPEN_RECORD_KINDS = ['AWARD', 'TALENT_TITLE', 'CAREER_MOVE', 'SECONDMENT', 'RESERVE_CADRE'] as const;
export const PAY_RECORD_KINDS = [
  'BASE_PAY',
  'PERFORMANCE_PAY',
  'ALLOWANCE',
  'TALENT_SUPPORT',
  'GREEN_CARD',
  'GRADE_CHANGE',
] as const;
export type OpenRecordKind = (typeof OPEN_RECORD_KINDS)[number];
export type PayRecordKind = (typeof PAY_RECORD_KINDS)[number];
export function isOpenRecord(kind: WorkerRecordKind): boolean {
  return OPEN_RECORD_KINDS.some((open) => open === kind);
}

export type WorkerRecordKind = OpenRecordKind | PayRecordKind | 'APPRAISAL';

export interface WorkerRecordRow {
  readonly id: string;
  readonly workerId: string;
  readonly personId: string;
  readonly holderName: string;
  readonly kind: WorkerRecordKind;
  readonly title: string;
  readonly batch: string | null;
  readonly issuer: string | null;
  readonly happenedOn: string;
  readonly untilOn: string | null;
  readonly amountYuan: number | null;
  readonly perMonth: boolean;
  readonly score: number | null;
  readonly communityCode: string;
  readonly provenanceId: string;
}

export const workerRecordTable: EntityTable<WorkerRecordRow> = {
  table: 'worker_record',
  columns: [
    'id',
    'workerId',
    'personId',
    'holderName',
    'kind',
    'title',
    'batch',
    'issuer',
    'happenedOn',
    'untilOn',
    'amountYuan',
    'perMonth',
    'score',
    'communityCode',
    'provenanceId',
  ],
  dates: ['happenedOn', 'untilOn'],
  place: PLACE,
};

const kindIn = (kinds: readonly WorkerRecordKind[]) => `t.kind IN (${kinds.map((kind) => `'${kind}'`).join(', ')})`;

/** A worker's records of some kinds, the newest first. */
function workerRecordsOf(name: string, kinds: readonly WorkerRecordKind[]): ShortList<WorkerRecordRow> {
  return {
    name,
    table: workerRecordTable,
    owner: { column: 'worker_id', property: 'workerId', cast: 'uuid' },
    order: 't.happened_on DESC, t.id',
    limit: ENTRIES_PER_WORKER,
    always: kindIn(kinds),
  };
}

export const workerOpenRecords = workerRecordsOf('worker_open_records', OPEN_RECORD_KINDS);
export const workerPayRecords = workerRecordsOf('worker_pay_records', PAY_RECORD_KINDS);
export const workerAppraisals = workerRecordsOf('worker_appraisals', ['APPRAISAL']);

/** Records of one kind, the newest first. */
export const workerRecordList: ListDeclaration<WorkerRecordRow> = {
  name: 'organizations.worker_records',
  from: 'organizations.worker_record t',
  columns: columnList(workerRecordTable),
  place: PLACE,
  sorts: {
    NEWEST: {
      columns: [
        { expression: 't.happened_on', property: 'happenedOn', cast: 'date' },
        { expression: 't.id', property: 'id', cast: 'uuid' },
      ],
      direction: 'DESC',
      filters: ['kind', 'divisionCode', 'fromDay', 'beforeDay'],
    },
  },
  filters: {
    kind: (value, values) => `t.kind = $${values.push(value)}`,
    divisionCode: divisionFilter('t', false),
    fromDay: (value, values) => `t.happened_on >= $${values.push(value)}::date`,
    beforeDay: (value, values) => `t.happened_on < $${values.push(value)}::date`,
  },
};
