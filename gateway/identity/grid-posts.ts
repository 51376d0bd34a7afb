import { validate } from 'graphql';
import { HUB_CALLER } from '../../subgraphs/kit/caller/caller.ts';
import { findCodeKey } from '../../subgraphs/kit/global-id.ts';
import { OperationTrace } from '../../subgraphs/kit/operation-trace.ts';
import { executableOperation } from '../execute/executable-operation.ts';
import type { Graph } from '../graph.ts';

const GRID_POSTS = executableOperation(
  'query GridPosts($workerId: ID!) { liveGridPosts(workerId: $workerId) { grid { id } } }',
);

/**
 * Finds the grids (15-digit codes) of a worker's live posts by asking the graph: no cache, so that a post that has
 * ended opens nothing any more. Throws when the graph cannot answer; a graph without such a field has no posts.
 */
export function gridPostsOf(graph: Pick<Graph, 'apiSchema' | 'executor'>): (workerId: string) => Promise<string[]> {
  if (validate(graph.apiSchema, GRID_POSTS.document).length > 0) return async () => [];
  return async (workerId) => {
    const { data, errors } = await graph.executor.execute({
      prepared: GRID_POSTS,
      variables: { workerId },
      caller: HUB_CALLER,
      trace: new OperationTrace(),
    });
    const [error] = errors ?? [];
    if (error !== undefined) throw error;
    const posts = (data?.liveGridPosts ?? []) as { grid: { id: string } | null }[];
    return posts.map(({ grid }) => findCodeKey('Grid', 15, grid?.id)).filter((code) => code !== undefined);
  };
}
