import {
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  isInputObjectType,
  isInterfaceType,
  isIntrospectionType,
  isObjectType,
  Kind,
  parse,
} from 'graphql';
import type { ExampleOperation } from '../../operations/example-operation.ts';

export type RootKind = 'query' | 'mutation' | 'subscription';
export const ROOT_KINDS: readonly RootKind[] = ['query', 'mutation', 'subscription'];

export interface Operation {
  readonly kind: RootKind;
  /** `Query.persons`. */
  readonly coordinate: string;
  readonly field: GraphQLField<unknown, unknown>;
  /** Documents below `schema/operations/` that ask it. */
  readonly examples: readonly ExampleOperation[];
}

/** What the pages need to know of a graph beyond its types: its operations with their examples, and who uses what. */
export class DocumentedSchema {
  readonly schema: GraphQLSchema;
  readonly types: readonly GraphQLNamedType[];
  readonly operations: readonly Operation[];
  readonly examples: readonly ExampleOperation[];
  /** Coordinates of fields, arguments and input fields of a type, by its name. */
  readonly usedBy: ReadonlyMap<string, readonly string[]>;

  constructor(schema: GraphQLSchema, examples: readonly ExampleOperation[]) {
    this.schema = schema;
    this.examples = examples;
    this.types = Object.values(schema.getTypeMap())
      .filter((type) => !isIntrospectionType(type))
      .sort((a, b) => (a.name < b.name ? -1 : 1));
    const byField = examplesByField(examples);
    this.operations = ROOT_KINDS.flatMap((kind) => {
      const root = rootOf(schema, kind);
      return Object.values(root?.getFields() ?? {})
        .sort((a, b) => (a.name < b.name ? -1 : 1))
        .map((field) => ({
          kind,
          coordinate: `${root?.name}.${field.name}`,
          field,
          examples: byField.get(`${kind} ${field.name}`) ?? [],
        }));
    });
    this.usedBy = uses(this.types);
  }
}

export function rootOf(schema: GraphQLSchema, kind: RootKind) {
  if (kind === 'query') return schema.getQueryType();
  return kind === 'mutation' ? schema.getMutationType() : schema.getSubscriptionType();
}

function examplesByField(examples: readonly ExampleOperation[]): ReadonlyMap<string, ExampleOperation[]> {
  const found = new Map<string, ExampleOperation[]>();
  for (const example of examples) {
    const keys = new Set<string>();
    for (const definition of parse(example.document, { noLocation: true }).definitions) {
      if (definition.kind !== Kind.OPERATION_DEFINITION) continue;
      for (const selection of definition.selectionSet.selections) {
        if (selection.kind === Kind.FIELD) keys.add(`${definition.operation} ${selection.name.value}`);
      }
    }
    for (const key of keys) found.set(key, [...(found.get(key) ?? []), example]);
  }
  return found;
}

function uses(types: readonly GraphQLNamedType[]): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  const note = (type: GraphQLNamedType, coordinate: string) => {
    const known = found.get(type.name);
    if (known === undefined) found.set(type.name, [coordinate]);
    else known.push(coordinate);
  };
  for (const type of types) {
    if (isInputObjectType(type)) {
      for (const field of Object.values(type.getFields()) as GraphQLInputField[]) {
        note(getNamedType(field.type), `${type.name}.${field.name}`);
      }
    }
    if (!isObjectType(type) && !isInterfaceType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      note(getNamedType(field.type), `${type.name}.${field.name}`);
      for (const argument of field.args) {
        note(getNamedType(argument.type), `${type.name}.${field.name}(${argument.name}:)`);
      }
    }
  }
  return found;
}
