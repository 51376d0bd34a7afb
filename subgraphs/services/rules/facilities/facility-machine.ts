import { defineMachine } from '../../../kit/machine/state-machine.ts';

/** What the machine looks at. */
export interface FacilityFacts {
  /** Whether it was assessed since its last management review began. */
  readonly assessed: boolean;
  readonly meetsStandard: boolean | null;
}

/** 建用管评 — the life of a facility: built, used, managed, evaluated, and used again or put right. */
export const facilityMachine = defineMachine<FacilityFacts>()({
  name: 'Facility',
  zh: '设施建用管评',
  en: 'The life of a facility: build, use, manage, evaluate, and back to use or to management until it is closed.',
  initial: 'BUILD',
  states: {
    BUILD: { zh: '建', en: 'being built' },
    USE: { zh: '用', en: 'in use' },
    MANAGE: { zh: '管', en: 'under management review' },
    EVALUATE: { zh: '评', en: 'under evaluation' },
    CLOSED: { zh: '停用', en: 'closed', terminal: true },
  },
  events: {
    OPEN: { zh: '启用', en: 'open it' },
    REVIEW: { zh: '纳入管理检查', en: 'take it into management review' },
    EVALUATE: { zh: '提交评估', en: 'bring it to evaluation' },
    RESUME: { zh: '评估达标继续使用', en: 'go on using it after it met the standard' },
    RECTIFY: { zh: '评估不达标整改', en: 'have it put right after it did not meet the standard' },
    CLOSE: { zh: '停用', en: 'close it' },
  },
  guards: {
    ASSESSED: {
      zh: '管理检查开始后已作达标评估',
      en: 'it was assessed since the review began',
      holds: ({ assessed }) => assessed,
    },
    MEETS_STANDARD: {
      zh: '最近一次评估达标',
      en: 'the latest assessment says it meets the standard',
      holds: ({ meetsStandard }) => meetsStandard === true,
    },
    BELOW_STANDARD: {
      zh: '最近一次评估不达标',
      en: 'the latest assessment says it does not meet the standard',
      holds: ({ meetsStandard }) => meetsStandard === false,
    },
  },
  inputs: { note: { zh: '说明', en: 'a note' } },
  transitions: [
    { event: 'OPEN', from: ['BUILD'], to: 'USE', right: 'facility.write' },
    { event: 'REVIEW', from: ['USE'], to: 'MANAGE', right: 'facility.write' },
    { event: 'EVALUATE', from: ['MANAGE'], to: 'EVALUATE', right: 'facility.assess', guards: ['ASSESSED'] },
    { event: 'RESUME', from: ['EVALUATE'], to: 'USE', right: 'facility.assess', guards: ['MEETS_STANDARD'] },
    {
      event: 'RECTIFY',
      from: ['EVALUATE'],
      to: 'MANAGE',
      right: 'facility.assess',
      guards: ['BELOW_STANDARD'],
      inputs: ['note'],
    },
    { event: 'CLOSE', from: ['USE', 'MANAGE', 'EVALUATE'], to: 'CLOSED', right: 'facility.write', inputs: ['note'] },
  ],
});

export type FacilityEvent = Parameters<typeof facilityMachine.take>[0]['event'];
