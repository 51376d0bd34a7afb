import { readCodeList } from '../../kit/graph/code-lists.ts';
import { builder } from './builder.ts';

export const sexCodes = readCodeList('gb-t-2261.1-sex');
export const maritalStatusCodes = readCodeList('gb-t-2261.2-marital-status');
export const employmentStatusCodes = readCodeList('gb-t-2261.4-employment-status');
export const ethnicGroupCodes = readCodeList('gb-t-3304-ethnic-group');
export const educationCodes = readCodeList('gb-t-4658-education');
export const familyRelationCodes = readCodeList('gb-t-4761-family-relation');

export const Sex = builder.enumType('Sex', {
  description: '性别 Sex, GB/T 2261.1.',
  values: {
    UNKNOWN: { value: '0', description: '未知 Unknown.' },
    MALE: { value: '1', description: '男 Male.' },
    FEMALE: { value: '2', description: '女 Female.' },
    UNSPECIFIED: { value: '9', description: '未说明 Not specified.' },
  },
});

export const ResidenceKind = builder.enumType('ResidenceKind', {
  description: '居住类型 Why somebody is recorded at a dwelling.',
  values: {
    REGISTERED: { description: '户籍 Registered in the household register.' },
    RESIDENT: { description: '常住 Lives here permanently.' },
    MIGRANT: { description: '流动 Lives here, registered elsewhere.' },
    SEASONAL: { description: '候鸟 Lives here part of the year.' },
  },
});

export const HouseholdType = builder.enumType('HouseholdType', {
  description: '户类型 Kind of household.',
  values: {
    FAMILY: { description: '家庭户 Family household.' },
    COLLECTIVE: { description: '集体户 Collective household.' },
  },
});

export const DwellingUsage = builder.enumType('DwellingUsage', {
  description: '房屋用途 What a dwelling is used for.',
  values: {
    OWNER_OCCUPIED: { description: '自住 Lived in by its owner.' },
    RENTED: { description: '出租 Let.' },
    DORMITORY: { description: '集体宿舍 Dormitory.' },
    VACANT: { description: '空置 Empty.' },
  },
});
