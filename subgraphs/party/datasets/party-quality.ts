import { type QualityRule, qualityRules } from '../../kit/quality/quality-rule.ts';

const PARTY = 'party-organization';

/** What is expected of the rows of party organizations and members. */
export const partyQuality: readonly QualityRule[] = [
  ...qualityRules({ departmentCode: PARTY, table: 'party.party_organization', typeName: 'PartyOrganization' }, [
    ['name', 'name', { kind: 'PRESENT' }, '名称不空', 'a name is there'],
    ['secretary_name', 'secretaryName', { kind: 'PRESENT' }, '有书记', 'a secretary is known'],
    ['established_on', 'establishedOn', { kind: 'NOT_FUTURE' }, '成立日期不在未来', 'it has been established'],
    [
      'term_ends_on',
      ['termEndsOn', 'establishedOn'],
      { kind: 'NOT_BEFORE', column: 'established_on' },
      '任期届满不早于成立',
      'its term ends after it was established',
    ],
  ]),
  ...qualityRules({ departmentCode: PARTY, table: 'party.party_member', typeName: 'PartyMember' }, [
    ['joined_on', 'joinedOn', { kind: 'PRESENT' }, '入党日期不空', 'the day of joining is there'],
    ['joined_on', 'joinedOn', { kind: 'NOT_FUTURE' }, '入党日期不在未来', 'the day of joining has come'],
  ]),
];
