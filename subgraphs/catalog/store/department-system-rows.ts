import type { Prisma } from '../../../prisma/catalog/client/client.ts';
import type { OperationTrace } from '../../kit/operation-trace.ts';
import type { ListDeclaration } from '../../kit/store/keyset-list.ts';
import { statementText } from '../../kit/store/statement-text.ts';
import type { OpenTransaction } from '../../kit/store/write-request.ts';
import { inKeyOrder } from '../../kit/subgraph-context.ts';
import type { CatalogStore } from './catalog-store.ts';

export type SystemTier = 'CLOUD' | 'BRAIN' | 'PLATFORM' | 'SYSTEM' | 'MODULE';
export type SystemFamily = 'ONLINE_SERVICE' | 'SELF_GOVERNANCE' | 'LIFE_SERVICE';
export type SystemHealth = 'UP' | 'DEGRADED' | 'DOWN' | 'NOT_CONNECTED';

export interface DepartmentSystemRow {
  readonly id: string;
  readonly code: string;
  readonly name: string | null;
  readonly namePending: boolean;
  readonly departmentCode: string;
  readonly departmentName: string;
  readonly tier: SystemTier;
  readonly family: SystemFamily | null;
  readonly description: string | null;
  readonly articleRows: readonly string[];
  readonly health: SystemHealth;
  readonly rowCount: number | null;
  readonly lastSyncedAt: Date | null;
  readonly contactOffice: string | null;
  readonly registeredAt: Date;
  readonly parentId: string | null;
  readonly provenanceId: string;
}

const COLUMNS = `t.id, t.code, t.name, t.name_pending AS "namePending", t.department_code AS "departmentCode",
  t.department_name AS "departmentName", t.tier, t.family, t.description, t.article_rows AS "articleRows", t.health,
  t.row_count::float8 AS "rowCount", t.last_synced_at AS "lastSyncedAt", t.contact_office AS "contactOffice",
  t.registered_at AS "registeredAt", t.parent_id AS "parentId", t.provenance_id AS "provenanceId"`;

export async function findSystems(
  store: CatalogStore,
  ids: readonly string[],
  trace: OperationTrace,
): Promise<(DepartmentSystemRow | null)[]> {
  const rows = await store.database.rows<DepartmentSystemRow>(
    'system_by_id',
    statementText`SELECT ${COLUMNS} FROM catalog.department_system t WHERE t.id = ANY($1::uuid[])`,
    [ids],
    trace,
    { key: 'id' },
  );
  return inKeyOrder(ids, rows, (row) => row.id);
}

export async function findSystemsByCode(
  store: CatalogStore,
  codes: readonly string[],
  trace: OperationTrace,
): Promise<(DepartmentSystemRow | null)[]> {
  const rows = await store.database.rows<DepartmentSystemRow>(
    'system_by_code',
    statementText`SELECT ${COLUMNS} FROM catalog.department_system t WHERE t.code = ANY($1::text[])`,
    [codes],
    trace,
    { key: 'code' },
  );
  return inKeyOrder(codes, rows, (row) => row.code);
}

export const systemList: ListDeclaration<DepartmentSystemRow> = {
  name: 'catalog.systems',
  from: 'catalog.department_system t',
  columns: COLUMNS,
  sorts: {
    CODE: {
      columns: [{ expression: 't.code', property: 'code', cast: 'text' }],
      direction: 'ASC',
      filters: ['departmentCode', 'tier', 'family'],
    },
  },
  filters: {
    departmentCode: (value, values) => `t.department_code = $${values.push(value)}`,
    tier: (value, values) => `t.tier = $${values.push(value)}`,
    family: (value, values) => `t.family = $${values.push(value)}`,
  },
};

export type CatalogTransaction = Prisma.TransactionClient;

export function openCatalogTransaction(store: CatalogStore): OpenTransaction<CatalogTransaction> {
  return (work) => store.prisma.$transaction(work, { maxWait: 10_000, timeout: 10_000 });
}

export function insertSystem(
  transaction: CatalogTransaction,
  system: {
    readonly id: string;
    readonly code: string;
    readonly name: string;
    readonly departmentCode: string;
    readonly departmentName: string;
    readonly tier: SystemTier;
    readonly family: SystemFamily | null;
    readonly description: string | null;
    readonly contactOffice: string | null;
    readonly parentId: string | null;
    readonly registeredAt: Date;
    readonly provenanceId: string;
  },
) {
  return transaction.departmentSystem.create({ data: { ...system, health: 'NOT_CONNECTED' } });
}

export function findSystemByCode(transaction: CatalogTransaction, code: string) {
  return transaction.departmentSystem.findUnique({ where: { code } });
}
