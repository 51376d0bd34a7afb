import { GRAPH_CARD } from '../../../kit/graph/data-card.ts';
import { type AttendanceRecorded, recordAttendance } from '../../rules/workforce/record-attendance.ts';
import { builder } from '../builder.ts';
import { attendanceLoader, CommunityWorker, TrainingAttendance, workerLoader } from '../entities.ts';
import { answer, IDEMPOTENCY_KEY_DESCRIPTION, payloadUnion, type Succeeded } from '../mutations.ts';

const NAME = 'RecordAttendanceSuccess';

const Input = builder.inputType('RecordAttendanceInput', {
  description: '培训登记 Who attended which course, when and for how long.',
  fields: (t) => ({
    courseId: t.id({ required: true, description: '培训班 The course.' }),
    workerId: t.id({ required: true, description: '社区工作者 The worker.' }),
    hours: t.int({ required: true, description: '学时 Hours attended, at most those of the course.' }),
    attendedOn: t.field({ type: 'LocalDate', required: true, description: '参加日期 Day.' }),
    idempotencyKey: t.string({ required: true, description: IDEMPOTENCY_KEY_DESCRIPTION }),
  }),
});

const Success = builder.objectRef<Succeeded<AttendanceRecorded, typeof NAME>>(NAME).implement({
  description: '培训登记完成 The attendance is recorded.',
  card: GRAPH_CARD,
  fields: (t) => ({
    attendance: t.field({
      type: TrainingAttendance,
      nullable: true,
      description: '参加记录 The record.',
      resolve: ({ attendanceId }, _args, context) => attendanceLoader.load(attendanceId, context),
    }),
    worker: t.field({
      type: CommunityWorker,
      nullable: true,
      description: '社区工作者 The worker.',
      resolve: ({ workerId }, _args, context) => workerLoader.load(workerId, context),
    }),
  }),
});

const Payload = payloadUnion('RecordAttendancePayload', '培训登记结果 Done, or why not.', Success);

builder.mutationField('recordAttendance', (t) =>
  t.field({
    type: Payload,
    nullable: true,
    description: '登记培训参加 Records that a worker attended a course.',
    card: { source: 'civil-affairs', right: 'workforce.write' },
    args: { input: t.arg({ type: Input, required: true, description: '输入 What to change.' }) },
    resolve: (_root, { input }, context) => answer(NAME, context, (rule) => recordAttendance(rule, input)),
  }),
);
