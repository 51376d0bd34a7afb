import type { RefusalText } from './refusal-text.ts';

/** 通用拒绝 — refusals that every subgraph may give. */
export const generalRefusals = {
  IDEMPOTENCY_KEY_REUSED: {
    family: 'Conflict',
    zh: '幂等键已用于另一份输入，请换一个新键',
    en: 'the idempotency key was already used with another input; use a new key',
  },
  IDEMPOTENCY_KEY_INVALID: {
    family: 'InvalidInput',
    zh: '幂等键须为 8 到 128 个可见字符',
    en: 'an idempotency key has 8 to 128 visible characters',
  },
  CONCURRENT_CHANGE: {
    family: 'Conflict',
    zh: '同一对象刚被别人修改，请重新读取后再试',
    en: 'somebody else changed the same thing just now; read it again and retry',
  },
  DATE_IN_FUTURE: {
    family: 'InvalidInput',
    zh: '日期晚于今天，请改为今天或以前',
    en: 'the date lies in the future; use today or earlier',
  },
  DATE_BEFORE_CURRENT: {
    family: 'Conflict',
    zh: '日期不晚于现行记录的开始日期，会与历史重叠；请选择更晚的日期',
    en: 'the date is not after the start of the current record, so it would overlap history; choose a later one',
  },
  PERSONAL_NUMBER_IN_TEXT: {
    family: 'InvalidInput',
    zh: '文本中疑似含有证件号或手机号，请删去后再提交',
    en: 'the text seems to contain a citizen number or a telephone number; remove it',
  },
  TEXT_INVALID: {
    family: 'InvalidInput',
    zh: '文本长度或字符不合要求（{min} 到 {max} 个字符，不含控制字符）',
    en: 'the text must have {min} to {max} characters and no control characters',
  },
  NOTHING_TO_CHANGE: {
    family: 'InvalidInput',
    zh: '没有给出任何要变更的内容',
    en: 'nothing is given that is to change',
  },
  PERSON_NOT_FOUND: {
    family: 'NotFound',
    zh: '辖区内没有这个人，请核对编号',
    en: 'no such person in your area; check the id',
  },
  PERSON_NAME_DIFFERS: {
    family: 'InvalidInput',
    zh: '姓名与人口登记不一致，请核对人员和姓名',
    en: 'the name is not the one that the population register has for this person; check both',
  },
  TRANSITION_NOT_ALLOWED: {
    family: 'Transition',
    zh: '当前状态「{stateZh}」不能「{eventZh}」；现在可用：{allowedZh}',
    en: 'in state {stateEn} it is not possible to {eventEn}; possible now: {allowedEn}',
  },
  TRANSITION_NOT_YOURS: {
    family: 'Transition',
    zh: '「{eventZh}」须由{whoZh}办理；您现在可用：{allowedZh}',
    en: 'to {eventEn} is for: {whoEn}; possible for you now: {allowedEn}',
  },
  TRANSITION_INCOMPLETE: {
    family: 'Transition',
    zh: '「{eventZh}」尚缺：{missingZh}；补齐后再试。现在可用：{allowedZh}',
    en: 'to {eventEn} still lacks: {missingEn}; complete it and try again. Possible now: {allowedEn}',
  },
} as const satisfies Record<string, RefusalText>;
