import type { Caller } from '../../../kit/caller/caller.ts';
import type { OperationTrace } from '../../../kit/operation-trace.ts';
import { inKeyOrder } from '../../../kit/subgraph-context.ts';
import type { ServicesStore } from '../services-store.ts';
import type { ServicesTransaction } from '../services-transaction.ts';
import { tableReader } from '../table-reader.ts';
import type { GuideMaterial } from './guide-material.ts';

export interface ServiceGuideRow {
  readonly id: string;
  readonly itemId: string;
  readonly version: number;
  readonly effectiveFrom: string;
  readonly conditions: string;
  readonly steps: readonly string[];
  readonly fee: string;
  readonly materials: readonly GuideMaterial[];
  readonly legalBasis: string;
  readonly basisConfirmed: boolean;
  readonly provenanceId: string;
}

const guideTable = tableReader<ServiceGuideRow>('service_guide', {
  ...{ id: true, itemId: true, version: true, effectiveFrom: 'date', conditions: true, steps: true, fee: true },
  ...{ materials: true, legalBasis: true, basisConfirmed: true, provenanceId: true },
});

export function findGuides(
  store: ServicesStore,
  ids: readonly string[],
  caller: Caller,
  trace: OperationTrace,
): Promise<(ServiceGuideRow | null)[]> {
  return guideTable.find(store, ids, caller, trace);
}

const COLUMNS = `g.id, g.item_id AS "itemId", g.version, g.effective_from::text AS "effectiveFrom", g.conditions, g.steps,
  g.fee, g.materials, g.legal_basis AS "legalBasis", g.basis_confirmed AS "basisConfirmed", g.provenance_id AS "provenanceId"`;

/** The versions of items' guides that are in force on a day. */
export async function findGuidesOfItems(
  store: ServicesStore,
  itemIds: readonly string[],
  on: string,
  trace: OperationTrace,
): Promise<(ServiceGuideRow | null)[]> {
  const rows = await store.database.rows<ServiceGuideRow>(
    'service_guide_of_items',
    `SELECT f.* FROM unnest($1::uuid[]) AS k(key)
       CROSS JOIN LATERAL (
         SELECT ${COLUMNS} FROM services.service_guide g WHERE g.item_id = k.key AND g.effective_from <= $2::date
          ORDER BY g.effective_from DESC LIMIT 1) f`,
    [itemIds, on],
    trace,
  );
  return inKeyOrder(itemIds, rows, (row) => row.itemId);
}

/** The version in force on a day, read inside a transaction that decides by it. */
export async function readGuideInForce(transaction: ServicesTransaction, itemId: string, on: string) {
  const row = await transaction.serviceGuide.findFirst({
    where: { itemId, effectiveFrom: { lte: new Date(on) } },
    orderBy: { effectiveFrom: 'desc' },
  });
  if (row === null) return null;
  // Written as a list of materials only, by the generator and by publishServiceGuide.
  return { ...row, materials: row.materials as unknown as GuideMaterial[] };
}

export async function insertGuide(
  transaction: ServicesTransaction,
  guide: Omit<ServiceGuideRow, 'version'>,
): Promise<number> {
  const { effectiveFrom, materials, steps, ...columns } = guide;
  const newest = await transaction.serviceGuide.findFirst({
    where: { itemId: guide.itemId },
    orderBy: { version: 'desc' },
    select: { version: true },
  });
  const version = (newest?.version ?? 0) + 1;
  await transaction.serviceGuide.create({
    data: {
      ...columns,
      ...{ version, effectiveFrom: new Date(effectiveFrom), steps: [...steps] },
      materials: materials.map((material) => ({ ...material })),
    },
  });
  return version;
}

/** The newest day from which a version of an item's guide is in force. */
export async function readNewestGuideDay(transaction: ServicesTransaction, itemId: string): Promise<string | null> {
  const newest = await transaction.serviceGuide.findFirst({
    where: { itemId },
    orderBy: { effectiveFrom: 'desc' },
    select: { effectiveFrom: true },
  });
  return newest?.effectiveFrom.toISOString().slice(0, 10) ?? null;
}
