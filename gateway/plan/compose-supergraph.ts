import { StartupProblem } from '../../subgraphs/kit/codes/startup-problem.ts';
import { type ComposedContract, composeGraph, printComposed } from '../../subgraphs/kit/schema-check/compose-graph.ts';
import type { ComposedSdl } from '../../subgraphs/kit/schema-check/schema-judgement.ts';

export type SubgraphContract = ComposedContract;

export type ComposedGraph = ComposedSdl;

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
  return printComposed(result);
}
