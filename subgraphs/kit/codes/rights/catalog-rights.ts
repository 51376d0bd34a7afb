import type { RightText } from './right-text.ts';

/** 目录权限 — rights that the catalog subgraph's cards demand. */
export const catalogRights = {
  'system.write': { zh: '登记部门系统', en: 'register department systems' },
  'catalog.steward': { zh: '数据专员', en: 'stewardship of the catalogue: operations, usage, versions' },
} as const satisfies Record<string, RightText>;
