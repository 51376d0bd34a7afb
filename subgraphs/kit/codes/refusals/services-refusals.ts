import type { RefusalText } from './refusal-text.ts';

/** 服务拒绝 — refusals of the services subgraph. */
export const servicesRefusals = {
  INCIDENT_TITLE_INVALID: {
    family: 'InvalidInput',
    zh: '事件标题须为 2 到 120 个字符，且不含控制字符',
    en: 'an incident title has 2 to 120 characters and no control characters',
  },
  INCIDENT_NOT_FOUND: {
    family: 'NotFound',
    zh: '辖区内没有这个事件，请核对编号',
    en: 'no such incident in your area; check the id',
  },
  ALERT_NOT_FOUND: {
    family: 'NotFound',
    zh: '辖区内没有这条预警，请核对编号',
    en: 'no such alert in your area; check the id',
  },
  MEDIATION_NOT_FOUND: {
    family: 'NotFound',
    zh: '辖区内没有这次调解，请核对编号',
    en: 'no such mediation in your area; check the id',
  },
  COMMUNITY_NOT_FOUND: {
    family: 'NotFound',
    zh: '辖区内没有这个社区，请核对编号',
    en: 'no such community in your area; check the id',
  },
  EXTENSION_TOO_LONG: {
    family: 'InvalidInput',
    zh: '延期须为 1 到 {max} 个工作日',
    en: 'an extension has 1 to {max} working days',
  },
  CAMERA_CODE_INVALID: {
    family: 'InvalidInput',
    zh: '摄像机编码须为 4 到 40 个字母、数字或连字符',
    en: 'a camera code has 4 to 40 letters, digits or hyphens',
  },
  ATTACHMENTS_TOO_MANY: {
    family: 'InvalidInput',
    zh: '附件最多 {max} 个，请删减',
    en: 'at most {max} attachments; leave some out',
  },
  ATTACHMENT_INVALID: {
    family: 'InvalidInput',
    zh: '附件须为对象存储的引用，并附 SHA-256、大小（不超过 {maxBytes} 字节）与类型',
    en: 'an attachment is a reference to the object store with its SHA-256, its size (up to {maxBytes} bytes) and its media type',
  },
  USCC_INVALID: {
    family: 'InvalidInput',
    zh: '统一社会信用代码有误：18 位，末位为校验码',
    en: 'the unified social credit code is wrong: 18 characters, the last one a check',
  },
  DATE_IN_PAST: {
    family: 'InvalidInput',
    zh: '日期早于今天，请改为今天或以后',
    en: 'the date lies in the past; use today or later',
  },
  INSPECTION_ALREADY_PLANNED: {
    family: 'Conflict',
    zh: '本部门已计划在 {date} 检查该单位，不再重复检查',
    en: 'your department already inspects this organization on {date}; it is not inspected twice',
  },
  INCIDENT_NOT_MEDIABLE: {
    family: 'Conflict',
    zh: '只有未结的矛盾纠纷可以调解',
    en: 'only a dispute that is not closed can be mediated',
  },
  APPEAL_CHANNEL_INVALID: {
    family: 'InvalidInput',
    zh: '诉求由居民提出，请选择居民使用的渠道',
    en: 'appeals come from residents; choose a channel that residents use',
  },
} as const satisfies Record<string, RefusalText>;
