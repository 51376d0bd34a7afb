import { DAY_ENDS, IN_COMMUNITIES, type Measures } from '../../../kit/figures/measures.ts';
import { isTargetMet, measuredIndicator } from '../../../kit/graph/indicator-figure.ts';
import { deliberationMachine } from '../../rules/deliberation/deliberation-machine.ts';
import { servicesMeasures } from '../../store/figures/measures.ts';
import { builder, Indicator, IndicatorTarget } from '../builder.ts';
import { FACILITY_CARD } from '../facilities/facility-entities.ts';

const steps = Object.values(deliberationMachine.declaration.states).filter((state) => !('terminal' in state)).length;

/** Those of the rows, and those of how a thing moves, which is no row. */
const MEASURES: Measures = {
  ...servicesMeasures,
  /** 六步: steps of a deliberation before it ends, by its state machine; since deliberations are held in the division. */
  DELIBERATION_STEPS: {
    sql: `SELECT ${steps} WHERE EXISTS (SELECT FROM services.deliberation t WHERE ${IN_COMMUNITIES} AND t.opened_at < ${DAY_ENDS})`,
  },
};

builder.objectField(Indicator, 'servicesComputed', (t) =>
  t.float({
    nullable: true,
    description:
      '服务计算值 What the rows of services give, in the division and on the day asked for; null where the indicator measures none of them, and outside the caller’s area.',
    card: { ...FACILITY_CARD, updateCycle: 'REALTIME', derivedFrom: 'measure over place_figure or rows' },
    resolve: ({ id }, _args, context) => measuredIndicator(id, MEASURES, context),
  }),
);

builder.objectField(IndicatorTarget, 'servicesMet', (t) =>
  t.boolean({
    nullable: true,
    description:
      '是否达到（服务） Whether the figure that the rows of services give meets the target; null where the indicator measures none of them.',
    card: { ...FACILITY_CARD, updateCycle: 'REALTIME', derivedFrom: 'servicesComputed, operator, value' },
    resolve: ({ id }, _args, context) => isTargetMet(id, MEASURES, context),
  }),
);
