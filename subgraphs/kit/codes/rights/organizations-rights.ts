import type { RightText } from './right-text.ts';

/** 组织权限 — rights that the organizations subgraph's cards demand. */
export const organizationsRights = {
  'grid.write': { zh: '任免网格长', en: 'appoint grid chiefs' },
} as const satisfies Record<string, RightText>;
