import type { OperationTrace } from '../../../kit/operation-trace.ts';
import type { ListDeclaration } from '../../../kit/store/keyset-list.ts';
import { statementText } from '../../../kit/store/statement-text.ts';
import { inKeyOrder } from '../../../kit/subgraph-context.ts';
import type { OrganizationsStore } from '../organizations-store.ts';
import { onRecord } from './division-rows.ts';

export interface MicroGridRow {
  readonly microGridCode: string;
  readonly name: string;
  readonly gridCode: string;
  readonly validFrom: string | null;
  readonly validTo: string | null;
  readonly provenanceId: string;
}

const COLUMNS = `t.micro_grid_code AS "microGridCode", t.name, t.grid_code AS "gridCode",
  t.valid_from::text AS "validFrom", t.valid_to::text AS "validTo",
  t.provenance_id AS "provenanceId"`;

export async function findMicroGrids(
  store: OrganizationsStore,
  microGridCodes: readonly string[],
  trace: OperationTrace,
): Promise<(MicroGridRow | null)[]> {
  const rows = await store.database.rows<MicroGridRow>(
    'micro_grid_by_code',
    statementText`SELECT ${COLUMNS} FROM organizations.micro_grid t WHERE t.micro_grid_code = ANY($1::text[])`,
    [microGridCodes],
    trace,
    { key: 'microGridCode' },
  );
  return inKeyOrder(microGridCodes, rows, (row) => row.microGridCode);
}

export const microGridList: ListDeclaration<MicroGridRow> = {
  name: 'organizations.micro_grids',
  from: 'organizations.micro_grid t',
  columns: COLUMNS,
  sorts: {
    MICRO_GRID_CODE: {
      columns: [{ expression: 't.micro_grid_code', property: 'microGridCode', cast: 'text' }],
      direction: 'ASC',
      filters: ['asOf'],
    },
  },
  filters: { asOf: onRecord },
};
