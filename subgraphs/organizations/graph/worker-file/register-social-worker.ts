import { GRAPH_CARD } from '../../../kit/graph/data-card.ts';
import { registerSocialWorker, type SocialWorkerRegistered } from '../../rules/workforce/register-social-worker.ts';
import { builder } from '../builder.ts';
import { CommunityWorker, registrationLoader, SocialWorkerRegistration, workerLoader } from '../entities.ts';
import { answer, IDEMPOTENCY_KEY_DESCRIPTION, payloadUnion, type Succeeded } from '../mutations.ts';

const NAME = 'RegisterSocialWorkerSuccess';

const Input = builder.inputType('RegisterSocialWorkerInput', {
  description: '实名登记 Who is registered with which certificate, from which day.',
  fields: (t) => ({
    workerId: t.id({ required: true, description: '社区工作者 The worker.' }),
    certificateNumber: t.string({ required: true, description: '证书编号 Number of the worker’s certificate.' }),
    registeredOn: t.field({ type: 'LocalDate', required: true, description: '登记日期 First day.' }),
    idempotencyKey: t.string({ required: true, description: IDEMPOTENCY_KEY_DESCRIPTION }),
  }),
});

const Success = builder.objectRef<Succeeded<SocialWorkerRegistered, typeof NAME>>(NAME).implement({
  description: '登记完成 The worker is registered.',
  card: GRAPH_CARD,
  fields: (t) => ({
    registration: t.field({
      type: SocialWorkerRegistration,
      nullable: true,
      description: '登记 The registration that began.',
      resolve: ({ registrationId }, _args, context) => registrationLoader.load(registrationId, context),
    }),
    worker: t.field({
      type: CommunityWorker,
      nullable: true,
      description: '社区工作者 The worker.',
      resolve: ({ workerId }, _args, context) => workerLoader.load(workerId, context),
    }),
    endedRegistration: t.field({
      type: SocialWorkerRegistration,
      nullable: true,
      description: '前次登记 The one that was renewed; null for a first registration.',
      resolve: ({ endedRegistrationId }, _args, context) =>
        endedRegistrationId === null ? null : registrationLoader.load(endedRegistrationId, context),
    }),
  }),
});

const Payload = payloadUnion('RegisterSocialWorkerPayload', '实名登记结果 Done, or why not.', Success);

builder.mutationField('registerSocialWorker', (t) =>
  t.field({
    type: Payload,
    nullable: true,
    description: '社工实名登记 Registers a certified worker, or renews a registration that has run out.',
    card: { source: 'civil-affairs', right: 'workforce.write' },
    args: { input: t.arg({ type: Input, required: true, description: '输入 What to change.' }) },
    resolve: (_root, { input }, context) => answer(NAME, context, (rule) => registerSocialWorker(rule, input)),
  }),
);
