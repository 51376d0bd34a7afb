import { dateInChina } from '../../kit/clock.ts';
import { findCodeKey } from '../../kit/global-id.ts';
import type { DataCard } from '../../kit/graph/data-card.ts';
import { hasResidentsCommittee, type ScaleVerdict, scaleVerdict, scaleVerdicts } from '../rules/committee-scale.ts';
import { type CommitteeScaleRule, findCommitteeScaleRules } from '../store/committee-scale-rows.ts';
import { builder, Community } from './builder.ts';
import { populations } from './territory-people.ts';

const SCALE_CARD: DataCard = {
  source: 'civil-affairs',
  sharing: 'UNCONDITIONAL',
  grade: 1,
  category: 'GOVERNMENT',
  updateCycle: 'REALTIME',
  derivedFrom: 'count of Household, people_rule',
};
const HOUSEHOLDS = { unit: '户 households' } as const;

interface Scale extends CommitteeScaleRule {
  readonly householdCount: number;
  readonly verdict: ScaleVerdict;
}

const CommitteeScale = builder.objectRef<Scale>('CommitteeScale').implement({
  description:
    '居委会规模 Households of a residents’ committee, held against the law in force on a day. It only warns.',
  card: SCALE_CARD,
  fields: (t) => ({
    householdCount: t.exposeInt('householdCount', { description: '户数 Households now.', card: HOUSEHOLDS }),
    minimum: t.exposeInt('minimum', { description: '下限 The least that the law generally wants.', card: HOUSEHOLDS }),
    maximum: t.exposeInt('maximum', { description: '上限 The most that the law generally wants.', card: HOUSEHOLDS }),
    verdict: t.field({
      type: builder.enumType('CommitteeScaleVerdict', {
        description: '规模判断 How the households compare with the law.',
        values: Object.fromEntries(
          Object.entries(scaleVerdicts).map(([code, { en, zh }]) => [code, { description: `${zh} ${en}.` }]),
        ) as Record<ScaleVerdict, { description: string }>,
      }),
      description: '判断 Verdict; both ends are within.',
      resolve: ({ verdict }) => verdict,
    }),
    warning: t.string({
      nullable: true,
      description: '提醒 What to look at, in both languages; null within the scale.',
      resolve: ({ householdCount, legalBasis, maximum, minimum, verdict }) =>
        verdict === 'WITHIN'
          ? null
          : `${scaleVerdicts[verdict].zh}：现有 ${householdCount} 户，${legalBasis}一般为 ${minimum} 至 ${maximum} 户；设立、撤销、调整由街道办事处提出，报区县政府批准。 ${scaleVerdicts[verdict].en}: ${householdCount} households, generally ${minimum} to ${maximum}; a change is proposed by the sub-district office and approved by the county government.`,
    }),
    legalBasis: t.exposeString('legalBasis', { description: '依据 The law and its article; 待核 where not read.' }),
    effectiveFrom: t.expose('effectiveFrom', { type: 'LocalDate', description: '施行日期 Since when it holds.' }),
  }),
});

builder.objectField(Community, 'committeeScale', (t) =>
  t.field({
    type: CommitteeScale,
    nullable: true,
    description:
      '居委会规模 The scale of the residents’ committee; null for a village, outside the caller’s area and where the count is withheld.',
    card: SCALE_CARD,
    args: {
      asOf: t.arg({ type: 'LocalDate', description: '法律版本日期 Day whose law is applied; today when left out.' }),
    },
    resolve: async ({ id }, { asOf }, context) => {
      const code = findCodeKey('Community', 12, id) ?? '';
      if (!hasResidentsCommittee(code)) return null;
      const day = asOf ?? dateInChina(context.clock.now());
      const [population, rule] = await Promise.all([
        populations(context).load(code),
        context.loaders
          .get<CommitteeScaleRule | null>('committeeScaleRules', (days) =>
            findCommitteeScaleRules(context.store, days, context.trace),
          )
          .load(day),
      ]);
      const householdCount = population?.householdCount;
      if (householdCount == null || rule === null) return null;
      return { ...rule, householdCount, verdict: scaleVerdict(householdCount, rule) };
    },
  }),
);
