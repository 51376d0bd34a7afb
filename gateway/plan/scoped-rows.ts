import { type DocumentNode, type FieldDefinitionNode, Kind, type ObjectTypeDefinitionNode } from 'graphql';
import { ownText } from '../../subgraphs/kit/own-text.ts';
import { ACCESS_SUBJECT_FIELD } from './access-subjects.ts';
import { directiveArguments } from './directive-arguments.ts';

/** A type whose rows lie at places: only its owner knows who may see one. */
export interface ScopedRows {
  /** Name of the owner in plans, e.g. `PEOPLE`. */
  readonly ownerGraph: string;
  /** A plain field that only the owner has, refused to nobody where there is one: asking for it asks the owner. */
  readonly witness: string;
  /** Fields that only the owner has. */
  readonly ownFields: ReadonlySet<string>;
}

/**
 * The types with rows at places (`@rows`), by name, as the supergraph declares them.
 *
 * @throws Error when a type has no field that its owner could be asked for.
 */
export function readScopedRows(supergraph: DocumentNode): ReadonlyMap<string, ScopedRows> {
  const leaves = new Set(['String', 'Int', 'Float', 'Boolean', 'ID']);
  const types: ObjectTypeDefinitionNode[] = [];
  for (const definition of supergraph.definitions) {
    const isLeaf = definition.kind === Kind.SCALAR_TYPE_DEFINITION || definition.kind === Kind.ENUM_TYPE_DEFINITION;
    if (isLeaf) leaves.add(definition.name.value);
    else if (definition.kind === Kind.OBJECT_TYPE_DEFINITION) types.push(definition);
  }
  const found = new Map<string, ScopedRows>();
  for (const type of types) {
    const rows = directiveArguments(type.directives, 'rows');
    if (rows === undefined || rows.scope === 'REFERENCE') continue;
    const ownerGraph = String(rows.owner).toUpperCase().replaceAll(/\W/g, '_');
    const own = (type.fields ?? []).filter((field) => isOwn(field, ownerGraph, type));
    const visible = own.filter(({ name }) => name.value !== ACCESS_SUBJECT_FIELD);
    const plain = visible.filter((field) => leaves.has(namedLeaf(field)) && (field.arguments ?? []).length === 0);
    // Where every field needs a right, the owner is asked under that right: without it nothing of the row is shown.
    const isOpen = (field: FieldDefinitionNode) => directiveArguments(field.directives, 'card')?.right === undefined;
    // A field that may be empty would say nothing where an executor only sees its value.
    const certain = plain.filter(({ type: { kind } }) => kind === Kind.NON_NULL_TYPE);
    const witness = certain.find(isOpen) ?? certain[0] ?? plain.find(isOpen) ?? plain[0];
    if (witness === undefined)
      throw new Error(
        `${type.name.value} has no plain field of its owner ${ownerGraph}, without which nobody could ask for a row`,
      );
    const ownFields = new Set(own.map(({ name }) => ownText(name.value)));
    found.set(ownText(type.name.value), { ownerGraph, witness: ownText(witness.name.value), ownFields });
  }
  return found;
}

/** A field of a type that only one subgraph has carries no `@join__field`. */
function isOwn(field: FieldDefinitionNode, ownerGraph: string, type: ObjectTypeDefinitionNode): boolean {
  const joins = (field.directives ?? []).filter(({ name }) => name.value === 'join__field');
  const graphs = (joins.length > 0 ? joins : typeJoins(type)).map((join) => {
    const graph = join.arguments?.find(({ name }) => name.value === 'graph')?.value;
    return graph?.kind === Kind.ENUM ? graph.value : '';
  });
  return new Set(graphs).size === 1 && graphs[0] === ownerGraph;
}

function typeJoins(type: ObjectTypeDefinitionNode) {
  return (type.directives ?? []).filter(({ name }) => name.value === 'join__type');
}

/** Name of the field's type where it is no list; empty otherwise. */
function namedLeaf({ type }: FieldDefinitionNode): string {
  const inner = type.kind === Kind.NON_NULL_TYPE ? type.type : type;
  return inner.kind === Kind.NAMED_TYPE ? inner.name.value : '';
}
