import { refuse } from '../../../kit/codes/refusals.ts';
import {
  findSource,
  insertException,
  type LockedSubmission,
  lockSubmission,
  lockVersionInForce,
  publishVersion,
  updateSubmission,
} from '../../store/register/register-writes.ts';
import type { SubmissionState } from '../../store/register/submission-rows.ts';
import type { Act } from '../matters/act.ts';
import { type AdvanceInput, advanceMatter, type MatterKind } from '../matters/advance-matter.ts';
import { type CatalogueCardInput, cardFault, keptCard } from './check-card.ts';
import { type SubmissionEvent, submissionMachine } from './submission-machine.ts';

export interface AdvanceSubmissionInput extends AdvanceInput<SubmissionEvent> {
  readonly card?: CatalogueCardInput | null | undefined;
}

/**
 * A submission takes a step. Its publication puts the card in force as the item's next version, or records the exception
 * of a second collector; it is refused when the item has got another source since.
 */
export function advanceSubmission(act: Act, input: AdvanceSubmissionInput) {
  const { clock, store } = act;
  const kind: MatterKind<SubmissionState, SubmissionEvent, LockedSubmission, AdvanceSubmissionInput> = {
    type: 'CatalogueSubmission',
    mutation: 'advanceCatalogueSubmission',
    eventPrefix: 'catalogue-submission',
    notFound: 'SUBMISSION_NOT_FOUND',
    machine: submissionMachine,
    stateOf: ({ state }) => state,
    departmentsOf: ({ departmentCode }) => [departmentCode],
    lock: lockSubmission,
    dutyIn(state, { departmentCode }) {
      const ruleCode = submissionMachine.clockOf(state);
      if (ruleCode === undefined) return undefined;
      return { departmentCode: state === 'RETURNED' ? departmentCode : 'data-authority', ruleCode };
    },
    async write(transaction, { row, taken, input: { card } }) {
      if (taken.event === 'RESUBMIT' && card != null) {
        const fault = cardFault(card);
        if (fault !== undefined) return fault;
        await updateSubmission(transaction, row.id, { state: taken.to, ...keptCard(row.departmentCode, card) });
        return [];
      }
      await updateSubmission(transaction, row.id, { state: taken.to });
      if (taken.event !== 'PUBLISH') return [];
      const { coordinate, departmentCode } = row;
      const payload = { coordinate, departmentCode };
      if (row.kind === 'SECOND_COLLECTOR') {
        const ground = row.exceptionGround ?? '';
        const exception = { id: store.ids.next(), ...payload, ground, submissionId: row.id, validFrom: clock.now() };
        await insertException(transaction, exception);
        return [publication('catalogue.exception-recorded', coordinate, payload)];
      }
      await lockVersionInForce(transaction, coordinate);
      const source = await findSource(transaction, coordinate);
      if (source !== (row.kind === 'REGISTER' ? null : departmentCode)) {
        return refuse('CATALOGUE_CHANGED_SINCE', 'input.id');
      }
      const version = await publishVersion(transaction, row, clock.now());
      return [publication('catalogue.published', coordinate, { ...payload, version })];
    },
  };
  return advanceMatter(act, kind, input);
}

function publication(eventType: string, coordinate: string, payload: Record<string, unknown>) {
  return { eventType, entityType: 'DataField', entityId: `DataField:${coordinate}`, payload, place: undefined };
}
