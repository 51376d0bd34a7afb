import { dateInChina } from '../../../kit/clock.ts';
import { isRefusal, type Refusal, refuse } from '../../../kit/codes/refusals.ts';
import { globalId } from '../../../kit/global-id.ts';
import { findRule } from '../../store/organization-rule-rows.ts';
import { dateColumn } from '../../store/organizations-transaction.ts';
import { findLivePost } from '../../store/workforce/service-writes.ts';
import { type RuleContext, write } from '../organizations-write.ts';
import { textFlaw } from '../plain-text.ts';
import { fileColumns, lockWorkerInArea } from './worker-in-area.ts';

export interface SetWorkerGradeInput {
  readonly workerId: string;
  readonly gradeLevel: number;
  readonly reason: string;
  readonly idempotencyKey: string;
}

export interface WorkerGradeSet {
  readonly workerId: string;
  readonly recordId: string;
}

/** Moves a worker to another of the eighteen grades, inside the range of the post held; the step stays in the file. */
export function setWorkerGrade(context: RuleContext, input: SetWorkerGradeInput): Promise<WorkerGradeSet | Refusal> {
  const { store, caller, clock } = context;
  const mutation = 'setWorkerGrade';
  return write(context, { mutation, dataset: 'community_worker', input }, async (transaction, provenanceId) => {
    const flaw = textFlaw(input.reason, 'input.reason', 2, 80);
    if (flaw !== undefined) return flaw;
    const today = dateInChina(clock.now());
    const worker = await lockWorkerInArea(transaction, caller, input.workerId);
    if (isRefusal(worker)) return worker;
    if (worker.leftOn !== null && worker.leftOn <= today) return refuse('WORKER_LEFT', 'input.workerId');
    const highest = await findRule(transaction, 'HIGHEST_PAY_GRADE', '', today);
    if (highest === undefined) return refuse('RULE_NOT_CONFIGURED', 'input', { rule: 'HIGHEST_PAY_GRADE' });
    const { gradeLevel } = input;
    if (gradeLevel < 1 || gradeLevel > highest.numerator) {
      return refuse('GRADE_OUT_OF_RANGE', 'input.gradeLevel', { max: highest.numerator });
    }
    const post = await findLivePost(transaction, worker.id);
    if (post !== null && (gradeLevel < post.lowestGrade || gradeLevel > post.highestGrade)) {
      return refuse('GRADE_OUTSIDE_POST', 'input.gradeLevel', { low: post.lowestGrade, high: post.highestGrade });
    }
    if (gradeLevel === worker.gradeLevel) return refuse('GRADE_UNCHANGED', 'input.gradeLevel');
    const id = store.ids.next();
    await transaction.communityWorker.update({ where: { id: worker.id }, data: { gradeLevel, provenanceId } });
    await transaction.workerRecord.create({
      data: {
        id,
        ...fileColumns(worker),
        holderName: worker.name,
        kind: 'GRADE_CHANGE',
        title: `${worker.gradeLevel} → ${gradeLevel} 级：${input.reason}`,
        happenedOn: dateColumn(today),
        provenanceId,
      },
    });
    const answer = { workerId: input.workerId, recordId: globalId('WorkerRecord', id) };
    // Pay is not for everybody who reads events: the grades stay in the file.
    const event = {
      eventType: 'worker.gradeChanged',
      entityType: 'CommunityWorker',
      entityId: input.workerId,
      payload: answer,
      place: worker,
    };
    return { answer, rowCount: 2, events: [event] };
  });
}
