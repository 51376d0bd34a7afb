import { dateInChina } from '../../../kit/clock.ts';
import {
  type LockedVerificationTicket,
  lockVerificationTicket,
  type TicketState,
  updateVerificationTicket,
} from '../../store/verification/ticket-rows.ts';
import type { Act } from '../matters/act.ts';
import { type AdvanceInput, advanceMatter, type MatterKind } from '../matters/advance-matter.ts';
import { type TicketEvent, ticketMachine } from './ticket-machine.ts';

/** A verification ticket takes a step; the note of a correction or confirmation is its answer. */
export function advanceTicket(act: Act, input: AdvanceInput<TicketEvent>) {
  const { caller, clock } = act;
  const kind: MatterKind<TicketState, TicketEvent, LockedVerificationTicket, AdvanceInput<TicketEvent>> = {
    type: 'VerificationTicket',
    mutation: 'advanceVerificationTicket',
    eventPrefix: 'verification-ticket',
    notFound: 'TICKET_NOT_FOUND',
    machine: ticketMachine,
    stateOf: ({ state }) => state,
    departmentsOf: ({ requestingDepartment, sourceDepartment }) => [requestingDepartment, sourceDepartment],
    lock: (transaction, id) => lockVerificationTicket(transaction, id, dateInChina(clock.now()), caller),
    dutyIn: (state, { sourceDepartment }) => {
      const ruleCode = ticketMachine.clockOf(state);
      return ruleCode === undefined ? undefined : { departmentCode: sourceDepartment, ruleCode };
    },
    async write(transaction, { row, taken, input: { note } }) {
      const answered = taken.to === 'CORRECTED' || taken.to === 'CONFIRMED';
      await updateVerificationTicket(transaction, row.id, {
        state: taken.to,
        ...(answered ? { answer: note?.trim() ?? '' } : {}),
      });
      return [];
    },
  };
  return advanceMatter(act, kind, input);
}
