import { type Refusal, refuse } from '../../../kit/codes/refusals.ts';
import { globalId } from '../../../kit/global-id.ts';
import { hasOpenSubmission, insertSubmission } from '../../store/register/register-writes.ts';
import type { SubmissionKind } from '../../store/register/submission-rows.ts';
import { writeCatalog } from '../catalog-write.ts';
import type { Act } from '../matters/act.ts';
import type { MatterAdvanced } from '../matters/advance-matter.ts';
import { recordStep } from '../matters/record-step.ts';
import { textFault } from '../matters/text-fault.ts';
import { type CatalogueCardInput, cardFault, keptCard, sourceFault } from './check-card.ts';
import { submissionMachine } from './submission-machine.ts';

export interface SubmitCatalogueEntryInput {
  readonly kind: SubmissionKind;
  readonly coordinate: string;
  readonly itemName: string;
  readonly card: CatalogueCardInput;
  readonly exceptionGround?: string | null | undefined;
  readonly idempotencyKey: string;
}

/**
 * A department submits an item to the catalogue: registers itself as its source, changes the card of an item it is the
 * source of, or asks to collect, on a stated ground, what another department already collects. Starts the clock of the
 * review.
 */
export function submitCatalogueEntry(act: Act, input: SubmitCatalogueEntryInput): Promise<MatterAdvanced | Refusal> {
  const { caller, clock, store } = act;
  return writeCatalog(act, 'submitCatalogueEntry', 'catalogue_submission', input, async (transaction, provenanceId) => {
    const { coordinate, kind } = input;
    const { departmentCode } = caller;
    if (!/^[A-Z][A-Za-z0-9_]{0,79}\.[a-z][A-Za-z0-9_]{0,79}$/.test(coordinate)) {
      return refuse('CATALOGUE_COORDINATE_INVALID', 'input.coordinate');
    }
    const exception = kind === 'SECOND_COLLECTOR';
    const fault =
      textFault('input.itemName', input.itemName, { max: 80 }) ??
      cardFault(input.card) ??
      textFault('input.exceptionGround', input.exceptionGround, { max: 300, required: exception }) ??
      (await sourceFault(transaction, { kind, coordinate, departmentCode }));
    if (fault !== undefined) return fault;
    if (await hasOpenSubmission(transaction, coordinate, departmentCode)) {
      return refuse('SUBMISSION_OPEN', 'input.coordinate');
    }
    const id = store.ids.next();
    const state = submissionMachine.initial;
    await insertSubmission(transaction, {
      ...keptCard(departmentCode, input.card),
      id,
      kind,
      coordinate,
      itemName: input.itemName.trim(),
      departmentCode,
      exceptionGround: exception ? (input.exceptionGround?.trim() ?? null) : null,
      state,
      submittedAt: clock.now(),
      provenanceId,
    });
    const next = { departmentCode: 'data-authority', ruleCode: 'CATALOGUE_REVIEW' };
    await recordStep(
      transaction,
      act,
      { subjectType: 'CatalogueSubmission', subjectId: id, event: 'SUBMIT', from: null, to: state, note: null, next },
      provenanceId,
    );
    const answer = { id: globalId('CatalogueSubmission', id) };
    const event = {
      eventType: 'catalogue-submission.submitted',
      entityType: 'CatalogueSubmission',
      entityId: answer.id,
      payload: { kind, coordinate, departmentCode },
      place: undefined,
    };
    return { answer, rowCount: 3, events: [event] };
  });
}
