import { defineMutation } from '../../../kit/graph/mutation-field.ts';
import { changeDivision } from '../../rules/territory/change-division.ts';
import { builder, refusalTypes } from '../builder.ts';
import { Division, divisionLoader } from '../entities.ts';
import { IDEMPOTENCY_KEY_DESCRIPTION } from '../mutations.ts';
import { DivisionChangeKind } from './division-change.ts';

defineMutation(builder, {
  name: 'changeDivision',
  description: '区划撤并 A village or community gives its place to another, or a new one is split off; history stays.',
  card: { source: 'civil-affairs', right: 'division.write' },
  input: builder.inputType('ChangeDivisionInput', {
    description: '区划撤并 Which one, into what, from when.',
    fields: (t) => ({
      kind: t.field({ type: DivisionChangeKind, required: true, description: '沿革类型 How.' }),
      fromCode: t.string({ required: true, description: '原代码 12 digits of the village or community.' }),
      toCode: t.string({
        required: true,
        description: '现代码 12 digits: one of the list where it is merged, a new one otherwise.',
      }),
      toName: t.string({ description: '新名称 Name of a new one, 2 to 60 characters; there and only there.' }),
      gridIds: t.idList({
        description: '析出网格 Grids that go with a part that is split off; there and only there. Otherwise all go on.',
      }),
      effectiveOn: t.field({ type: 'LocalDate', required: true, description: '生效日期 First day of the change.' }),
      idempotencyKey: t.string({ required: true, description: IDEMPOTENCY_KEY_DESCRIPTION }),
    }),
  }),
  refusals: [refusalTypes.InvalidInput, refusalTypes.NotFound, refusalTypes.Conflict],
  run: (input, context) => changeDivision(context, input),
  result: {
    field: 'division',
    type: Division,
    description: '现区划 The division that took the place, or was split off.',
    load: ({ toId }, context) => divisionLoader.load(toId, context),
  },
});
