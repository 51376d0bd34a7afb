import type { OperationTrace } from '../../../kit/operation-trace.ts';
import { groupByKey } from '../../../kit/subgraph-context.ts';
import type { ServicesStore } from '../services-store.ts';
import type { IncidentState } from './incident-rows.ts';

export interface IncidentTransitionRow {
  readonly incidentId: string;
  readonly ordinal: number;
  readonly fromState: IncidentState | null;
  readonly toState: IncidentState;
  /** Null for the steps of imported incidents, which name states only. */
  readonly event: string | null;
  readonly at: Date;
  readonly actorDepartmentCode: string;
  readonly note: string | null;
}

/** Nine steps lead straight to the end; one that is sent back again and again is cut here. */
export const MAX_TRANSITIONS_PER_INCIDENT = 100;

/** The first steps of incidents, in order. Asked for incidents that the caller was already allowed to see. */
export async function findTransitionsOfIncidents(
  store: ServicesStore,
  incidentIds: readonly string[],
  trace: OperationTrace,
): Promise<IncidentTransitionRow[][]> {
  const rows = await store.database.rows<IncidentTransitionRow>(
    'transitions_of_incidents',
    `SELECT r.* FROM unnest($1::uuid[]) AS k(key)
       CROSS JOIN LATERAL (
         SELECT t.incident_id AS "incidentId", t.ordinal, t.from_state AS "fromState", t.to_state AS "toState", t.event, t.at,
                t.actor_department_code AS "actorDepartmentCode", t.note
           FROM services.incident_transition t
          WHERE t.incident_id = k.key ORDER BY t.ordinal LIMIT $2) r
      ORDER BY r."incidentId", r.ordinal`,
    [incidentIds, MAX_TRANSITIONS_PER_INCIDENT],
    trace,
  );
  return groupByKey(incidentIds, rows, (row) => row.incidentId);
}
