import { type DocumentNode, Kind, type OperationDefinitionNode, parse, type TypeNode } from 'graphql';
import type { ExampleOperation } from '../operations/example-operation.ts';

/** An operation document that is served by its name. */
export interface RestOperation {
  readonly name: string;
  readonly title: string;
  /** Sent to the graph exactly so: its SHA-256 is what trusted clients register. */
  readonly text: string;
  readonly document: DocumentNode;
  readonly definition: OperationDefinitionNode;
}

/** The documents that hold one operation; a document with several has no one answer. */
export function restOperations(documents: readonly ExampleOperation[]): RestOperation[] {
  return documents.flatMap(({ name, title, document: text }) => {
    const document = parse(text, { noLocation: true });
    const definitions = document.definitions.filter((node) => node.kind === Kind.OPERATION_DEFINITION);
    const [definition] = definitions;
    if (definition === undefined || definitions.length > 1) return [];
    return [{ name, title, text, document, definition }];
  });
}

/**
 * Variables of a query string. Numbers and truth values are told by the variable's type, lists by repetition; an input
 * object is JSON. What does not fit stays the text that it is, and is refused like any wrong value.
 */
export function variablesOf(
  operation: RestOperation,
  query: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const types = new Map(
    (operation.definition.variableDefinitions ?? []).map(({ variable, type }) => [variable.name.value, type]),
  );
  return Object.fromEntries(
    Object.entries(query).map(([name, value]) => {
      const type = types.get(name);
      return [name, type === undefined ? value : readValue(type, value)];
    }),
  );
}

function readValue(type: TypeNode, value: unknown): unknown {
  if (type.kind === Kind.NON_NULL_TYPE) return readValue(type.type, value);
  if (type.kind === Kind.LIST_TYPE) {
    return (Array.isArray(value) ? value : [value]).map((item) => readValue(type.type, item));
  }
  if (typeof value !== 'string') return value;
  switch (type.name.value) {
    case 'Int':
    case 'Float':
      return /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : value;
    case 'Boolean':
      return value === 'true' ? true : value === 'false' ? false : value;
    default:
      return value.startsWith('{') ? readJson(value) : value;
  }
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
