import { federateSchema } from '../subgraphs/kit/graph/federated-schema.ts';
import { nominalUrl } from '../subgraphs/kit/schema-check/nominal-url.ts';
import { subgraphs } from '../subgraphs/registry.ts';
import { composeSupergraph } from './plan/compose-supergraph.ts';

/** The contracts as the code makes them, by file name below `schema/`. */
export function printContracts(): Record<string, string> {
  const contracts = subgraphs
    .map((definition) => ({
      name: definition.name,
      url: nominalUrl(definition.name),
      sdl: federateSchema(definition.name, definition.buildSchema()).sdl,
    }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  const { supergraphSdl, apiSdl } = composeSupergraph(contracts);
  return {
    ...Object.fromEntries(contracts.map(({ name, sdl }) => [`${name}.graphql`, sdl])),
    'supergraph.graphql': endWithNewline(supergraphSdl),
    'api.graphql': endWithNewline(apiSdl),
  };
}

function endWithNewline(text: string): string {
  return `${text.trim()}\n`;
}
