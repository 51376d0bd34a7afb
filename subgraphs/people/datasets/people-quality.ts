import { type QualityRule, qualityRules } from '../../kit/quality/quality-rule.ts';

const PUBLIC_SECURITY = 'public-security';

/** What is expected of the population register's rows. */
export const peopleQuality: readonly QualityRule[] = [
  ...qualityRules({ departmentCode: PUBLIC_SECURITY, table: 'people.person', typeName: 'Person' }, [
    ['name', 'name', { kind: 'PRESENT' }, '姓名不空', 'a name is there'],
    [
      'name',
      'name',
      { kind: 'MATCHES', pattern: '[一-鿿·]{2,}' },
      '姓名为两字以上汉字',
      'a name is two or more Han characters',
    ],
    ['name_pinyin', 'name', { kind: 'PRESENT' }, '姓名有拼音', 'a name has its pinyin'],
    ['phone_sealed', 'phone', { kind: 'PRESENT' }, '联系电话不空', 'a telephone is there'],
    ['household_id', 'household', { kind: 'PRESENT' }, '已归户', 'a household is known'],
    [
      'household_id',
      ['household', 'relationToHead'],
      { kind: 'TOGETHER', column: 'relation_to_head_code' },
      '户与“与户主关系”同时有值',
      'household and relation to its head go together',
    ],
    [
      'relation_to_head_code',
      'relationToHead',
      { kind: 'IN_DICTIONARY', dictionary: 'gb-t-4761-family-relation' },
      '与户主关系在 GB/T 4761 中',
      'the relation is a code of GB/T 4761',
    ],
    ['birth_date', ['birthDate', 'ageYears'], { kind: 'NOT_FUTURE' }, '出生日期不在未来', 'a birth lies in the past'],
    [
      'sex_code',
      ['sexCode', 'sex'],
      { kind: 'IN_DICTIONARY', dictionary: 'gb-t-2261.1-sex' },
      '性别在 GB/T 2261.1 中',
      'the sex is a code of GB/T 2261.1',
    ],
    [
      'ethnic_group_code',
      'ethnicGroup',
      { kind: 'IN_DICTIONARY', dictionary: 'gb-t-3304-ethnic-group' },
      '民族在 GB/T 3304 中',
      'the ethnic group is a code of GB/T 3304',
    ],
    [
      'education_code',
      'education',
      { kind: 'IN_DICTIONARY', dictionary: 'gb-t-4658-education' },
      '文化程度在 GB/T 4658 中',
      'the education is a code of GB/T 4658',
    ],
    [
      'marital_status_code',
      'maritalStatus',
      { kind: 'IN_DICTIONARY', dictionary: 'gb-t-2261.2-marital-status' },
      '婚姻状况在 GB/T 2261.2 中',
      'the marital status is a code of GB/T 2261.2',
    ],
    [
      'employment_status_code',
      'employmentStatus',
      { kind: 'IN_DICTIONARY', dictionary: 'gb-t-2261.4-employment-status' },
      '从业状况在 GB/T 2261.4 中',
      'the employment status is a code of GB/T 2261.4',
    ],
    [
      'grid_code',
      ['grid', 'community'],
      { kind: 'STARTS_WITH', column: 'community_code' },
      '网格在其社区内',
      'the grid lies in its community',
    ],
    [
      'micro_grid_code',
      'microGrid',
      { kind: 'STARTS_WITH', column: 'grid_code' },
      '微网格在其网格内',
      'the micro-grid lies in its grid',
    ],
  ]),
  ...qualityRules({ departmentCode: PUBLIC_SECURITY, table: 'people.household', typeName: 'Household' }, [
    ['household_number', 'householdNumber', { kind: 'PRESENT' }, '户编号不空', 'a number is there'],
    ['head_person_id', 'head', { kind: 'PRESENT' }, '有户主', 'a head is known'],
    [
      'grid_code',
      ['grid', 'community'],
      { kind: 'STARTS_WITH', column: 'community_code' },
      '网格在其社区内',
      'the grid lies in its community',
    ],
  ]),
  ...qualityRules({ departmentCode: PUBLIC_SECURITY, table: 'people.residence', typeName: 'Residence' }, [
    ['valid_from', 'validFrom', { kind: 'NOT_FUTURE' }, '起始日不在未来', 'a stay has begun'],
    [
      'valid_to',
      ['validTo', 'validFrom'],
      { kind: 'NOT_BEFORE', column: 'valid_from' },
      '止日不早于起始日',
      'a stay does not end before it begins',
    ],
  ]),
];
