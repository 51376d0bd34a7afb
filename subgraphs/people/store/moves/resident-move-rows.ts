import type { OperationTrace } from '../../../kit/operation-trace.ts';
import { groupByKey } from '../../../kit/subgraph-context.ts';
import type { PeopleStore } from '../people-store.ts';

/** That the residents of a grid follow it; a matter of territory, which names nobody. */
export interface ResidentMoveRow {
  readonly fromGridCode: string;
  readonly toGridCode: string;
  readonly fromCommunityCode: string;
  readonly effectiveOn: string;
  readonly movedPersons: number;
  readonly movedAt: Date | null;
}

/** Moves out of communities, in the order of the grids. */
export async function findMovesFrom(
  store: PeopleStore,
  communityCodes: readonly string[],
  trace: OperationTrace,
): Promise<ResidentMoveRow[][]> {
  const rows = await store.database.rows<ResidentMoveRow>(
    'resident_moves',
    `SELECT t.from_grid_code AS "fromGridCode", t.to_grid_code AS "toGridCode",
            t.from_community_code AS "fromCommunityCode", t.effective_on::text AS "effectiveOn",
            t.moved_persons AS "movedPersons", t.moved_at AS "movedAt"
       FROM people.resident_move t WHERE t.from_community_code = ANY($1::text[]) ORDER BY t.from_grid_code`,
    [communityCodes],
    trace,
  );
  return groupByKey(communityCodes, rows, ({ fromCommunityCode }) => fromCommunityCode);
}
