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
  CLIENT_ID_INVALID: {
    family: 'InvalidInput',
    zh: '接入方代码须为 3 到 64 个小写字母、数字或连字符',
    en: 'the id of a client has 3 to 64 lower-case letters, digits or hyphens',
  },
  CLIENT_ID_TAKEN: {
    family: 'Conflict',
    zh: '接入方代码已被登记，请换一个',
    en: 'this client id is already registered; choose another',
  },
  CLIENT_NOT_FOUND: {
    family: 'NotFound',
    zh: '没有登记这个接入方，请核对代码',
    en: 'no such client is registered; check its id',
  },
  CLIENT_DISABLED: {
    family: 'Conflict',
    zh: '接入方已停用，请先启用',
    en: 'the client is disabled; enable it first',
  },
  CLIENT_HAS_NO_SECRETS: {
    family: 'Conflict',
    zh: '该接入方由人登录（授权码与 PKCE），不使用密钥',
    en: 'people log in at this client (authorization code with PKCE); it uses no secret',
  },
  CLIENT_SECRETS_TWO: {
    family: 'Conflict',
    zh: '已有两个有效密钥，请先撤销其中一个',
    en: 'two secrets are live already; revoke one of them first',
  },
  CLIENT_SECRET_NOT_FOUND: {
    family: 'NotFound',
    zh: '该接入方没有这个有效密钥，请核对密钥编号',
    en: 'the client has no such live secret; check the id of the secret',
  },
  SECRET_DAYS_INVALID: {
    family: 'InvalidInput',
    zh: '密钥有效期须为 1 到 {max} 天',
    en: 'a secret is valid for 1 to {max} days',
  },
  JURISDICTION_INVALID: {
    family: 'InvalidInput',
    zh: '辖区须为 4、6、9、12 或 15 位区划或网格代码，最多 {max} 个',
    en: 'an area is a division or grid code of 4, 6, 9, 12 or 15 digits, at most {max} of them',
  },
  RIGHT_UNKNOWN: {
    family: 'InvalidInput',
    zh: '权限代码未登记，请从权限清单中选择',
    en: 'unknown right; choose from the listed rights',
  },
  COST_BUDGET_INVALID: {
    family: 'InvalidInput',
    zh: '每分钟代价额度须为 1 到 {max}',
    en: 'a budget of cost points per minute lies between 1 and {max}',
  },
  REDIRECT_URI_INVALID: {
    family: 'InvalidInput',
    zh: '回调地址须为 https 地址，或本机回环 http 地址，不含片段',
    en: 'a redirect address is https, or http on the loopback, without a fragment',
  },
  TRUSTED_DOCUMENT_INVALID: {
    family: 'InvalidInput',
    zh: '受信操作须为语法正确的 GraphQL 文档，每次 1 到 {max} 个',
    en: 'a trusted operation is a GraphQL document without syntax errors, 1 to {max} at a time',
  },
  DEPARTMENT_UNKNOWN: {
    family: 'InvalidInput',
    zh: '部门代码未登记，请从部门清单中选择',
    en: 'unknown department code; choose one of the listed departments',
  },
} as const satisfies Record<string, RefusalText>;
