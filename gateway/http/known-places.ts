import { validate } from 'graphql';
import { HUB_CALLER } from '../../subgraphs/kit/caller/caller.ts';
import { OperationTrace } from '../../subgraphs/kit/operation-trace.ts';
import type { FindKnownPlaces } from '../../subgraphs/kit/store/ingest/stage-checks.ts';
import { executableOperation } from '../execute/executable-operation.ts';
import type { Graph } from '../graph.ts';

const KNOWN_PLACES = executableOperation('query KnownPlaces($codes: [String!]!) { knownPlaceCodes(codes: $codes) }');

/** Asks the graph which place codes the territory has; throws when it cannot answer, or has no such field. */
export function knownPlacesOf(graph: Pick<Graph, 'apiSchema' | 'executor'>): FindKnownPlaces {
  return async (codes) => {
    const [fault] = validate(graph.apiSchema, KNOWN_PLACES.document);
    if (fault !== undefined) throw fault;
    const { data, errors } = await graph.executor.execute({
      prepared: KNOWN_PLACES,
      variables: { codes },
      caller: HUB_CALLER,
      trace: new OperationTrace(),
    });
    const [error] = errors ?? [];
    if (error !== undefined) throw error;
    return new Set((data?.knownPlaceCodes ?? []) as string[]); // as the field's type says
  };
}
