import {
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
  isAbstractType,
  isObjectType,
} from 'graphql';
import type { SubgraphContext } from '../subgraph-context.ts';

/** The fields of object types that a selection of a name on a type comes by: of an abstract type, those of all that it may be. */
export function fieldsBehind(
  schema: GraphQLSchema,
  parent: GraphQLCompositeType,
  name: string,
): { readonly type: GraphQLObjectType; readonly field: GraphQLField<unknown, SubgraphContext> }[] {
  const types = isAbstractType(parent) ? schema.getPossibleTypes(parent) : [parent];
  return types.flatMap((type) => {
    const field = isObjectType(type) ? type.getFields()[name] : undefined;
    return field === undefined ? [] : [{ type: type as GraphQLObjectType, field }];
  });
}
