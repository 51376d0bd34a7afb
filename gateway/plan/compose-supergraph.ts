import { composeServices } from '@theguild/federation-composition';
import { parse, print } from 'graphql';
import { StartupProblem } from '../../subgraphs/kit/codes/startup-problem.ts';

/** A subgraph's contract as it takes part in the composition. */
export interface SubgraphContract {
  readonly name: string;
  readonly sdl: string;
  /** Written into the supergraph; engines of other makers read it, the hub itself asks its transports. */
  readonly url: string;
}

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
  const result = composeServices(contracts.map(({ name, sdl, url }) => ({ name, url, typeDefs: parse(sdl) })));
  if (result.errors !== undefined && result.errors.length > 0) {
    const findings = result.errors.map((error) => error.message).join('; ');
    throw new StartupProblem(
      `子图无法合成：${findings}。请先修正契约（schema/）。`,
      `The subgraphs do not compose: ${findings}. Mend the contracts first.`,
    );
  }
  if (result.supergraphSdl === undefined || result.publicSdl === undefined) {
    throw new Error('The composer returned neither a supergraph nor an error');
  }
  // The composer's own printing breaks lines inside arguments; what people review is printed by graphql-js.
  return { supergraphSdl: print(parse(result.supergraphSdl)), apiSdl: print(parse(result.publicSdl)) };
}
