import type { OperationTrace } from '../../../kit/operation-trace.ts';
import type { ListDeclaration, SortDeclaration } from '../../../kit/store/keyset-list.ts';
import { groupByKey } from '../../../kit/subgraph-context.ts';
import type { Satisfaction } from '../incidents/incident-rows.ts';
import type { MaterialNecessity, MaterialState } from '../items/guide-material.ts';
import type { ServicesStore } from '../services-store.ts';
import { equals, newestFirst, tableReader } from '../table-reader.ts';

export type RequestState =
  | 'PRE_ACCEPTED'
  | 'SUPPLEMENT_REQUIRED'
  | 'SUBMITTED'
  | 'ACCEPTED'
  | 'COMPLETED'
  | 'RATED'
  | 'RECTIFYING'
  | 'RECTIFIED'
  | 'RETURNED'
  | 'WITHDRAWN';

export type ServiceChannel =
  | 'WINDOW'
  | 'ONLINE'
  | 'APP'
  | 'WECHAT'
  | 'MINI_PROGRAM'
  | 'COMMUNITY_LINE'
  | 'KIOSK'
  | 'TV_BOX'
  | 'HOTLINE_12345'
  | 'GRID_WORKER';

export interface ServiceRequestRow {
  readonly id: string;
  readonly requestNumber: string;
  readonly itemId: string;
  readonly guideId: string | null;
  readonly applicantPersonId: string;
  readonly state: RequestState;
  readonly channel: ServiceChannel;
  readonly firstContactDepartmentCode: string;
  readonly firstContactWorkerId: string | null;
  readonly handlerDepartmentCode: string;
  readonly handlerWorkerId: string | null;
  readonly createdAt: Date;
  readonly submittedAt: Date | null;
  readonly supplementAskedAt: Date | null;
  readonly startedOn: string | null;
  readonly promisedWorkingDays: number;
  readonly legalWorkingDays: number;
  readonly dueAt: Date | null;
  readonly providerOrganizationId: string | null;
  readonly slotStartsAt: Date | null;
  readonly slotEndsAt: Date | null;
  readonly rating: Satisfaction | null;
  readonly ratedOn: string | null;
  readonly closedAt: Date | null;
  readonly cityCode: string;
  readonly countyCode: string;
  readonly townshipCode: string;
  readonly communityCode: string;
  readonly provenanceId: string;
}

const COLUMNS: Parameters<typeof tableReader<ServiceRequestRow>>[1] = {
  ...{ id: true, requestNumber: true, itemId: true, guideId: true, applicantPersonId: true, state: true },
  ...{ channel: true, firstContactDepartmentCode: true, firstContactWorkerId: true, handlerDepartmentCode: true },
  ...{ handlerWorkerId: true, createdAt: true, submittedAt: true, supplementAskedAt: true, startedOn: 'date' },
  ...{ promisedWorkingDays: true, legalWorkingDays: true, dueAt: true },
  ...{ providerOrganizationId: true, slotStartsAt: true, slotEndsAt: true, rating: true, ratedOn: 'date' },
  ...{ closedAt: true, cityCode: true, countyCode: true, townshipCode: true, communityCode: true, provenanceId: true },
};

export const requestTable = tableReader<ServiceRequestRow>('service_request', COLUMNS, { hasGridCode: false });
/** The same without an area: for the applicant, whose rows are chosen by whose they are. */
export const ownRequestTable = tableReader<ServiceRequestRow>('service_request', COLUMNS);

const dueFirst = (filters: readonly string[]): SortDeclaration<ServiceRequestRow> => ({
  columns: [
    { expression: 't.due_at', property: 'dueAt', cast: 'timestamptz' },
    { expression: 't.id', property: 'id', cast: 'uuid' },
  ],
  direction: 'ASC',
  filters,
});

const FILTERS = { state: equals('state'), itemId: equals('item_id', 'uuid'), channel: equals('channel') };

/** Requests of an area, the newest first. */
export const requestList = requestTable.list(
  'service_requests',
  { CREATED_AT: newestFirst('created_at', 'createdAt', 'timestamptz', ['state', 'itemId', 'channel', 'divisionCode']) },
  FILTERS,
);

/** Open requests whose term has passed, the longest overdue first. */
export function overdueRequestList(now: Date): ListDeclaration<ServiceRequestRow> {
  const list = requestTable.list(
    'overdue_requests',
    { DUE_AT: dueFirst(['overdue', 'divisionCode']) },
    { overdue: (_value, values) => `t.due_at <= $${values.push(now)}::timestamptz` },
    't.closed_at IS NULL AND t.due_at IS NOT NULL',
  );
  return list;
}

/** Requests of one applicant, the newest first. */
export const ownRequestList = ownRequestTable.list(
  'own_requests',
  { CREATED_AT: newestFirst('created_at', 'createdAt', 'timestamptz', ['applicantPersonId']) },
  { applicantPersonId: equals('applicant_person_id', 'uuid') },
);

export interface RequestMaterialRow {
  readonly requestId: string;
  readonly code: string;
  readonly ordinal: number;
  readonly name: string;
  readonly necessity: MaterialNecessity;
  readonly state: MaterialState;
  readonly sourceDepartmentCode: string | null;
}

/** Materials of requests that the caller was already allowed to see. */
export async function findMaterials(
  store: ServicesStore,
  requestIds: readonly string[],
  trace: OperationTrace,
): Promise<RequestMaterialRow[][]> {
  const rows = await store.database.rows<RequestMaterialRow>(
    'request_materials',
    `SELECT t.request_id AS "requestId", t.code, t.ordinal, t.name, t.necessity, t.state,
            t.source_department_code AS "sourceDepartmentCode"
       FROM services.request_material t WHERE t.request_id = ANY($1::uuid[]) ORDER BY t.ordinal`,
    [requestIds],
    trace,
    { key: 'requestId' },
  );
  return groupByKey(requestIds, rows, (row) => row.requestId);
}

export interface AgencyRow {
  readonly id: string;
  readonly requestId: string;
  readonly agentWorkerId: string;
  readonly scope: string;
  readonly consentedOn: string;
  readonly startedAt: Date;
  readonly endedAt: Date | null;
}

/** Agencies of requests that the caller was already allowed to see, the newest first. */
export async function findAgencies(
  store: ServicesStore,
  requestIds: readonly string[],
  trace: OperationTrace,
): Promise<AgencyRow[][]> {
  const rows = await store.database.rows<AgencyRow>(
    'request_agencies',
    `SELECT t.id, t.request_id AS "requestId", t.agent_worker_id AS "agentWorkerId", t.scope,
            t.consented_on::text AS "consentedOn", t.started_at AS "startedAt", t.ended_at AS "endedAt"
       FROM services.agency_service t WHERE t.request_id = ANY($1::uuid[]) ORDER BY t.started_at DESC, t.id DESC`,
    [requestIds],
    trace,
    { key: 'requestId' },
  );
  return groupByKey(requestIds, rows, (row) => row.requestId);
}
