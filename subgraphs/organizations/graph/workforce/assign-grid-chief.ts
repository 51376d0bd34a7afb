import { isRefusal, type Refusal } from '../../../kit/codes/refusals.ts';
import { GRAPH_CARD } from '../../../kit/graph/data-card.ts';
import { assignGridChief, type GridChiefAssigned } from '../../rules/workforce/assign-grid-chief.ts';
import { builder, refusalTypes } from '../builder.ts';
import { assignmentLoader, Grid, GridAssignment, gridLoader } from '../entities.ts';

const AssignGridChiefInput = builder.inputType('AssignGridChiefInput', {
  description: '网格长任命 Who becomes chief of which grid, from now on.',
  fields: (t) => ({
    gridId: t.id({ required: true, description: '网格 The grid.' }),
    workerId: t.id({ required: true, description: '社区工作者 The worker, in service in the grid’s community.' }),
    idempotencyKey: t.string({
      required: true,
      description: '幂等键 8 to 128 visible characters; the same key and input give the same answer once more.',
    }),
  }),
});

const AssignGridChiefSuccess = builder
  .objectRef<GridChiefAssigned & { __typename: 'AssignGridChiefSuccess' }>('AssignGridChiefSuccess')
  .implement({
    description: '网格长任命完成 The grid has its new chief.',
    card: GRAPH_CARD,
    fields: (t) => ({
      grid: t.field({
        type: Grid,
        nullable: true,
        description: '网格 The grid.',
        resolve: ({ gridId }, _args, context) => gridLoader.load(gridId, context),
      }),
      assignment: t.field({
        type: GridAssignment,
        nullable: true,
        description: '新任职 The post that began.',
        resolve: ({ assignmentId }, _args, context) => assignmentLoader.load(assignmentId, context),
      }),
      closedAssignment: t.field({
        type: GridAssignment,
        nullable: true,
        description: '前任 The post that it ended; null when the grid had no chief.',
        resolve: ({ closedAssignmentId }, _args, context) =>
          closedAssignmentId === null ? null : assignmentLoader.load(closedAssignmentId, context),
      }),
    }),
  });

const AssignGridChiefPayload = builder.unionType('AssignGridChiefPayload', {
  description: '网格长任命结果 Done, or why not.',
  types: [AssignGridChiefSuccess, refusalTypes.InvalidInput, refusalTypes.NotFound, refusalTypes.Conflict],
  resolveType: (value) => (value as { __typename: string }).__typename,
});

builder.mutationFields((t) => ({
  assignGridChief: t.field({
    type: AssignGridChiefPayload,
    nullable: true,
    description: '任命网格长 Makes a community worker the chief of a grid and ends the former chief’s post.',
    card: { source: 'political-legal', right: 'grid.write' },
    args: { input: t.arg({ type: AssignGridChiefInput, required: true, description: '输入 What to change.' }) },
    resolve: async (_root, { input }, { store, caller, clock, loaders }) => {
      const result: GridChiefAssigned | Refusal = await assignGridChief(store, caller, clock, input);
      // An earlier mutation of the same operation may have read what this one changed.
      loaders.clear();
      return isRefusal(result) ? result : { __typename: 'AssignGridChiefSuccess' as const, ...result };
    },
  }),
}));
