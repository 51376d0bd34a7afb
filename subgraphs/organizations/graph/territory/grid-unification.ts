import { defineMutation } from '../../../kit/graph/mutation-field.ts';
import { unifyGrid } from '../../rules/territory/unify-grid.ts';
import { unifiedLines } from '../../store/territory/grid-rows.ts';
import { builder, refusalTypes } from '../builder.ts';
import { GRID_CARD } from '../cards.ts';
import { Grid, gridLoader } from '../entities.ts';
import { IDEMPOTENCY_KEY_DESCRIPTION } from '../mutations.ts';

export const UnifiedLine = builder.enumType('UnifiedLine', {
  description: '五统一 The five lines of work that an all-factor grid unifies.',
  values: {
    RESOURCES: { description: '资源统一 Resources.' },
    PERSONNEL: { description: '人员统一 Personnel.' },
    INFORMATION_COLLECTION: { description: '信息采集统一 Collection of information.' },
    SERVICE_STANDARDS: { description: '服务标准统一 Standards of service.' },
    MANAGEMENT: { description: '管理统一 Management.' },
  },
});

builder.objectFields(Grid, (t) => ({
  unifiedLines: t.field({
    type: [UnifiedLine],
    description: '五统一 Lines of work that are unified in the grid.',
    card: GRID_CARD,
    resolve: (grid) => [...grid.unifiedLines],
  }),
  allFactor: t.boolean({
    description: '是否“全要素”网格 Whether all five are.',
    card: { ...GRID_CARD, derivedFrom: 'unifiedLines' },
    resolve: (grid) => unifiedLines.every((line) => grid.unifiedLines.includes(line)),
  }),
}));

defineMutation(builder, {
  name: 'unifyGrid',
  description: '登记网格“五统一” Says which lines of work are unified in a grid.',
  card: { source: 'political-legal', right: 'grid.write' },
  input: builder.inputType('UnifyGridInput', {
    description: '网格五统一 Which lines; those left out are not unified.',
    fields: (t) => ({
      gridId: t.id({ required: true, description: '网格 The grid.' }),
      unifiedLines: t.field({ type: [UnifiedLine], required: true, description: '五统一 Lines.' }),
      idempotencyKey: t.string({ required: true, description: IDEMPOTENCY_KEY_DESCRIPTION }),
    }),
  }),
  refusals: [refusalTypes.InvalidInput, refusalTypes.NotFound, refusalTypes.Conflict],
  run: (input, context) => unifyGrid(context, input),
  result: {
    field: 'grid',
    type: Grid,
    description: '网格 The grid as it now is.',
    load: ({ gridId }, context) => gridLoader.load(gridId, context),
  },
});
