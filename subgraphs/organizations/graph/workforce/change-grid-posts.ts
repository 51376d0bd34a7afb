import { defineMutation } from '../../../kit/graph/mutation-field.ts';
import { NAME_FACT } from '../../../kit/names/register-name.ts';
import { closeGridPost, type GridPostChanged, openGridPost } from '../../rules/workforce/grid-posts.ts';
import { builder, refusalTypes } from '../builder.ts';
import { assignmentLoader, GridAssignment } from '../entities.ts';
import type { Context } from '../entity-loading.ts';
import { IDEMPOTENCY_KEY_DESCRIPTION } from '../mutations.ts';

const REFUSALS = [refusalTypes.InvalidInput, refusalTypes.NotFound, refusalTypes.Conflict];
const WRITE_CARD = { source: 'political-legal', right: 'grid.write' } as const;
const POST = {
  field: 'assignment',
  type: GridAssignment,
  description: '任职 The post as it now is.',
  load: ({ assignmentId }: GridPostChanged, context: Context) => assignmentLoader.load(assignmentId, context),
};

const OpenGridRole = builder.enumType('OpenGridRole', {
  description: '网格岗位 Posts of the grid force; the chief is appointed by assignGridChief.',
  values: {
    FULL_TIME_GRID_WORKER: { description: '专职网格员 Full-time grid worker.' },
    PART_TIME_GRID_WORKER: { description: '兼职网格员 Part-time grid worker.' },
    GRID_INSTRUCTOR: { description: '网格指导员 Grid instructor.' },
    MICRO_GRID_CHIEF: { description: '微网格长 Chief of a micro-grid.' },
  },
});

defineMutation(builder, {
  name: 'openGridPost',
  description: '设立网格岗位 A community worker or a resident takes up a post in a grid, from now on.',
  card: WRITE_CARD,
  input: builder.inputType('OpenGridPostInput', {
    description: '网格任职 Who, where, as what.',
    fields: (t) => ({
      gridId: t.id({ required: true, description: '网格 The grid.' }),
      microGridId: t.id({ description: '微网格 Of a micro-grid’s chief, and there only.' }),
      role: t.field({ type: OpenGridRole, required: true, description: '岗位 Role.' }),
      workerId: t.id({ description: '社区工作者 A worker of the grid’s community; this or personId.' }),
      personId: t.id({
        references: { type: 'Person', refusal: 'PERSON_NOT_FOUND', facts: ['ageYears', NAME_FACT] },
        description: '居民 A resident of age; this or workerId.',
      }),
      holderName: t.string({
        description: '公示姓名 The name that is posted up, of a resident: the one that the population register has.',
      }),
      idempotencyKey: t.string({ required: true, description: IDEMPOTENCY_KEY_DESCRIPTION }),
    }),
  }),
  refusals: REFUSALS,
  run: (input, context) => openGridPost(context, input),
  result: POST,
});

defineMutation(builder, {
  name: 'closeGridPost',
  description: '终止网格岗位 Ends a post in a grid now.',
  card: WRITE_CARD,
  input: builder.inputType('CloseGridPostInput', {
    description: '终止任职 Which post, and why.',
    fields: (t) => ({
      assignmentId: t.id({ required: true, description: '任职 The post.' }),
      reason: t.string({ required: true, description: '原因 2 to 80 characters.' }),
      idempotencyKey: t.string({ required: true, description: IDEMPOTENCY_KEY_DESCRIPTION }),
    }),
  }),
  refusals: REFUSALS,
  run: (input, context) => closeGridPost(context, input),
  result: POST,
});
