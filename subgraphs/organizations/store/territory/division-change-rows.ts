import type { EntityTable } from '../../../kit/store/entity-table.ts';
import type { ShortList } from '../short-list.ts';

/** That a division took the place of another. The former one need not be in the present list any more. */
export interface DivisionChangeRow {
  readonly id: string;
  readonly fromCode: string;
  readonly fromName: string;
  readonly toCode: string;
  readonly kind: 'CONVERTED' | 'MERGED' | 'SPLIT' | 'RENAMED';
  readonly effectiveOn: string | null;
  readonly confirmed: boolean;
  readonly provenanceId: string;
}

/** Reference data, as the list of divisions itself. */
const divisionChangeTable: EntityTable<DivisionChangeRow> = {
  table: 'division_change',
  columns: ['id', 'fromCode', 'fromName', 'toCode', 'kind', 'effectiveOn', 'confirmed', 'provenanceId'],
  dates: ['effectiveOn'],
};

/** A division is made of few others in its history. */
function changesBy(side: 'from' | 'to'): ShortList<DivisionChangeRow> {
  return {
    name: side === 'to' ? 'division_predecessors' : 'division_successors',
    table: divisionChangeTable,
    owner: { column: `${side}_code`, property: side === 'to' ? 'toCode' : 'fromCode', cast: 'text' },
    order: 't.effective_on DESC NULLS LAST, t.id',
    limit: 50,
  };
}

export const divisionPredecessors = changesBy('to');
export const divisionSuccessors = changesBy('from');
