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
  SYSTEM_NOT_FOUND: {
    family: 'NotFound',
    zh: '没有登记这个系统，请核对系统代码',
    en: 'no such system is registered; check its code',
  },
  SYSTEM_PARENT_NOT_ABOVE: {
    family: 'Conflict',
    zh: '上级须比本系统高一层（云、平台、系统、板块），请换一个上级',
    en: 'a parent stands above its child (cloud, platform, system, module); choose another',
  },
  DATASET_NOT_OF_DEPARTMENT: {
    family: 'Conflict',
    zh: '该类型没有以{department}为数源的信息项，请核对类型名',
    en: 'no field of this type has the system’s department as its source; check the type',
  },
  DATASET_HAS_SOURCE: {
    family: 'Conflict',
    zh: '一数一源：该类型已由本部门的另一系统提供，请由原系统上报',
    en: 'one source per item: another system of the department gives this type already; let that one report',
  },
  ROW_COUNT_INVALID: {
    family: 'InvalidInput',
    zh: '数据量须为不小于 0 的整数',
    en: 'a count of rows is an integer of 0 or more',
  },
  SCENARIO_NOT_FOUND: {
    family: 'NotFound',
    zh: '没有这个应用场景，请核对场景代码',
    en: 'no such scenario; check its code',
  },
  OPERATION_DOCUMENT_NOT_FOUND: {
    family: 'NotFound',
    zh: '没有所列的操作文档，请核对名称',
    en: 'one of the operation documents does not exist; check the names',
  },
  DEPARTMENT_UNKNOWN: {
    family: 'InvalidInput',
    zh: '部门代码未登记，请从部门清单中选择',
    en: 'unknown department code; choose one of the listed departments',
  },
} as const satisfies Record<string, RefusalText>;
