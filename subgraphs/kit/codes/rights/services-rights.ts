import type { RightText } from './right-text.ts';

/** 服务权限 — rights that the services subgraph's cards demand. */
export const servicesRights = {
  'incident.reporter': { zh: '事件上报人', en: 'who reported an incident' },
  'incident.write': { zh: '上报事件', en: 'report incidents' },
} as const satisfies Record<string, RightText>;
