import { defineMachine } from '../../../kit/machine/state-machine.ts';

/** What the machine looks at. */
export interface TicketSubject {
  readonly requestingDepartment: string;
  readonly sourceDepartment: string;
  /** Whether the running duty is overdue. */
  readonly overdue: boolean;
}

/** 校核申请: goes back to the source of the item, which corrects or confirms it (decree 809, art. 26). */
export const ticketMachine = defineMachine<TicketSubject>()({
  name: 'VerificationTicket',
  zh: '校核申请',
  en: 'A department that uses an item says that it is wrong.',
  initial: 'FILED',
  states: {
    FILED: { zh: '待校核', en: 'filed', clock: 'VERIFICATION_ANSWER' },
    CORRECTED: { zh: '已更正', en: 'corrected', terminal: true },
    CONFIRMED: { zh: '核实无误', en: 'confirmed as it is', terminal: true },
    WITHDRAWN: { zh: '已撤回', en: 'withdrawn', terminal: true },
  },
  events: {
    CORRECT: { zh: '更正', en: 'correct it' },
    CONFIRM: { zh: '核实无误', en: 'confirm it as it is' },
    WITHDRAW: { zh: '撤回', en: 'withdraw it' },
    URGE: { zh: '督办', en: 'urge the source that is late' },
  },
  roles: {
    USER: {
      zh: '提出部门',
      en: 'the department that filed it',
      holds: (caller, { requestingDepartment }) => caller.departmentCode === requestingDepartment,
    },
    SOURCE: {
      zh: '数源部门',
      en: 'the source of the item',
      holds: (caller, { sourceDepartment }) => caller.departmentCode === sourceDepartment,
    },
  },
  guards: { OVERDUE: { zh: '已逾期', en: 'it is overdue', holds: ({ overdue }) => overdue } },
  inputs: { note: { zh: '答复', en: 'the answer' } },
  transitions: [
    {
      event: 'CORRECT',
      from: ['FILED'],
      to: 'CORRECTED',
      right: 'sharing.write',
      roles: ['SOURCE'],
      inputs: ['note'],
    },
    {
      event: 'CONFIRM',
      from: ['FILED'],
      to: 'CONFIRMED',
      right: 'sharing.write',
      roles: ['SOURCE'],
      inputs: ['note'],
    },
    { event: 'WITHDRAW', from: ['FILED'], to: 'WITHDRAWN', right: 'sharing.write', roles: ['USER'] },
    { event: 'URGE', from: ['FILED'], right: 'sharing.review', guards: ['OVERDUE'], inputs: ['note'] },
  ],
});

export type TicketEvent = 'CORRECT' | 'CONFIRM' | 'WITHDRAW' | 'URGE';
