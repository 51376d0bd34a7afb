import type { Prisma } from '../../../prisma/services/client/client.ts';
import type { Place } from '../../kit/store/place-scope.ts';
import type { OpenTransaction } from '../../kit/store/write-request.ts';
import type { IncidentCategory, IncidentChannel, IncidentSeverity } from './incident-rows.ts';
import type { ServicesStore } from './services-store.ts';

export type ServicesTransaction = Prisma.TransactionClient;

export function openServicesTransaction(store: ServicesStore): OpenTransaction<ServicesTransaction> {
  return (work) => store.prisma.$transaction(work, { maxWait: 10_000, timeout: 10_000 });
}

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
      at: incident.reportedAt,
      actorDepartmentCode,
      provenanceId,
    },
  });
}
