import { dateInChina } from '../../../kit/clock.ts';
import { isRefusal, type Refusal, refuse } from '../../../kit/codes/refusals.ts';
import { findUuidKey, globalId } from '../../../kit/global-id.ts';
import { coversPlace } from '../../../kit/store/place-scope.ts';
import { leaveInspection, lockInspection, updateInspection } from '../../store/incidents/inspection-writes.ts';
import { insertStep } from '../../store/transition-steps.ts';
import { plainText } from '../plain-text.ts';
import { type ServicesCall, writeServices } from '../service-write.ts';
import { type InspectionEvent, inspectionMachine } from './inspection-machine.ts';
import type { InspectionPlanned } from './plan-inspection.ts';

export interface AdvanceInspectionInput {
  readonly inspectionId: string;
  readonly event: InspectionEvent;
  readonly note?: string | null | undefined;
  readonly idempotencyKey: string;
}

/** Takes one step with a visit: it was held, the own department leaves it to the others, or it is cancelled. */
export function advanceInspection(
  call: ServicesCall,
  input: AdvanceInspectionInput,
): Promise<InspectionPlanned | Refusal> {
  const { caller, clock } = call;
  return writeServices(call, 'advanceInspection', 'inspection', input, async (transaction, provenanceId) => {
    const id = findUuidKey('Inspection', input.inspectionId);
    const inspection = id === undefined ? null : await lockInspection(transaction, id);
    if (inspection === null || !coversPlace(caller, inspection)) {
      return refuse('INSPECTION_NOT_FOUND', 'input.inspectionId');
    }
    const note = input.note == null ? null : plainText(input.note, 'input.note', 2, 500);
    if (isRefusal(note)) return note;
    const at = clock.now();
    const taken = inspectionMachine.take({
      ...{ event: input.event, state: inspection.state, caller, given: { ...input }, culprit: 'input.event' },
      subject: { ...inspection, today: dateInChina(at) },
    });
    if (isRefusal(taken)) return taken;
    if (taken.event === 'LEAVE') await leaveInspection(transaction, inspection.id, caller.departmentCode);
    else await updateInspection(transaction, inspection.id, taken.to);
    await insertStep(transaction, {
      ...{ subjectId: inspection.id, ...taken, at, note, provenanceId, actorDepartmentCode: caller.departmentCode },
    });
    const answer = { inspectionId: globalId('Inspection', inspection.id) };
    const event = { eventType: 'inspection.stepped', entityType: 'Inspection', entityId: answer.inspectionId };
    const payload = { ...answer, event: taken.event, toState: taken.to };
    return { answer, rowCount: 2, events: [{ ...event, payload, place: inspection }] };
  });
}
