import {
  type GraphQLSchema,
  getNamedType,
  isInputObjectType,
  isLeafType,
  TypeInfo,
  typeFromAST,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import { type OperationParts, partsDocument } from './operation-parts.ts';

/**
 * What a valid operation names beside its fields, each once, sorted, so that a change of the schema finds its documents
 * without parsing them:
 *
 * - `Query`, `Mutation` or `Subscription`: every operation has its root;
 * - `Type.field(argument:)`: arguments that it gives;
 * - `Input.field`: input fields that it writes out; `Input`, `Enum`: types of its variables;
 * - `Type`: what its fragments are on.
 */
export function touchedElements(parts: OperationParts, schema: GraphQLSchema): string[] {
  const typeInfo = new TypeInfo(schema);
  const elements = new Set<string>();
  const root = schema.getRootType(parts.operation.operation);
  if (root != null) elements.add(root.name);
  visit(
    partsDocument(parts),
    visitWithTypeInfo(typeInfo, {
      Argument(node) {
        const parent = typeInfo.getParentType();
        const field = typeInfo.getFieldDef();
        // Arguments of directives have none.
        if (typeInfo.getDirective() != null || parent == null || field == null || field.name.startsWith('__')) return;
        elements.add(`${parent.name}.${field.name}(${node.name.value}:)`);
      },
      ObjectField(node) {
        const input = getNamedType(typeInfo.getParentInputType());
        if (isInputObjectType(input)) elements.add(`${input.name}.${node.name.value}`);
      },
      VariableDefinition(node) {
        const type = getNamedType(typeFromAST(schema, node.type as never)); // any of its shapes, which it may be
        if (isInputObjectType(type) || isLeafType(type)) elements.add(type.name);
      },
      InlineFragment(node) {
        if (node.typeCondition !== undefined) elements.add(node.typeCondition.name.value);
      },
      FragmentDefinition(node) {
        elements.add(node.typeCondition.name.value);
      },
    }),
  );
  return [...elements].sort();
}
