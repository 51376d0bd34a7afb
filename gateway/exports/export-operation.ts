import {
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
  print,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import { operationParts, partsDocument } from '../operations/operation-parts.ts';
import type { ServedOperation } from '../operations/prepare.ts';

/** A query of one list as a query of one page of it, which is asked until there is none left. */
export interface ExportOperation {
  readonly text: string;
  /** Under which the page is found in the answer. */
  readonly responseKey: string;
  readonly columns: readonly ExportColumn[];
}

/** What the values of a column are; JSON for lists and for what may be of several types. */
export type ColumnKind = 'TEXT' | 'INTEGER' | 'NUMBER' | 'BOOLEAN' | 'JSON';

/** A value of a row that is no object. */
export interface ExportColumn {
  /** Response keys on the way to it. */
  readonly path: readonly string[];
  readonly kind: ColumnKind;
}

export const AFTER_VARIABLE = 'yiyunExportAfter';
const PAGE_SIZE = 100;

/** Why a document cannot be exported. */
export type ExportFault = 'NOT_ONE_LIST' | 'NO_NODES';

/** Makes the query of one page: as large as pages may be, after a cursor, with the cursor of the next. */
export function exportOperation(
  { document, operation }: ServedOperation,
  schema: GraphQLSchema,
): ExportOperation | ExportFault {
  const { fragments } = operationParts(document, operation);
  const roots = fieldsOf(operation.selectionSet, fragments);
  const [root] = roots;
  if (operation.operation !== OperationTypeNode.QUERY || root === undefined || roots.length > 1) return 'NOT_ONE_LIST';
  const field = schema.getQueryType()?.getFields()[root.name.value];
  const connection = getNamedType(field?.type);
  const takes = new Set(field?.args.map(({ name }) => name));
  if (!isObjectType(connection) || !takes.has('first') || !takes.has('after')) return 'NOT_ONE_LIST';
  const nodes = fieldsOf(root.selectionSet, fragments).filter(({ name }) => name.value === 'nodes');
  const rowType = getNamedType(connection.getFields().nodes?.type);
  if (nodes.length === 0 || !isObjectType(rowType)) return 'NO_NODES';
  const responseKey = root.alias?.value ?? root.name.value;
  const page: FieldNode = {
    ...root,
    arguments: [
      ...(root.arguments ?? []).filter(({ name }) => name.value !== 'first' && name.value !== 'after'),
      { kind: Kind.ARGUMENT, name: nameNode('first'), value: { kind: Kind.INT, value: String(PAGE_SIZE) } },
      { kind: Kind.ARGUMENT, name: nameNode('after'), value: variable(AFTER_VARIABLE) },
    ],
    selectionSet: {
      kind: Kind.SELECTION_SET,
      selections: [
        fieldNode('pageInfo', [fieldNode('hasNextPage'), fieldNode('endCursor')]),
        ...nodes.map(({ alias: _alias, ...node }) => node),
      ],
    },
  };
  const asked: OperationDefinitionNode = {
    ...operation,
    variableDefinitions: [
      ...(operation.variableDefinitions ?? []).filter(({ variable: { name } }) => name.value !== 'after'),
      {
        kind: Kind.VARIABLE_DEFINITION,
        variable: variable(AFTER_VARIABLE),
        type: { kind: Kind.NAMED_TYPE, name: nameNode('String') },
      },
    ],
    selectionSet: { kind: Kind.SELECTION_SET, selections: [page] },
  };
  const columns = nodes.flatMap((node) => columnsOf(node.selectionSet, rowType, schema, fragments));
  return { text: print(partsDocument({ ...operationParts(document, asked), operation: asked })), responseKey, columns };
}

const KINDS: Readonly<Record<string, ColumnKind>> = { Int: 'INTEGER', Float: 'NUMBER', Boolean: 'BOOLEAN' };

type Fragments = ReadonlyMap<string, FragmentDefinitionNode>;

/** Fields of a selection, those of its fragments included. */
function fieldsOf(set: SelectionSetNode | undefined, fragments: Fragments): FieldNode[] {
  return (set?.selections ?? []).flatMap((selection: SelectionNode) => {
    if (selection.kind === Kind.FIELD) return [selection];
    if (selection.kind === Kind.INLINE_FRAGMENT) return fieldsOf(selection.selectionSet, fragments);
    return fieldsOf(fragments.get(selection.name.value)?.selectionSet, fragments);
  });
}

/** One column for each value; lists and what may be of several types are one column each. */
function columnsOf(
  set: SelectionSetNode | undefined,
  type: GraphQLObjectType,
  schema: GraphQLSchema,
  fragments: Fragments,
): ExportColumn[] {
  const found = new Map<string, ExportColumn>();
  for (const field of fieldsOf(set, fragments)) {
    const key = field.alias?.value ?? field.name.value;
    const declared = type.getFields()[field.name.value]?.type;
    const named = getNamedType(declared);
    const isList = declared !== undefined && isListType(isNonNullType(declared) ? declared.ofType : declared);
    const below: readonly ExportColumn[] =
      field.selectionSet === undefined || isList || !isObjectType(named)
        ? [
            {
              path: [],
              kind: isList || field.selectionSet !== undefined ? 'JSON' : (KINDS[named?.name ?? ''] ?? 'TEXT'),
            },
          ]
        : columnsOf(field.selectionSet, named, schema, fragments);
    for (const { path, kind } of below) found.set([key, ...path].join('.'), { path: [key, ...path], kind });
  }
  return [...found.values()];
}

function nameNode(value: string) {
  return { kind: Kind.NAME as const, value };
}

function variable(name: string) {
  return { kind: Kind.VARIABLE as const, name: nameNode(name) };
}

function fieldNode(name: string, below?: readonly FieldNode[]): FieldNode {
  return {
    kind: Kind.FIELD,
    name: nameNode(name),
    ...(below === undefined ? {} : { selectionSet: { kind: Kind.SELECTION_SET, selections: [...below] } }),
  };
}
