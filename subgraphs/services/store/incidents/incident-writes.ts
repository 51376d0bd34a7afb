import type { Place } from '../../../kit/store/place-scope.ts';
import { lockRow, type ServicesTransaction } from '../services-transaction.ts';
import type { IncidentCategory, IncidentChannel, IncidentSeverity, IncidentState } from './incident-rows.ts';

export interface NewIncident {
  readonly id: string;
  readonly incidentNumber: string;
  readonly category: IncidentCategory;
  readonly title: string;
  readonly channel: IncidentChannel;
  readonly severity: IncidentSeverity;
  readonly reportedAt: Date;
  readonly reporterPersonId: string | null;
  readonly place: Place & { readonly gridCode: string };
  readonly actorDepartmentCode: string;
  readonly provenanceId: string;
}

/** Writes a reported incident and the first step of its history. */
export async function insertIncident(transaction: ServicesTransaction, incident: NewIncident): Promise<void> {
  const { place, actorDepartmentCode, provenanceId, ...columns } = incident;
  await transaction.incident.create({
    data: {
      ...columns,
      state: 'REPORTED',
      cityCode: place.cityCode,
      countyCode: place.countyCode,
      townshipCode: place.townshipCode,
      communityCode: place.communityCode,
      gridCode: place.gridCode,
      provenanceId,
    },
  });
  await transaction.incidentTransition.create({
    data: {
      incidentId: incident.id,
      ordinal: 1,
      toState: 'REPORTED',
      event: 'REPORT',
      at: incident.reportedAt,
      actorDepartmentCode,
      provenanceId,
    },
  });
}

/** An incident whose row is locked until the transaction ends; null when there is none. */
export async function lockIncident(transaction: ServicesTransaction, id: string) {
  if (!(await lockRow(transaction, 'incident', id))) return null;
  const incident = await transaction.incident.findUniqueOrThrow({ where: { id } });
  // The states that this subgraph writes, and the seed.
  return { ...incident, state: incident.state as IncidentState };
}

export type LockedIncident = NonNullable<Awaited<ReturnType<typeof lockIncident>>>;

/** What a step changes of the incident itself. */
export interface IncidentChange {
  readonly state: IncidentState;
  readonly dueAt?: Date;
  readonly closedAt?: Date;
  readonly handlerDepartmentCode?: string | null;
  readonly extensionAskedWorkingDays?: number | null;
  readonly extensionCount?: number;
  readonly supervisedAt?: Date;
  readonly satisfaction?: string;
}

/** Writes a step of a locked incident: its new state and the next row of its history. */
export async function writeIncidentStep(
  transaction: ServicesTransaction,
  incident: LockedIncident,
  change: IncidentChange,
  step: {
    readonly event: string;
    readonly at: Date;
    readonly actorDepartmentCode: string;
    readonly note: string | null;
    readonly provenanceId: string;
  },
): Promise<void> {
  await transaction.incident.update({ where: { id: incident.id }, data: change });
  const known = await transaction.incidentTransition.count({ where: { incidentId: incident.id } });
  await transaction.incidentTransition.create({
    data: {
      ...{ incidentId: incident.id, ordinal: known + 1, fromState: incident.state, toState: change.state },
      ...step,
    },
  });
}
