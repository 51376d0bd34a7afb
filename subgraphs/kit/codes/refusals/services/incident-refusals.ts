import type { RefusalText } from '../refusal-text.ts';

/** 事件拒绝 — refusals of incidents, alerts, inspections and mediations. */
export const incidentRefusals = {
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
  INSPECTION_NOT_FOUND: {
    family: 'NotFound',
    zh: '辖区内没有这次检查，请核对编号',
    en: 'no such visit in your area; check the id',
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
