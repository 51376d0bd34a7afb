import { isTargetMet, measuredIndicator } from '../../../kit/graph/indicator-figure.ts';
import { partyMeasures } from '../../store/figures/measures.ts';
import { builder, Indicator, IndicatorTarget } from '../builder.ts';
import { PARTY_ORGANIZATION_CARD } from '../cards.ts';

builder.objectField(Indicator, 'partyComputed', (t) =>
  t.float({
    nullable: true,
    description:
      '党建计算值 What the party’s rows give, in the division and on the day asked for; null where the indicator measures none of them, outside the caller’s area, and of members without the right to memberships.',
    card: { ...PARTY_ORGANIZATION_CARD, updateCycle: 'REALTIME', derivedFrom: 'measure over place_figure or rows' },
    resolve: ({ id }, _args, context) => measuredIndicator(id, partyMeasures, context),
  }),
);

builder.objectField(IndicatorTarget, 'partyMet', (t) =>
  t.boolean({
    nullable: true,
    description:
      '是否达到（党建） Whether the figure that the party’s rows give meets the target; null where the indicator measures none of them, and of members without the right to memberships.',
    card: { ...PARTY_ORGANIZATION_CARD, updateCycle: 'REALTIME', derivedFrom: 'partyComputed, operator, value' },
    resolve: ({ id }, _args, context) => isTargetMet(id, partyMeasures, context),
  }),
);
