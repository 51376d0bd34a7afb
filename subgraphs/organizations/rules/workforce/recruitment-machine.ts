import { defineMachine } from '../../../kit/machine/state-machine.ts';
import type { RecruitmentState } from '../../store/workforce/post-rows.ts';

export const recruitmentEvents = ['openRegistration', 'examine', 'publicize', 'complete', 'cancel'] as const;
export type RecruitmentEvent = (typeof recruitmentEvents)[number];

/** What the conditions of a recruitment look at. */
export interface RecruitmentSubject {
  readonly applicants: number;
}

/** 公开招考: announced, registration, examination, public notice, hired. */
export const recruitmentMachine = defineMachine<RecruitmentSubject>()({
  name: 'Recruitment',
  zh: '招考',
  en: 'Recruitment of community workers.',
  initial: 'ANNOUNCED' satisfies RecruitmentState,
  states: {
    ANNOUNCED: { zh: '已公告', en: 'announced' },
    REGISTERING: { zh: '报名中', en: 'registration open' },
    EXAMINING: { zh: '考试中', en: 'examination' },
    PUBLICIZED: { zh: '公示中', en: 'public notice' },
    COMPLETED: { zh: '已录用', en: 'hired', terminal: true },
    CANCELLED: { zh: '已取消', en: 'cancelled', terminal: true },
  },
  events: {
    openRegistration: { zh: '开始报名', en: 'open registration' },
    examine: { zh: '组织考试', en: 'examine' },
    publicize: { zh: '公示人选', en: 'publish the names' },
    complete: { zh: '办理录用', en: 'hire' },
    cancel: { zh: '取消招考', en: 'cancel' },
  },
  guards: {
    hasApplicants: { zh: '已有报名人员', en: 'somebody has applied', holds: ({ applicants }) => applicants > 0 },
  },
  inputs: {
    applicants: { zh: '报名人数', en: 'number of applicants' },
    hired: { zh: '录用人数', en: 'number hired' },
  },
  transitions: [
    { event: 'openRegistration', from: ['ANNOUNCED'], to: 'REGISTERING' },
    { event: 'examine', from: ['REGISTERING'], to: 'EXAMINING', inputs: ['applicants'] },
    { event: 'publicize', from: ['EXAMINING'], to: 'PUBLICIZED', guards: ['hasApplicants'] },
    { event: 'complete', from: ['PUBLICIZED'], to: 'COMPLETED', inputs: ['hired'] },
    { event: 'cancel', from: ['ANNOUNCED', 'REGISTERING', 'EXAMINING'], to: 'CANCELLED' },
  ],
});
