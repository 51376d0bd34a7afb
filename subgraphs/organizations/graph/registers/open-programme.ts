import { defineMutation } from '../../../kit/graph/mutation-field.ts';
import { openProgramme } from '../../rules/registers/open-programme.ts';
import { builder, refusalTypes } from '../builder.ts';
import { Programme, programmeLoader } from '../entities.ts';
import { IDEMPOTENCY_KEY_DESCRIPTION } from '../mutations.ts';
import { ProgrammeKind, ProgrammeLevel } from './programme.ts';

defineMutation(builder, {
  name: 'openProgramme',
  description: '设立创建项目 Opens a programme of a city: a pilot, a brand, a rated campaign or a roll-out.',
  card: { source: 'civil-affairs', right: 'organization.write' },
  input: builder.inputType('OpenProgrammeInput', {
    description: '创建项目 Which programme, of which city.',
    fields: (t) => ({
      cityCode: t.string({ required: true, description: '市代码 4 digits.' }),
      code: t.string({ required: true, description: '代码 2 to 40 capitals, digits, dots or underscores.' }),
      name: t.string({ required: true, description: '名称 2 to 80 characters; the city’s own.' }),
      kind: t.field({ type: ProgrammeKind, required: true, description: '类型 Kind.' }),
      level: t.field({ type: ProgrammeLevel, description: '级别 Who designates.' }),
      idempotencyKey: t.string({ required: true, description: IDEMPOTENCY_KEY_DESCRIPTION }),
    }),
  }),
  refusals: [refusalTypes.InvalidInput, refusalTypes.NotFound, refusalTypes.Conflict],
  run: (input, context) => openProgramme(context, input),
  result: {
    field: 'programme',
    type: Programme,
    description: '创建项目 The programme.',
    load: ({ programmeId }, context) => programmeLoader.load(programmeId, context),
  },
});
