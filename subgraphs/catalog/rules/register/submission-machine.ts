import { defineMachine } from '../../../kit/machine/state-machine.ts';

/** What the machine looks at. */
export interface SubmissionSubject {
  readonly departmentCode: string;
}

/** 目录送审: a department submits, the data authority reviews, publication follows (decree 809, art. 16). */
export const submissionMachine = defineMachine<SubmissionSubject>()({
  name: 'CatalogueSubmission',
  zh: '目录送审',
  en: 'What a department asks to have catalogued.',
  initial: 'SUBMITTED',
  states: {
    SUBMITTED: { zh: '待审核', en: 'submitted', clock: 'CATALOGUE_REVIEW' },
    RETURNED: { zh: '退回修改', en: 'returned', clock: 'CATALOGUE_CORRECTION' },
    APPROVED: { zh: '待发布', en: 'approved', clock: 'CATALOGUE_PUBLICATION' },
    PUBLISHED: { zh: '已发布', en: 'published', terminal: true },
    REJECTED: { zh: '不予通过', en: 'rejected', terminal: true },
    WITHDRAWN: { zh: '已撤回', en: 'withdrawn', terminal: true },
  },
  events: {
    RETURN: { zh: '退回', en: 'return it' },
    RESUBMIT: { zh: '再次送审', en: 'submit it again' },
    APPROVE: { zh: '审核通过', en: 'approve it' },
    REJECT: { zh: '不予通过', en: 'reject it' },
    PUBLISH: { zh: '发布', en: 'publish it' },
    WITHDRAW: { zh: '撤回', en: 'withdraw it' },
  },
  roles: {
    SUBMITTER: {
      zh: '送审部门',
      en: 'the department that submitted it',
      holds: (caller, { departmentCode }) => caller.departmentCode === departmentCode,
    },
  },
  inputs: { note: { zh: '意见', en: 'a note' }, card: { zh: '修改后的目录内容', en: 'the corrected card' } },
  transitions: [
    { event: 'APPROVE', from: ['SUBMITTED'], to: 'APPROVED', right: 'sharing.review' },
    { event: 'RETURN', from: ['SUBMITTED'], to: 'RETURNED', right: 'sharing.review', inputs: ['note'] },
    { event: 'REJECT', from: ['SUBMITTED'], to: 'REJECTED', right: 'sharing.review', inputs: ['note'] },
    {
      event: 'RESUBMIT',
      from: ['RETURNED'],
      to: 'SUBMITTED',
      right: 'sharing.write',
      roles: ['SUBMITTER'],
      inputs: ['card'],
    },
    { event: 'PUBLISH', from: ['APPROVED'], to: 'PUBLISHED', right: 'sharing.review' },
    {
      event: 'WITHDRAW',
      from: ['SUBMITTED', 'RETURNED'],
      to: 'WITHDRAWN',
      right: 'sharing.write',
      roles: ['SUBMITTER'],
    },
  ],
});

export type SubmissionEvent = 'RETURN' | 'RESUBMIT' | 'APPROVE' | 'REJECT' | 'PUBLISH' | 'WITHDRAW';
