import type { Prisma } from '../../../../prisma/catalog/client/client.ts';
import type { ExportFormat } from '../../../kit/exports/export-work.ts';
import type { OperationTrace } from '../../../kit/operation-trace.ts';
import type { CatalogStore } from '../catalog-store.ts';

export interface ExportRow {
  readonly id: string;
  readonly clientId: string;
  readonly format: ExportFormat;
  readonly document: string;
  readonly legalBasis: string | null;
  readonly scenario: string | null;
  readonly unmask: boolean;
  readonly state: 'WAITING' | 'RUNNING' | 'READY' | 'FAILED' | 'EXPIRED';
  readonly stateReason: string | null;
  readonly rowCount: number;
  readonly byteCount: number;
  readonly contentSha256: string | null;
  readonly gaps: readonly string[];
  readonly cursor: string | null;
  readonly requestedAt: Date;
  readonly finishedAt: Date | null;
  readonly expiresAt: Date | null;
}

const COLUMNS = `id, client_id AS "clientId", format, document, legal_basis AS "legalBasis", scenario, unmask, state,
  state_reason AS "stateReason", row_count AS "rowCount", byte_count::float8 AS "byteCount",
  content_sha256 AS "contentSha256", gaps, cursor, requested_at AS "requestedAt", finished_at AS "finishedAt",
  expires_at AS "expiresAt"`;

/** The newest exports of a client. */
export function findExportsOf({ database }: CatalogStore, clientId: string, trace: OperationTrace) {
  return database.rows<ExportRow>(
    'exportsOfClient',
    `SELECT ${COLUMNS} FROM catalog.export_job WHERE client_id = $1 ORDER BY id DESC LIMIT 51`,
    [clientId],
    trace,
  );
}

export async function findExport({ database }: CatalogStore, clientId: string, id: string, trace: OperationTrace) {
  const [row] = await database.rows<ExportRow>(
    'exportOfClient',
    `SELECT ${COLUMNS} FROM catalog.export_job WHERE client_id = $1 AND id = $2::uuid`,
    [clientId, id],
    trace,
  );
  return row;
}

/** Locks the client, so that of two requests each sees the other; how many of its exports are not done yet. */
export async function countOpenExports(transaction: Prisma.TransactionClient, clientId: string): Promise<number> {
  await transaction.$queryRaw`SELECT 1 FROM catalog.client WHERE id = ${clientId} FOR UPDATE`;
  return transaction.exportJob.count({ where: { clientId, state: { in: ['WAITING', 'RUNNING'] } } });
}

export interface NewExport {
  readonly id: string;
  readonly clientId: string;
  readonly format: ExportFormat;
  readonly document: string;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly legalBasis: string | null;
  readonly scenario: string | null;
  readonly unmask: boolean;
  readonly requestedAt: Date;
  readonly provenanceId: string;
}

export async function insertExport(
  transaction: Prisma.TransactionClient,
  { variables, ...rest }: NewExport,
): Promise<void> {
  // Read from JSON.
  await transaction.exportJob.create({ data: { ...rest, gaps: [], variables: variables as Prisma.InputJsonObject } });
}
