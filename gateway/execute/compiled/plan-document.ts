import {
  type FieldNode,
  type GraphQLNamedType,
  getNamedType,
  type InlineFragmentNode,
  isAbstractType,
  isInterfaceType,
  isObjectType,
  Kind,
  print,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import { ACCESS_SUBJECT_FIELD } from '../../plan/access-subjects.ts';
import { CannotCompile } from './cannot-compile.ts';
import { isIncluded } from './choices.ts';
import { type OperationScope, planKey } from './operation-scope.ts';

const TYPENAME: FieldNode = fieldNode('__typename');
const ID: FieldNode = fieldNode('id');
const SUBJECT: FieldNode = fieldNode(ACCESS_SUBJECT_FIELD);
function fieldNode(name: string): FieldNode {
  return { kind: Kind.FIELD, name: { kind: Kind.NAME, value: name } };
}
function within(typeName: string, selection: SelectionNode): InlineFragmentNode {
  return {
    kind: Kind.INLINE_FRAGMENT,
    typeCondition: { kind: Kind.NAMED_TYPE, name: { kind: Kind.NAME, value: typeName } },
    selectionSet: { kind: Kind.SELECTION_SET, selections: [selection] },
  };
}
/** Fragments are written out for the planner; a document that grows beyond this is a bomb, or not worth planning. */
const MAX_SELECTIONS = 5_000;

/**
 * Writes the text that is planned instead of the client's own document: fragments written out, `@skip` and
 * `@include` carried out, no `__typename` but where projecting the answer needs one, no introspection. Undefined when
 * nothing is left to fetch.
 */
export function planText(scope: OperationScope, root: SelectionSetNode): string | undefined {
  const { operation, schema } = scope;
  const rootType = schema.getRootType(operation.operation);
  if (rootType == null) throw new CannotCompile('an operation without a root type');
  const selections = new PlanSelections(scope).below(root, rootType);
  if (selections.length === 0) return undefined;
  return print({
    kind: Kind.OPERATION_DEFINITION,
    operation: operation.operation,
    variableDefinitions: operation.variableDefinitions ?? [],
    selectionSet: { kind: Kind.SELECTION_SET, selections },
  });
}

class PlanSelections {
  readonly #scope: OperationScope;
  #count = 0;

  constructor(scope: OperationScope) {
    this.#scope = scope;
  }

  below(set: SelectionSetNode, parent: GraphQLNamedType): SelectionNode[] {
    const spreads = new Set<string>();
    const selections = set.selections.flatMap((selection) => {
      if (!isIncluded(selection.directives, this.#scope.choices)) return [];
      if (++this.#count > MAX_SELECTIONS) throw new CannotCompile('a document that is too long when written out');
      if (selection.kind === Kind.FIELD) return this.#field(selection, parent);
      if (selection.kind === Kind.INLINE_FRAGMENT) {
        return this.#fragment(selection.typeCondition?.name.value, selection.selectionSet, parent);
      }
      const { value: name } = selection.name;
      const fragment = this.#scope.fragments.get(name);
      if (fragment === undefined || spreads.has(name)) return [];
      spreads.add(name);
      return this.#fragment(fragment.typeCondition.name.value, fragment.selectionSet, parent);
    });
    return [...selections, ...this.#subjects(selections, parent)];
  }

  /** Asks whose data is read, where somebody's is, for the access log; on interfaces of any type. */
  #subjects(selections: readonly SelectionNode[], parent: GraphQLNamedType): SelectionNode[] {
    const { schema, subjectFields, supergraph } = this.#scope;
    const types = isAbstractType(parent) ? schema.getPossibleTypes(parent) : [parent];
    const read = types.filter(({ name }) => {
      const personal = subjectFields.get(name);
      return (
        personal !== undefined && selections.some((node) => node.kind === Kind.FIELD && personal.has(node.name.value))
      );
    });
    if (read.length === 0) return [];
    const isPlain = (node: SelectionNode) =>
      node.kind === Kind.FIELD && node.name.value === 'id' && node.alias === undefined;
    const hasId = (isObjectType(parent) || isInterfaceType(parent)) && parent.getFields().id !== undefined;
    const added: SelectionNode[] = hasId && !selections.some(isPlain) ? [ID] : [];
    for (const { name } of read) {
      if (!supergraph.accessSubjects.has(name)) continue;
      added.push(isAbstractType(parent) ? within(name, SUBJECT) : SUBJECT);
    }
    return added;
  }

  #field(node: FieldNode, parent: GraphQLNamedType): SelectionNode[] {
    const name = node.name.value;
    if (name.startsWith('__')) return [];
    if (!isObjectType(parent) && !isInterfaceType(parent)) throw new CannotCompile(`a field of ${parent.name}`);
    const field = parent.getFields()[name];
    if (field === undefined) throw new CannotCompile(`the field ${parent.name}.${name}`);
    const { alias: _alias, selectionSet, ...rest } = node;
    const key = planKey(this.#scope, node);
    const planned: FieldNode = {
      ...rest,
      directives: [],
      ...(key === name ? {} : { alias: { kind: Kind.NAME, value: key } }),
    };
    if (selectionSet === undefined) return [planned];
    const type = getNamedType(field.type);
    const selections = this.below(selectionSet, type);
    // Without any field, an object whose fields are all skipped could not be told from null.
    const isCertain = selections.some((selection) => selection.kind === Kind.FIELD);
    selections.unshift(...this.#witnesses(type, selections));
    if (isAbstractType(type) || !isCertain) selections.unshift(TYPENAME);
    return [{ ...planned, selectionSet: { kind: Kind.SELECTION_SET, selections } }];
  }

  /** Asks the owner of each row at a place for the row itself, where nothing selected asks it already. */
  #witnesses(type: GraphQLNamedType, selections: readonly SelectionNode[]): SelectionNode[] {
    const { schema, supergraph } = this.#scope;
    const rows = supergraph.scopedRows.get(type.name);
    if (rows !== undefined) {
      // Fields of the plan that bear the name of a field are that field: see `planKey`.
      const asked = selections.some(
        (selection) => selection.kind === Kind.FIELD && rows.ownFields.has(selection.name.value),
      );
      return asked ? [] : [fieldNode(rows.witness)];
    }
    if (!isAbstractType(type)) return [];
    return schema.getPossibleTypes(type).flatMap((possible): SelectionNode[] => {
      const witness = supergraph.scopedRows.get(possible.name)?.witness;
      if (witness === undefined) return [];
      return [within(possible.name, fieldNode(witness))];
    });
  }

  #fragment(condition: string | undefined, set: SelectionSetNode, parent: GraphQLNamedType): SelectionNode[] {
    const type = condition === undefined ? parent : this.#scope.schema.getType(condition);
    if (type === undefined) throw new CannotCompile(`the type ${condition}`);
    const selections = this.below(set, type);
    if (selections.length === 0) return [];
    if (type === parent) return selections;
    // The planner (0.0.38) asks for fields of several such fragments under the condition of one of them.
    if (this.#scope.supergraph.behindInterfaceObjects.has(type.name)) {
      throw new CannotCompile('a fragment behind an interface object');
    }
    return [
      {
        kind: Kind.INLINE_FRAGMENT,
        typeCondition: { kind: Kind.NAMED_TYPE, name: { kind: Kind.NAME, value: type.name } },
        selectionSet: { kind: Kind.SELECTION_SET, selections },
      },
    ];
  }
}
