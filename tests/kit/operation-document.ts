import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../subgraphs/kit/project-root.ts';

/** The text of an operation document below `schema/operations/`. */
export function operationDocument(name: string): string {
  return readFileSync(join(projectRoot, 'schema', 'operations', `${name}.graphql`), 'utf8');
}

/** The variables that stand beside it. */
export function operationVariables(name: string): Record<string, unknown> {
  return JSON.parse(
    readFileSync(join(projectRoot, 'schema', 'operations', `${name}.variables.json`), 'utf8'),
  ) as Record<string, unknown>;
}
