import {
  type DocumentNode,
  GraphQLError,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  isInterfaceType,
  isObjectType,
  Kind,
  type SelectionSetNode,
} from 'graphql';
import { departments, isDepartmentCode } from '../../subgraphs/kit/codes/departments.ts';
import { fragmentsByName } from '../operations/operation-parts.ts';
import type { ServedOperation } from '../operations/prepare.ts';
import { directiveArguments } from '../plan/directive-arguments.ts';

/**
 * Names the department whose data is missing in errors that a failing subgraph has left: by the card of the field at
 * the error's path, or, where that field only leads to an object, by the cards of what it leads to.
 */
export function nameFailingDepartments(
  errors: readonly GraphQLError[],
  { apiSchema: schema, document, operation }: Pick<ServedOperation, 'apiSchema' | 'document' | 'operation'>,
): readonly GraphQLError[] {
  return errors.map((error) => {
    const { extensions, message, path } = error;
    if (typeof extensions.subgraph !== 'string' || path === undefined) return error;
    const field = fieldAt(path, operation.selectionSet, schema.getRootType(operation.operation), schema, document);
    const department = field === undefined ? undefined : departmentOf(field);
    if (department === undefined) return error;
    const { zh, en } = departments[department];
    return new GraphQLError(message, {
      path,
      extensions: { ...extensions, department, departmentZh: zh, departmentEn: en },
    });
  });
}

type AnyField = GraphQLField<unknown, unknown>;

function fieldAt(
  path: readonly (string | number)[],
  selectionSet: SelectionSetNode,
  root: GraphQLNamedType | null | undefined,
  schema: GraphQLSchema,
  document: DocumentNode,
): AnyField | undefined {
  const fragments = fragmentsByName(document);
  let found: AnyField | undefined;
  let selections: Found[] = [{ type: root, selectionSet }];
  for (const key of path) {
    if (typeof key === 'number') continue;
    const fields = selections.flatMap((selection) => fieldsOf(selection, key));
    if (fields[0] === undefined) return found;
    found = fields[0].field;
    selections = fields.flatMap(({ field, selectionSet: below }) =>
      below === undefined ? [] : [{ type: getNamedType(field.type), selectionSet: below }],
    );
  }
  return found;

  interface Found {
    readonly type: GraphQLNamedType | null | undefined;
    readonly selectionSet: SelectionSetNode;
  }

  /** All fields that answer under a name: fragments may ask it of several types. */
  function fieldsOf(
    { type, selectionSet: selected }: Found,
    key: string,
  ): { readonly field: AnyField; readonly selectionSet: SelectionSetNode | undefined }[] {
    return selected.selections.flatMap((selection) => {
      if (selection.kind === Kind.FIELD) {
        const { alias, name, selectionSet: below } = selection;
        const field = isObjectType(type) || isInterfaceType(type) ? type.getFields()[name.value] : undefined;
        return field === undefined || (alias ?? name).value !== key ? [] : [{ field, selectionSet: below }];
      }
      const part = selection.kind === Kind.FRAGMENT_SPREAD ? fragments.get(selection.name.value) : selection;
      if (part === undefined) return [];
      const condition = part.typeCondition?.name.value;
      return fieldsOf(
        { type: condition === undefined ? type : schema.getType(condition), selectionSet: part.selectionSet },
        key,
      );
    });
  }
}

function departmentOf(field: AnyField): keyof typeof departments | undefined {
  const own = sourceOf(field);
  if (own !== undefined) return own;
  const type = getNamedType(field.type);
  if (!isObjectType(type) && !isInterfaceType(type)) return undefined;
  for (const below of Object.values(type.getFields())) {
    const source = sourceOf(below);
    if (source !== undefined) return source;
    // A connection leads to its nodes.
    if (below.name === 'nodes') return departmentOf(below);
  }
  return undefined;
}

/** The source of a field that is data; keys and connections are the graph's own. */
function sourceOf({ astNode }: AnyField): keyof typeof departments | undefined {
  const card = directiveArguments(astNode?.directives, 'card');
  if (card === undefined || card.category === 'GRAPH') return undefined;
  return typeof card.source === 'string' && isDepartmentCode(card.source) ? card.source : undefined;
}
