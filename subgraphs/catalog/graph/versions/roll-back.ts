import { isRefusal } from '../../../kit/codes/refusals.ts';
import { GRAPH_CARD } from '../../../kit/graph/data-card.ts';
import { rollBackGraph, type VersionPublished } from '../../rules/versions/roll-back.ts';
import { builder, refusalTypes } from '../builder.ts';
import { IDEMPOTENCY_KEY } from '../matters/payload.ts';
import { GraphVersion, versionByNumber } from './graph-version.ts';

const Input = builder.inputType('RollBackGraphInput', {
  description: '退回版本 Which version to put in force again, and why.',
  fields: (t) => ({
    toNumber: t.int({ required: true, description: '版本号 Number of a kept version.' }),
    reason: t.string({ required: true, description: '原因 2 to 300 characters.' }),
    idempotencyKey: t.string(IDEMPOTENCY_KEY),
  }),
});

const Success = builder
  .objectRef<VersionPublished & { readonly __typename: string }>('RollBackGraphSuccess')
  .implement({
    description: '退回完成 The version was published anew.',
    card: GRAPH_CARD,
    fields: (t) => ({
      version: t.field({
        type: GraphVersion,
        nullable: true,
        description: '新版本 The new version, with the older one’s contracts.',
        resolve: ({ number }, _args, context) => versionByNumber(number, context),
      }),
    }),
  });

const Payload = builder.unionType('RollBackGraphPayload', {
  description: '退回结果 Done, or why not.',
  types: [Success, refusalTypes.InvalidInput, refusalTypes.NotFound, refusalTypes.Conflict],
  resolveType: (value) => (value as { __typename: string }).__typename,
});

builder.mutationField('rollBackGraph', (t) =>
  t.field({
    type: Payload,
    nullable: true,
    description: '退回图谱版本 Puts a kept version in force again, as a new version; hubs load it within seconds.',
    card: { right: 'schema.publish' },
    args: { input: t.arg({ type: Input, required: true, description: '输入 Which version.' }) },
    resolve: async (_root, { input }, context) => {
      const result = await rollBackGraph(context, input);
      context.loaders.clear();
      return isRefusal(result) ? result : { __typename: 'RollBackGraphSuccess', ...result };
    },
  }),
);
