import { createHash } from 'node:crypto';
import type { ComposedSdl } from '../../../kit/schema-check/schema-judgement.ts';
import type { CatalogTransaction } from '../department-system-rows.ts';
import type { VersionOrigin } from './version-rows.ts';

/** One subgraph's contract as a version holds it. */
export interface VersionContract {
  readonly graph: string;
  readonly sdl: string;
  /** Hash of what the code of the subgraph carries; null for an external one. */
  readonly codeHash: string | null;
  /** Where an external one is served. */
  readonly url: string | null;
}

export interface NewVersion extends ComposedSdl {
  readonly codeHash: string;
  readonly contracts: readonly VersionContract[];
  readonly origin: VersionOrigin;
  readonly proposalId?: string | undefined;
  readonly rolledBackTo?: number | undefined;
  readonly departmentCode: string;
  readonly clientId: string;
  readonly note?: string | null | undefined;
  readonly publishedAt: Date;
  readonly provenanceId?: string | undefined;
}

export function hashOf(sdl: string): string {
  return createHash('sha256').update(sdl).digest('hex');
}

/** Locks the head until the transaction ends, so that versions follow one another; its number, 0 before the first. */
export async function lockHead(transaction: CatalogTransaction): Promise<number> {
  await transaction.$executeRaw`INSERT INTO catalog.graph_head (id, number) VALUES (1, 0) ON CONFLICT DO NOTHING`;
  const [row] = await transaction.$queryRaw<{ number: number }[]>`
    SELECT number FROM catalog.graph_head WHERE id = 1 FOR UPDATE`;
  return row?.number ?? 0;
}

/** Keeps texts under their hashes; those that are there already stay. */
export async function keepTexts(transaction: CatalogTransaction, texts: readonly string[]): Promise<void> {
  const rows = [...new Set(texts)].map((sdl) => ({ hash: hashOf(sdl), sdl }));
  const known = await transaction.schemaText.findMany({
    where: { hash: { in: rows.map(({ hash }) => hash) } },
    select: { hash: true },
  });
  // Megabytes that are mostly there already.
  const missing = rows.filter(({ hash }) => !known.some((text) => text.hash === hash));
  await transaction.schemaText.createMany({ data: missing, skipDuplicates: true });
}

/** Makes a version the head, which the caller of this has locked at `head`. Returns its number. */
export async function insertVersion(
  transaction: CatalogTransaction,
  head: number,
  version: NewVersion,
): Promise<number> {
  const { supergraphSdl, apiSdl, contracts, ...columns } = version;
  const number = head + 1;
  await keepTexts(transaction, [supergraphSdl, apiSdl, ...contracts.map(({ sdl }) => sdl)]);
  await transaction.graphVersion.create({
    data: {
      number,
      codeHash: columns.codeHash,
      supergraphHash: hashOf(supergraphSdl),
      apiHash: hashOf(apiSdl),
      origin: columns.origin,
      proposalId: columns.proposalId ?? null,
      rolledBackTo: columns.rolledBackTo ?? null,
      departmentCode: columns.departmentCode,
      clientId: columns.clientId,
      note: columns.note ?? null,
      publishedAt: columns.publishedAt,
      provenanceId: columns.provenanceId ?? null,
    },
  });
  await transaction.graphVersionContract.createMany({
    data: contracts.map(({ graph, sdl, codeHash, url }) => ({ number, graph, hash: hashOf(sdl), codeHash, url })),
  });
  await transaction.graphHead.update({ where: { id: 1 }, data: { number } });
  return number;
}
