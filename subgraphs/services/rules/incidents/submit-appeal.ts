import { type Refusal, refuse } from '../../../kit/codes/refusals.ts';
import type { IncidentCategory, IncidentChannel } from '../../store/incidents/incident-rows.ts';
import { type ServicesCall, writeServices } from '../service-write.ts';
import { type IncidentReported, recordIncident } from './report-incident.ts';

export interface SubmitMyAppealInput {
  readonly category: IncidentCategory;
  readonly title: string;
  readonly gridId: string;
  readonly channel: IncidentChannel;
  readonly idempotencyKey: string;
}

export interface SubmitAppealInput extends SubmitMyAppealInput {
  readonly residentId?: string | null | undefined;
}

/** A resident's appeal is an incident like any other; cameras and grid workers do not appeal. */
export function submitAppeal(call: ServicesCall, input: SubmitAppealInput): Promise<IncidentReported | Refusal> {
  return recordAppeal(call, 'submitAppeal', input, input.residentId, false);
}

/** The same by the resident himself, wherever he is; who appeals is whom the token names. */
export function submitMyAppeal(call: ServicesCall, input: SubmitMyAppealInput): Promise<IncidentReported | Refusal> {
  return recordAppeal(call, 'submitMyAppeal', input, call.caller.personId, true);
}

function recordAppeal(
  call: ServicesCall,
  mutation: string,
  input: SubmitMyAppealInput,
  reporterId: string | null | undefined,
  own: boolean,
): Promise<IncidentReported | Refusal> {
  return writeServices(call, mutation, 'incident', input, async (transaction, provenanceId) => {
    const { channel } = input;
    if (channel === 'VISION' || channel === 'GRID_WORKER') return refuse('APPEAL_CHANNEL_INVALID', 'input.channel');
    if (own && (channel === 'HOTLINE_12345' || channel === 'WINDOW'))
      return refuse('CHANNEL_NOT_YOURS', 'input.channel');
    const report = { ...input, severity: 'GENERAL', reporterId } as const;
    return recordIncident(call, report, transaction, provenanceId, own);
  });
}
