import type { OperationTrace } from '../../../kit/operation-trace.ts';
import { groupByKey } from '../../../kit/subgraph-context.ts';
import type { CatalogStore } from '../catalog-store.ts';
import type { CatalogTransaction } from '../department-system-rows.ts';

export const clientChangeKinds = [
  'REGISTERED',
  'CHANGED',
  'SECRET_ISSUED',
  'SECRET_REVOKED',
  'OPERATIONS_TRUSTED',
  'OPERATIONS_RETIRED',
] as const;
export type ClientChangeKind = (typeof clientChangeKinds)[number];

/** One item of a client before and after; as text, null where there was none. */
export interface ClientItemChange {
  readonly item: string;
  readonly before: string | null;
  readonly after: string | null;
}

export interface ClientChangeRow {
  readonly id: string;
  readonly clientId: string;
  readonly kind: ClientChangeKind;
  readonly changedAt: Date;
  readonly changedBy: string;
  readonly departmentCode: string;
  readonly reason: string | null;
  readonly items: readonly ClientItemChange[];
}

/** What the history of one client shows. */
const SHOWN = 100;

export async function insertClientChange(transaction: CatalogTransaction, change: ClientChangeRow): Promise<void> {
  await transaction.clientChange.create({ data: { ...change, items: JSON.stringify(change.items) } });
}

/** Changes of clients, the newest first; 100 of each at most. */
export async function findChangesOfClients(
  store: CatalogStore,
  clientIds: readonly string[],
  trace: OperationTrace,
): Promise<ClientChangeRow[][]> {
  const rows = await store.database.rows<ClientChangeRow>(
    'changes_of_clients',
    `SELECT c.* FROM unnest($1::text[]) AS k(id) CROSS JOIN LATERAL (
       SELECT t.id, t.client_id AS "clientId", t.kind, t.changed_at AS "changedAt", t.changed_by AS "changedBy",
              t.department_code AS "departmentCode", t.reason, t.items::json AS items
         FROM catalog.client_change t WHERE t.client_id = k.id ORDER BY t.id DESC LIMIT ${SHOWN}) c`,
    [clientIds],
    trace,
  );
  return groupByKey(clientIds, rows, (row) => row.clientId);
}
