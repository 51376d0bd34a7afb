import { defineMutation } from '../../../kit/graph/mutation-field.ts';
import { advanceRequest } from '../../rules/window/advance-request.ts';
import { rateRequest } from '../../rules/window/rate-request.ts';
import { requestMachine } from '../../rules/window/request-machine.ts';
import { builder } from '../builder.ts';
import { idempotencyKey } from '../idempotency-key.ts';
import { eventEnum } from '../machine-events.ts';
import { stepRefusals } from '../refusal-lists.ts';
import { Satisfaction } from '../vocabulary.ts';
import { requestResult } from './request-result.ts';

defineMutation(builder, {
  name: 'advanceRequest',
  description:
    '办件流转 Takes one step with a request; the request says which are open to the caller (`availableTransitions`).',
  card: { source: 'government-service', right: 'service-request.step' },
  input: builder.inputType('AdvanceRequestInput', {
    description: '办件流转 One step with a request.',
    fields: (t) => ({
      requestId: t.id({ required: true, description: '办件 The request: in the caller’s area, or his own.' }),
      event: t.field({
        type: eventEnum('ServiceRequestEvent', requestMachine),
        required: true,
        description: '流转 What to do.',
      }),
      note: t.string({ description: '办理意见 2 to 500 characters.' }),
      handlerDepartmentCode: t.string({ description: '承办部门 For TRANSFER.' }),
      handlerWorkerId: t.id({
        references: { type: 'CommunityWorker', refusal: 'WORKER_NOT_FOUND' },
        description: '承办人 For TRANSFER: the worker, where one is named.',
      }),
      materialCodes: t.stringList({ description: '需补正的材料 For ASK_SUPPLEMENT: all that is missing, once.' }),
      idempotencyKey: idempotencyKey(t),
    }),
  }),
  refusals: stepRefusals,
  run: (input, context) => advanceRequest(context, input),
  result: requestResult,
});

defineMutation(builder, {
  name: 'rateRequest',
  description: '好差评 Rates a completed request in five grades, once: by the applicant himself or at the window.',
  card: { source: 'government-service', right: 'service-request.step' },
  input: builder.inputType('RateRequestInput', {
    description: '评价 Which request, which grade.',
    fields: (t) => ({
      requestId: t.id({ required: true, description: '办件 The request: in the caller’s area, or his own.' }),
      rating: t.field({ type: Satisfaction, required: true, description: '评价等级 One of five grades.' }),
      note: t.string({ description: '意见 2 to 500 characters.' }),
      idempotencyKey: idempotencyKey(t),
    }),
  }),
  refusals: stepRefusals,
  run: (input, context) => rateRequest(context, input),
  result: requestResult,
});
