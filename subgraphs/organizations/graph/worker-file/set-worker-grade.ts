import { GRAPH_CARD } from '../../../kit/graph/data-card.ts';
import { setWorkerGrade, type WorkerGradeSet } from '../../rules/workforce/set-worker-grade.ts';
import { builder } from '../builder.ts';
import { CommunityWorker, WorkerRecord, workerLoader, workerRecordLoader } from '../entities.ts';
import { answer, IDEMPOTENCY_KEY_DESCRIPTION, payloadUnion, type Succeeded } from '../mutations.ts';

const NAME = 'SetWorkerGradeSuccess';

const Input = builder.inputType('SetWorkerGradeInput', {
  description: '等级调整 Which worker moves to which of the eighteen grades.',
  fields: (t) => ({
    workerId: t.id({ required: true, description: '社区工作者 The worker.' }),
    gradeLevel: t.int({ required: true, description: '等级 1 to the highest grade.' }),
    reason: t.string({ required: true, description: '事由 Why, 2 to 80 characters.' }),
    idempotencyKey: t.string({ required: true, description: IDEMPOTENCY_KEY_DESCRIPTION }),
  }),
});

const Success = builder.objectRef<Succeeded<WorkerGradeSet, typeof NAME>>(NAME).implement({
  description: '等级调整完成 The worker has the new grade.',
  card: GRAPH_CARD,
  fields: (t) => ({
    worker: t.field({
      type: CommunityWorker,
      nullable: true,
      description: '社区工作者 The worker.',
      resolve: ({ workerId }, _args, context) => workerLoader.load(workerId, context),
    }),
    record: t.field({
      type: WorkerRecord,
      nullable: true,
      description: '档案记录 The entry that keeps the change.',
      resolve: ({ recordId }, _args, context) => workerRecordLoader.load(recordId, context),
    }),
  }),
});

const Payload = payloadUnion('SetWorkerGradePayload', '等级调整结果 Done, or why not.', Success);

builder.mutationField('setWorkerGrade', (t) =>
  t.field({
    type: Payload,
    nullable: true,
    description: '调整薪酬等级 Moves a worker to another grade inside the range of the post held.',
    card: { source: 'human-resources', right: 'workforce.pay' },
    args: { input: t.arg({ type: Input, required: true, description: '输入 What to change.' }) },
    resolve: (_root, { input }, context) => answer(NAME, context, (rule) => setWorkerGrade(rule, input)),
  }),
);
