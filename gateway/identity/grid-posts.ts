import { type GraphQLSchema, Kind, type OperationDefinitionNode, parse, validate } from 'graphql';
import { HUB_CALLER } from '../../subgraphs/kit/caller.ts';
import { findCodeKey } from '../../subgraphs/kit/global-id.ts';
import { OperationTrace } from '../../subgraphs/kit/operation-trace.ts';
import type { Graph } from '../graph.ts';
import type { PreparedOperation } from '../operations/prepared-operation.ts';

const DOCUMENT = parse('query GridPosts($workerId: ID!) { liveGridPosts(workerId: $workerId) { grid { id } } }');

/**
 * Finds the grids (15-digit codes) of a worker's live posts by asking the graph: no cache, so that a post that has
 * ended opens nothing any more. Throws when the graph cannot answer; a graph without such a field has no posts.
 */
export function gridPostsOf(graph: Pick<Graph, 'apiSchema' | 'executor'>): (workerId: string) => Promise<string[]> {
  if (!isServed(graph.apiSchema)) return async () => [];
  const operation = DOCUMENT.definitions[0] as OperationDefinitionNode;
  const prepared: PreparedOperation = {
    hash: 'hub/grid-posts',
    document: DOCUMENT,
    operation,
    operationName: operation.name?.value,
    normalisedText: '',
    coordinates: [],
    protectedArguments: [],
    cost: () => 0,
  };
  return async (workerId) => {
    const { data, errors } = await graph.executor.execute({
      prepared,
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

function isServed(schema: GraphQLSchema): boolean {
  return DOCUMENT.definitions[0]?.kind === Kind.OPERATION_DEFINITION && validate(schema, DOCUMENT).length === 0;
}
