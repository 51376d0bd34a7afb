import type { OperationTrace } from '../../../kit/operation-trace.ts';
import type { ListDeclaration } from '../../../kit/store/keyset-list.ts';
import type { CatalogStore } from '../catalog-store.ts';
import type { CatalogTransaction } from '../department-system-rows.ts';

/** 受信清单: the documents of one version of a client's scenario. */
export interface ManifestRow {
  readonly clientId: string;
  readonly scenario: string;
  readonly version: string;
  /** SHA-256 of each document, hex, sorted. */
  readonly hashes: readonly string[];
  readonly registeredAt: Date;
  readonly retiredAt: Date | null;
}

export interface TrustedDocument {
  /** SHA-256 of the text, hex. */
  readonly hash: string;
  readonly name: string | null;
  readonly document: string;
}

/** Of one client, the newest first. */
export const manifestList: ListDeclaration<ManifestRow> = {
  name: 'catalog.operation_manifests',
  from: 'catalog.operation_manifest t',
  columns: `t.client_id AS "clientId", t.scenario, t.version, t.hashes, t.registered_at AS "registeredAt",
  t.retired_at AS "retiredAt"`,
  sorts: {
    NEWEST: {
      columns: [
        { expression: 't.registered_at', property: 'registeredAt', cast: 'timestamptz' },
        { expression: 't.scenario', property: 'scenario', cast: 'text' },
        { expression: 't.version', property: 'version', cast: 'text' },
      ],
      direction: 'DESC',
      filters: ['live', 'scenario'],
    },
  },
  filters: {
    live: (value) => `t.retired_at IS ${value === true ? '' : 'NOT '}NULL`,
    scenario: (value, values) => `t.scenario = $${values.push(value)}`,
  },
};

export async function findTrustedDocuments(
  store: CatalogStore,
  hashes: readonly string[],
  trace: OperationTrace,
): Promise<ReadonlyMap<string, TrustedDocument>> {
  const rows = await store.database.rows<TrustedDocument>(
    'trusted_documents',
    'SELECT t.hash, t.name, t.document FROM catalog.trusted_document t WHERE t.hash = ANY($1::text[])',
    [hashes],
    trace,
  );
  return new Map(rows.map((row) => [row.hash, row]));
}

export async function findTrustedText(store: CatalogStore, hash: string): Promise<string | null> {
  const found = await store.prisma.trustedDocument.findUnique({ where: { hash }, select: { document: true } });
  return found?.document ?? null;
}

/** Hashes of all that a client may run: what it registered without a version, and its live manifests. */
export async function findTrustedHashes(store: CatalogStore, clientId: string): Promise<string[]> {
  const rows = await store.prisma.$queryRaw<{ hash: string }[]>`
    SELECT hash FROM catalog.trusted_operation WHERE client_id = ${clientId}
     UNION SELECT unnest(hashes) FROM catalog.operation_manifest WHERE client_id = ${clientId} AND retired_at IS NULL`;
  return rows.map(({ hash }) => hash);
}

export async function keepTrustedDocuments(
  transaction: CatalogTransaction,
  documents: readonly TrustedDocument[],
  keptAt: Date,
): Promise<void> {
  await transaction.trustedDocument.createMany({
    data: documents.map(({ hash, name, document }) => ({ hash, name, document, keptAt })),
    skipDuplicates: true,
  });
}

export function findManifest(
  transaction: CatalogTransaction,
  key: { readonly clientId: string; readonly scenario: string; readonly version: string },
) {
  return transaction.operationManifest.findUnique({ where: { clientId_scenario_version: key } });
}

export async function insertManifest(transaction: CatalogTransaction, row: ManifestRow): Promise<void> {
  await transaction.operationManifest.create({ data: { ...row, hashes: [...row.hashes] } });
}

export async function retireManifest(
  transaction: CatalogTransaction,
  key: { readonly clientId: string; readonly scenario: string; readonly version: string },
  retiredAt: Date,
): Promise<void> {
  await transaction.operationManifest.update({ where: { clientId_scenario_version: key }, data: { retiredAt } });
}
