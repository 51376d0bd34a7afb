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
  'person.care': { zh: '关爱对象与养老信息', en: 'why a person is cared for, and alerts about elders' },
  'person.key-population': {
    zh: '重点人群信息',
    en: 'restricted tags of a person (key population, correction, aftercare)',
  },
  'care.write': { zh: '登记关爱标签与走访', en: 'record care tags and visits' },
  'elder-alert.write': { zh: '触发和处置养老预警', en: 'raise and handle alerts about elders' },
  'person.import': { zh: '批量导入人口', en: 'import persons in batches' },
  'person.match': { zh: '按公民身份号码核对人员', en: 'match lists of citizen numbers with persons on record' },
  'identity.decide': { zh: '归并与拆分人口记录', en: 'merge and split records of persons' },
  'household.import': { zh: '批量导入户', en: 'import households in batches' },
  'department-check.ask': { zh: '部门核查（是或否）', en: 'ask checks that are answered by yes or no' },
  'department-check.answer': { zh: '答复部门核查', en: 'answer the checks that the own department is asked' },
  'address.write': { zh: '维护标准地址与房屋', en: 'keep standard addresses and dwellings' },
  'population.release': { zh: '发布人口统计', en: 'publish population statistics' },
  'residence.write': { zh: '办理居住变更', en: 'change residences' },
} as const satisfies Record<string, RightText>;
