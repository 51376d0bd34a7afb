import { defineMachine } from '../../../kit/machine/state-machine.ts';

/** What the machine looks at. */
export interface CertificateCheckFacts {
  readonly departmentCode: string;
}

/** 替代核查 — asked of the department whose check has replaced a certificate, and answered by yes or no, within a term. */
export const certificateCheckMachine = defineMachine<CertificateCheckFacts>()({
  name: 'CertificateCheck',
  zh: '替代核查',
  en: 'A check in place of a certificate that is no longer issued, where no register of the graph answers at once.',
  initial: 'ASKED',
  states: {
    ASKED: { zh: '待核查', en: 'asked', clock: 'CERTIFICATE_CHECK' },
    CONFIRMED: { zh: '核实：是', en: 'confirmed', terminal: true },
    NOT_CONFIRMED: { zh: '核实：否', en: 'not confirmed', terminal: true },
  },
  events: {
    CONFIRM: { zh: '答复：是', en: 'answer yes' },
    DENY: { zh: '答复：否', en: 'answer no' },
  },
  roles: {
    ANSWERER: {
      zh: '核查部门',
      en: 'the department that is asked',
      holds: (caller, { departmentCode }) => caller.departmentCode === departmentCode,
    },
  },
  transitions: [
    { event: 'CONFIRM', from: ['ASKED'], to: 'CONFIRMED', right: 'department-check.answer', roles: ['ANSWERER'] },
    { event: 'DENY', from: ['ASKED'], to: 'NOT_CONFIRMED', right: 'department-check.answer', roles: ['ANSWERER'] },
  ],
});
export type CertificateCheckEvent = Parameters<typeof certificateCheckMachine.take>[0]['event'];
