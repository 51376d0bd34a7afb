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
  SAME_PERSON: {
    family: 'InvalidInput',
    zh: '两个编号是同一条记录，请核对',
    en: 'both ids name the same record; check them',
  },
  PERSON_SURVIVES_OTHERS: {
    family: 'Conflict',
    zh: '已有其他记录归并到这条记录：请以它为保留方，或先拆分',
    en: 'other records were merged into this one; keep it as the survivor, or split them off first',
  },
  MERGE_NOT_FOUND: {
    family: 'NotFound',
    zh: '辖区内没有这条已归并的记录，请核对编号',
    en: 'no such merged record in your area; check the id',
  },
  PERSON_REGISTERED_AGAIN: {
    family: 'Conflict',
    zh: '该号码在归并后又被登记，请先归并新记录再拆分',
    en: 'the number has been registered again since the merge; merge that record first',
  },
  CANDIDATE_NOT_FOUND: {
    family: 'NotFound',
    zh: '辖区内没有这条疑似同一人，请核对编号',
    en: 'no such pair in your area; check the id',
  },
  CANDIDATE_DECIDED: { family: 'Conflict', zh: '这条疑似同一人已有结论', en: 'the pair has been decided already' },
  CARE_TAG_NOT_FOUND: {
    family: 'NotFound',
    zh: '辖区内没有这条标签，请核对编号',
    en: 'no such tag in your area; check the id',
  },
  CARE_TAG_EXISTS: {
    family: 'Conflict',
    zh: '此人在该日已有同类标签，请先终止原标签',
    en: 'the person carries a tag of this kind on that day; end that one first',
  },
  CARE_TAG_ENDED: {
    family: 'Conflict',
    zh: '这条标签已终止，请重新登记',
    en: 'the tag has ended; record a new one',
  },
  CARE_TAG_TOO_YOUNG: {
    family: 'InvalidInput',
    zh: '该类标签须年满 {years} 周岁',
    en: 'this kind of tag is for people of {years} years and above',
  },
  CARE_TAG_TOO_OLD: {
    family: 'InvalidInput',
    zh: '该类标签仅限未满 {years} 周岁',
    en: 'this kind of tag is for people under {years} years',
  },
  NOT_AN_ELDER: {
    family: 'InvalidInput',
    zh: '养老预警仅限年满 {years} 周岁的老年人',
    en: 'such alerts are about people of {years} years and above',
  },
  ELDER_ALERT_NOT_FOUND: {
    family: 'NotFound',
    zh: '辖区内没有这条养老预警，请核对编号',
    en: 'no such alert in your area; check the id',
  },
  ELDER_ALERT_OPEN: {
    family: 'Conflict',
    zh: '此人已有同类未办结预警，请先处置',
    en: 'an alert of this kind is open for the person; handle that one first',
  },
  DIVISION_PASSES_NOTHING_ON: {
    family: 'Conflict',
    zh: '该区划没有网格由他处承接，请先登记区划沿革',
    en: 'no grid of this division goes on elsewhere; enter the change of the division first',
  },
  RESIDENTS_FOLLOW_ALREADY: {
    family: 'Conflict',
    zh: '其居民已随迁或正在随迁',
    en: 'its residents have followed already, or do so now',
  },
  ADDRESS_NOT_FOUND: {
    family: 'NotFound',
    zh: '辖区内没有这个现行标准地址，请核对编号',
    en: 'no such live standard address in your area; check the id',
  },
  ADDRESS_LEVEL_UNFIT: {
    family: 'InvalidInput',
    zh: '层级不符：小区无上级，楼栋在小区之下，单元在楼栋之下；只有村落下的房屋自带门牌',
    en: 'the level does not fit: an estate has nothing above it, a building stands in an estate, a stairwell in a building; only a house of a hamlet brings its own number',
  },
  ADDRESS_GRID_UNFIT: {
    family: 'InvalidInput',
    zh: '网格与该地址不在同一处，请给出地址所在的网格或微网格',
    en: 'the grid does not lie where the address does; give a grid or micro-grid of the address',
  },
  ADDRESS_EXISTS: {
    family: 'Conflict',
    zh: '同一上级之下已有同名的现行地址，请使用原地址',
    en: 'a live address of this name stands below the same parent; use that one',
  },
  ADDRESS_RETIRED: {
    family: 'Conflict',
    zh: '该地址已停用',
    en: 'the address was retired already',
  },
  ADDRESS_IN_USE: {
    family: 'Conflict',
    zh: '其下尚有 {addresses} 个现行地址、{inhabited} 处有人登记的房屋，请先迁出',
    en: '{addresses} live addresses and {inhabited} dwellings with people hang below it; move them first',
  },
  DWELLING_EXISTS: {
    family: 'Conflict',
    zh: '该地址下已有这个房号，请核对',
    en: 'the address has a dwelling of this number already; check it',
  },
  DWELLING_AREA_INVALID: {
    family: 'InvalidInput',
    zh: '建筑面积须大于 0、不超过 {max} 平方米',
    en: 'a floor area is above 0 and at most {max} square metres',
  },
  DWELLING_INHABITED: {
    family: 'Conflict',
    zh: '该房屋尚有现行居住登记，请先办理居住变更',
    en: 'people are recorded as living there; change their residence first',
  },
  RELEASE_TOO_SOON: {
    family: 'Conflict',
    zh: '距上次发布（{last}）不足 {days} 天，最早 {earliest} 发布，以免由两次发布之差推知个人',
    en: 'the last release was of {last}, less than {days} days ago; release on {earliest} or later, or the difference would tell of single people',
  },
} as const satisfies Record<string, RefusalText>;
