import type { DepartmentCode } from '../../../subgraphs/kit/codes/departments.ts';

/** Name, department whose check takes its place, code of that check where one is connected. */
export type RemovedCertificate = readonly [name: string, department: DepartmentCode, check: string | null];

/**
 * The twenty kinds of 民发〔2020〕20号 that villages and communities no longer certify. Which department's check takes
 * the place of each is a default that the city confirms.
 */
export const removedCertificates: readonly RemovedCertificate[] = [
  ['亲属关系', 'public-security', 'KINSHIP'],
  ['居民身份信息', 'public-security', 'IDENTITY'],
  ['户口登记项目变更', 'public-security', null],
  ['养犬', 'public-security', null],
  ['无犯罪记录', 'public-security', null],
  ['社区戒毒康复', 'public-security', null],
  ['失踪', 'public-security', null],
  ['婚姻', 'civil-affairs', 'MARRIAGE'],
  ['出生', 'health', null],
  ['健在', 'public-security', null],
  ['死亡', 'public-security', null],
  ['疾病', 'health', null],
  ['残疾', 'disabled-federation', null],
  ['婚育', 'health', null],
  ['就业', 'human-resources', null],
  ['个人档案', 'human-resources', null],
  ['财产', 'natural-resources', null],
  ['遗产继承权', 'justice', null],
  ['市场主体住所', 'market-regulation', null],
  ['证件遗失', 'public-security', null],
];

/** How many certificates there were, and how many are left (烟台 118 → 15); the articles name none of the fifteen. */
export const CERTIFICATES_BEFORE = 118;
export const CERTIFICATES_LEFT = 15;
export const REMOVAL_BASIS = '《关于改进和规范基层群众性自治组织出具证明工作的指导意见》(民发〔2020〕20号)';
