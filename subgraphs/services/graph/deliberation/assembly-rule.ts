import { type DeliberationForm, deliberationForms } from '../../rules/deliberation/forms.ts';
import type { GovernanceRuleRow } from '../../store/governance-rule-rows.ts';
import { builder } from '../builder.ts';
import { ruleInForce } from '../governance-rule.ts';
import { DELIBERATION_CARD, DeliberationFormType } from './deliberation.ts';

interface AssemblyRuleShape {
  readonly form: DeliberationForm;
  readonly rule: GovernanceRuleRow;
}

const AssemblyRule = builder.objectRef<AssemblyRuleShape>('AssemblyRule').implement({
  description: '自治会议规则 A self-governing body or meeting, and by which quorum it decides now.',
  card: { ...DELIBERATION_CARD, derivedFrom: 'the forms of deliberation and the quorum rules in force' },
  fields: (t) => ({
    form: t.expose('form', { type: DeliberationFormType, description: '会议形式 Body or meeting.' }),
    nameZh: t.string({ description: '名称 Its Chinese name.', resolve: ({ form }) => deliberationForms[form].zh }),
    ruleCode: t.string({ description: '法定人数规则 Code of the rule.', resolve: ({ rule }) => rule.code }),
    present: t.string({
      description: '到会要求 Share that must be present, e.g. >1/2.',
      resolve: ({ rule }) => String(rule.parameters.present),
    }),
    agree: t.string({
      description: '通过要求 Share of those present that must agree.',
      resolve: ({ rule }) => String(rule.parameters.agree),
    }),
    legalBasis: t.string({ description: '法律依据 Law and article.', resolve: ({ rule }) => rule.legalBasis }),
    basisConfirmed: t.boolean({
      description: '依据已核对 Whether the figure was checked against the law’s text.',
      resolve: ({ rule }) => rule.basisConfirmed,
    }),
  }),
});

builder.queryField('assemblyRules', (t) =>
  t.field({
    type: [AssemblyRule],
    description: '自治会议及其法定人数 Every self-governing body or meeting with its quorum in force.',
    resolve: (_root, _args, context) =>
      Promise.all(
        Object.entries(deliberationForms).map(async ([form, { quorum }]) => ({
          form: form as DeliberationForm, // the table's own keys
          rule: await ruleInForce(quorum, context.clock.now(), context),
        })),
      ),
  }),
);
