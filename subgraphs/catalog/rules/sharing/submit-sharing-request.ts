import { type Refusal, refuse } from '../../../kit/codes/refusals.ts';
import { globalId } from '../../../kit/global-id.ts';
import { insertSharingRequest } from '../../store/sharing/sharing-writes.ts';
import { writeCatalog } from '../catalog-write.ts';
import type { Act } from '../matters/act.ts';
import type { MatterAdvanced } from '../matters/advance-matter.ts';
import { recordStep } from '../matters/record-step.ts';
import { requestDuty } from './request-duty.ts';
import { completeRequest, type Gap, type SharingRequestInput } from './request-gaps.ts';
import { requestMachine } from './request-machine.ts';

/** A refusal that lists everything that is missing. */
export interface IncompleteRefusal extends Refusal {
  readonly gaps: readonly Gap[];
}

/**
 * Asks the source of some items to share them. What is missing is told once, as a list, and nothing is recorded; a
 * complete request starts the clock of its answer (1 or 10 working days).
 */
export function submitSharingRequest(
  act: Act,
  input: SharingRequestInput & { readonly idempotencyKey: string },
): Promise<MatterAdvanced | Refusal | IncompleteRefusal> {
  const { caller, clock, store } = act;
  return writeCatalog(act, 'submitSharingRequest', 'sharing_request', input, async (transaction, provenanceId) => {
    const complete = await completeRequest(transaction, caller, clock.now(), input);
    if (!('providingDepartment' in complete)) {
      const count = complete.length;
      const refusal: IncompleteRefusal = { ...refuse('REQUEST_INCOMPLETE', 'input', { count }), gaps: complete };
      return refusal;
    }
    const id = store.ids.next();
    const state = requestMachine.initial;
    const row = { id, requestingDepartment: caller.departmentCode, ...complete };
    await insertSharingRequest(transaction, {
      ...row,
      clientId: caller.clientId,
      state,
      submittedAt: clock.now(),
      provenanceId,
    });
    const next = requestDuty(state, row);
    await recordStep(
      transaction,
      act,
      { subjectType: 'SharingRequest', subjectId: id, event: 'SUBMIT', from: null, to: state, note: null, next },
      provenanceId,
    );
    const answer = { id: globalId('SharingRequest', id) };
    const event = {
      eventType: 'sharing-request.submitted',
      entityType: 'SharingRequest',
      entityId: answer.id,
      payload: {
        requestingDepartment: row.requestingDepartment,
        providingDepartment: row.providingDepartment,
        coordinates: row.coordinates,
      },
      place: undefined,
    };
    return { answer, rowCount: 3, events: [event] };
  });
}
