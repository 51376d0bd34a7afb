import type { DepartmentCode } from '../../../subgraphs/kit/codes/departments.ts';

/** Name, department whose check takes its place, code of that check. */
export type RemovedCertificate = readonly [name: string, department: DepartmentCode, check: string];

/**
 * The twenty kinds of 民发〔2020〕20号 that villages and communities no longer certify. Which department's check takes
 * the place of each is a default that the city confirms.
 */
export const removedCertificates: readonly RemovedCertificate[] = [
  ['亲属关系', 'public-security', 'KINSHIP'],
  ['居民身份信息', 'public-security', 'IDENTITY'],
  ['户口登记项目变更', 'public-security', 'REGISTRATION_CHANGE'],
  ['养犬', 'public-security', 'DOG_KEEPING'],
  ['无犯罪记录', 'public-security', 'NO_CRIMINAL_RECORD'],
  ['社区戒毒康复', 'public-security', 'DRUG_REHABILITATION'],
  ['失踪', 'public-security', 'MISSING_PERSON'],
  ['婚姻', 'civil-affairs', 'MARRIAGE'],
  ['出生', 'health', 'BIRTH'],
  ['健在', 'public-security', 'ALIVE'],
  ['死亡', 'public-security', 'DEATH'],
  ['疾病', 'health', 'DISEASE'],
  ['残疾', 'disabled-federation', 'DISABILITY'],
  ['婚育', 'health', 'MARRIAGE_AND_CHILDREN'],
  ['就业', 'human-resources', 'EMPLOYMENT'],
  ['个人档案', 'human-resources', 'PERSONNEL_FILE'],
  ['财产', 'natural-resources', 'PROPERTY'],
  ['遗产继承权', 'justice', 'INHERITANCE'],
  ['市场主体住所', 'market-regulation', 'BUSINESS_ADDRESS'],
  ['证件遗失', 'public-security', 'LOST_PAPERS'],
];

/** How many certificates there were, and how many are left (烟台 118 → 15); the articles name none of the fifteen. */
export const CERTIFICATES_BEFORE = 118;
export const CERTIFICATES_LEFT = 15;
export const REMOVAL_BASIS = '《关于改进和规范基层群众性自治组织出具证明工作的指导意见》(民发〔2020〕20号)';
