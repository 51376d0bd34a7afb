import type { RightText } from './right-text.ts';

/** 目录权限 — rights that the catalog subgraph's cards demand. */
export const catalogRights = {
  'system.write': { zh: '登记部门系统', en: 'register department systems' },
  'client.write': { zh: '管理接入方', en: 'register clients, their secrets and their trusted operations' },
  'webhook.write': { zh: '登记变更推送', en: 'register webhooks of the own client' },
  'export.write': { zh: '申请批量导出', en: 'have lists written to files for the own client' },
  'catalog.steward': { zh: '数据专员', en: 'stewardship of the catalogue: operations, usage, versions' },
  'schema.propose': {
    zh: '提出图谱变更、会签与知悉停用',
    en: 'propose changes of the graph, sign those of the own data, acknowledge removals',
  },
  'schema.publish': { zh: '审定并发布图谱', en: 'review, publish and roll back the graph, admit subgraphs' },
  'ledger.read': { zh: '查阅访问日志', en: 'the access log: who read whom, why' },
  'sharing.write': {
    zh: '办理目录、共享申请与校核',
    en: 'take part in catalogue submissions, sharing requests and verification for a department',
  },
  'sharing.review': { zh: '审核目录、协调共享争议', en: 'review the catalogue and settle sharing disputes' },
} as const satisfies Record<string, RightText>;
