import type { RefusalText } from './refusal-text.ts';

/** 服务拒绝 — refusals of the services subgraph. */
export const servicesRefusals = {
  INCIDENT_TITLE_INVALID: {
    family: 'InvalidInput',
    zh: '事件标题须为 2 到 120 个字符，且不含控制字符',
    en: 'an incident title has 2 to 120 characters and no control characters',
  },
} as const satisfies Record<string, RefusalText>;
