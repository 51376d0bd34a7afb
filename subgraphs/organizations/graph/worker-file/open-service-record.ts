import { GRAPH_CARD } from '../../../kit/graph/data-card.ts';
import { openServiceRecord, type ServiceRecordOpened } from '../../rules/workforce/open-service-record.ts';
import { builder } from '../builder.ts';
import { CommunityWorker, ServiceRecord, serviceRecordLoader, workerLoader } from '../entities.ts';
import { answer, IDEMPOTENCY_KEY_DESCRIPTION, payloadUnion, type Succeeded } from '../mutations.ts';

const NAME = 'OpenServiceRecordSuccess';

const Input = builder.inputType('OpenServiceRecordInput', {
  description: '上岗 Who takes up which post, from which day.',
  fields: (t) => ({
    workerId: t.id({ required: true, description: '社区工作者 The worker.' }),
    postId: t.id({ required: true, description: '岗位 A post of the worker’s community.' }),
    fullTime: t.boolean({ required: true, defaultValue: true, description: '是否全职 Whether full-time.' }),
    duty: t.string({ required: true, description: '岗位职责 What is done there, 2 to 120 characters.' }),
    validFrom: t.field({ type: 'LocalDate', required: true, description: '起 First day.' }),
    endCurrent: t.boolean({
      required: true,
      defaultValue: false,
      description: '同时结束现任 Whether the live full-time record ends on that day.',
    }),
    idempotencyKey: t.string({ required: true, description: IDEMPOTENCY_KEY_DESCRIPTION }),
  }),
});

const Success = builder.objectRef<Succeeded<ServiceRecordOpened, typeof NAME>>(NAME).implement({
  description: '上岗登记完成 The worker holds the post.',
  card: GRAPH_CARD,
  fields: (t) => ({
    serviceRecord: t.field({
      type: ServiceRecord,
      nullable: true,
      description: '履历 The record that began.',
      resolve: ({ serviceRecordId }, _args, context) => serviceRecordLoader.load(serviceRecordId, context),
    }),
    endedServiceRecord: t.field({
      type: ServiceRecord,
      nullable: true,
      description: '前任履历 The one that ended with it.',
      resolve: ({ endedServiceRecordId }, _args, context) =>
        endedServiceRecordId === null ? null : serviceRecordLoader.load(endedServiceRecordId, context),
    }),
    worker: t.field({
      type: CommunityWorker,
      nullable: true,
      description: '社区工作者 The worker.',
      resolve: ({ workerId }, _args, context) => workerLoader.load(workerId, context),
    }),
  }),
});

const Payload = payloadUnion('OpenServiceRecordPayload', '上岗结果 Done, or why not.', Success);

builder.mutationField('openServiceRecord', (t) =>
  t.field({
    type: Payload,
    nullable: true,
    description: '办理上岗 A worker takes up a post; no two full-time posts of a person overlap.',
    card: { source: 'civil-affairs', right: 'workforce.write' },
    args: { input: t.arg({ type: Input, required: true, description: '输入 What to change.' }) },
    resolve: (_root, { input }, context) => answer(NAME, context, (rule) => openServiceRecord(rule, input)),
  }),
);
