import type { TransitionRow } from '../../kit/machine/state-machine.ts';
import type { OperationTrace } from '../../kit/operation-trace.ts';
import { groupByKey } from '../../kit/subgraph-context.ts';
import type { ServicesStore } from './services-store.ts';
import type { ServicesTransaction } from './services-transaction.ts';

const MAX_STEPS = 100;

/** The first steps of things, in order. Asked for things that the caller was already allowed to see. */
export async function findSteps(
  store: ServicesStore,
  subjectIds: readonly string[],
  trace: OperationTrace,
): Promise<TransitionRow[][]> {
  const rows = await store.database.rows<TransitionRow>(
    'transition_steps',
    `SELECT r.* FROM unnest($1::uuid[]) AS k(key)
       CROSS JOIN LATERAL (
         SELECT t.subject_id AS "subjectId", t.ordinal, t.event, t.from_state AS "fromState", t.to_state AS "toState",
                t.at, t.actor_department_code AS "actorDepartmentCode", t.note
           FROM services.transition_step t WHERE t.subject_id = k.key ORDER BY t.ordinal LIMIT $2) r
      ORDER BY r."subjectId", r.ordinal`,
    [subjectIds, MAX_STEPS],
    trace,
  );
  return groupByKey(subjectIds, rows, (row) => row.subjectId);
}

export interface NewStep {
  readonly subjectId: string;
  readonly event: string;
  readonly from: string | null;
  readonly to: string;
  readonly at: Date;
  readonly actorDepartmentCode: string;
  readonly note?: string | null | undefined;
  readonly provenanceId: string;
}

/** Adds a step to a thing's history. The caller holds the thing's row locked, so that ordinals do not collide. */
export async function insertStep(transaction: ServicesTransaction, step: NewStep): Promise<void> {
  const { from, to, note, ...columns } = step;
  const known = await transaction.transitionStep.count({ where: { subjectId: step.subjectId } });
  await transaction.transitionStep.create({
    data: { ...columns, fromState: from, toState: to, note: note ?? null, ordinal: known + 1 },
  });
}
