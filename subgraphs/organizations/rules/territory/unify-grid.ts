import { type Refusal, refuse } from '../../../kit/codes/refusals.ts';
import { findCodeKey } from '../../../kit/global-id.ts';
import { coversPlace } from '../../../kit/store/place-scope.ts';
import type { UnifiedLine } from '../../store/territory/grid-rows.ts';
import { lockGrid } from '../../store/workforce/chief-writes.ts';
import { type RuleContext, write } from '../organizations-write.ts';

export interface GridUnified {
  readonly gridId: string;
}

export interface UnifyGridInput {
  readonly gridId: string;
  readonly unifiedLines: readonly UnifiedLine[];
  readonly idempotencyKey: string;
}

/** Says which of the five lines of work are unified in a grid now (五统一); the same as stands is refused. */
export function unifyGrid(context: RuleContext, input: UnifyGridInput): Promise<GridUnified | Refusal> {
  const { caller } = context;
  return write(context, { mutation: 'unifyGrid', dataset: 'grid', input }, async (transaction, provenanceId) => {
    const gridCode = findCodeKey('Grid', 15, input.gridId);
    const grid = gridCode === undefined ? null : await lockGrid(transaction, gridCode);
    if (grid === null || !coversPlace(caller, grid)) return refuse('GRID_NOT_FOUND', 'input.gridId');
    const unifiedLines = [...new Set(input.unifiedLines)].sort();
    const current = await transaction.grid.findUniqueOrThrow({ where: { gridCode: grid.gridCode } });
    if ([...current.unifiedLines].sort().join() === unifiedLines.join()) {
      return refuse('NOTHING_TO_CHANGE', 'input.unifiedLines');
    }
    await transaction.grid.update({ where: { gridCode: grid.gridCode }, data: { unifiedLines, provenanceId } });
    const answer = { gridId: input.gridId };
    const event = {
      eventType: 'grid.unified',
      entityType: 'Grid',
      entityId: input.gridId,
      payload: { ...answer, unifiedLines },
      place: grid,
    };
    return { answer, rowCount: 1, events: [event] };
  });
}
