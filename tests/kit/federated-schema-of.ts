import { type FederatedSchema, federateSchema } from '../../subgraphs/kit/graph/federated-schema.ts';
import type { SubgraphDefinition } from '../../subgraphs/kit/subgraph-definition.ts';

const schemas = new WeakMap<object, FederatedSchema>();

/** The schema of a subgraph, which depends on nothing but the code: made once per worker. */
export function federatedSchemaOf<Store>(definition: SubgraphDefinition<Store>): FederatedSchema {
  const known = schemas.get(definition);
  if (known !== undefined) return known;
  const made = federateSchema(definition.name, definition.buildSchema());
  schemas.set(definition, made);
  return made;
}
