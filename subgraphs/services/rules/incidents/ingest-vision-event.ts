import { dateInChina } from '../../../kit/clock.ts';
import { isRefusal, type Refusal, refuse } from '../../../kit/codes/refusals.ts';
import { globalId } from '../../../kit/global-id.ts';
import { getRuleInForce } from '../../store/governance-rule-rows.ts';
import type { IncidentCategory } from '../../store/incidents/incident-rows.ts';
import { lockIncident } from '../../store/incidents/incident-writes.ts';
import { lockVisionSource, noteSighting } from '../../store/incidents/vision-writes.ts';
import type { AttachmentInput } from '../attachments.ts';
import { type ServicesCall, writeServices } from '../service-write.ts';
import { recordIncident } from './report-incident.ts';

export interface IngestVisionEventInput {
  readonly cameraCode: string;
  readonly category: IncidentCategory;
  readonly title: string;
  readonly gridId: string;
  readonly seenAt: Date;
  readonly attachments?: readonly AttachmentInput[] | null | undefined;
  readonly idempotencyKey: string;
}

export interface VisionEventIngested {
  readonly incidentId: string;
  readonly duplicate: boolean;
}

const CAMERA_CODE = /^[A-Za-z0-9-]{4,40}$/;

/**
 * Takes what a camera recognised. A sighting of the same kind by the same camera within the window in force is the
 * same incident as long as that one is open; otherwise a new incident is reported. Parallel sightings of one camera
 * wait for each other on its row.
 */
export function ingestVisionEvent(
  call: ServicesCall,
  input: IngestVisionEventInput,
): Promise<VisionEventIngested | Refusal> {
  const { clock } = call;
  return writeServices<VisionEventIngested>(
    call,
    'ingestVisionEvent',
    'incident',
    input,
    async (transaction, provenanceId) => {
      if (!CAMERA_CODE.test(input.cameraCode)) return refuse('CAMERA_CODE_INVALID', 'input.cameraCode');
      const now = clock.now();
      if (input.seenAt > now) return refuse('DATE_IN_FUTURE', 'input.seenAt');
      const window = await getRuleInForce(transaction, 'VISION_SAME_EVENT', dateInChina(now));
      const source = { cameraCode: input.cameraCode, category: input.category };
      const known = await lockVisionSource(transaction, source, input.seenAt);
      const recent =
        known !== null &&
        Math.abs(input.seenAt.getTime() - known.lastSeenAt.getTime()) <= (window.amount ?? 0) * 60_000;
      const incident = recent ? await lockIncident(transaction, known.incidentId) : null;
      if (incident !== null && incident.closedAt === null) {
        const sightings = await noteSighting(transaction, source, incident.id, input.seenAt, known?.sightings ?? 0);
        const answer = { incidentId: globalId('Incident', incident.id), duplicate: true };
        const event = {
          ...{ eventType: 'incident.sighted', entityType: 'Incident', entityId: answer.incidentId },
          ...{ payload: { ...answer, sightings, gridCode: incident.gridCode }, place: incident },
        };
        return { answer, rowCount: 1, events: [event] };
      }
      const written = await recordIncident(
        call,
        { ...input, severity: 'GENERAL', channel: 'VISION' },
        transaction,
        provenanceId,
      );
      if (isRefusal(written)) return written;
      const { incidentId } = written.answer;
      await noteSighting(transaction, source, incidentId.slice('Incident:'.length), input.seenAt, 0);
      return { ...written, answer: { incidentId, duplicate: false }, rowCount: written.rowCount + 1 };
    },
  );
}
