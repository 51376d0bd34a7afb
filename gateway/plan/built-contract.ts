import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isBundled } from '../../subgraphs/kit/is-bundled.ts';
import { projectRoot } from '../../subgraphs/kit/project-root.ts';

/** Where the build leaves the contracts that the bundled programs print. */
export const builtContractFolder: string = join(projectRoot, 'dist', 'contracts');

/** The contract of a subgraph as the running bundle would print it; undefined when the program runs from its sources. */
export function findBuiltContract(subgraph: string): string | undefined {
  if (!isBundled) return undefined;
  const path = join(builtContractFolder, `${subgraph}.graphql`);
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
}
