import type { RightText } from './right-text.ts';

/** 组织权限 — rights that the organizations subgraph's cards demand. */
export const organizationsRights = {
  'grid.write': { zh: '任免网格长', en: 'appoint grid chiefs' },
  'division.write': { zh: '登记区划撤并', en: 'enter changes of divisions' },
  'workforce.write': {
    zh: '维护社区工作者队伍档案（岗位、招考、培训、登记、履历）',
    en: 'keep the files of the workforce',
  },
  'workforce.pay': { zh: '社区工作者薪酬等级、津贴与支持', en: 'pay, allowances and support of community workers' },
  'workforce.appraisal': { zh: '社区工作者能力评价', en: 'appraisals of community workers' },
  'organization.write': {
    zh: '登记组织、维护组织关系与经费',
    en: 'keep the register of bodies, their relations and funds',
  },
  'organization.import': { zh: '批量导入组织机构', en: 'import bodies in batches' },
  'election.write': { zh: '办理换届选举', en: 'run elections of committees' },
} as const satisfies Record<string, RightText>;
