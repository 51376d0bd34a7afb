import type { OperationTrace } from '../../../kit/operation-trace.ts';
import { ColumnSet } from '../../../kit/store/column-set.ts';
import { tierOrRangeFilter } from '../../../kit/store/division-filter.ts';
import type { ListDeclaration } from '../../../kit/store/keyset-list.ts';
import { statementText } from '../../../kit/store/statement-text.ts';
import { inKeyOrder } from '../../../kit/subgraph-context.ts';
import type { OrganizationsStore } from '../organizations-store.ts';
import { onRecord } from './division-rows.ts';

export const unifiedLines = [
  'RESOURCES',
  'PERSONNEL',
  'INFORMATION_COLLECTION',
  'SERVICE_STANDARDS',
  'MANAGEMENT',
] as const;
export type UnifiedLine = (typeof unifiedLines)[number];

export interface GridRow {
  readonly gridCode: string;
  readonly name: string;
  readonly kind: 'GENERAL' | 'DEDICATED';
  readonly communityCode: string;
  readonly unifiedLines: readonly UnifiedLine[];
  readonly validFrom: string | null;
  readonly validTo: string | null;
  readonly provenanceId: string;
}

const COLUMNS = new ColumnSet(
  `t.grid_code AS "gridCode", t.name, t.kind, t.community_code AS "communityCode", t.unified_lines AS "unifiedLines",
  t.valid_from::text AS "validFrom", t.valid_to::text AS "validTo",
  t.provenance_id AS "provenanceId"`,
  ['gridCode'],
);

export async function findGrids(
  store: OrganizationsStore,
  gridCodes: readonly string[],
  trace: OperationTrace,
  wanted?: ReadonlySet<string>,
): Promise<(GridRow | null)[]> {
  const rows = await store.database.rows<GridRow>(
    'grid_by_code',
    statementText`SELECT ${COLUMNS.select(wanted)} FROM organizations.grid t WHERE t.grid_code = ANY($1::text[])`,
    [gridCodes],
    trace,
    { key: 'gridCode' },
  );
  return inKeyOrder(gridCodes, rows, (row) => row.gridCode);
}

export const gridList: ListDeclaration<GridRow> = {
  name: 'organizations.grids',
  from: 'organizations.grid t',
  columns: COLUMNS,
  type: 'Grid',
  sorts: {
    GRID_CODE: {
      columns: [{ expression: 't.grid_code', property: 'gridCode', cast: 'text' }],
      direction: 'ASC',
      filters: ['divisionCode', 'hasChief', 'asOf'],
    },
  },
  filters: {
    divisionCode: tierOrRangeFilter('t', 'grid_code', 15),
    asOf: onRecord,
    hasChief: (value) => (value === true ? 't.led' : 'NOT t.led'),
  },
};

/** Grids below territories of any tier, by the range of codes that begin with the territory's. */
export const territoryGridList: ListDeclaration<GridRow> = {
  ...gridList,
  name: 'organizations.territory_grids',
  always: `t.grid_code BETWEEN k.key AND rpad(k.key, 15, '9')`,
};
