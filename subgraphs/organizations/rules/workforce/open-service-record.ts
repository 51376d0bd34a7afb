import { dateInChina } from '../../../kit/clock.ts';
import { isRefusal, type Refusal, refuse } from '../../../kit/codes/refusals.ts';
import { findUuidKey, globalId } from '../../../kit/global-id.ts';
import { dateColumn, dayOfColumn } from '../../store/organizations-transaction.ts';
import { countFilled, findOverlaps, lockPost } from '../../store/workforce/service-writes.ts';
import { type RuleContext, write } from '../organizations-write.ts';
import { textFlaw } from '../plain-text.ts';
import { fileColumns, lockWorkerInArea } from './worker-in-area.ts';

export interface OpenServiceRecordInput {
  readonly workerId: string;
  readonly postId: string;
  readonly fullTime: boolean;
  readonly duty: string;
  readonly validFrom: string;
  readonly endCurrent: boolean;
  readonly idempotencyKey: string;
}

export interface ServiceRecordOpened {
  readonly serviceRecordId: string;
  readonly workerId: string;
  readonly endedServiceRecordId: string | null;
}

/**
 * A worker takes up a post. No two full-time records of a person overlap, whatever community they lie in; `endCurrent`
 * ends the live one on the day on which the new one begins. A post is never filled beyond its headcount.
 */
export function openServiceRecord(
  context: RuleContext,
  input: OpenServiceRecordInput,
): Promise<ServiceRecordOpened | Refusal> {
  const { store, caller, clock } = context;
  const mutation = 'openServiceRecord';
  return write(context, { mutation, dataset: 'service_record', input }, async (transaction, provenanceId) => {
    const flaw = textFlaw(input.duty, 'input.duty', 2, 120);
    if (flaw !== undefined) return flaw;
    const worker = await lockWorkerInArea(transaction, caller, input.workerId);
    if (isRefusal(worker)) return worker;
    if (input.validFrom > dateInChina(clock.now())) return refuse('DATE_IN_FUTURE', 'input.validFrom');
    if (worker.leftOn !== null && worker.leftOn <= input.validFrom) return refuse('WORKER_LEFT', 'input.workerId');
    const postKey = findUuidKey('Post', input.postId);
    const post = postKey === undefined ? null : await lockPost(transaction, postKey);
    if (post === null || post.communityCode !== worker.communityCode) return refuse('POST_NOT_FOUND', 'input.postId');
    if (post.abolishedOn !== null) return refuse('POST_ABOLISHED', 'input.postId');

    const overlaps = input.fullTime ? await findOverlaps(transaction, worker.personId, input.validFrom) : [];
    const [current] = overlaps;
    if (current !== undefined) {
      const from = dayOfColumn(current.validFrom);
      if (overlaps.length > 1 || !input.endCurrent || current.validTo !== null) {
        return refuse('SERVICE_OVERLAP', 'input.validFrom', { from });
      }
      if (from >= input.validFrom) return refuse('DATE_BEFORE_CURRENT', 'input.validFrom');
      await transaction.serviceRecord.update({
        where: { id: current.id },
        data: { validTo: dateColumn(input.validFrom), provenanceId },
      });
    }
    const filled = await countFilled(transaction, post.id);
    if (filled >= post.headcount) return refuse('POST_FULL', 'input.postId', { headcount: post.headcount });
    const id = store.ids.next();
    await transaction.serviceRecord.create({
      data: {
        id,
        ...fileColumns(worker),
        postKind: post.kind,
        postId: post.id,
        fullTime: input.fullTime,
        duty: input.duty,
        validFrom: dateColumn(input.validFrom),
        provenanceId,
      },
    });
    await transaction.communityWorker.update({ where: { id: worker.id }, data: { post: post.kind, provenanceId } });
    const answer = {
      serviceRecordId: globalId('ServiceRecord', id),
      workerId: input.workerId,
      endedServiceRecordId: current === undefined ? null : globalId('ServiceRecord', current.id),
    };
    const event = {
      eventType: 'service.opened',
      entityType: 'ServiceRecord',
      entityId: answer.serviceRecordId,
      payload: { ...answer, postId: input.postId },
      place: worker,
    };
    return { answer, rowCount: current === undefined ? 2 : 3, events: [event] };
  });
}
