import type { RefusalText } from './refusal-text.ts';

/** 人口拒绝 — refusals of the people subgraph. */
export const peopleRefusals = {
  DWELLING_NOT_FOUND: {
    family: 'NotFound',
    zh: '辖区内没有这处房屋，请核对编号',
    en: 'no such dwelling in your area; check the id',
  },
  RESIDENCE_UNCHANGED: {
    family: 'Conflict',
    zh: '此人已登记在这处房屋，无需变更',
    en: 'the person is already recorded at this dwelling; nothing to change',
  },
  RESIDENCE_KIND_CONFLICT: {
    family: 'Conflict',
    zh: '此人已有另一类现行居住登记，请先变更那一条',
    en: 'the person has a live residence of another kind; change that one first',
  },
} as const satisfies Record<string, RefusalText>;
