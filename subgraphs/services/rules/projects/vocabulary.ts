/** 服务领域 — what demands, purchases and grants are for. */
export const serviceFields = {
  CHILDREN: { zh: '儿童', en: 'Children' },
  YOUTH: { zh: '青少年', en: 'Youth' },
  WOMEN_FAMILY: { zh: '妇女家庭', en: 'Women and families' },
  ELDERS: { zh: '长者', en: 'Elders' },
  VOLUNTEERING: { zh: '志愿服务', en: 'Volunteering' },
  DISABILITY: { zh: '残疾人和优抚对象', en: 'Persons with a disability or entitled to preferential treatment' },
  HARDSHIP: { zh: '困难家庭帮扶', en: 'Families in hardship' },
  ENVIRONMENT: { zh: '环境与设施', en: 'Environment and facilities' },
} as const;
export type ServiceField = keyof typeof serviceFields;

/** 资金来源 */
export const fundingSources = {
  GOVERNMENT_PURCHASE: { zh: '政府购买服务', en: 'Government purchase of services' },
  VENTURE_GRANT: { zh: '公益创投', en: 'Venture-philanthropy grants' },
  SOCIAL_FUND: { zh: '社会资金', en: 'Social funds' },
} as const;
export type FundingSource = keyof typeof fundingSources;

/** 资金用途 */
export const fundingPurposes = {
  COMMUNITY_GOVERNANCE: { zh: '社区治理', en: 'Community governance' },
  ELDER_CARE: { zh: '养老', en: 'Elder care' },
  POVERTY_RELIEF: { zh: '扶贫济困', en: 'Relief of poverty' },
} as const;
export type FundingPurpose = keyof typeof fundingPurposes;

/** 合同种类 — and out of which money each is paid. */
export const contractKinds = {
  PURCHASE: { zh: '购买服务', en: 'Purchased service', source: 'GOVERNMENT_PURCHASE' },
  GRANT: { zh: '公益创投', en: 'Venture grant', source: 'VENTURE_GRANT' },
  SOCIAL: { zh: '社会资助', en: 'Paid from social funds', source: 'SOCIAL_FUND' },
} as const;
export type ContractKind = keyof typeof contractKinds;

/** 购买方式 */
export const purchaseModes = {
  SPECIAL: { zh: '专项', en: 'For one special service' },
  COMPREHENSIVE: { zh: '综合', en: 'Comprehensive' },
} as const;
export type PurchaseMode = keyof typeof purchaseModes;

/** 服务需求 — why a contract serves somebody; that of children demands the right to data of minors, too. */
export const beneficiaryNeeds = {
  PUPIL_CARE: { zh: '小学生托管看护', en: 'Care for pupils after school' },
  REHABILITATION: { zh: '康复护理', en: 'Rehabilitation and nursing' },
  MENTAL_CARE: { zh: '精神关爱', en: 'Mental care' },
  HARDSHIP_RELIEF: { zh: '困难家庭帮扶', en: 'Help for a family in hardship' },
  ELDER_SERVICE: { zh: '为老服务', en: 'Service for elders' },
} as const;
export type BeneficiaryNeed = keyof typeof beneficiaryNeeds;
