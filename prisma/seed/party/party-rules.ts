import { provenanceIds } from '../provenance.ts';
import type { PartyRuleRow } from './party-life-rows.ts';

const BRANCH_REGULATION = '《中国共产党支部工作条例（试行）》';
const EFFECTIVE_FROM = '2018-10-28';

const DEVELOPMENT_REGULATION = '《中国共产党发展党员工作细则》';
const DEVELOPMENT_FROM = '2014-05-28';

type Rule = readonly [code: string, value: number, unit: string, zh: string, en: string, article: string | null];

/** Each with the article that says it; without one it was not confirmed. */
const rules: readonly Rule[] = [
  ['BRANCH_MEMBERS_MIN', 3, '人 persons', '支部正式党员不少于', 'full members that a branch has at least', '第四条'],
  [
    'BRANCH_MEMBERS_MAX',
    50,
    '人 persons',
    '支部党员一般不超过',
    'members that a branch generally has at most',
    '第四条',
  ],
  [
    'BRANCH_COMMITTEE_FROM',
    7,
    '人 persons',
    '设支部委员会的正式党员数',
    'full members from which a branch has a committee',
    '第六章',
  ],
  [
    'JOINT_BRANCH_UNITS_MAX',
    5,
    '个 units',
    '联合支部覆盖单位一般不超过',
    'units that a joint branch generally covers at most',
    '第二章',
  ],
  [
    'TERM_YEARS_GRASSROOTS',
    5,
    '年 years',
    '村和社区支部任期',
    'term of branches of villages and communities',
    '第六章',
  ],
  ['TERM_YEARS_OTHER', 3, '年 years', '其他支部任期', 'term of other branches', '第六章'],
  ['ASSEMBLY_EVERY_MONTHS', 3, '月 months', '党员大会间隔', 'between two assemblies of members', '第十一条'],
  ['COMMITTEE_EVERY_MONTHS', 1, '月 months', '支委会间隔', 'between two meetings of the branch committee', '第十二条'],
  ['GROUP_EVERY_MONTHS', 1, '月 months', '党小组会间隔', 'between two meetings of a group', '第十三条'],
  // The regulation names no number of months between two lessons: a city's own, until it sets another.
  ['LESSON_EVERY_MONTHS', 3, '月 months', '党课间隔', 'between two lessons', null],
];

const developmentRules: readonly Rule[] = [
  [
    'ACTIVIST_MONTHS',
    12,
    '月 months',
    '入党积极分子培养教育期',
    'for which an activist is brought on at least',
    '第十三条',
  ],
  ['PROBATION_MONTHS', 12, '月 months', '预备期', 'of probation', '、《中国共产党章程》第七条'],
];

/** Said in the rule itself, wherever it is shown. */
const UNCONFIRMED = '（待核：条文未确认）';

export function partyRuleRows(): PartyRuleRow[] {
  const of = (list: readonly Rule[], regulation: string, effectiveFrom: string) =>
    list.map(([code, value, unit, titleZh, titleEn, article]) => ({
      code,
      effectiveFrom,
      value,
      unit,
      titleZh,
      titleEn,
      legalBasis: `${regulation}${article ?? UNCONFIRMED}`,
      confirmed: article !== null,
      provenanceId: provenanceIds['party.party_rule'],
    }));
  return [
    ...of(rules, BRANCH_REGULATION, EFFECTIVE_FROM),
    ...of(developmentRules, DEVELOPMENT_REGULATION, DEVELOPMENT_FROM),
  ];
}
