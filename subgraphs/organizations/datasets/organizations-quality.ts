import { type QualityRule, qualityRules } from '../../kit/quality/quality-rule.ts';

/** What is expected of the rows of grids and registered bodies. */
export const organizationsQuality: readonly QualityRule[] = [
  ...qualityRules({ departmentCode: 'political-legal', table: 'organizations.grid', typeName: 'Grid' }, [
    ['name', 'name', { kind: 'PRESENT' }, '网格名称不空', 'a name is there'],
    [
      'grid_code',
      'gridCode',
      { kind: 'MATCHES', pattern: '[0-9]{15}' },
      '网格编码为 15 位数字',
      'the code has 15 digits',
    ],
    [
      'grid_code',
      ['gridCode', 'community'],
      { kind: 'STARTS_WITH', column: 'community_code' },
      '网格编码以社区代码开头',
      'the code begins with its community’s',
    ],
  ]),
  ...qualityRules({ departmentCode: 'civil-affairs', table: 'organizations.organization', typeName: 'Organization' }, [
    ['name', 'name', { kind: 'PRESENT' }, '名称不空', 'a name is there'],
    ['uscc', 'uscc', { kind: 'PRESENT' }, '统一社会信用代码不空', 'a unified social credit code is there'],
    [
      'uscc',
      'uscc',
      { kind: 'MATCHES', pattern: '[0-9A-HJ-NPQRTUWXY]{18}' },
      '统一社会信用代码合 GB 32100',
      'the code has the form of GB 32100',
    ],
    ['established_on', 'establishedOn', { kind: 'NOT_FUTURE' }, '成立日期不在未来', 'it has been established'],
    [
      'dissolved_on',
      ['dissolvedOn', 'establishedOn'],
      { kind: 'NOT_BEFORE', column: 'established_on' },
      '注销不早于成立',
      'it does not end before it begins',
    ],
  ]),
];
