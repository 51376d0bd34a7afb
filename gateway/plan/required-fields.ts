import {
  type DocumentNode,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  isCompositeType,
  isObjectType,
  Kind,
  parse,
  type SelectionSetNode,
} from 'graphql';

/**
 * `@requires`: fields that a subgraph is given to resolve another one, by the coordinate that a client selects. Reading
 * what is made of a protected field is reading that field.
 */
export function readRequiredFields(
  supergraph: DocumentNode,
  apiSchema: GraphQLSchema,
): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const definition of supergraph.definitions) {
    if (definition.kind !== Kind.OBJECT_TYPE_DEFINITION) continue;
    for (const field of definition.fields ?? []) {
      for (const { name, arguments: given = [] } of field.directives ?? []) {
        if (name.value !== 'join__field') continue;
        const requires = given.find((argument) => argument.name.value === 'requires')?.value;
        if (requires?.kind !== Kind.STRING) continue;
        const coordinate = `${definition.name.value}.${field.name.value}`;
        const selected = selectedCoordinates(requires.value, definition.name.value, apiSchema);
        found.set(coordinate, [...(found.get(coordinate) ?? []), ...selected]);
      }
    }
  }
  return found;
}

function selectedCoordinates(fields: string, typeName: string, schema: GraphQLSchema): string[] {
  const document = parse(`{ ${fields} }`, { noLocation: true });
  const [operation] = document.definitions;
  if (operation?.kind !== Kind.OPERATION_DEFINITION) return [];
  const found: string[] = [];
  const walk = (set: SelectionSetNode, name: string) => {
    const type = schema.getType(name);
    for (const selection of set.selections) {
      if (selection.kind === Kind.INLINE_FRAGMENT)
        walk(selection.selectionSet, selection.typeCondition?.name.value ?? name);
      if (selection.kind !== Kind.FIELD) continue;
      found.push(`${name}.${selection.name.value}`);
      if (selection.selectionSet === undefined || !isObjectType(type)) continue;
      const inner: GraphQLOutputType | undefined = type.getFields()[selection.name.value]?.type;
      if (inner !== undefined && isCompositeType(getNamedType(inner)))
        walk(selection.selectionSet, getNamedType(inner).name);
    }
  };
  walk(operation.selectionSet, typeName);
  return found;
}
