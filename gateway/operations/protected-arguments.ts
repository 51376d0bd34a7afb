import {
  type GraphQLInputType,
  type GraphQLSchema,
  getNamedType,
  isInputObjectType,
  Kind,
  TypeInfo,
  typeFromAST,
  type VariableDefinitionNode,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import { type OperationParts, partsDocument } from './operation-parts.ts';

/** Which protected arguments and input fields an operation gives a value to. */
export interface ProtectedArguments {
  /** Known from the document alone, sorted: given as literals, or as variables of their own. */
  readonly inDocument: readonly string[];
  /** The first one that these (coerced) variables give a value to inside an input object. */
  findInVariables(variables: Readonly<Record<string, unknown>>): string | undefined;
}

/**
 * Finds the use of protected inputs.
 *
 * @param protectedInputs coordinates such as `Query.personByCitizenId(citizenId:)` and `PeopleFilter.namePinyinPrefix`.
 */
export function findProtectedArguments(
  parts: OperationParts,
  schema: GraphQLSchema,
  protectedInputs: ReadonlySet<string>,
): ProtectedArguments {
  const typeInfo = new TypeInfo(schema);
  const found = new Set<string>();
  visit(
    partsDocument(parts),
    visitWithTypeInfo(typeInfo, {
      Argument(node) {
        if (node.value.kind === Kind.NULL) return;
        const field = typeInfo.getFieldDef()?.name;
        const coordinate = `${typeInfo.getParentType()?.name}.${field}(${node.name.value}:)`;
        if (typeInfo.getDirective() == null && protectedInputs.has(coordinate)) found.add(coordinate);
      },
      ObjectField(node) {
        if (node.value.kind === Kind.NULL) return;
        const parent = typeInfo.getParentInputType();
        const coordinate = `${parent == null ? '' : getNamedType(parent).name}.${node.name.value}`;
        if (protectedInputs.has(coordinate)) found.add(coordinate);
      },
    }),
  );
  const carriers = (parts.operation.variableDefinitions ?? []).flatMap((definition) => {
    const type = variableType(definition, schema);
    return type !== undefined && isInputObjectType(getNamedType(type))
      ? [{ name: definition.variable.name.value, type }]
      : [];
  });
  return {
    inDocument: [...found].sort(),
    findInVariables(variables) {
      for (const { name, type } of carriers) {
        const coordinate = findInValue(variables[name], type, protectedInputs);
        if (coordinate !== undefined) return coordinate;
      }
      return undefined;
    },
  };
}

function variableType(definition: VariableDefinitionNode, schema: GraphQLSchema): GraphQLInputType | undefined {
  // A valid operation declares its variables with input types only.
  return typeFromAST(schema, definition.type) as GraphQLInputType | undefined;
}

function findInValue(value: unknown, type: GraphQLInputType, protectedInputs: ReadonlySet<string>): string | undefined {
  if (value == null) return undefined;
  if (Array.isArray(value)) {
    for (const element of value) {
      const coordinate = findInValue(element, type, protectedInputs);
      if (coordinate !== undefined) return coordinate;
    }
    return undefined;
  }
  const named = getNamedType(type);
  if (!isInputObjectType(named) || typeof value !== 'object') return undefined;
  for (const field of Object.values(named.getFields())) {
    const inner = (value as Record<string, unknown>)[field.name]; // a coerced input object is keyed by its fields
    if (inner == null) continue;
    const coordinate = `${named.name}.${field.name}`;
    if (protectedInputs.has(coordinate)) return coordinate;
    const below = findInValue(inner, field.type, protectedInputs);
    if (below !== undefined) return below;
  }
  return undefined;
}
