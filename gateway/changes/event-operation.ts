import {
  type FieldNode,
  type GraphQLSchema,
  getArgumentValues,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
  print,
  type SelectionSetNode,
  visit,
} from 'graphql';
import { operationParts, partsDocument } from '../operations/operation-parts.ts';
import type { ServedOperation } from '../operations/prepare.ts';

/** A subscription as a query of one change, which is what each event is answered with. */
export interface EventOperation {
  readonly text: string;
  /** Under which the change is found in the answer. */
  readonly responseKey: string;
  /** What the client wants to be told of. */
  argumentsOf(variables: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>>;
}

/** Filled in for each event. */
export const CURSOR_VARIABLE = 'yiyunChangeCursor';

/**
 * Every subscription field `<name>d` has a query field `<name>(cursor:)` with the same type: the change at a cursor. So
 * an event is answered by the executor like any query, under the rights of the moment, in whatever subgraphs it takes.
 * Arguments that both have are handed on.
 *
 * @throws Error when the schema has no such query field.
 */
export function eventOperation({ document, operation }: ServedOperation, schema: GraphQLSchema): EventOperation {
  const { fragments } = operationParts(document, operation);
  const fields: FieldNode[] = [];
  const collect = ({ selections }: SelectionSetNode): void => {
    for (const selection of selections) {
      if (selection.kind === Kind.FIELD) fields.push(selection);
      else if (selection.kind === Kind.INLINE_FRAGMENT) collect(selection.selectionSet);
      else {
        const fragment = fragments.get(selection.name.value);
        if (fragment !== undefined) collect(fragment.selectionSet);
      }
    }
  };
  collect(operation.selectionSet);
  const [first] = fields;
  const name = first?.name.value ?? '';
  const subscribed = schema.getSubscriptionType()?.getFields()[name];
  const queried = schema.getQueryType()?.getFields()[name.replace(/d$/, '')];
  if (first === undefined || subscribed === undefined || queried === undefined || queried === subscribed) {
    throw new Error(`there is no query of one change for the subscription ${name}`);
  }
  const responseKey = first.alias?.value ?? name;
  const asked: OperationDefinitionNode = {
    ...operation,
    operation: OperationTypeNode.QUERY,
    variableDefinitions: [
      ...(operation.variableDefinitions ?? []),
      {
        kind: Kind.VARIABLE_DEFINITION,
        variable: variable(CURSOR_VARIABLE),
        type: { kind: Kind.NON_NULL_TYPE, type: { kind: Kind.NAMED_TYPE, name: nameNode('String') } },
      },
    ],
    selectionSet: {
      kind: Kind.SELECTION_SET,
      selections: fields.map((field) => ({
        ...field,
        alias: nameNode(responseKey),
        name: nameNode(queried.name),
        arguments: [
          { kind: Kind.ARGUMENT, name: nameNode('cursor'), value: variable(CURSOR_VARIABLE) },
          ...(field.arguments ?? []).filter((own) => queried.args.some(({ name }) => name === own.name.value)),
        ],
      })),
    },
  };
  const parts = operationParts(document, asked);
  const used = new Set<string>();
  const noteUse = (node: object): void => {
    visit(node as SelectionSetNode, { Variable: ({ name: { value } }) => void used.add(value) });
  };
  noteUse(asked.selectionSet);
  for (const fragment of parts.fragments.values()) noteUse(fragment.selectionSet);
  const variableDefinitions = (asked.variableDefinitions ?? []).filter((node) => used.has(node.variable.name.value));
  return {
    text: print(partsDocument({ ...parts, operation: { ...asked, variableDefinitions } })),
    responseKey,
    argumentsOf: (variables) => getArgumentValues(subscribed, first, { ...variables }),
  };
}

function nameNode(value: string) {
  return { kind: Kind.NAME as const, value };
}

function variable(name: string) {
  return { kind: Kind.VARIABLE as const, name: nameNode(name) };
}
