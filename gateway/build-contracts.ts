import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { federateSchema } from '../subgraphs/kit/graph/federated-schema.ts';
import { subgraphs } from '../subgraphs/registry.ts';
import { builtContractFolder } from './plan/built-contract.ts';

/** The last step of a build: prints the contracts of the code that was bundled, so that no start has to. */
mkdirSync(builtContractFolder, { recursive: true });
for (const definition of subgraphs) {
  const { sdl } = federateSchema(definition.name, definition.buildSchema());
  writeFileSync(join(builtContractFolder, `${definition.name}.graphql`), sdl);
}
