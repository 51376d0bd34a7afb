import type { DepartmentCode } from '../../../kit/codes/departments.ts';

/** Inputs beside the person that a check may take. */
export type CheckInput = 'otherPersonId' | 'kinship' | 'name' | 'birthDate';

export interface DepartmentCheck {
  readonly zh: string;
  readonly en: string;
  /** Who vouches for the answer, or is asked itself (`askCertificateCheck` of services) where no register of the graph holds the data. */
  readonly department: DepartmentCode;
  /** What it takes; null where no register of the graph holds the data. */
  readonly inputs: readonly CheckInput[] | null;
}

const police = { department: 'public-security', inputs: null } as const;

/**
 * 部门核查 — one check for each of the twenty kinds of certificate that villages and communities no longer issue
 * (民发〔2020〕20号). Which department it is asked of is a default that the city confirms.
 */
export const departmentChecks = {
  KINSHIP: { zh: '亲属关系', en: 'Kinship', department: 'public-security', inputs: ['otherPersonId', 'kinship'] },
  IDENTITY: { zh: '居民身份信息', en: 'Identity', department: 'public-security', inputs: ['name'] },
  REGISTRATION_CHANGE: { zh: '户口登记项目变更', en: 'Changed items of the household register', ...police },
  DOG_KEEPING: { zh: '养犬', en: 'Keeping of a dog', ...police },
  NO_CRIMINAL_RECORD: { zh: '无犯罪记录', en: 'Absence of a criminal record', ...police },
  DRUG_REHABILITATION: { zh: '社区戒毒康复', en: 'Drug rehabilitation in the community', ...police },
  MISSING_PERSON: { zh: '失踪', en: 'Missing person', ...police },
  MARRIAGE: { zh: '婚姻', en: 'Marriage', department: 'civil-affairs', inputs: [] },
  BIRTH: { zh: '出生', en: 'Birth', department: 'health', inputs: ['birthDate'] },
  ALIVE: { zh: '健在', en: 'Being alive', ...police },
  DEATH: { zh: '死亡', en: 'Death', ...police },
  DISEASE: { zh: '疾病', en: 'Disease', department: 'health', inputs: null },
  DISABILITY: { zh: '残疾', en: 'Disability', department: 'disabled-federation', inputs: [] },
  MARRIAGE_AND_CHILDREN: { zh: '婚育', en: 'Marriage and children', department: 'health', inputs: null },
  EMPLOYMENT: { zh: '就业', en: 'Employment', department: 'human-resources', inputs: [] },
  PERSONNEL_FILE: { zh: '个人档案', en: 'Personnel file', department: 'human-resources', inputs: null },
  PROPERTY: { zh: '财产', en: 'Property', department: 'natural-resources', inputs: null },
  INHERITANCE: { zh: '遗产继承权', en: 'Right of inheritance', department: 'justice', inputs: null },
  BUSINESS_ADDRESS: { zh: '市场主体住所', en: 'Address of a business', department: 'market-regulation', inputs: null },
  LOST_PAPERS: { zh: '证件遗失', en: 'Lost papers', ...police },
} as const satisfies Readonly<Record<string, DepartmentCheck>>;

export type DepartmentCheckCode = keyof typeof departmentChecks;

/** 已婚 with what GB/T 2261.2 divides it into. */
const MARRIED: ReadonlySet<string> = new Set(['20', '21', '22', '23']);
/** GB/T 2261.4: those who work, for others or on their own account. */
const EMPLOYED: ReadonlySet<string> = new Set(['11', '13', '17', '21', '24', '27', '37', '51', '54']);

export const isMarried = (maritalStatusCode: string): boolean => MARRIED.has(maritalStatusCode);
export const isEmployed = (employmentStatusCode: string): boolean => EMPLOYED.has(employmentStatusCode);
