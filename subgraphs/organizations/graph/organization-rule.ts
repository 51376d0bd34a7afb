import { dateInChina } from '../../kit/clock.ts';
import { KEY_CARD } from '../../kit/graph/data-card.ts';
import { loadProvenance } from '../../kit/graph/provenance.ts';
import {
  findRulesInForce,
  type OrganizationRuleCode,
  type OrganizationRuleRow,
  organizationRuleCodes,
} from '../store/organization-rule-rows.ts';
import { builder, Provenance } from './builder.ts';
import { ANNOUNCEMENT_CARD } from './cards.ts';
import type { Context } from './entity-loading.ts';

const RULE_NAMES: Record<OrganizationRuleCode, string> = {
  CONTINUING_EDUCATION_HOURS: '继续教育学时（每登记周期） Hours of continuing education per period of registration.',
  REGISTRATION_YEARS: '登记有效年数 Years that a registration lasts.',
  REGISTRATION_WITHIN_YEARS: '取得证书后首次登记期限 Years within which a certificate is first registered.',
  HIGHEST_PAY_GRADE: '最高薪酬等级 Highest pay grade.',
  ELECTION_TURNOUT: '选举有效的参选比例（须超过） Share of the roll that must vote, to be exceeded.',
  ELECTION_MAJORITY: '当选得票比例（须超过） Share of the votes that elects, to be exceeded.',
  SECOND_ROUND_MINIMUM: '另行选举最低得票比例 Least share of the votes that elects in a second round.',
  COMMITTEE_SEATS_MINIMUM: '委员会最少职数 Least seats of a committee.',
  COMMITTEE_SEATS_MAXIMUM: '委员会最多职数 Most seats of a committee.',
  COMMITTEE_TERM_YEARS: '委员会任期年数 Years of a committee’s term.',
  ROLL_PUBLICATION_DAYS: '选民名单公布提前天数 Days before the vote by which the roll is published.',
};

const RuleCode = builder.enumType('OrganizationRuleCode', {
  description: '组织规则代码 What a rule settles.',
  values: Object.fromEntries(organizationRuleCodes.map((code) => [code, { description: RULE_NAMES[code] }])) as Record<
    OrganizationRuleCode,
    { description: string }
  >,
});

const OrganizationRule = builder.objectRef<OrganizationRuleRow>('OrganizationRule').implement({
  description: '组织规则 A number that law or the city sets, in the version that holds on a day.',
  card: ANNOUNCEMENT_CARD,
  fields: (t) => ({
    code: t.field({ type: RuleCode, description: '规则 What it settles.', resolve: ({ code }) => code }),
    subject: t.string({
      nullable: true,
      description: '适用对象 For whom or what; null for all.',
      resolve: ({ subject }) => subject || null,
    }),
    numerator: t.exposeInt('numerator', { description: '数值（分子） The number, or the upper part of a fraction.' }),
    denominator: t.exposeInt('denominator', { description: '分母 1 for a whole number.' }),
    unit: t.exposeString('unit', { description: '单位 Unit of the number.' }),
    legalBasis: t.exposeString('legalBasis', { nullable: true, description: '依据 Legal basis; null: 待补.' }),
    effectiveFrom: t.expose('effectiveFrom', {
      type: 'LocalDate',
      nullable: true,
      description: '生效日期 First day; null: 待补, held before every dated version.',
    }),
    confirmed: t.exposeBoolean('confirmed', {
      description: '是否已核实 False: not confirmed against the published text.',
    }),
    provenance: t.field({
      type: Provenance,
      description: '数据来源 Which system brought this record.',
      card: KEY_CARD,
      resolve: (rule, _args, context) => loadProvenance(rule.provenanceId, context),
    }),
  }),
});

builder.queryField('organizationRules', (t) =>
  t.field({
    type: [OrganizationRule],
    description: '组织规则 Rules about elections, registration and grades that hold on a day.',
    card: ANNOUNCEMENT_CARD,
    args: { asOf: t.arg({ type: 'LocalDate', description: '日期，缺省为今天 Day; today without it.' }) },
    resolve: (_root, { asOf }, context) => loadRules(asOf ?? dateInChina(context.clock.now()), context),
  }),
);

/** The rules in force on a day; all askers of an operation share one statement. */
function loadRules(day: string, { store, trace, loaders }: Context): Promise<OrganizationRuleRow[]> {
  return loaders
    .get<OrganizationRuleRow[]>('rulesInForce', (days) =>
      Promise.all(days.map((each) => findRulesInForce(store, each, trace))),
    )
    .load(day);
}

/** The rule in force today for a subject, or for all. */
export async function loadRule(code: OrganizationRuleCode, subject: string, context: Context) {
  const rules = await loadRules(dateInChina(context.clock.now()), context);
  const own = rules.filter((rule) => rule.code === code);
  return own.find((rule) => rule.subject === subject) ?? own.find((rule) => rule.subject === '');
}
