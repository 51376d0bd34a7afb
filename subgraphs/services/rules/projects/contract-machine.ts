import { defineMachine } from '../../../kit/machine/state-machine.ts';

export interface ContractFacts {
  readonly paidInFull: boolean;
}

/** 项目合同 — signed, performed, accepted, paid in full, closed; what is broken off gives back what was not paid. */
export const contractMachine = defineMachine<ContractFacts>()({
  name: 'Contract',
  zh: '项目合同',
  en: 'A contract on a purchased or granted service.',
  initial: 'SIGNED',
  states: {
    SIGNED: { zh: '已签订', en: 'signed' },
    PERFORMING: { zh: '实施中', en: 'being performed', clock: 'CONTRACT_ACCEPTANCE' },
    ACCEPTED: { zh: '已验收', en: 'accepted', clock: 'CONTRACT_PAYMENT' },
    CLOSED: { zh: '已结项', en: 'closed', terminal: true },
    TERMINATED: { zh: '已终止', en: 'terminated', terminal: true },
  },
  events: {
    START: { zh: '开始实施', en: 'begin the performance' },
    ACCEPT: { zh: '验收', en: 'accept the performance' },
    CLOSE: { zh: '结项', en: 'close it' },
    TERMINATE: { zh: '终止', en: 'terminate it' },
  },
  guards: { PAID_IN_FULL: { zh: '款项已付清', en: 'it is paid in full', holds: ({ paidInFull }) => paidInFull } },
  inputs: { note: { zh: '说明', en: 'a note' } },
  transitions: [
    { event: 'START', from: ['SIGNED'], to: 'PERFORMING', right: 'contract.write' },
    { event: 'ACCEPT', from: ['PERFORMING'], to: 'ACCEPTED', right: 'contract.write', inputs: ['note'] },
    { event: 'CLOSE', from: ['ACCEPTED'], to: 'CLOSED', right: 'contract.write', guards: ['PAID_IN_FULL'] },
    {
      ...{ event: 'TERMINATE', from: ['SIGNED', 'PERFORMING'], to: 'TERMINATED', right: 'contract.write' },
      inputs: ['note'],
    },
  ],
});
export type ContractState = Parameters<typeof contractMachine.take>[0]['state'];
export type ContractEvent = Parameters<typeof contractMachine.take>[0]['event'];
