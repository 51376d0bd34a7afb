import { defineMachine } from '../../../kit/machine/state-machine.ts';

/** What the machine looks at. */
export interface DeliberationFacts {
  readonly posts: number;
  readonly quorumMet: boolean;
  readonly passed: boolean;
  /** While it is open nobody learns how it stands: which condition is missing would tell, ballot after ballot. */
  readonly votingOver: boolean;
  readonly disclosed: boolean;
}

/** 六步工作法 — 民事民提、民议、民决、民筹、民办、民评: six steps in their order, none skipped, none repeated. */
export const deliberationMachine = defineMachine<DeliberationFacts>()({
  name: 'Deliberation',
  zh: '六步协商',
  en: 'A deliberation in six ordered steps: proposed, discussed, decided, provided for, carried out, reviewed.',
  initial: 'PROPOSED',
  states: {
    PROPOSED: { zh: '民提', en: 'proposed' },
    DISCUSSING: { zh: '民议', en: 'being discussed' },
    DECIDING: { zh: '民决', en: 'being decided' },
    PROVIDING: { zh: '民筹', en: 'being provided for' },
    CARRYING_OUT: { zh: '民办', en: 'being carried out' },
    REVIEWING: { zh: '民评', en: 'being reviewed' },
    CONCLUDED: { zh: '已评议', en: 'concluded', terminal: true },
    NOT_PASSED: { zh: '未通过', en: 'not passed', terminal: true },
  },
  events: {
    DISCUSS: { zh: '提交议事', en: 'bring it to discussion' },
    DECIDE: { zh: '提交表决', en: 'bring it to a decision' },
    PROVIDE: { zh: '通过并筹办', en: 'take the passed decision to provision' },
    DROP: { zh: '未通过归档', en: 'file it as not passed' },
    CARRY_OUT: { zh: '组织实施', en: 'carry it out' },
    REVIEW: { zh: '提交评议', en: 'bring it to review' },
    CONCLUDE: { zh: '评议归档', en: 'conclude it' },
  },
  guards: {
    DISCUSSED: { zh: '至少有一条议事意见', en: 'somebody said something', holds: ({ posts }) => posts > 0 },
    VOTING_OVER: { zh: '表决已结束', en: 'the vote is over', holds: ({ votingOver }) => votingOver },
    PASSED: {
      zh: '达到法定人数且表决通过',
      en: 'the quorum was met and the vote passed',
      holds: ({ votingOver, quorumMet, passed }) => votingOver && quorumMet && passed,
    },
    NOT_PASSED: {
      zh: '未达到法定人数或表决未通过',
      en: 'the quorum was not met or the vote did not pass',
      holds: ({ votingOver, quorumMet, passed }) => votingOver && !(quorumMet && passed),
    },
    DISCLOSED: { zh: '结果已公开', en: 'the result was disclosed', holds: ({ disclosed }) => disclosed },
  },
  inputs: {
    note: { zh: '说明', en: 'a note' },
    votingEndsAt: { zh: '表决截止时间', en: 'when the vote ends' },
  },
  transitions: [
    { event: 'DISCUSS', from: ['PROPOSED'], to: 'DISCUSSING', right: 'deliberation.write' },
    {
      event: 'DECIDE',
      from: ['DISCUSSING'],
      to: 'DECIDING',
      right: 'deliberation.write',
      guards: ['DISCUSSED'],
      inputs: ['votingEndsAt'],
    },
    {
      event: 'PROVIDE',
      from: ['DECIDING'],
      to: 'PROVIDING',
      right: 'deliberation.write',
      guards: ['VOTING_OVER', 'PASSED', 'DISCLOSED'],
    },
    {
      event: 'DROP',
      from: ['DECIDING'],
      to: 'NOT_PASSED',
      right: 'deliberation.write',
      guards: ['VOTING_OVER', 'NOT_PASSED'],
    },
    { event: 'CARRY_OUT', from: ['PROVIDING'], to: 'CARRYING_OUT', right: 'deliberation.write', inputs: ['note'] },
    { event: 'REVIEW', from: ['CARRYING_OUT'], to: 'REVIEWING', right: 'deliberation.write', inputs: ['note'] },
    { event: 'CONCLUDE', from: ['REVIEWING'], to: 'CONCLUDED', right: 'deliberation.write', inputs: ['note'] },
  ],
});

export type DeliberationState = Parameters<typeof deliberationMachine.take>[0]['state'];
export type DeliberationEvent = Parameters<typeof deliberationMachine.take>[0]['event'];
