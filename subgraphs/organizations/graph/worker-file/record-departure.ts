import { defineMutation } from '../../../kit/graph/mutation-field.ts';
import { recordDeparture } from '../../rules/workforce/record-departure.ts';
import { builder, refusalTypes } from '../builder.ts';
import { CommunityWorker, workerLoader } from '../entities.ts';
import { IDEMPOTENCY_KEY_DESCRIPTION } from '../mutations.ts';

defineMutation(builder, {
  name: 'recordDeparture',
  description:
    '社区工作者离职 A worker leaves service: posts, service records and relations end; whoever leads a grid hands it over first.',
  card: { source: 'civil-affairs', right: 'workforce.write' },
  input: builder.inputType('RecordDepartureInput', {
    description: '离职 Who leaves, when and why.',
    fields: (t) => ({
      workerId: t.id({ required: true, description: '社区工作者 The worker.' }),
      leftOn: t.field({ type: 'LocalDate', required: true, description: '离职日期 First day out of service.' }),
      reason: t.string({ required: true, description: '原因 2 to 80 characters.' }),
      idempotencyKey: t.string({ required: true, description: IDEMPOTENCY_KEY_DESCRIPTION }),
    }),
  }),
  refusals: [refusalTypes.InvalidInput, refusalTypes.NotFound, refusalTypes.Conflict],
  run: (input, context) => recordDeparture(context, input),
  result: {
    field: 'worker',
    type: CommunityWorker,
    description: '社区工作者 The worker as on record.',
    load: ({ workerId }, context) => workerLoader.load(workerId, context),
  },
});
