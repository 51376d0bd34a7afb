import type { TransitionRow } from '../machine/state-machine.ts';
import type { OperationTrace } from '../operation-trace.ts';
import { groupByKey } from '../subgraph-context.ts';
import type { SqlDatabase } from './sql-database.ts';

/**
 * The steps that things have taken, in order, from the `transition` table of a subgraph; of each thing the first
 * `mostSteps`. Asked for things that the caller was already allowed to see.
 */
export async function findTransitions(
  database: SqlDatabase,
  mostSteps: number,
  subjectIds: readonly string[],
  trace: OperationTrace,
): Promise<TransitionRow[][]> {
  const rows = await database.rows<TransitionRow>(
    'transitions',
    `SELECT t.subject_id AS "subjectId", t.ordinal, t.event, t.from_state AS "fromState", t.to_state AS "toState", t.at,
            t.actor_department_code AS "actorDepartmentCode", t.note
       FROM ${database.subgraph}.transition t
      WHERE t.subject_id = ANY($1::uuid[]) AND t.ordinal <= $2 ORDER BY t.subject_id, t.ordinal`,
    [subjectIds, mostSteps],
    trace,
    { key: 'subjectId' },
  );
  return groupByKey(subjectIds, rows, (row) => row.subjectId);
}

/** The `transition` table within a transaction. */
interface Transitions<Step> {
  readonly transition: {
    count(query: { where: { subjectId: string } }): Promise<number>;
    create(query: { data: Step & { ordinal: number } }): Promise<unknown>;
  };
}

/** Appends a step; the subject's row is locked, so that its ordinal is free. */
export async function appendTransition<Step extends Omit<TransitionRow, 'ordinal'> & { readonly provenanceId: string }>(
  transaction: Transitions<Step>,
  step: Step,
): Promise<void> {
  const ordinal = 1 + (await transaction.transition.count({ where: { subjectId: step.subjectId } }));
  await transaction.transition.create({ data: { ...step, ordinal } });
}
