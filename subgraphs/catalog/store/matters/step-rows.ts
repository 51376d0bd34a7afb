import type { TransitionRow } from '../../../kit/machine/state-machine.ts';
import type { OperationTrace } from '../../../kit/operation-trace.ts';
import { groupByKey } from '../../../kit/subgraph-context.ts';
import type { CatalogStore } from '../catalog-store.ts';

/** Every step of each matter, oldest first. */
export async function findSteps(
  store: CatalogStore,
  subjectIds: readonly string[],
  trace: OperationTrace,
): Promise<TransitionRow[][]> {
  const rows = await store.database.rows<TransitionRow>(
    'matter_steps',
    `SELECT subject_id AS "subjectId", ordinal, event, from_state AS "fromState", to_state AS "toState", at,
            actor_department_code AS "actorDepartmentCode", note
       FROM catalog.matter_step WHERE subject_id = ANY($1::uuid[]) ORDER BY subject_id, ordinal`,
    [subjectIds],
    trace,
    { key: 'subjectId' },
  );
  return groupByKey(subjectIds, rows, (row) => row.subjectId);
}
