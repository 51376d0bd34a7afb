import type { ServiceGroup } from '../vocabulary.ts';

/** Code, name, necessity, department whose register holds it (null: the applicant brings it). */
export type MaterialEntry = readonly [
  code: string,
  name: string,
  necessity: 'REQUIRED' | 'IF_APPLICABLE',
  sharedBy: string | null,
];

const idCard: MaterialEntry = ['ID_CARD', '居民身份证', 'REQUIRED', 'public-security'];
const register: MaterialEntry = ['HOUSEHOLD_REGISTER', '居民户口簿', 'REQUIRED', 'public-security'];
const form: MaterialEntry = ['APPLICATION_FORM', '申请表', 'REQUIRED', null];
const bank: MaterialEntry = ['BANK_ACCOUNT', '社会保障卡金融账户', 'REQUIRED', null];

/** Materials by group; plausible, not those of any one city's guides. */
export const materialsByGroup: Readonly<Record<ServiceGroup, readonly MaterialEntry[]>> = {
  EMPLOYMENT: [idCard, form, ['EDUCATION_PROOF', '学历证书', 'IF_APPLICABLE', null]],
  SOCIAL_INSURANCE: [idCard, register, form],
  ELDER_CARE: [idCard, register, form, bank],
  SOCIAL_ASSISTANCE: [
    idCard,
    register,
    ['MARITAL_STATUS', '婚姻登记情况', 'IF_APPLICABLE', 'civil-affairs'],
    form,
    ['INCOME_STATEMENT', '家庭收入与财产声明', 'REQUIRED', null],
  ],
  HEALTH: [idCard, register, form],
  EDUCATION: [register, ['RESIDENCE_RECORD', '居住登记', 'REQUIRED', 'public-security'], form],
  HOUSING: [idCard, register, ['MARITAL_STATUS', '婚姻登记情况', 'REQUIRED', 'civil-affairs'], form],
  DISABILITY: [idCard, form, ['DISABILITY_ASSESSMENT', '残疾评定表', 'REQUIRED', null]],
  VETERANS: [idCard, form, ['SERVICE_RECORD', '退役证件', 'REQUIRED', null]],
  RESIDENCE: [
    idCard,
    ['RESIDENCE_RECORD', '居住登记', 'REQUIRED', 'public-security'],
    ['PHOTO', '近期照片', 'REQUIRED', null],
  ],
  LIVELIHOOD: [],
  OTHER: [idCard, form],
};

/** Where a party record stands for the applicant's own papers. */
export const partyMaterials: readonly MaterialEntry[] = [
  ['PARTY_MEMBERSHIP', '党员身份', 'REQUIRED', 'party-organization'],
  ['TRANSFER_REASON', '转接事由说明', 'REQUIRED', null],
];
