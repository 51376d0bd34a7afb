import { defineMachine } from '../../../kit/machine/state-machine.ts';

/** 发展党员 — from application to full membership, each step in its turn; how long a step lasts is a rule's affair. */
export const developmentMachine = defineMachine<null>()({
  name: 'PartyMember',
  zh: '发展党员',
  en: 'How somebody becomes a member: applicant, activist, candidate, probationary, full.',
  initial: 'APPLICANT',
  states: {
    APPLICANT: { zh: '入党申请人', en: 'applicant' },
    ACTIVIST: { zh: '入党积极分子', en: 'activist' },
    CANDIDATE: { zh: '发展对象', en: 'candidate' },
    PROBATIONARY: { zh: '预备党员', en: 'probationary member' },
    FULL: { zh: '正式党员', en: 'full member', terminal: true },
  },
  events: {
    CHOOSE: { zh: '确定为积极分子', en: 'choose as activist' },
    NOMINATE: { zh: '确定为发展对象', en: 'take as candidate' },
    ADMIT: { zh: '接收为预备党员', en: 'admit on probation' },
    CONFIRM: { zh: '转正', en: 'confirm as full member' },
  },
  transitions: [
    { event: 'CHOOSE', from: ['APPLICANT'], to: 'ACTIVIST', right: 'membership.write' },
    { event: 'NOMINATE', from: ['ACTIVIST'], to: 'CANDIDATE', right: 'membership.write' },
    { event: 'ADMIT', from: ['CANDIDATE'], to: 'PROBATIONARY', right: 'membership.write' },
    { event: 'CONFIRM', from: ['PROBATIONARY'], to: 'FULL', right: 'membership.write' },
  ],
});

export const developmentEvents = ['CHOOSE', 'NOMINATE', 'ADMIT', 'CONFIRM'] as const;
export type DevelopmentEvent = (typeof developmentEvents)[number];

/** Rule of how long somebody has been what he is before a step. */
export const MONTHS_BEFORE: Readonly<Partial<Record<DevelopmentEvent, string>>> = {
  NOMINATE: 'ACTIVIST_MONTHS',
  CONFIRM: 'PROBATION_MONTHS',
};
