import type { RefusalText } from './refusal-text.ts';
import { deliberationRefusals } from './services/deliberation-refusals.ts';
import { facilityRefusals } from './services/facility-refusals.ts';
import { incidentRefusals } from './services/incident-refusals.ts';
import { volunteeringRefusals } from './services/volunteering-refusals.ts';
import { windowRefusals } from './services/window-refusals.ts';

/** 服务拒绝 — refusals of the services subgraph: of its topics, and of several. */
export const servicesRefusals = {
  ...incidentRefusals,
  ...deliberationRefusals,
  ...volunteeringRefusals,
  ...windowRefusals,
  ...facilityRefusals,
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
  DATE_IN_PAST: {
    family: 'InvalidInput',
    zh: '日期早于今天，请改为今天或以后',
    en: 'the date lies in the past; use today or later',
  },
  NUMBER_OUT_OF_RANGE: {
    family: 'InvalidInput',
    zh: '数值须在 {min} 到 {max} 之间',
    en: 'the number must lie between {min} and {max}',
  },
  PERIOD_INVALID: {
    family: 'InvalidInput',
    zh: '结束时间须晚于开始时间，且不超过一天',
    en: 'it must end after it begins, within a day',
  },
} as const satisfies Record<string, RefusalText>;
