import { composeServices } from '@theguild/federation-composition';
import { parse, print } from 'graphql';
import { type CompositionError, compositionFindings } from './composition-finding.ts';
import type { ComposedSdl } from './schema-judgement.ts';

/** A subgraph's contract as it takes part in the composition. */
export interface ComposedContract {
  readonly name: string;
  readonly sdl: string;
  /** Written into the supergraph; engines of other makers read it, the hub itself asks its transports. */
  readonly url: string;
}

/** The composer's own texts, or everything that keeps the contracts from fitting together. */
export type Composition =
  | { readonly supergraphSdl: string; readonly publicSdl: string }
  | { readonly findings: readonly string[] };

/** Composes contracts into one supergraph (Federation 2). A contract that is no SDL is a finding like any other. */
export function composeGraph(contracts: readonly ComposedContract[]): Composition {
  const unreadable: CompositionError[] = [];
  const services = contracts.flatMap(({ name, sdl, url }) => {
    try {
      return [{ name, url, typeDefs: parse(sdl) }];
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      unreadable.push({ message, extensions: { code: 'INVALID_GRAPHQL', subgraphName: name } });
      return [];
    }
  });
  if (unreadable.length > 0) return { findings: compositionFindings(unreadable) };
  const { errors = [], supergraphSdl, publicSdl } = composeServices(services);
  if (errors.length > 0) return { findings: compositionFindings(errors) };
  if (supergraphSdl === undefined || publicSdl === undefined) {
    throw new Error('The composer returned neither a supergraph nor an error');
  }
  return { supergraphSdl, publicSdl };
}

/** The composer's own printing breaks lines inside arguments; what people review is printed by graphql-js. */
export function printComposed({
  supergraphSdl,
  publicSdl,
}: Extract<Composition, { supergraphSdl: string }>): ComposedSdl {
  return { supergraphSdl: print(parse(supergraphSdl)), apiSdl: print(parse(publicSdl)) };
}
