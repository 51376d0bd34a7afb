import type { TransitionRow } from '../../kit/machine/state-machine.ts';
import type { OperationTrace } from '../../kit/operation-trace.ts';
import { groupByKey } from '../../kit/subgraph-context.ts';
import type { OrganizationsStore } from './organizations-store.ts';
import type { OrganizationsTransaction } from './organizations-transaction.ts';

/** A thing takes a few steps; more than this many are cut, the last first. */
const MAX_STEPS = 100;

export async function findTransitions(
  store: OrganizationsStore,
  subjectIds: readonly string[],
  trace: OperationTrace,
): Promise<TransitionRow[][]> {
  const rows = await store.database.rows<TransitionRow>(
    'transitions',
    `SELECT t.subject_id AS "subjectId", t.ordinal, t.event, t.from_state AS "fromState", t.to_state AS "toState", t.at,
            t.actor_department_code AS "actorDepartmentCode", t.note
       FROM organizations.transition t
      WHERE t.subject_id = ANY($1::uuid[]) AND t.ordinal <= $2 ORDER BY t.subject_id, t.ordinal`,
    [subjectIds, MAX_STEPS],
    trace,
  );
  return groupByKey(subjectIds, rows, (row) => row.subjectId);
}

/** Appends a step; the subject's row is locked, so that its ordinal is free. */
export async function appendTransition(
  transaction: OrganizationsTransaction,
  step: Omit<TransitionRow, 'ordinal'> & { readonly provenanceId: string },
): Promise<void> {
  const ordinal = 1 + (await transaction.transition.count({ where: { subjectId: step.subjectId } }));
  await transaction.transition.create({ data: { ...step, ordinal } });
}
