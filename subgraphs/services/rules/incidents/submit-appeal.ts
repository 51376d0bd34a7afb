import { type Refusal, refuse } from '../../../kit/codes/refusals.ts';
import type { IncidentCategory, IncidentChannel } from '../../store/incidents/incident-rows.ts';
import { type ServicesCall, writeServices } from '../service-write.ts';
import { type IncidentReported, recordIncident } from './report-incident.ts';

export interface SubmitAppealInput {
  readonly category: IncidentCategory;
  readonly title: string;
  readonly gridId: string;
  readonly channel: IncidentChannel;
  readonly residentId?: string | null | undefined;
  readonly idempotencyKey: string;
}

/** A resident's appeal is an incident like any other; cameras and grid workers do not appeal. */
export function submitAppeal(call: ServicesCall, input: SubmitAppealInput): Promise<IncidentReported | Refusal> {
  return writeServices(call, 'submitAppeal', 'incident', input, async (transaction, provenanceId) => {
    if (input.channel === 'VISION' || input.channel === 'GRID_WORKER') {
      return refuse('APPEAL_CHANNEL_INVALID', 'input.channel');
    }
    const report = { ...input, severity: 'GENERAL', reporterId: input.residentId } as const;
    return recordIncident(call, report, transaction, provenanceId);
  });
}
