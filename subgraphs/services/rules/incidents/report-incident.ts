import type { Refusal } from '../../../kit/codes/refusals.ts';
import { refuse } from '../../../kit/codes/refusals.ts';
import { findCodeKey, findUuidKey, globalId } from '../../../kit/global-id.ts';
import { containsPersonalNumber } from '../../../kit/personal-number.ts';
import { coversPlace } from '../../../kit/store/place-scope.ts';
import type { Written } from '../../../kit/store/write-request.ts';
import { insertAttachments } from '../../store/attachment-rows.ts';
import type { IncidentCategory, IncidentChannel, IncidentSeverity } from '../../store/incidents/incident-rows.ts';
import { insertIncident } from '../../store/incidents/incident-writes.ts';
import type { ServicesTransaction } from '../../store/services-transaction.ts';
import { type AttachmentInput, checkAttachments } from '../attachments.ts';
import { gridPlace } from '../grid-place.ts';
import { type ServicesCall, writeServices } from '../service-write.ts';
import { incidentNumber } from './incident-number.ts';
import { isIncidentTitle } from './incident-title.ts';
import { raiseAlerts } from './raise-alerts.ts';

export interface ReportIncidentInput {
  readonly category: IncidentCategory;
  readonly title: string;
  readonly severity: IncidentSeverity;
  readonly gridId: string;
  readonly channel: IncidentChannel;
  readonly reporterId?: string | null | undefined;
  readonly attachments?: readonly AttachmentInput[] | null | undefined;
  readonly idempotencyKey: string;
}

export interface IncidentReported {
  readonly incidentId: string;
}

/**
 * Reports an incident in a grid: the incident in state REPORTED without a deadline (that comes with acceptance), and
 * the first step of its history. The alert rules in force look at it in the same transaction.
 *
 * The grid must lie in the caller's area; its higher places are read from its 15-digit code. Grid and reporter belong
 * to other subgraphs: that they exist is asked of their owners before (`references` beside the input fields).
 * Refuses a title that is too short, too long or holds control or invisible characters, and one that seems to hold a citizen or a
 * telephone number.
 */
export function reportIncident(call: ServicesCall, input: ReportIncidentInput): Promise<IncidentReported | Refusal> {
  return writeServices(call, 'reportIncident', 'incident', input, (transaction, provenanceId) =>
    recordIncident(call, input, transaction, provenanceId),
  );
}

/** The same inside a transaction that is already open. */
export async function recordIncident(
  { store, caller, clock }: ServicesCall,
  input: ReportIncidentInput,
  transaction: ServicesTransaction,
  provenanceId: string,
  /** By somebody for himself, wherever he is. */
  own = false,
): Promise<Written<IncidentReported> | Refusal> {
  const title = input.title.trim();
  if (!isIncidentTitle(title)) return refuse('INCIDENT_TITLE_INVALID', 'input.title');
  if (containsPersonalNumber(title)) return refuse('PERSONAL_NUMBER_IN_TEXT', 'input.title');
  const gridCode = findCodeKey('Grid', 15, input.gridId);
  const place = gridCode === undefined ? undefined : gridPlace(gridCode);
  if (place === undefined || !(own || coversPlace(caller, place))) return refuse('GRID_NOT_FOUND', 'input.gridId');
  const reporter = input.reporterId ?? undefined;
  const reporterPersonId = findUuidKey('Person', reporter) ?? null;
  if (reporter !== undefined && reporterPersonId === null) return refuse('PERSON_NOT_FOUND', 'input.reporterId');
  const attachments = input.attachments ?? [];
  const wrong = checkAttachments(attachments, 'input.attachments');
  if (wrong !== undefined) return wrong;

  const id = store.ids.next();
  const reportedAt = clock.now();
  await insertIncident(transaction, {
    id,
    incidentNumber: incidentNumber(id, reportedAt, place.countyCode),
    category: input.category,
    title,
    channel: input.channel,
    severity: input.severity,
    reportedAt,
    reporterPersonId,
    place,
    actorDepartmentCode: caller.departmentCode,
    provenanceId,
  });
  await insertAttachments(transaction, id, attachments, store.ids, provenanceId);
  const answer = { incidentId: globalId('Incident', id) };
  const event = {
    eventType: 'incident.reported',
    entityType: 'Incident',
    entityId: answer.incidentId,
    payload: {
      ...answer,
      category: input.category,
      severity: input.severity,
      channel: input.channel,
      gridCode: place.gridCode,
    },
    place,
  };
  const alerts = await raiseAlerts(
    transaction,
    {
      ...{ incidentId: id, incidentGlobalId: answer.incidentId, category: input.category, severity: input.severity },
      ...{ at: reportedAt, place, provenanceId },
    },
    () => store.ids.next(),
  );
  return { answer, rowCount: 2 + attachments.length + alerts.length, events: [event, ...alerts] };
}
