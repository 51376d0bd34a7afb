import { isRefusal, type Refusal, refuse } from '../../../kit/codes/refusals.ts';
import { globalId } from '../../../kit/global-id.ts';
import { updateRecord } from '../../store/volunteering/volunteering-rows.ts';
import { plainText } from '../plain-text.ts';
import type { ServicesCall } from '../service-write.ts';
import { longestMinutes, type RecordStepped, writeRecordStep } from './volunteer.ts';
import type { VolunteerRecordEvent } from './volunteer-record-machine.ts';

export interface AdvanceVolunteerRecordInput {
  readonly recordId: string;
  readonly event: Exclude<VolunteerRecordEvent, 'CERTIFY'>;
  readonly minutes?: number | null | undefined;
  readonly note?: string | null | undefined;
  readonly idempotencyKey: string;
}

/** Disputes recorded hours, corrects them, or strikes them out; who served is then counted anew. */
export function advanceVolunteerRecord(
  call: ServicesCall,
  input: AdvanceVolunteerRecordInput,
): Promise<RecordStepped | Refusal> {
  return writeRecordStep(call, 'advanceVolunteerRecord', input, async ({ transaction, record, activity, take }) => {
    const note = input.note == null ? null : plainText(input.note, 'input.note', 2, 500);
    if (isRefusal(note)) return note;
    const longest = longestMinutes(activity);
    const { minutes } = input;
    if (minutes != null && (!Number.isInteger(minutes) || minutes < 1 || minutes > longest)) {
      return refuse('NUMBER_OUT_OF_RANGE', 'input.minutes', { min: 1, max: longest });
    }
    const taken = await take(input.event, note);
    if (isRefusal(taken)) return taken;
    const corrected = taken.event === 'CORRECT' ? { minutes: minutes as number } : {}; // the machine demands them
    await updateRecord(transaction, record, { state: taken.to, ...corrected });
    const event = { eventType: 'volunteering.stepped', entityType: 'Activity' };
    const payload = { recordId: input.recordId, event: taken.event, toState: taken.to, ...corrected };
    return { rowCount: 2, event: { ...event, entityId: globalId('Activity', activity.id), payload } };
  });
}
