import { fillTemplate } from './problems.ts';

/**
 * 拒绝 — every expected refusal of a mutation, by its stable code: which family (GraphQL type) it belongs to, what it
 * says in both languages and what to do next. A text names the culprit, never a protected value.
 */
export const refusals = {
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
  PERSON_NOT_FOUND: {
    family: 'NotFound',
    zh: '辖区内没有这个人，请核对编号',
    en: 'no such person in your area; check the id',
  },
  DWELLING_NOT_FOUND: {
    family: 'NotFound',
    zh: '辖区内没有这处房屋，请核对编号',
    en: 'no such dwelling in your area; check the id',
  },
  GRID_NOT_FOUND: {
    family: 'NotFound',
    zh: '辖区内没有这个网格，请核对编号',
    en: 'no such grid in your area; check the id',
  },
  WORKER_NOT_FOUND: {
    family: 'NotFound',
    zh: '辖区内没有这名社区工作者，请核对编号',
    en: 'no such community worker in your area; check the id',
  },
  MEMBER_NOT_FOUND: {
    family: 'NotFound',
    zh: '辖区内没有这名党员，请核对编号',
    en: 'no such party member in your area; check the id',
  },
  PARTY_ORGANIZATION_NOT_FOUND: {
    family: 'NotFound',
    zh: '没有这个党组织，请核对编号',
    en: 'no such party organization; check the id',
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
  RESIDENCE_UNCHANGED: {
    family: 'Conflict',
    zh: '此人已登记在这处房屋，无需变更',
    en: 'the person is already recorded at this dwelling; nothing to change',
  },
  RESIDENCE_KIND_CONFLICT: {
    family: 'Conflict',
    zh: '此人已有另一类现行居住登记，请先变更那一条',
    en: 'the person has a live residence of another kind; change that one first',
  },
  WORKER_LEFT: {
    family: 'Conflict',
    zh: '该工作者已离职，不能任职',
    en: 'this worker has left service and cannot take a post',
  },
  WORKER_OUTSIDE_COMMUNITY: {
    family: 'Conflict',
    zh: '该工作者不属于网格所在社区，请先办理调动',
    en: "this worker does not belong to the grid's community; transfer the worker first",
  },
  GRID_CHIEF_UNCHANGED: {
    family: 'Conflict',
    zh: '此人已是该网格的网格长',
    en: 'this worker is already the chief of the grid',
  },
  INCIDENT_TITLE_INVALID: {
    family: 'InvalidInput',
    zh: '事件标题须为 2 到 120 个字符，且不含控制字符',
    en: 'an incident title has 2 to 120 characters and no control characters',
  },
  PERSONAL_NUMBER_IN_TEXT: {
    family: 'InvalidInput',
    zh: '文本中疑似含有证件号或手机号，请删去后再提交',
    en: 'the text seems to contain a citizen number or a telephone number; remove it',
  },
  MEMBERSHIP_UNCHANGED: {
    family: 'Conflict',
    zh: '该党员已在这个党组织',
    en: 'the member already belongs to this party organization',
  },
  PARTY_ORGANIZATION_CANNOT_HOLD_MEMBERS: {
    family: 'Conflict',
    zh: '组织关系只能转入支部或党小组所属支部，请选择支部',
    en: 'members belong to branches; choose a branch',
  },
  SYSTEM_CODE_INVALID: {
    family: 'InvalidInput',
    zh: '系统代码须为 3 到 64 个小写字母、数字或连字符',
    en: 'a system code has 3 to 64 lower-case letters, digits or hyphens',
  },
  SYSTEM_CODE_TAKEN: {
    family: 'Conflict',
    zh: '系统代码已被登记，请换一个',
    en: 'this system code is already registered; choose another',
  },
  DEPARTMENT_UNKNOWN: {
    family: 'InvalidInput',
    zh: '部门代码未登记，请从部门清单中选择',
    en: 'unknown department code; choose one of the listed departments',
  },
  TEXT_INVALID: {
    family: 'InvalidInput',
    zh: '文本长度或字符不合要求（{min} 到 {max} 个字符，不含控制字符）',
    en: 'the text must have {min} to {max} characters and no control characters',
  },
} as const;

export type RefusalCode = keyof typeof refusals;
export type RefusalFamily = (typeof refusals)[RefusalCode]['family'];

/** A typed refusal, as a member of a mutation's payload union. Nothing was written. */
export interface Refusal {
  readonly __typename: `${RefusalFamily}Refusal`;
  readonly code: RefusalCode;
  readonly messageZh: string;
  readonly messageEn: string;
  /** Path of the input that is to blame, e.g. `input.personId`. */
  readonly culprit: string;
}

export function refuse(code: RefusalCode, culprit: string, values: Record<string, string | number> = {}): Refusal {
  const { family, zh, en } = refusals[code];
  return {
    __typename: `${family}Refusal`,
    code,
    messageZh: fillTemplate(zh, values),
    messageEn: fillTemplate(en, values),
    culprit,
  };
}

export function isRefusal(value: unknown): value is Refusal {
  return typeof value === 'object' && value !== null && 'culprit' in value && 'messageZh' in value;
}
