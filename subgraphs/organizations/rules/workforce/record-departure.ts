import { dateInChina } from '../../../kit/clock.ts';
import { isRefusal, type Refusal, refuse } from '../../../kit/codes/refusals.ts';
import { globalId } from '../../../kit/global-id.ts';
import type { ChangeEvent } from '../../../kit/store/write-request.ts';
import { dateColumn } from '../../store/organizations-transaction.ts';
import { closePosts, countLedGrids, endServiceRecords } from '../../store/workforce/departure-writes.ts';
import { endRelations } from '../bodies/end-relations.ts';
import { type RuleContext, write } from '../organizations-write.ts';
import { textFlaw } from '../plain-text.ts';
import { fileColumns, lockWorkerInArea } from './worker-in-area.ts';

export interface RecordDepartureInput {
  readonly workerId: string;
  readonly leftOn: string;
  readonly reason: string;
  readonly idempotencyKey: string;
}

export interface DepartureRecorded {
  readonly workerId: string;
}

/**
 * A worker leaves service: the record as worker, the service records, the posts in grids and all relations end, and the
 * file says why. Whoever leads a grid hands it over first, so that no grid loses its chief unnoticed.
 */
export function recordDeparture(
  context: RuleContext,
  input: RecordDepartureInput,
): Promise<DepartureRecorded | Refusal> {
  const { store, caller, clock } = context;
  const request = { mutation: 'recordDeparture', dataset: 'community_worker', input };
  return write(context, request, async (transaction, provenanceId) => {
    const flaw = textFlaw(input.reason, 'input.reason', 2, 80);
    if (flaw !== undefined) return flaw;
    const { leftOn } = input;
    if (leftOn > dateInChina(clock.now())) return refuse('DATE_IN_FUTURE', 'input.leftOn');
    const worker = await lockWorkerInArea(transaction, caller, input.workerId);
    if (isRefusal(worker)) return worker;
    if (worker.leftOn !== null) return refuse('WORKER_LEFT', 'input.workerId');
    if (leftOn <= worker.hiredOn) return refuse('DATE_BEFORE_CURRENT', 'input.leftOn');
    const grids = await countLedGrids(transaction, worker.id);
    if (grids > 0) return refuse('WORKER_LEADS_GRIDS', 'input.workerId', { grids });
    const records = await endServiceRecords(transaction, worker.id, leftOn, provenanceId);
    if (records === undefined) return refuse('DATE_BEFORE_CURRENT', 'input.leftOn');
    const end = { day: leftOn, culprit: 'input.leftOn', reason: '离职', provenanceId };
    const relations = await endRelations(transaction, { type: 'WORKER', key: worker.id, place: worker }, end);
    if (isRefusal(relations)) return relations;
    const posts = await closePosts(transaction, worker.id, clock.now(), provenanceId);
    await transaction.communityWorker.update({
      where: { id: worker.id },
      data: { leftOn: dateColumn(leftOn), provenanceId },
    });
    await transaction.workerRecord.create({
      data: {
        id: store.ids.next(),
        ...fileColumns(worker),
        holderName: worker.name,
        kind: 'CAREER_MOVE',
        title: `离职：${input.reason}`,
        happenedOn: dateColumn(leftOn),
        provenanceId,
      },
    });
    const answer = { workerId: input.workerId };
    const left: ChangeEvent = {
      eventType: 'worker.left',
      entityType: 'CommunityWorker',
      entityId: input.workerId,
      payload: { ...answer, leftOn },
      place: worker,
    };
    const closed = posts.map((post): ChangeEvent => {
      const assignmentId = globalId('GridAssignment', post.id);
      return {
        eventType: 'grid.postClosed',
        entityType: 'GridAssignment',
        entityId: assignmentId,
        payload: { assignmentId },
        place: post,
      };
    });
    const rowCount = 2 + records + relations.length + posts.length;
    return { answer, rowCount, events: [left, ...closed, ...relations] };
  });
}
