/** 服务分组 — what an item is about; the groups of basic public services come first. */
export const serviceGroups = {
  EMPLOYMENT: { zh: '就业创业', en: 'Employment and enterprise' },
  SOCIAL_INSURANCE: { zh: '社会保障', en: 'Social insurance' },
  ELDER_CARE: { zh: '养老服务', en: 'Care for the elderly' },
  SOCIAL_ASSISTANCE: { zh: '社会救助', en: 'Social assistance' },
  HEALTH: { zh: '医疗卫生', en: 'Health' },
  EDUCATION: { zh: '教育', en: 'Education' },
  HOUSING: { zh: '住房', en: 'Housing' },
  DISABILITY: { zh: '助残', en: 'Persons with disabilities' },
  VETERANS: { zh: '优抚', en: 'Veterans and preferential treatment' },
  RESIDENCE: { zh: '户籍居住', en: 'Registration and residence' },
  LIVELIHOOD: { zh: '便民生活', en: 'Daily life' },
  OTHER: { zh: '其他', en: 'Other' },
} as const;

export type ServiceGroup = keyof typeof serviceGroups;
