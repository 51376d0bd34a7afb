import type { RefusalText } from './refusal-text.ts';

/** 组织拒绝 — refusals of the organizations subgraph. */
export const organizationsRefusals = {
  GRID_NOT_FOUND: {
    family: 'NotFound',
    zh: '辖区内没有这个网格，请核对编号',
    en: 'no such grid in your area; check the id',
  },
  WORKER_NOT_FOUND: {
    family: 'NotFound',
    zh: '辖区内没有这名社区工作者，请核对编号',
    en: 'no such community worker in your area; check the id',
  },
  WORKER_LEFT: {
    family: 'Conflict',
    zh: '该工作者已离职，不能任职',
    en: 'this worker has left service and cannot take a post',
  },
  WORKER_OUTSIDE_COMMUNITY: {
    family: 'Conflict',
    zh: '该工作者不属于网格所在社区，请先办理调动',
    en: "this worker does not belong to the grid's community; transfer the worker first",
  },
  GRID_CHIEF_UNCHANGED: {
    family: 'Conflict',
    zh: '此人已是该网格的网格长',
    en: 'this worker is already the chief of the grid',
  },
} as const satisfies Record<string, RefusalText>;
