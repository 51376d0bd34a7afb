import { dateInChina } from '../../../kit/clock.ts';
import { defineMutation } from '../../../kit/graph/mutation-field.ts';
import { findRowsById } from '../../../kit/store/entity-table.ts';
import { recordEvaluationScore, setIndicatorTarget } from '../../rules/registers/evaluate.ts';
import { indicatorScoreTable, indicatorTable } from '../../store/registers/indicator-rows.ts';
import { builder, refusalTypes } from '../builder.ts';
import { IDEMPOTENCY_KEY_DESCRIPTION } from '../mutations.ts';
import { Indicator, IndicatorScore, TargetOperator } from './indicator.ts';

const REFUSALS = [refusalTypes.InvalidInput, refusalTypes.NotFound, refusalTypes.Conflict];
const WRITE_CARD = { source: 'civil-affairs', right: 'organization.write' } as const;

defineMutation(builder, {
  name: 'recordEvaluationScore',
  description: '登记评价得分 Records what a community scored under an indicator on a day.',
  card: WRITE_CARD,
  input: builder.inputType('RecordEvaluationScoreInput', {
    description: '评价得分 Which community, under which indicator.',
    fields: (t) => ({
      communityId: t.id({ required: true, description: '社区 The community.' }),
      indicatorCode: t.string({ required: true, description: '指标代码 Code of the indicator in its city.' }),
      evaluatedOn: t.field({ type: 'LocalDate', required: true, description: '评价日期 Day.' }),
      score: t.float({ required: true, description: '得分 0 to 100.' }),
      idempotencyKey: t.string({ required: true, description: IDEMPOTENCY_KEY_DESCRIPTION }),
    }),
  }),
  refusals: REFUSALS,
  run: (input, context) => recordEvaluationScore(context, input),
  result: {
    field: 'score',
    type: IndicatorScore,
    description: '得分 The score.',
    load: async ({ scoreId }, { store, caller, trace }) =>
      (await findRowsById(store, indicatorScoreTable, [scoreId], caller, trace))[0] ?? null,
  },
});

defineMutation(builder, {
  name: 'setIndicatorTarget',
  description: '设定目标值 Sets a target of an indicator, for a year or without one.',
  card: WRITE_CARD,
  input: builder.inputType('SetIndicatorTargetInput', {
    description: '目标值 Of which indicator, how much, by when.',
    fields: (t) => ({
      cityCode: t.string({ required: true, description: '市代码 4 digits.' }),
      code: t.string({ required: true, description: '指标代码 Code of the indicator in its city.' }),
      operator: t.field({ type: TargetOperator, required: true, description: '比较方式 Operator.' }),
      value: t.float({ required: true, description: '目标值 In the indicator’s unit.' }),
      year: t.int({ description: '目标年度 2000 to 2100; left out: none is set.' }),
      idempotencyKey: t.string({ required: true, description: IDEMPOTENCY_KEY_DESCRIPTION }),
    }),
  }),
  refusals: REFUSALS,
  run: (input, context) => setIndicatorTarget(context, input),
  result: {
    field: 'indicator',
    type: Indicator,
    description: '指标 The indicator with its targets, for the city as of today.',
    load: async ({ indicatorId, divisionCode }, { store, caller, trace, clock }) => {
      const [row] = await findRowsById(store, indicatorTable, [indicatorId], caller, trace);
      return row == null ? null : { row, divisionCode, day: dateInChina(clock.now()) };
    },
  },
});
