import { dateInChina } from '../../../kit/clock.ts';
import { isRefusal, type Refusal, refuse } from '../../../kit/codes/refusals.ts';
import { findUuidKey, globalId } from '../../../kit/global-id.ts';
import { dateColumn, dayOfColumn } from '../../store/organizations-transaction.ts';
import { type RuleContext, write } from '../organizations-write.ts';
import { fileColumns, lockWorkerInArea } from './worker-in-area.ts';

export interface RecordAttendanceInput {
  readonly courseId: string;
  readonly workerId: string;
  readonly hours: number;
  readonly attendedOn: string;
  readonly idempotencyKey: string;
}

export interface AttendanceRecorded {
  readonly attendanceId: string;
  readonly workerId: string;
}

/** Records that a worker attended a course: once per person and course, for no more hours than the course has. */
export function recordAttendance(
  context: RuleContext,
  input: RecordAttendanceInput,
): Promise<AttendanceRecorded | Refusal> {
  const { store, caller, clock } = context;
  const mutation = 'recordAttendance';
  return write(context, { mutation, dataset: 'training_attendance', input }, async (transaction, provenanceId) => {
    const courseKey = findUuidKey('TrainingCourse', input.courseId);
    const course =
      courseKey === undefined ? null : await transaction.trainingCourse.findUnique({ where: { id: courseKey } });
    if (course === null) return refuse('COURSE_NOT_FOUND', 'input.courseId');
    const worker = await lockWorkerInArea(transaction, caller, input.workerId);
    if (isRefusal(worker)) return worker;
    if (input.hours < 1 || input.hours > course.hours) {
      return refuse('ATTENDANCE_HOURS_INVALID', 'input.hours', { max: course.hours });
    }
    if (input.attendedOn > dateInChina(clock.now())) return refuse('DATE_IN_FUTURE', 'input.attendedOn');
    const startsOn = dayOfColumn(course.startsOn);
    if (input.attendedOn < startsOn) return refuse('ATTENDANCE_BEFORE_COURSE', 'input.attendedOn', { startsOn });
    if (worker.leftOn !== null && worker.leftOn <= input.attendedOn) return refuse('WORKER_LEFT', 'input.workerId');
    const known = await transaction.trainingAttendance.findUnique({
      where: { courseId_personId: { courseId: course.id, personId: worker.personId } },
    });
    if (known !== null) return refuse('ATTENDANCE_EXISTS', 'input.workerId');
    const id = store.ids.next();
    await transaction.trainingAttendance.create({
      data: {
        id,
        courseId: course.id,
        ...fileColumns(worker),
        attendedOn: dateColumn(input.attendedOn),
        hours: input.hours,
        provenanceId,
      },
    });
    const answer = { attendanceId: globalId('TrainingAttendance', id), workerId: input.workerId };
    const event = {
      eventType: 'training.attended',
      entityType: 'TrainingAttendance',
      entityId: answer.attendanceId,
      payload: { ...answer, courseId: input.courseId, hours: input.hours },
      place: worker,
    };
    return { answer, rowCount: 1, events: [event] };
  });
}
