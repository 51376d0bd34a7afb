/** 部门 — the departments that appear as data sources and handlers, by the code used throughout the graph. */
export const departments = {
  'public-security': { zh: '公安局', en: 'Public Security Bureau' },
  'civil-affairs': { zh: '民政局', en: 'Civil Affairs Bureau' },
  'political-legal': { zh: '政法委(社会治理中心)', en: 'Political and Legal Committee (governance centre)' },
  'party-organization': { zh: '组织部', en: 'Party Organization Department' },
  'data-authority': { zh: '数据局', en: 'Data Authority' },
  housing: { zh: '住房城乡建设局', en: 'Housing and Urban-Rural Construction Bureau' },
  'human-resources': { zh: '人力资源社会保障局', en: 'Human Resources and Social Security Bureau' },
  health: { zh: '卫生健康委', en: 'Health Commission' },
  justice: { zh: '司法局', en: 'Justice Bureau' },
  emergency: { zh: '应急管理局', en: 'Emergency Management Bureau' },
  'market-regulation': { zh: '市场监管局', en: 'Market Regulation Bureau' },
  'urban-management': { zh: '综合行政执法局', en: 'Urban Management Bureau' },
  'natural-resources': { zh: '自然资源和规划局', en: 'Natural Resources and Planning Bureau' },
  taxation: { zh: '税务局', en: 'Taxation Bureau' },
  'medical-insurance': { zh: '医疗保障局', en: 'Medical Insurance Bureau' },
  education: { zh: '教育局', en: 'Education Bureau' },
  veterans: { zh: '退役军人事务局', en: 'Veterans Affairs Bureau' },
  'disabled-federation': { zh: '残联', en: "Disabled Persons' Federation" },
  culture: { zh: '文化广电旅游局', en: 'Culture, Radio, Television and Tourism Bureau' },
  agriculture: { zh: '农业农村局', en: 'Agriculture and Rural Affairs Bureau' },
  statistics: { zh: '统计局', en: 'Statistics Bureau' },
  subdistrict: { zh: '街道(镇)', en: 'Sub-district or town office' },
  community: { zh: '社区(村)', en: 'Community or village' },
} as const;

export type DepartmentCode = keyof typeof departments;

export function isDepartmentCode(code: string): code is DepartmentCode {
  return Object.hasOwn(departments, code);
}
