import { defineMachine } from '../../../kit/machine/state-machine.ts';

export const admissionChanges = {
  ADD: { zh: '新增', en: 'Added' },
  ADJUST: { zh: '调整', en: 'Adjusted' },
  EXIT: { zh: '退出', en: 'Taken off' },
} as const;
export type AdmissionChange = keyof typeof admissionChanges;

export interface AdmissionFacts {
  readonly change: string;
  readonly proposedBy: string;
}

/** 准入清单 — a department proposes in January, another one decides; what stands on the list may be asked of a community. */
export const admissionMachine = defineMachine<AdmissionFacts>()({
  name: 'AdmissionItem',
  zh: '准入清单事项',
  en: 'An item of the admission list, or a proposal to change it.',
  initial: 'PROPOSED',
  states: {
    PROPOSED: { zh: '待审定', en: 'proposed' },
    IN_FORCE: { zh: '在清单', en: 'on the list' },
    REJECTED: { zh: '未通过', en: 'rejected', terminal: true },
    ENDED: { zh: '已退出', en: 'off the list', terminal: true },
  },
  events: {
    ADOPT: { zh: '列入清单', en: 'put it on the list' },
    TAKE_OFF: { zh: '审定退出', en: 'take the item off the list' },
    REJECT: { zh: '不予通过', en: 'reject the proposal' },
    REPLACE: { zh: '由新版本替代', en: 'let a decided change take its place' },
  },
  roles: {
    ANOTHER_DEPARTMENT: {
      zh: '提出部门以外的部门',
      en: 'a department other than the one that proposed it',
      holds: ({ departmentCode }, { proposedBy }) => departmentCode !== proposedBy,
    },
  },
  guards: {
    NO_EXIT: {
      zh: '不是退出申请',
      en: 'it is no proposal to take something off',
      holds: ({ change }) => change !== 'EXIT',
    },
    EXIT: { zh: '是退出申请', en: 'it is a proposal to take something off', holds: ({ change }) => change === 'EXIT' },
  },
  inputs: { note: { zh: '理由', en: 'the reason' } },
  transitions: [
    {
      ...{ event: 'ADOPT', from: ['PROPOSED'], to: 'IN_FORCE', right: 'admission.decide' },
      ...{ roles: ['ANOTHER_DEPARTMENT'], guards: ['NO_EXIT'] },
    },
    {
      ...{ event: 'TAKE_OFF', from: ['PROPOSED'], to: 'ENDED', right: 'admission.decide' },
      ...{ roles: ['ANOTHER_DEPARTMENT'], guards: ['EXIT'] },
    },
    {
      ...{ event: 'REJECT', from: ['PROPOSED'], to: 'REJECTED', right: 'admission.decide' },
      ...{ roles: ['ANOTHER_DEPARTMENT'], inputs: ['note'] },
    },
    { event: 'REPLACE', from: ['IN_FORCE'], to: 'ENDED', right: 'admission.decide' },
  ],
});

export type AdmissionState = Parameters<typeof admissionMachine.take>[0]['state'];
export type AdmissionEvent = Parameters<typeof admissionMachine.take>[0]['event'];
