import type { OperationTrace } from '../../../kit/operation-trace.ts';
import type { CatalogStore } from '../catalog-store.ts';
import { findVersionTexts, type VersionTexts } from '../versions/graph-release.ts';

/** The version that is to be served, with its contracts; null before the first. */
export function findLiveContracts(
  { pool }: Pick<CatalogStore, 'pool'>,
  trace: OperationTrace,
): Promise<VersionTexts | null> {
  trace.recordStatement('catalog', 'catalog.live_contracts');
  return findVersionTexts(pool);
}
