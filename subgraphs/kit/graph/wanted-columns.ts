import {
  type DocumentNode,
  type GraphQLSchema,
  getNamedType,
  isInterfaceType,
  isObjectType,
  Kind,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import type { WantedColumns } from '../store/column-set.ts';
import { fieldsBehind } from './fields-behind.ts';
import type { GraphExtensions } from './graph-plugin.ts';

/**
 * Which properties of the rows of each type a document's fields read. A type is left out, and so read whole, as soon as
 * one of its fields does not say what it reads. Undefined for mutations: their rules read rows, too.
 */
export function wantedColumns(schema: GraphQLSchema, document: DocumentNode): WantedColumns | undefined {
  const isQuery = document.definitions.every(
    (definition) => definition.kind !== Kind.OPERATION_DEFINITION || definition.operation === 'query',
  );
  if (!isQuery) return undefined;
  const wanted = new Map<string, Set<string>>();
  const whole = new Set<string>();
  const typeInfo = new TypeInfo(schema);
  const note = (typeName: string, reads: readonly string[] | undefined) => {
    if (reads === undefined) whole.add(typeName);
    const known = wanted.get(typeName);
    if (known === undefined) wanted.set(typeName, new Set(reads));
    else for (const name of reads ?? []) known.add(name);
  };
  visit(
    document,
    visitWithTypeInfo(typeInfo, {
      Field(node) {
        const parent = typeInfo.getParentType();
        const own = typeInfo.getType();
        // An object of which only `__typename` or fields of others are asked for is read all the same.
        const named = own == null ? undefined : getNamedType(own);
        if (isObjectType(named)) note(named.name, []);
        if (parent == null || node.name.value === '__typename') return;
        for (const { type, field } of fieldsBehind(schema, parent, node.name.value)) {
          note(type.name, (field.extensions as GraphExtensions).reads);
        }
      },
      InlineFragment() {
        const type = typeInfo.getType();
        if (isObjectType(type)) note(type.name, []);
        else if (isInterfaceType(type)) for (const possible of schema.getPossibleTypes(type)) note(possible.name, []);
      },
    }),
  );
  for (const name of whole) wanted.delete(name);
  return wanted.size === 0 ? undefined : (wanted as ReadonlyMap<string, ReadonlySet<string>>);
}
