import { defineMutation } from '../../../kit/graph/mutation-field.ts';
import { orderService } from '../../rules/window/order-service.ts';
import { builder } from '../builder.ts';
import { idempotencyKey } from '../idempotency-key.ts';
import { plainRefusals } from '../refusal-lists.ts';
import { requestResult } from './request-result.ts';
import { ServiceChannel } from './service-request.ts';

defineMutation(builder, {
  name: 'orderService',
  description:
    '服务到家 Orders a service of daily life from a provider for one hour; an hour that is taken is refused.',
  card: { source: 'government-service', right: 'service-request.intake' },
  input: builder.inputType('OrderServiceInput', {
    description: '预约服务 What, for whom, by whom, when.',
    fields: (t) => ({
      itemCode: t.string({ required: true, description: '事项编码 Code of a service of daily life.' }),
      applicantId: t.id({
        references: { type: 'Person', refusal: 'PERSON_NOT_FOUND' },
        required: true,
        description: '下单人 For whom, inside the caller’s area.',
      }),
      communityId: t.id({
        references: { type: 'Community', refusal: 'COMMUNITY_NOT_FOUND' },
        required: true,
        description: '服务社区 Where, inside the caller’s area.',
      }),
      providerId: t.id({
        references: { type: 'Organization', refusal: 'ORGANIZATION_NOT_FOUND' },
        required: true,
        description: '服务方 The organization that provides it.',
      }),
      slotStartsAt: t.field({
        type: 'DateTime',
        required: true,
        description: '预约时段 When the hour begins: on the hour, within 60 days.',
      }),
      channel: t.field({ type: ServiceChannel, required: true, description: '下单渠道 How it came in.' }),
      firstContactId: t.id({
        references: { type: 'CommunityWorker', refusal: 'WORKER_NOT_FOUND' },
        description: '首问责任人 The worker who was asked first; by default the one whom the token names.',
      }),
      idempotencyKey: idempotencyKey(t),
    }),
  }),
  refusals: plainRefusals,
  run: (input, context) => orderService(context, input),
  result: requestResult,
});
