import type { Caller } from '../../../kit/caller/caller.ts';
import type { OperationTrace } from '../../../kit/operation-trace.ts';
import { ColumnSet } from '../../../kit/store/column-set.ts';
import { type PlaceScope, placeCondition } from '../../../kit/store/place-scope.ts';
import { statementText } from '../../../kit/store/statement-text.ts';
import { inKeyOrder } from '../../../kit/subgraph-context.ts';
import type { ServicesStore } from '../services-store.ts';

export type IncidentState =
  | 'REPORTED'
  | 'ACCEPTED'
  | 'TRIAGED'
  | 'DISPATCHED'
  | 'HANDLING'
  | 'FEEDBACK'
  | 'VERIFYING'
  | 'EVALUATED'
  | 'CLOSED';

export type IncidentCategory =
  | 'HAZARD'
  | 'DISPUTE'
  | 'ENVIRONMENT'
  | 'CONSULTATION'
  | 'FACILITY_DAMAGE'
  | 'NOISE'
  | 'TRAFFIC'
  | 'ELDER_CARE'
  | 'DRUG_PREVENTION'
  | 'PUBLIC_SECURITY'
  | 'CULTURE';

export type IncidentChannel =
  | 'GRID_WORKER'
  | 'RESIDENT'
  | 'HOTLINE_12345'
  | 'VISION'
  | 'MINI_PROGRAM'
  | 'COMMUNITY_LINE'
  | 'WECHAT'
  | 'TV_BOX'
  | 'KIOSK'
  | 'WINDOW';
export type Satisfaction =
  | 'VERY_SATISFIED'
  | 'SATISFIED'
  | 'BASICALLY_SATISFIED'
  | 'DISSATISFIED'
  | 'VERY_DISSATISFIED';
export type IncidentSeverity = 'GENERAL' | 'MAJOR' | 'SEVERE';

export interface IncidentRow {
  readonly id: string;
  readonly incidentNumber: string;
  readonly category: IncidentCategory;
  readonly title: string;
  readonly state: IncidentState;
  readonly channel: IncidentChannel;
  readonly severity: IncidentSeverity;
  readonly reportedAt: Date;
  readonly dueAt: Date | null;
  readonly closedAt: Date | null;
  readonly reporterPersonId: string | null;
  readonly handlerDepartmentCode: string | null;
  readonly extensionAskedWorkingDays: number | null;
  readonly extensionCount: number;
  readonly supervisedAt: Date | null;
  readonly satisfaction: Satisfaction | null;
  readonly communityCode: string;
  readonly gridCode: string;
  readonly provenanceId: string;
  readonly sourceSystem: string | null;
  readonly externalNumber: string | null;
  /** Items that another batch brought, by the key that their dataset has for them. */
  readonly itemProvenance: Readonly<Record<string, string>> | null;
}

export const INCIDENT_COLUMNS = `t.id, t.incident_number AS "incidentNumber", t.category, t.title, t.state, t.channel,
  t.severity, t.reported_at AS "reportedAt", t.due_at AS "dueAt", t.closed_at AS "closedAt",
  t.reporter_person_id AS "reporterPersonId", t.handler_department_code AS "handlerDepartmentCode",
  t.extension_asked_working_days AS "extensionAskedWorkingDays", t.extension_count AS "extensionCount",
  t.supervised_at AS "supervisedAt", t.satisfaction,
  t.community_code AS "communityCode", t.grid_code AS "gridCode", t.provenance_id AS "provenanceId",
  t.source_system AS "sourceSystem", t.external_number AS "externalNumber", t.item_provenance AS "itemProvenance"`;

export const INCIDENT_COLUMN_SET = new ColumnSet(INCIDENT_COLUMNS, ['id', 'communityCode', 'gridCode']);

export const INCIDENT_PLACE: PlaceScope = { alias: 't', hasGridCode: true };

export async function findIncidents(
  store: ServicesStore,
  ids: readonly string[],
  caller: Caller,
  trace: OperationTrace,
  wanted?: ReadonlySet<string>,
): Promise<(IncidentRow | null)[]> {
  const values: unknown[] = [ids];
  const scope = placeCondition(INCIDENT_PLACE, caller, values);
  const rows = await store.database.rows<IncidentRow>(
    'incident_by_id',
    statementText`SELECT ${INCIDENT_COLUMN_SET.select(wanted)} FROM services.incident t WHERE t.id = ANY($1::uuid[]) AND ${scope}`,
    values,
    trace,
    { key: 'id' },
  );
  return inKeyOrder(ids, rows, (row) => row.id);
}

export async function findIncidentsByNumber(
  store: ServicesStore,
  numbers: readonly string[],
  caller: Caller,
  trace: OperationTrace,
): Promise<(IncidentRow | null)[]> {
  const values: unknown[] = [numbers];
  const scope = placeCondition(INCIDENT_PLACE, caller, values);
  const rows = await store.database.rows<IncidentRow>(
    'incident_by_number',
    statementText`SELECT ${INCIDENT_COLUMNS} FROM services.incident t WHERE t.incident_number = ANY($1::text[]) AND ${scope}`,
    values,
    trace,
    { key: 'incidentNumber' },
  );
  return inKeyOrder(numbers, rows, (row) => row.incidentNumber);
}

/** Incidents for holders of their case codes, wherever they are: their public view shows neither person nor place. */
export async function findCases(
  store: ServicesStore,
  ids: readonly string[],
  trace: OperationTrace,
): Promise<(IncidentRow | null)[]> {
  const rows = await store.database.rows<IncidentRow>(
    'case_by_id',
    statementText`SELECT ${INCIDENT_COLUMNS} FROM services.incident t WHERE t.id = ANY($1::uuid[])`,
    [ids],
    trace,
    { key: 'id' },
  );
  return inKeyOrder(ids, rows, (row) => row.id);
}
