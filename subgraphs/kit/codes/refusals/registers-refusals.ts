import type { RefusalText } from './refusal-text.ts';

/** 登记册拒绝 — refusals about programmes, designations, documents and indicators. */
export const registersRefusals = {
  PROGRAMME_NOT_FOUND: {
    family: 'NotFound',
    zh: '本市没有这个创建项目，请核对代码',
    en: 'the city has no such programme; check the code',
  },
  PHASE_REQUIRED: {
    family: 'InvalidInput',
    zh: '分步推进的项目须注明批次（1 到 20）',
    en: 'a roll-out needs its phase, 1 to 20',
  },
  PHASE_NOT_SERVED: {
    family: 'InvalidInput',
    zh: '该项目不分批次，请去掉批次',
    en: 'this programme has no phases; leave the phase out',
  },
  DESIGNATION_EXISTS: {
    family: 'Conflict',
    zh: '该社区在该日已有此项命名，请先终止原命名',
    en: 'the community is under this programme on that day; end that designation first',
  },
  DESIGNATION_NOT_FOUND: {
    family: 'NotFound',
    zh: '辖区内没有这项命名，请核对编号',
    en: 'no such designation in your area; check the id',
  },
  DESIGNATION_ENDED: {
    family: 'Conflict',
    zh: '这项命名已终止',
    en: 'the designation has ended already',
  },
  FORUM_QUARTER_TAKEN: {
    family: 'Conflict',
    zh: '{year} 年第 {quarter} 季度已有论坛，每季度一次；请改期',
    en: 'the city already holds its forum of quarter {quarter} of {year}; choose another quarter',
  },
  CODE_INVALID: {
    family: 'InvalidInput',
    zh: '代码为 2 至 40 个大写字母、数字、点或下划线',
    en: 'a code has 2 to 40 capitals, digits, dots or underscores',
  },
  PROGRAMME_EXISTS: {
    family: 'Conflict',
    zh: '本市已有同代码的创建项目，请使用原项目或另取代码',
    en: 'the city has a programme of this code; use it or choose another code',
  },
  POLICY_NOT_FOUND: {
    family: 'NotFound',
    zh: '辖区内没有这份政策文件，请核对编号',
    en: 'no such paper in your area; check the id',
  },
  POLICY_EXISTS: {
    family: 'Conflict',
    zh: '本市已有同名的现行文件，请先废止或核对标题',
    en: 'the city has a paper of this title; repeal it first or check the title',
  },
  POLICY_REPEALED: {
    family: 'Conflict',
    zh: '该文件已于 {repealedOn} 废止',
    en: 'the paper was repealed on {repealedOn}',
  },
  POLICY_HAS_CHILDREN: {
    family: 'Conflict',
    zh: '尚有 {children} 份配套文件未废止，请先废止',
    en: '{children} papers carry it out; repeal them first',
  },
  EVALUATION_EXISTS: {
    family: 'Conflict',
    zh: '该社区该日的这项得分已登记，请以另一日期登记',
    en: 'this score of the community and day is on record; enter one of another day',
  },
  TARGET_EXISTS: {
    family: 'Conflict',
    zh: '该指标该年度已有同类目标',
    en: 'the indicator has such a target for the year',
  },
  TARGET_YEAR_INVALID: {
    family: 'InvalidInput',
    zh: '目标年度须为 2000 至 2100；不定年度的不给',
    en: 'a target’s year is 2000 to 2100; leave it out where there is none',
  },
  INDICATOR_NOT_FOUND: {
    family: 'NotFound',
    zh: '该城市没有这个指标，请核对代码',
    en: 'the city has no indicator of this code; check it',
  },
  INDICATOR_VALUE_INVALID: {
    family: 'InvalidInput',
    zh: '数值不合理（百分比须为 0 到 100）',
    en: 'the value is out of range (a percentage is 0 to 100)',
  },
  INDICATOR_REPORTED: {
    family: 'Conflict',
    zh: '该区划该日的指标已上报，请以另一日期上报更正值',
    en: 'a value was reported for this division and day; report the corrected one for another day',
  },
} as const satisfies Record<string, RefusalText>;
