import type { RefusalText } from './refusal-text.ts';

/** 图谱拒绝 — refusals of those who change the graph itself. */
export const graphRefusals = {
  GRAPH_MOVED: {
    family: 'Conflict',
    zh: '评审对照的是第 {judged} 版，现行已是第 {head} 版，请重新评审后再发布',
    en: 'this was judged against version {judged}, and version {head} is in force by now; review it again',
  },
  GRAPH_VERSION_NOT_FOUND: {
    family: 'NotFound',
    zh: '没有第 {number} 版，请从 graphVersions 选用',
    en: 'there is no version {number}; choose one of graphVersions',
  },
  GRAPH_VERSION_IN_FORCE: {
    family: 'Conflict',
    zh: '第 {number} 版正在使用，无需退回',
    en: 'version {number} is in force already',
  },
  GRAPH_VERSION_NOT_SERVABLE: {
    family: 'Conflict',
    zh: '该版所含的子图 {subgraphs} 已不在图中，请先重新接入',
    en: 'the subgraphs {subgraphs} of that version are no longer there; admit them again first',
  },
  CONTRACT_NOT_SERVED: {
    family: 'Conflict',
    zh: '子图的代码并未提供（或以不同的类型、数据卡片提供）：{parts}。契约只能隐藏、说明或弃用代码已有的部分，请先上线代码',
    en: 'the code behind does not serve, or serves with another type or data card: {parts}. A contract can hide, describe and deprecate what the code has; let the code go live first',
  },
  CONTRACTS_UNREADABLE: {
    family: 'InvalidInput',
    zh: '契约无法读取：{findings}',
    en: 'the contracts cannot be read: {findings}',
  },
  PROPOSAL_NOT_FOUND: {
    family: 'NotFound',
    zh: '没有这份图谱提案，请核对编号',
    en: 'no such proposal; check its id',
  },
  PROPOSAL_CHANGES_NOTHING: {
    family: 'Conflict',
    zh: '提案与现行契约相同，没有可评审的变更',
    en: 'the proposal is what is served already; there is nothing to review',
  },
  PROPOSAL_DOES_NOT_COMPOSE: {
    family: 'Conflict',
    zh: '与现行各子图不能合成：{findings}',
    en: 'it does not compose with what is served: {findings}',
  },
  PROPOSAL_BREAKS_RULES: {
    family: 'Conflict',
    zh: '{count} 处不合规范：{parts}，请修改后重新评审',
    en: '{count} parts break the rules: {parts}; mend them and have it reviewed again',
  },
  PROPOSAL_OWNERS_MISSING: {
    family: 'Conflict',
    zh: '变更涉及的数源部门尚未会签：{ownersZh}',
    en: 'owners of what changes have not signed: {ownersEn}',
  },
  PROPOSAL_OWNER_OBJECTS: {
    family: 'Conflict',
    zh: '{ownersZh}不同意，请协商后修改提案',
    en: '{ownersEn} objected; settle it and revise the proposal',
  },
  PROPOSAL_NOT_REVIEWED: {
    family: 'Conflict',
    zh: '提案尚未评审，或已不在会签阶段',
    en: 'the proposal is not reviewed yet, or no longer waits for signatures',
  },
  PROPOSAL_NOT_YOURS_TO_SIGN: {
    family: 'Conflict',
    zh: '提案不涉及本部门的数据，需会签的是：{ownersZh}',
    en: 'it changes nothing that your department owns; to sign are: {ownersEn}',
  },
  REMOVAL_NOT_ANNOUNCED: {
    family: 'Conflict',
    zh: '移除前须先弃用并公布移除日期：{parts}',
    en: 'what goes is first deprecated with its removal date: {parts}',
  },
  REMOVAL_TOO_EARLY: {
    family: 'Conflict',
    zh: '未到约定的移除日期：{parts}',
    en: 'the removal date that was announced has not come: {parts}',
  },
  CLIENTS_STILL_USE: {
    family: 'Conflict',
    zh: '仍有接入方在用且未知悉停用：{clients}',
    en: 'clients still use what goes and have not acknowledged it: {clients}',
  },
  REMOVAL_UNKNOWN: {
    family: 'NotFound',
    zh: '{coordinate} 没有公布移除日期，无须知悉',
    en: '{coordinate} has no announced removal; there is nothing to acknowledge',
  },
  SUBGRAPH_NAME_INVALID: {
    family: 'InvalidInput',
    zh: '子图名须为 2 到 40 个小写字母、数字或连字符，以字母开头',
    en: 'the name of a subgraph has 2 to 40 lower-case letters, digits or hyphens and begins with a letter',
  },
  SUBGRAPH_NAME_TAKEN: {
    family: 'Conflict',
    zh: '子图 {subgraph} 已在图中，请换一个名称，或以提案变更其契约',
    en: 'the subgraph {subgraph} is in the graph already; choose another name, or propose a change of its contract',
  },
  SUBGRAPH_NOT_FOUND: {
    family: 'NotFound',
    zh: '图中没有外部子图 {subgraph}',
    en: 'there is no external subgraph {subgraph} in the graph',
  },
  SUBGRAPH_URL_INVALID: {
    family: 'InvalidInput',
    zh: '子图地址须为可从枢纽访问的 https 地址；内网地址须由枢纽的运维方列入许可',
    en: 'the address is an https one that the hub may reach; hosts of an inner network are allowed by whoever runs the hub',
  },
  SUBGRAPH_NOT_COMPATIBLE: {
    family: 'Conflict',
    zh: '接入不得改变图中已有的部分：{parts}',
    en: 'what joins must not change what is there: {parts}',
  },
  SUBGRAPH_CARDS_FOREIGN: {
    family: 'Conflict',
    zh: '每个字段都要有以接入部门为数源的数据卡片：{parts}',
    en: 'every field needs a data card with the joining department as its source: {parts}',
  },
  SUBGRAPH_PROBE_FAILED: {
    family: 'Conflict',
    zh: '探测未通过：{reasonZh}',
    en: 'the probe failed: {reasonEn}',
  },
  MAINTENANCE_PERIOD_INVALID: {
    family: 'InvalidInput',
    zh: '维护窗口须在未来结束，起止有序，且不超过 {days} 天',
    en: 'a maintenance window ends in the future, after it begins, and lasts {days} days at most',
  },
  CONTRACT_NAME_INVALID: {
    family: 'InvalidInput',
    zh: '变体名须为 2 到 40 个小写字母、数字或连字符，以字母开头',
    en: 'the name of a contract has 2 to 40 lower-case letters, digits or hyphens and begins with a letter',
  },
  CONTRACT_TAGS_INVALID: {
    family: 'InvalidInput',
    zh: '标签须为字母、数字、连字符，至多 {max} 个，且不同时列入与排除',
    en: 'tags are letters, digits and hyphens, {max} at most, and none is both included and excluded',
  },
  CONTRACT_DOES_NOT_COMPOSE: {
    family: 'Conflict',
    zh: '该变体不能合成：{findings}',
    en: 'this contract does not compose: {findings}',
  },
} as const satisfies Record<string, RefusalText>;
