import {
  type ConstDirectiveNode,
  type DocumentNode,
  type FieldDefinitionNode,
  type InputValueDefinitionNode,
  Kind,
  print,
  type TypeDefinitionNode,
  valueFromASTUntyped,
} from 'graphql';

export type PartKind = 'TYPE' | 'FIELD' | 'ARGUMENT' | 'INPUT_FIELD' | 'ENUM_VALUE';

/** One nameable part of a schema with what a reviewer looks at. */
export interface SchemaPart {
  readonly kind: PartKind;
  readonly coordinate: string;
  readonly name: string;
  readonly description: string;
  /** Printed type; empty for types and enum values. */
  readonly type: string;
  /** Arguments of `@card`; undefined without one. */
  readonly card: Readonly<Record<string, unknown>> | undefined;
  /** Undefined when it is not deprecated. */
  readonly deprecationReason: string | undefined;
  /** Kind of the definition, for types: object, input, enum … */
  readonly definition: TypeDefinitionNode['kind'] | undefined;
}

/** Every part of a schema by its coordinate. */
export function schemaParts(document: DocumentNode): ReadonlyMap<string, SchemaPart> {
  const parts = new Map<string, SchemaPart>();
  for (const definition of document.definitions) {
    if (!isTypeDefinition(definition)) continue;
    const type = definition.name.value;
    add(parts, 'TYPE', type, definition, '', definition.kind);
    if (definition.kind === Kind.ENUM_TYPE_DEFINITION) {
      for (const value of definition.values ?? []) add(parts, 'ENUM_VALUE', `${type}.${value.name.value}`, value, '');
    } else if (definition.kind === Kind.INPUT_OBJECT_TYPE_DEFINITION) {
      for (const field of definition.fields ?? []) addTyped(parts, 'INPUT_FIELD', `${type}.${field.name.value}`, field);
    } else if (definition.kind === Kind.OBJECT_TYPE_DEFINITION || definition.kind === Kind.INTERFACE_TYPE_DEFINITION) {
      for (const field of definition.fields ?? []) {
        const coordinate = `${type}.${field.name.value}`;
        addTyped(parts, 'FIELD', coordinate, field);
        for (const argument of field.arguments ?? []) {
          addTyped(parts, 'ARGUMENT', `${coordinate}(${argument.name.value}:)`, argument);
        }
      }
    }
  }
  return parts;
}

type Described = {
  readonly name: { readonly value: string };
  readonly description?: { readonly value: string } | undefined;
  readonly directives?: readonly ConstDirectiveNode[] | undefined;
};

function addTyped(
  parts: Map<string, SchemaPart>,
  kind: PartKind,
  coordinate: string,
  node: FieldDefinitionNode | InputValueDefinitionNode,
): void {
  add(parts, kind, coordinate, node, print(node.type));
}

function add(
  parts: Map<string, SchemaPart>,
  kind: PartKind,
  coordinate: string,
  node: Described,
  type: string,
  definition?: TypeDefinitionNode['kind'],
): void {
  const deprecated = argumentsOf(node.directives, 'deprecated');
  parts.set(coordinate, {
    kind,
    coordinate,
    name: node.name.value,
    description: node.description?.value ?? '',
    type,
    card: argumentsOf(node.directives, 'card'),
    deprecationReason: deprecated === undefined ? undefined : String(deprecated.reason ?? ''),
    definition,
  });
}

function argumentsOf(directives: readonly ConstDirectiveNode[] | undefined, name: string) {
  const directive = directives?.find((candidate) => candidate.name.value === name);
  if (directive === undefined) return undefined;
  const given = [...(directive.arguments ?? [])].sort((a, b) => (a.name.value < b.name.value ? -1 : 1));
  return Object.fromEntries(given.map(({ name: { value }, value: node }) => [value, valueFromASTUntyped(node)]));
}

function isTypeDefinition(node: DocumentNode['definitions'][number]): node is TypeDefinitionNode {
  return node.kind.endsWith('TypeDefinition') && 'name' in node;
}
