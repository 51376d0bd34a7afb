import { defineMutation } from '../../../kit/graph/mutation-field.ts';
import { endAgency, startAgency } from '../../rules/window/agency.ts';
import { AttachmentInput } from '../attachment.ts';
import { builder } from '../builder.ts';
import { idempotencyKey } from '../idempotency-key.ts';
import { plainRefusals } from '../refusal-lists.ts';
import { requestResult } from './request-result.ts';

const ConsentInput = builder.inputType('ConsentInput', {
  description: '同意 The applicant’s consent, as it was recorded.',
  fields: (t) => ({
    givenOn: t.field({ type: 'LocalDate', required: true, description: '同意日期 Today or earlier.' }),
    evidence: t.field({ type: AttachmentInput, required: true, description: '凭证 Reference to what was signed.' }),
  }),
});

defineMutation(builder, {
  name: 'startAgency',
  description:
    '全程代办 Lets a worker do the whole run of a request; refused without the applicant’s recorded consent.',
  card: { source: 'government-service', right: 'service-request.intake' },
  input: builder.inputType('StartAgencyInput', {
    description: '开始代办 Who runs for which request, with which consent.',
    fields: (t) => ({
      requestId: t.id({ required: true, description: '办件 The request, in the caller’s area.' }),
      agentId: t.id({
        references: { type: 'CommunityWorker', refusal: 'WORKER_NOT_FOUND' },
        required: true,
        description: '代办人 The worker, in the caller’s area.',
      }),
      scope: t.string({ required: true, description: '代办范围 2 to 200 characters.' }),
      consent: t.field({ type: ConsentInput, description: '申请人同意 Refused without it.' }),
      idempotencyKey: idempotencyKey(t),
    }),
  }),
  refusals: plainRefusals,
  run: (input, context) => startAgency(context, input),
  result: requestResult,
});

defineMutation(builder, {
  name: 'endAgency',
  description: '结束代办 Ends the agency of a request; the applicant may withdraw his consent at any time.',
  card: { source: 'government-service', right: 'service-request.step' },
  input: builder.inputType('EndAgencyInput', {
    description: '结束代办 Of which request.',
    fields: (t) => ({
      requestId: t.id({ required: true, description: '办件 The request: in the caller’s area, or his own.' }),
      idempotencyKey: idempotencyKey(t),
    }),
  }),
  refusals: plainRefusals,
  run: (input, context) => endAgency(context, input),
  result: requestResult,
});
