import type { RefusalText } from './refusal-text.ts';

/** 区划与网格拒绝 — refusals about divisions, communities and the posts in their grids. */
export const territoryRefusals = {
  GRID_NOT_FOUND: {
    family: 'NotFound',
    zh: '辖区内没有这个网格，请核对编号',
    en: 'no such grid in your area; check the id',
  },
  GRID_CHIEF_UNCHANGED: {
    family: 'Conflict',
    zh: '此人已是该网格的网格长',
    en: 'this worker is already the chief of the grid',
  },
  GRID_POST_HELD: {
    family: 'Conflict',
    zh: '此人已在该网格担任这一岗位',
    en: 'this person holds this post in the grid already',
  },
  FULL_TIME_POST_HELD: {
    family: 'Conflict',
    zh: '此人已是另一网格的专职网格员，专职岗位不可重叠，请先终止原岗位',
    en: 'this person holds a full-time post in another grid, and full-time posts do not overlap; end that one first',
  },
  MICRO_GRID_HAS_CHIEF: {
    family: 'Conflict',
    zh: '该微网格已有现任微网格长，请先终止其岗位',
    en: 'the micro-grid has a chief; end that post first',
  },
  MICRO_GRID_UNFIT: {
    family: 'InvalidInput',
    zh: '微网格长须给出该网格下的微网格，其他岗位不给',
    en: 'the chief of a micro-grid names one of this grid; other posts name none',
  },
  GRID_POST_HOLDER_AMBIGUOUS: {
    family: 'InvalidInput',
    zh: '须且只能给出社区工作者或居民之一',
    en: 'give exactly one of a community worker and a resident',
  },
  GRID_POST_UNDER_AGE: {
    family: 'InvalidInput',
    zh: '网格任职者须年满十八周岁',
    en: 'whoever takes a post in a grid is eighteen or older',
  },
  GRID_POST_NOT_FOUND: {
    family: 'NotFound',
    zh: '辖区内没有这一网格任职，请核对编号',
    en: 'no such post in a grid of your area; check the id',
  },
  GRID_POST_ENDED: {
    family: 'Conflict',
    zh: '该任职已终止',
    en: 'the post has ended already',
  },
  COMMUNITY_NOT_FOUND: {
    family: 'NotFound',
    zh: '辖区内没有这个社区（村），请核对编号',
    en: 'no such community in your area; check the id',
  },
  DIVISION_ENDED: {
    family: 'Conflict',
    zh: '该区划已于 {validTo} 撤销，请改用现区划',
    en: 'the division ended on {validTo}; use the one that took its place',
  },
  DIVISION_CODE_UNFIT: {
    family: 'InvalidInput',
    zh: '代码须为同一县（市、区）内的 12 位村级代码，且不同于原代码',
    en: 'the code has 12 digits, of a village or community of the same county, and is not that of the former one',
  },
  DIVISION_CODE_TAKEN: {
    family: 'Conflict',
    zh: '该代码已在名单中，并入现有区划请用“合并”',
    en: 'the code is in the list already; to join an existing division, merge into it',
  },
  DIVISION_NAME_UNFIT: {
    family: 'InvalidInput',
    zh: '新设区划须给出名称，并入现有区划不给',
    en: 'a new division has a name; one that is merged into another gives none',
  },
  DIVISION_GRIDS_UNFIT: {
    family: 'InvalidInput',
    zh: '析置须给出原区划的一个或多个现有网格，其他沿革不给',
    en: 'a split names one or more live grids of the former division; other changes name none',
  },
  DIVISION_GRIDS_FULL: {
    family: 'Conflict',
    zh: '现区划的网格编号已满 999 个',
    en: 'the division has all of its 999 grid numbers given out',
  },
  DIVISION_NOT_FOUND: {
    family: 'NotFound',
    zh: '辖区内没有这个区划（市、县、镇街、社区），请核对代码',
    en: 'no such city, county, township or community in your area; check the code',
  },
} as const satisfies Record<string, RefusalText>;
