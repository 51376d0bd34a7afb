import { dateInChina } from '../../../kit/clock.ts';
import { isRefusal, type Refusal, refuse } from '../../../kit/codes/refusals.ts';
import { globalId } from '../../../kit/global-id.ts';
import { dateColumn } from '../../store/organizations-transaction.ts';
import type { WorkerRecordKind } from '../../store/workforce/worker-file-rows.ts';
import { type RuleContext, write } from '../organizations-write.ts';
import { textFlaw } from '../plain-text.ts';
import { fileColumns, lockWorkerInArea } from './worker-in-area.ts';

export interface RecordInFileInput {
  readonly workerId: string;
  readonly kind: WorkerRecordKind;
  readonly title: string;
  readonly batch?: string | null | undefined;
  readonly issuer?: string | null | undefined;
  readonly happenedOn: string;
  readonly untilOn?: string | null | undefined;
  readonly amountYuan?: number | null | undefined;
  readonly perMonth?: boolean | null | undefined;
  readonly score?: number | null | undefined;
  readonly idempotencyKey: string;
}

export interface RecordedInFile {
  readonly recordId: string;
  readonly workerId: string;
}

const LARGEST_AMOUNT_YUAN = 10_000_000;

/**
 * Adds an entry to a worker's file: an award, a talent title, a career move, a secondment, reserve cadre, an appraisal
 * or pay. The same title of the same kind and batch is given to a worker once.
 */
export function recordInFile(
  context: RuleContext,
  mutation: string,
  input: RecordInFileInput,
): Promise<RecordedInFile | Refusal> {
  const { store, caller, clock } = context;
  return write(context, { mutation, dataset: 'worker_record', input }, async (transaction, provenanceId) => {
    const flaw = textFlaw(input.title, 'input.title', 2, 120);
    if (flaw !== undefined) return flaw;
    const worker = await lockWorkerInArea(transaction, caller, input.workerId);
    if (isRefusal(worker)) return worker;
    if (input.happenedOn > dateInChina(clock.now())) return refuse('DATE_IN_FUTURE', 'input.happenedOn');
    if (input.untilOn != null && input.untilOn <= input.happenedOn) {
      return refuse('PERIOD_EMPTY', 'input.untilOn');
    }
    if (input.score != null && (input.score < 0 || input.score > 100)) return refuse('SCORE_INVALID', 'input.score');
    if (input.amountYuan != null && (input.amountYuan < 0 || input.amountYuan > LARGEST_AMOUNT_YUAN)) {
      return refuse('AMOUNT_INVALID', 'input.amountYuan', { max: LARGEST_AMOUNT_YUAN });
    }
    const { kind, title } = input;
    const batch = input.batch ?? null;
    const known = await transaction.workerRecord.findFirst({
      where: { workerId: worker.id, kind, title, batch, happenedOn: dateColumn(input.happenedOn) },
    });
    if (known !== null) return refuse('RECORD_EXISTS', 'input.title');
    const id = store.ids.next();
    await transaction.workerRecord.create({
      data: {
        id,
        ...fileColumns(worker),
        holderName: worker.name,
        kind,
        title,
        batch,
        issuer: input.issuer ?? null,
        happenedOn: dateColumn(input.happenedOn),
        untilOn: input.untilOn == null ? null : dateColumn(input.untilOn),
        amountYuan: input.amountYuan ?? null,
        perMonth: input.perMonth ?? false,
        score: input.score ?? null,
        provenanceId,
      },
    });
    const answer = { recordId: globalId('WorkerRecord', id), workerId: input.workerId };
    const event = {
      eventType: 'worker.fileExtended',
      entityType: 'CommunityWorker',
      entityId: input.workerId,
      payload: answer,
      place: worker,
    };
    return { answer, rowCount: 1, events: [event] };
  });
}
