import type { Prisma } from '../../../../prisma/catalog/client/client.ts';
import type { SourceMapping } from '../../../kit/ingest/mapping/source-mapping.ts';
import type { OperationTrace } from '../../../kit/operation-trace.ts';
import { groupByKey } from '../../../kit/subgraph-context.ts';
import type { CatalogStore } from '../catalog-store.ts';
import type { CatalogTransaction } from '../department-system-rows.ts';

export interface SourceMappingRow {
  readonly systemId: string;
  readonly dataset: string;
  readonly version: number;
  readonly document: SourceMapping;
  readonly clientId: string | null;
  readonly note: string | null;
  readonly storedAt: Date;
  readonly storedBy: string;
  readonly provenanceId: string;
}

export interface SourcePullRow {
  readonly systemId: string;
  readonly dataset: string;
  readonly nextAt: Date | null;
  readonly failures: number;
  readonly lastAt: Date | null;
  readonly lastBatchId: string | null;
  readonly lastState: string | null;
  readonly lastReason: string | null;
}

/** Mappings of a system are few; of one that is changed every week for two years the oldest are cut. */
const MOST_VERSIONS = 100;

/** The mappings of each system, every version, the newest of a dataset first. */
export async function findMappingsOf(
  store: CatalogStore,
  systemIds: readonly string[],
  trace: OperationTrace,
): Promise<SourceMappingRow[][]> {
  const rows = await store.database.rows<SourceMappingRow>(
    'source_mappings',
    `SELECT m.* FROM unnest($1::uuid[]) AS k(id) CROSS JOIN LATERAL (
       SELECT t.system_id AS "systemId", t.dataset, t.version, t.document, t.client_id AS "clientId", t.note,
              t.stored_at AS "storedAt", t.stored_by AS "storedBy", t.provenance_id AS "provenanceId"
         FROM catalog.source_mapping t WHERE t.system_id = k.id
        ORDER BY t.dataset, t.version DESC LIMIT ${MOST_VERSIONS}) m`,
    [systemIds],
    trace,
  );
  return groupByKey(systemIds, rows, (row) => row.systemId);
}

export async function findPullsOf(
  store: CatalogStore,
  systemIds: readonly string[],
  trace: OperationTrace,
): Promise<SourcePullRow[][]> {
  const rows = await store.database.rows<SourcePullRow>(
    'source_pulls',
    `SELECT t.system_id AS "systemId", t.dataset, t.next_at AS "nextAt", t.failures, t.last_at AS "lastAt",
            t.last_batch_id AS "lastBatchId", t.last_state AS "lastState", t.last_reason AS "lastReason"
       FROM catalog.source_pull t WHERE t.system_id = ANY($1::uuid[]) ORDER BY t.dataset`,
    [systemIds],
    trace,
    { key: 'systemId' },
  );
  return groupByKey(systemIds, rows, (row) => row.systemId);
}

/** Locks the system, so that two who store a mapping of it get versions that follow each other. */
export async function lockSystem(transaction: CatalogTransaction, code: string) {
  const rows = await transaction.$queryRaw<{ id: string; departmentCode: string }[]>`
    SELECT id, department_code AS "departmentCode" FROM catalog.department_system WHERE code = ${code} FOR UPDATE`;
  return rows[0] ?? null;
}

export async function newestMapping(transaction: CatalogTransaction, systemId: string, dataset: string) {
  return transaction.sourceMapping.findFirst({ where: { systemId, dataset }, orderBy: { version: 'desc' } });
}

/** Stores the next version. A source that has changed is fetched from its beginning. */
export async function insertMapping(
  transaction: CatalogTransaction,
  mapping: Omit<SourceMappingRow, 'document'> & { readonly document: SourceMapping },
  isOtherSource: boolean,
): Promise<void> {
  const { systemId, dataset, version, document } = mapping;
  await transaction.sourceMapping.create({
    data: { ...mapping, document: document as unknown as Prisma.InputJsonObject }, // plain JSON by its schema
  });
  const scheduled = document.source?.everyMinutes !== undefined;
  // The hub's own clock decides when it fetches, not that of a demo city.
  await transaction.$executeRaw`
    INSERT INTO catalog.source_pull AS p (system_id, dataset, version, next_at)
    VALUES (${systemId}::uuid, ${dataset}, ${version}, CASE WHEN ${scheduled} THEN now() END)
    ON CONFLICT (system_id, dataset) DO UPDATE
      SET version = excluded.version, next_at = excluded.next_at, failures = 0,
          cursor = CASE WHEN ${isOtherSource} THEN NULL ELSE p.cursor END`;
}
