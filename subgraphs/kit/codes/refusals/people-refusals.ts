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
} as const satisfies Record<string, RefusalText>;
