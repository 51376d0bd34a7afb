import { parse, print } from 'graphql';
import { StartupProblem } from '../../subgraphs/kit/codes/startup-problem.ts';
import { type ComposedContract, composeGraph } from '../../subgraphs/kit/schema-check/compose-graph.ts';

export type SubgraphContract = ComposedContract;

export interface ComposedGraph {
  readonly supergraphSdl: string;
  /** What clients see, as SDL without federation machinery. */
  readonly apiSdl: string;
}

/**
 * Composes the contracts into one supergraph (Federation 2). Throws a StartupProblem that lists every finding when
 * they do not fit together.
 */
export function composeSupergraph(contracts: readonly SubgraphContract[]): ComposedGraph {
  const result = composeGraph(contracts);
  if ('findings' in result) {
    const findings = result.findings.join('; ');
    throw new StartupProblem(
      `子图无法合成：${findings}。请先修正契约（schema/）。`,
      `The subgraphs do not compose: ${findings}. Mend the contracts first.`,
    );
  }
  // The composer's own printing breaks lines inside arguments; what people review is printed by graphql-js.
  return { supergraphSdl: print(parse(result.supergraphSdl)), apiSdl: print(parse(result.publicSdl)) };
}
