import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../subgraphs/kit/project-root.ts';
import type { ComposedGraph, SubgraphContract } from './compose-supergraph.ts';

/** Where the reviewed contracts lie. */
export const contractFolder: string = join(projectRoot, 'schema');

/**
 * The supergraph under `schema/`, when the contracts that run are exactly those it was composed from. Composing takes
 * longer than everything else at start; a test proves that the reviewed files are what composing gives.
 */
export function findReviewedSupergraph(
  contracts: readonly Pick<SubgraphContract, 'name' | 'sdl'>[],
): ComposedGraph | undefined {
  const supergraphSdl = readReviewed('supergraph');
  const apiSdl = readReviewed('api');
  if (supergraphSdl === undefined || apiSdl === undefined) return undefined;
  const composed = [...supergraphSdl.matchAll(/@join__graph\(name: "([^"]+)"/g)].map((match) => match[1]);
  const same =
    composed.length === contracts.length &&
    contracts.every(({ name, sdl }) => composed.includes(name) && readReviewed(name) === sdl);
  return same ? { supergraphSdl, apiSdl } : undefined;
}

/** A reviewed contract by its name below `schema/`. */
export function readReviewed(name: string): string | undefined {
  const path = join(contractFolder, `${name}.graphql`);
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
}
