import type { RefusalText } from './refusal-text.ts';

/** 目录拒绝 — refusals of the catalog subgraph. */
export const catalogRefusals = {
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
} as const satisfies Record<string, RefusalText>;
