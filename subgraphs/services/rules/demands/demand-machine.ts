import { defineMachine } from '../../../kit/machine/state-machine.ts';

/** 三线一站 — where a demand came in. */
export const demandSources = {
  PARTY_LINE: { zh: '基层党组织线', en: 'The line of Party organizations' },
  SELF_GOVERNANCE_LINE: { zh: '群众自治组织线', en: 'The line of self-governance' },
  SOCIAL_ORGANIZATION_LINE: { zh: '社会组织线', en: 'The line of social organizations' },
  STEWARD_STATION: { zh: '民需管家服务站', en: 'The station of demand stewards' },
} as const;
export type DemandSource = keyof typeof demandSources;

/** 民需 — found, taken into a project and met by it, or answered without one. */
export const demandMachine = defineMachine<object>()({
  name: 'Demand',
  zh: '民需',
  en: 'A demand of residents.',
  initial: 'FOUND',
  states: {
    FOUND: { zh: '已发现', en: 'found', clock: 'DEMAND_ANSWER' },
    GROUPED: { zh: '已归入项目', en: 'taken into a project' },
    ANSWERED: { zh: '已答复不立项', en: 'answered without a project', terminal: true },
    MET: { zh: '已满足', en: 'met', terminal: true },
  },
  events: {
    GROUP: { zh: '归入项目', en: 'take it into a project' },
    ANSWER: { zh: '答复', en: 'answer it without a project' },
    MEET: { zh: '项目办结', en: 'close it with its project' },
    RELEASE: { zh: '项目中止', en: 'release it from a stopped project' },
  },
  inputs: { note: { zh: '答复内容', en: 'the answer' } },
  transitions: [
    { event: 'GROUP', from: ['FOUND'], to: 'GROUPED', right: 'demand.write' },
    { event: 'ANSWER', from: ['FOUND'], to: 'ANSWERED', right: 'demand.write', inputs: ['note'] },
    { event: 'MEET', from: ['GROUPED'], to: 'MET', right: 'demand.write' },
    { event: 'RELEASE', from: ['GROUPED'], to: 'FOUND', right: 'demand.write' },
  ],
});
export type DemandState = Parameters<typeof demandMachine.take>[0]['state'];

/** 双向评估 — those who needed it and those who carried it out. */
export const evaluationSides = {
  RESIDENTS: { zh: '居民评项目', en: 'Residents evaluate the project' },
  IMPLEMENTER: { zh: '实施方评项目', en: 'Those who carried it out evaluate it' },
} as const;
export type EvaluationSide = keyof typeof evaluationSides;

export interface ProjectFacts {
  readonly demands: number;
  readonly linked: boolean;
  readonly openContracts: number;
  readonly evaluations: number;
}

/** 五步闭环 — 精准发现、分类汇总、统筹设计、联动实施、双向评估: none skipped, closed only with both evaluations. */
export const projectMachine = defineMachine<ProjectFacts>()({
  name: 'DemandProject',
  zh: '民需项目',
  en: 'A project out of demands, in five ordered steps.',
  initial: 'FOUND',
  states: {
    FOUND: { zh: '精准发现', en: 'found', clock: 'DEMAND_PROJECT_STEP' },
    CONSOLIDATED: { zh: '分类汇总', en: 'sorted and summed up', clock: 'DEMAND_PROJECT_STEP' },
    DESIGNED: { zh: '统筹设计', en: 'designed', clock: 'DEMAND_PROJECT_STEP' },
    IMPLEMENTING: { zh: '联动实施', en: 'being carried out together' },
    EVALUATING: { zh: '双向评估', en: 'being evaluated by both sides', clock: 'DEMAND_PROJECT_STEP' },
    CLOSED: { zh: '已办结', en: 'closed', terminal: true },
    STOPPED: { zh: '已中止', en: 'stopped', terminal: true },
  },
  events: {
    CONSOLIDATE: { zh: '分类汇总', en: 'sum it up' },
    DESIGN: { zh: '统筹设计', en: 'design it' },
    IMPLEMENT: { zh: '联动实施', en: 'carry it out' },
    EVALUATE: { zh: '提交双向评估', en: 'bring it to evaluation' },
    CLOSE: { zh: '办结', en: 'close it' },
    STOP: { zh: '中止', en: 'stop it' },
  },
  guards: {
    DEMANDS: { zh: '至少归入一条民需', en: 'at least one demand', holds: ({ demands }) => demands > 0 },
    LINKED: { zh: '联动各方已到位', en: 'a linkage with all its sides', holds: ({ linked }) => linked },
    PERFORMED: {
      zh: '合同均已验收或终止',
      en: 'all contracts accepted or terminated',
      holds: ({ openContracts }) => openContracts === 0,
    },
    BOTH_EVALUATED: {
      zh: '居民与实施方均已评估',
      en: 'the evaluations of both sides',
      holds: ({ evaluations }) => evaluations === Object.keys(evaluationSides).length,
    },
  },
  inputs: { plan: { zh: '项目方案', en: 'the plan' }, note: { zh: '说明', en: 'a note' } },
  transitions: [
    { event: 'CONSOLIDATE', from: ['FOUND'], to: 'CONSOLIDATED', right: 'demand.write', guards: ['DEMANDS'] },
    { event: 'DESIGN', from: ['CONSOLIDATED'], to: 'DESIGNED', right: 'demand.write', inputs: ['plan'] },
    { event: 'IMPLEMENT', from: ['DESIGNED'], to: 'IMPLEMENTING', right: 'demand.write', guards: ['LINKED'] },
    {
      ...{ event: 'EVALUATE', from: ['IMPLEMENTING'], to: 'EVALUATING', right: 'demand.write' },
      ...{ guards: ['PERFORMED'], inputs: ['note'] },
    },
    { event: 'CLOSE', from: ['EVALUATING'], to: 'CLOSED', right: 'demand.write', guards: ['BOTH_EVALUATED'] },
    {
      ...{ event: 'STOP', from: ['FOUND', 'CONSOLIDATED', 'DESIGNED', 'IMPLEMENTING'], to: 'STOPPED' },
      ...{ right: 'demand.write', guards: ['PERFORMED'], inputs: ['note'] },
    },
  ],
});
export type ProjectState = Parameters<typeof projectMachine.take>[0]['state'];
export type ProjectEvent = Parameters<typeof projectMachine.take>[0]['event'];
