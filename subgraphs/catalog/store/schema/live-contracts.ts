import type { OperationTrace } from '../../../kit/operation-trace.ts';
import type { CatalogStore } from '../catalog-store.ts';

export interface LiveContracts {
  readonly supergraphSdl: string;
  readonly contracts: readonly { readonly name: string; readonly sdl: string }[];
}

/** The contracts that are served: the newest supergraph and the newest version of each subgraph that it was made of. */
export async function findLiveContracts(
  { database }: Pick<CatalogStore, 'database'>,
  trace: OperationTrace,
): Promise<LiveContracts | null> {
  const rows = await database.rows<{ graph: string; sdl: string }>(
    'catalog.live_contracts',
    'SELECT DISTINCT ON (graph) graph, sdl FROM catalog.schema_version ORDER BY graph, published_at DESC, id DESC',
    [],
    trace,
  );
  const supergraphSdl = rows.find(({ graph }) => graph === 'supergraph')?.sdl;
  if (supergraphSdl === undefined) return null;
  const composed = new Set([...supergraphSdl.matchAll(/@join__graph\(name: "([^"]+)"/g)].map((match) => match[1]));
  const contracts = rows.filter(({ graph }) => composed.has(graph)).map(({ graph, sdl }) => ({ name: graph, sdl }));
  return contracts.length === composed.size ? { supergraphSdl, contracts } : null;
}
