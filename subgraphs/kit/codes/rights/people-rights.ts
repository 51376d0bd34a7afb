import type { RightText } from './right-text.ts';

/** 人口权限 — rights that the people subgraph's cards demand. */
export const peopleRights = {
  'person.identity': { zh: '自然人身份信息明文', en: 'identity of a person in clear (name, number, birth date)' },
  'person.contact': { zh: '自然人联系方式明文', en: 'telephone number of a person in clear' },
  'person.minor': {
    zh: '不满十四周岁未成年人信息',
    en: 'protected data of children under fourteen, beside the right to the field itself',
  },
  'household.address': { zh: '门牌级地址明文', en: 'address down to the room in clear' },
  'residence.write': { zh: '办理居住变更', en: 'change residences' },
} as const satisfies Record<string, RightText>;
