import { defineMachine } from '../../../kit/machine/state-machine.ts';

/** What the machine looks at. */
export interface ProposalSubject {
  readonly departmentCode: string;
}

/** 图谱提案: a department proposes, the check is attached, owners sign, the data authority approves and publishes. */
export const proposalMachine = defineMachine<ProposalSubject>()({
  name: 'SchemaProposal',
  zh: '图谱提案',
  en: 'Contracts that are proposed, on their way into the graph.',
  initial: 'DRAFT',
  states: {
    DRAFT: { zh: '草拟', en: 'draft' },
    REVIEWED: { zh: '已评审', en: 'reviewed' },
    APPROVED: { zh: '已审定', en: 'approved' },
    PUBLISHED: { zh: '已发布', en: 'published', terminal: true },
    REJECTED: { zh: '不予采纳', en: 'rejected', terminal: true },
    WITHDRAWN: { zh: '已撤回', en: 'withdrawn', terminal: true },
  },
  events: {
    REVISE: { zh: '修改', en: 'revise it' },
    REVIEW: { zh: '评审', en: 'review it' },
    RETURN: { zh: '退回修改', en: 'return it' },
    APPROVE: { zh: '审定', en: 'approve it' },
    PUBLISH: { zh: '发布', en: 'publish it' },
    REJECT: { zh: '不予采纳', en: 'reject it' },
    WITHDRAW: { zh: '撤回', en: 'withdraw it' },
  },
  roles: {
    PROPOSER: {
      zh: '提案部门',
      en: 'the department that proposed it',
      holds: (caller, { departmentCode }) => caller.departmentCode === departmentCode,
    },
  },
  inputs: { note: { zh: '意见', en: 'a note' }, contracts: { zh: '修改后的契约', en: 'the revised contracts' } },
  transitions: [
    { event: 'REVISE', from: ['DRAFT'], right: 'schema.propose', roles: ['PROPOSER'], inputs: ['contracts'] },
    { event: 'REVIEW', from: ['DRAFT'], to: 'REVIEWED', right: 'schema.publish' },
    { event: 'RETURN', from: ['REVIEWED', 'APPROVED'], to: 'DRAFT', right: 'schema.publish', inputs: ['note'] },
    { event: 'APPROVE', from: ['REVIEWED'], to: 'APPROVED', right: 'schema.publish' },
    { event: 'PUBLISH', from: ['APPROVED'], to: 'PUBLISHED', right: 'schema.publish' },
    { event: 'REJECT', from: ['DRAFT', 'REVIEWED'], to: 'REJECTED', right: 'schema.publish', inputs: ['note'] },
    {
      event: 'WITHDRAW',
      from: ['DRAFT', 'REVIEWED', 'APPROVED'],
      to: 'WITHDRAWN',
      right: 'schema.propose',
      roles: ['PROPOSER'],
    },
  ],
});

export type ProposalEvent = 'REVISE' | 'REVIEW' | 'RETURN' | 'APPROVE' | 'PUBLISH' | 'REJECT' | 'WITHDRAW';
