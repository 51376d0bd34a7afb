import { type GraphQLSchema, TypeInfo, visit, visitWithTypeInfo } from 'graphql';
import { type OperationParts, partsDocument } from './operation-parts.ts';

/**
 * `Type.field` of everything a valid operation selects, each once, sorted. A field selected on an interface counts
 * under the interface, as it was written; introspection does not count.
 */
export function touchedCoordinates(parts: OperationParts, schema: GraphQLSchema): string[] {
  const typeInfo = new TypeInfo(schema);
  const coordinates = new Set<string>();
  visit(
    partsDocument(parts),
    visitWithTypeInfo(typeInfo, {
      Field(node) {
        const parent = typeInfo.getParentType();
        const name = node.name.value;
        if (parent != null && !name.startsWith('__') && !parent.name.startsWith('__')) {
          coordinates.add(`${parent.name}.${name}`);
        }
      },
    }),
  );
  return [...coordinates].sort();
}
