import type { RowIds } from '../chance/row-ids.ts';
import { provenanceIds } from '../provenance.ts';
import type { OrganizationRuleRow } from './workforce-rows.ts';

type Draft = readonly [
  code: string,
  subject: string,
  numerator: number,
  denominator: number,
  unit: string,
  legalBasis: string | null,
  effectiveFrom: string | null,
  confirmed: boolean,
];

const VILLAGERS_LAW = '《村民委员会组织法》（2018 年文本；2025 年修订后的条文待核）';
const RESIDENTS_LAW = '《城市居民委员会组织法》（2018 年文本；2025 年修订后的条文待核）';

/** Numbers of law and practice; a basis or a first day that the sources do not give is null. */
const RULES: readonly Draft[] = [
  ['CONTINUING_EDUCATION_HOURS', 'ASSISTANT', 72, 1, '学时', null, null, true],
  ['CONTINUING_EDUCATION_HOURS', 'SOCIAL_WORKER', 90, 1, '学时', null, null, true],
  ['CONTINUING_EDUCATION_HOURS', 'SENIOR', 90, 1, '学时', null, null, true],
  ['REGISTRATION_YEARS', '', 3, 1, '年', null, null, true],
  ['REGISTRATION_WITHIN_YEARS', '', 1, 1, '年', null, null, true],
  ['HIGHEST_PAY_GRADE', '', 18, 1, '级', '三岗十八级薪酬体系（文号待补）', null, true],
  ['ELECTION_TURNOUT', 'VILLAGERS', 1, 2, '登记参选人数', VILLAGERS_LAW, '2018-12-29', true],
  ['ELECTION_MAJORITY', 'VILLAGERS', 1, 2, '选票', VILLAGERS_LAW, '2018-12-29', true],
  ['SECOND_ROUND_MINIMUM', 'VILLAGERS', 1, 3, '选票', VILLAGERS_LAW, '2018-12-29', true],
  ['ROLL_PUBLICATION_DAYS', 'VILLAGERS', 20, 1, '天', VILLAGERS_LAW, '2018-12-29', true],
  ['COMMITTEE_SEATS_MINIMUM', 'VILLAGERS', 3, 1, '人', VILLAGERS_LAW, '2018-12-29', true],
  ['COMMITTEE_SEATS_MAXIMUM', 'VILLAGERS', 7, 1, '人', VILLAGERS_LAW, '2018-12-29', true],
  ['COMMITTEE_TERM_YEARS', '', 5, 1, '年', VILLAGERS_LAW, '2018-12-29', true],
  ['ELECTION_TURNOUT', 'RESIDENTS', 1, 2, '登记参选人数', RESIDENTS_LAW, '2018-12-29', false],
  ['ELECTION_MAJORITY', 'RESIDENTS', 1, 2, '选票', RESIDENTS_LAW, '2018-12-29', false],
  ['SECOND_ROUND_MINIMUM', 'RESIDENTS', 1, 3, '选票', RESIDENTS_LAW, '2018-12-29', false],
  ['ROLL_PUBLICATION_DAYS', 'RESIDENTS', 20, 1, '天', RESIDENTS_LAW, '2018-12-29', false],
  ['COMMITTEE_SEATS_MINIMUM', 'RESIDENTS', 5, 1, '人', RESIDENTS_LAW, '2018-12-29', true],
  ['COMMITTEE_SEATS_MAXIMUM', 'RESIDENTS', 9, 1, '人', RESIDENTS_LAW, '2018-12-29', true],
];

export function organizationRuleRows(ids: RowIds): OrganizationRuleRow[] {
  return RULES.map(([code, subject, numerator, denominator, unit, legalBasis, effectiveFrom, confirmed]) => ({
    id: ids.next(),
    code,
    subject,
    numerator,
    denominator,
    unit,
    legalBasis,
    effectiveFrom,
    confirmed,
    provenanceId: provenanceIds['organizations.organization_rule'],
  }));
}
