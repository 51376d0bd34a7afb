import type { OperationTrace } from '../../../kit/operation-trace.ts';
import type { ListDeclaration } from '../../../kit/store/keyset-list.ts';
import { statementText } from '../../../kit/store/statement-text.ts';
import { inKeyOrder } from '../../../kit/subgraph-context.ts';
import type { CatalogStore } from '../catalog-store.ts';
import type { CatalogTransaction } from '../department-system-rows.ts';

export const dataFactors = ['PERSON', 'EVENT', 'PLACE', 'THING', 'SENTIMENT'] as const;
export type DataFactor = (typeof dataFactors)[number];

export interface DatasetRow {
  readonly code: string;
  readonly name: string | null;
  readonly systemId: string;
  readonly departmentCode: string;
  readonly typeName: string;
  readonly factor: DataFactor | null;
  readonly rowCount: number | null;
  readonly lastSyncedAt: Date | null;
  readonly provenanceId: string;
}

const COLUMNS = `t.code, t.name, t.system_id AS "systemId", t.department_code AS "departmentCode",
  t.type_name AS "typeName", t.factor, t.row_count::float8 AS "rowCount", t.last_synced_at AS "lastSyncedAt",
  t.provenance_id AS "provenanceId"`;

/** What ties a field to its dataset: its type and the department that its card names, as `Person|public-security`. */
export function sourceKey(typeName: string, departmentCode: string): string {
  return `${typeName}|${departmentCode}`;
}

export async function findDatasetsBySource(
  store: CatalogStore,
  sourceKeys: readonly string[],
  trace: OperationTrace,
): Promise<(DatasetRow | null)[]> {
  const rows = await store.database.rows<DatasetRow>(
    'dataset_by_source',
    `SELECT ${COLUMNS} FROM unnest($1::text[]) AS k(key)
       JOIN catalog.dataset t ON t.type_name = split_part(k.key, '|', 1) AND t.department_code = split_part(k.key, '|', 2)`,
    [sourceKeys],
    trace,
  );
  return inKeyOrder(sourceKeys, rows, (row) => sourceKey(row.typeName, row.departmentCode));
}

export async function findDatasets(
  store: CatalogStore,
  codes: readonly string[],
  trace: OperationTrace,
): Promise<(DatasetRow | null)[]> {
  const rows = await store.database.rows<DatasetRow>(
    'dataset_by_code',
    statementText`SELECT ${COLUMNS} FROM catalog.dataset t WHERE t.code = ANY($1::text[])`,
    [codes],
    trace,
    { key: 'code' },
  );
  return inKeyOrder(codes, rows, (row) => row.code);
}

export const datasetList: ListDeclaration<DatasetRow> = {
  name: 'catalog.datasets',
  from: 'catalog.dataset t',
  columns: COLUMNS,
  sorts: {
    CODE: { columns: [{ expression: 't.code', property: 'code', cast: 'text' }], direction: 'ASC', filters: [] },
  },
  filters: {},
};

export function findDatasetOfType(transaction: CatalogTransaction, typeName: string, departmentCode: string) {
  return transaction.dataset.findUnique({ where: { typeName_departmentCode: { typeName, departmentCode } } });
}

/** Whether the live graph has a field of this type whose card names the department as its source. */
export async function givesFields(
  transaction: CatalogTransaction,
  typeName: string,
  departmentCode: string,
): Promise<boolean> {
  const field = await transaction.dataField.findFirst({
    where: { typeName, sourceDepartment: departmentCode, removedAt: null },
    select: { coordinate: true },
  });
  return field !== null;
}

export interface Synchronisation {
  readonly code: string;
  readonly systemId: string;
  readonly departmentCode: string;
  readonly typeName: string;
  readonly name: string | null;
  readonly factor: DataFactor | null;
  readonly rowCount: number;
  readonly syncedAt: Date;
  readonly health: 'UP' | 'DEGRADED' | 'DOWN';
  readonly provenanceId: string;
}

/** Brings a dataset up to what its system reports, and the system up to the sum of its datasets. */
export async function writeSynchronisation(
  transaction: CatalogTransaction,
  { code, health, name, factor, rowCount, syncedAt, systemId, provenanceId, ...key }: Synchronisation,
): Promise<void> {
  const reported = { rowCount, lastSyncedAt: syncedAt, provenanceId };
  await transaction.dataset.upsert({
    where: { code },
    create: { code, name, factor, systemId, ...key, ...reported },
    update: { ...reported, ...(name === null ? {} : { name }), ...(factor === null ? {} : { factor }) },
  });
  const { _sum } = await transaction.dataset.aggregate({ where: { systemId }, _sum: { rowCount: true } });
  await transaction.departmentSystem.update({
    where: { id: systemId },
    data: { health, rowCount: _sum.rowCount, lastSyncedAt: syncedAt, provenanceId },
  });
}
