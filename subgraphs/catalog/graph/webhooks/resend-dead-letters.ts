import { isRefusal } from '../../../kit/codes/refusals.ts';
import { GRAPH_CARD } from '../../../kit/graph/data-card.ts';
import { type DeadLettersMarked, resendDeadLetters } from '../../rules/webhooks/resend-dead-letters.ts';
import { findWebhook } from '../../store/webhooks/webhook-rows.ts';
import { builder, refusalTypes } from '../builder.ts';
import { Webhook } from './webhook.ts';

const ResendDeadLettersSuccess = builder
  .objectRef<DeadLettersMarked & { readonly __typename: string }>('ResendDeadLettersSuccess')
  .implement({
    description: '补发已受理 The dead letters will be sent again.',
    card: GRAPH_CARD,
    fields: (t) => ({
      letterCount: t.exposeInt('letterCount', { description: '条数 How many.' }),
      webhook: t.field({
        type: Webhook,
        nullable: true,
        description: '推送 The webhook.',
        resolve: async ({ webhookId }, _args, { store, trace }) => (await findWebhook(store, webhookId, trace)) ?? null,
      }),
    }),
  });
const ResendDeadLettersPayload = builder.unionType('ResendDeadLettersPayload', {
  description: '补发受理结果 Done, or why not.',
  types: [ResendDeadLettersSuccess, refusalTypes.InvalidInput, refusalTypes.NotFound, refusalTypes.Conflict],
  resolveType: (value: unknown) => (value as { __typename: string }).__typename,
});
const ResendDeadLettersInput = builder.inputType('ResendDeadLettersInput', {
  description: '死信补发 Which dead letters to send again.',
  fields: (t) => ({
    webhookId: t.string({ required: true, description: '推送编号 Id of the webhook.' }),
    deadLetterIds: t.stringList({ description: '死信编号，不给则为全部 Ids of dead letters; without them, all.' }),
    idempotencyKey: t.string({
      required: true,
      description: '幂等键 8 to 128 visible characters; the same key and input give the same answer once more.',
    }),
  }),
});

builder.mutationField('resendDeadLetters', (t) =>
  t.field({
    type: ResendDeadLettersPayload,
    nullable: true,
    description:
      '补发死信 Has dead letters sent again, each once and with the id that it had; the order of the others is not changed.',
    card: { right: 'webhook.write' },
    args: { input: t.arg({ type: ResendDeadLettersInput, required: true, description: '输入 Which ones.' }) },
    resolve: async (_root, { input }, { store, caller, clock }) => {
      const result = await resendDeadLetters(store, caller, clock, input);
      return isRefusal(result) ? result : { __typename: 'ResendDeadLettersSuccess', ...result };
    },
  }),
);
