import { GRAPH_CARD } from '../../../kit/graph/data-card.ts';
import { type RecordedInFile, recordInFile } from '../../rules/workforce/record-in-file.ts';
import { builder } from '../builder.ts';
import { CommunityWorker, WorkerRecord, workerLoader, workerRecordLoader } from '../entities.ts';
import { answer, IDEMPOTENCY_KEY_DESCRIPTION, payloadUnion, type Succeeded } from '../mutations.ts';
import { OpenRecordKind, PayRecordKind } from './vocabulary.ts';

const NAME = 'RecordInFileSuccess';
const DONE = '入档结果 Done, or why not.';

const RecordWorkerEventInput = builder.inputType('RecordWorkerEventInput', {
  description: '荣誉与发展入档 An award, a title, a career move, a secondment or reserve cadre.',
  fields: (t) => ({
    workerId: t.id({ required: true, description: '社区工作者 The worker.' }),
    kind: t.field({ type: OpenRecordKind, required: true, description: '类型 Kind.' }),
    title: t.string({ required: true, description: '名称 2 to 120 characters.' }),
    batch: t.string({ description: '批次 Batch or round.' }),
    issuer: t.string({ description: '授予单位 Who gives it.' }),
    happenedOn: t.field({ type: 'LocalDate', required: true, description: '日期 Day.' }),
    untilOn: t.field({ type: 'LocalDate', description: '截止日期 Last day.' }),
    idempotencyKey: t.string({ required: true, description: IDEMPOTENCY_KEY_DESCRIPTION }),
  }),
});

const RecordWorkerPayInput = builder.inputType('RecordWorkerPayInput', {
  description: '薪酬入档 Pay, an allowance or support.',
  fields: (t) => ({
    workerId: t.id({ required: true, description: '社区工作者 The worker.' }),
    kind: t.field({ type: PayRecordKind, required: true, description: '类型 Kind.' }),
    title: t.string({ required: true, description: '名称 2 to 120 characters.' }),
    amountYuan: t.int({ required: true, description: '金额 Whole yuan.' }),
    perMonth: t.boolean({ required: true, defaultValue: false, description: '是否按月 Paid every month.' }),
    happenedOn: t.field({ type: 'LocalDate', required: true, description: '日期 First day.' }),
    untilOn: t.field({ type: 'LocalDate', description: '截止日期 Last day.' }),
    idempotencyKey: t.string({ required: true, description: IDEMPOTENCY_KEY_DESCRIPTION }),
  }),
});

const RecordAppraisalInput = builder.inputType('RecordAppraisalInput', {
  description: '能力评价入档 An appraisal with its score.',
  fields: (t) => ({
    workerId: t.id({ required: true, description: '社区工作者 The worker.' }),
    title: t.string({ required: true, description: '名称 2 to 120 characters.' }),
    score: t.int({ required: true, description: '得分 0 to 100.' }),
    happenedOn: t.field({ type: 'LocalDate', required: true, description: '日期 Day.' }),
    idempotencyKey: t.string({ required: true, description: IDEMPOTENCY_KEY_DESCRIPTION }),
  }),
});

const Success = builder.objectRef<Succeeded<RecordedInFile, typeof NAME>>(NAME).implement({
  description: '入档完成 The entry stands in the file.',
  card: GRAPH_CARD,
  fields: (t) => ({
    record: t.field({
      type: WorkerRecord,
      nullable: true,
      description: '档案记录 The entry.',
      resolve: ({ recordId }, _args, context) => workerRecordLoader.load(recordId, context),
    }),
    worker: t.field({
      type: CommunityWorker,
      nullable: true,
      description: '社区工作者 The worker.',
      resolve: ({ workerId }, _args, context) => workerLoader.load(workerId, context),
    }),
  }),
});

const Payload = payloadUnion('RecordInFilePayload', DONE, Success);

builder.mutationFields((t) => ({
  recordWorkerEvent: t.field({
    type: Payload,
    nullable: true,
    description: '荣誉与发展入档 Adds an award, a title, a career move or the like to a worker’s file.',
    card: { source: 'civil-affairs', right: 'workforce.write' },
    args: { input: t.arg({ type: RecordWorkerEventInput, required: true, description: '输入 What to add.' }) },
    resolve: (_root, { input }, context) =>
      answer(NAME, context, (rule) => recordInFile(rule, 'recordWorkerEvent', input)),
  }),
  recordWorkerPay: t.field({
    type: Payload,
    nullable: true,
    description: '薪酬入档 Adds pay, an allowance or support to a worker’s file.',
    card: { source: 'human-resources', right: 'workforce.pay' },
    args: { input: t.arg({ type: RecordWorkerPayInput, required: true, description: '输入 What to add.' }) },
    resolve: (_root, { input }, context) =>
      answer(NAME, context, (rule) => recordInFile(rule, 'recordWorkerPay', input)),
  }),
  recordAppraisal: t.field({
    type: Payload,
    nullable: true,
    description: '能力评价入档 Adds an appraisal to a worker’s file.',
    card: { source: 'civil-affairs', right: 'workforce.appraisal' },
    args: { input: t.arg({ type: RecordAppraisalInput, required: true, description: '输入 What to add.' }) },
    resolve: (_root, { input }, context) =>
      answer(NAME, context, (rule) => recordInFile(rule, 'recordAppraisal', { ...input, kind: 'APPRAISAL' })),
  }),
}));
