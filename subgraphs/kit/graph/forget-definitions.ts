import { type GraphQLSchema, isEnumType, isInputObjectType, isInterfaceType, isObjectType } from 'graphql';

/**
 * Takes the syntax nodes off a schema that was built from code: only its contract was printed from them, and the cards on
 * them weigh as much as everything else of a subgraph.
 */
export function forgetDefinitions(schema: GraphQLSchema): void {
  for (const type of Object.values(schema.getTypeMap())) {
    forget(type);
    if (isObjectType(type) || isInterfaceType(type)) {
      for (const field of Object.values(type.getFields())) {
        forget(field);
        for (const argument of field.args) forget(argument);
      }
    } else if (isInputObjectType(type)) {
      for (const field of Object.values(type.getFields())) forget(field);
    } else if (isEnumType(type)) {
      for (const value of type.getValues()) forget(value);
    }
  }
}

function forget(part: { astNode?: unknown }): void {
  part.astNode = undefined;
}
