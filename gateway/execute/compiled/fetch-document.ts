import {
  type DocumentNode,
  type FragmentDefinitionNode,
  Kind,
  type OperationDefinitionNode,
  parse,
  type SelectionSetNode,
} from 'graphql';
import { CannotCompile } from './cannot-compile.ts';

/** The document that one fetch of a plan sends. */
export interface FetchDocument {
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
}

/** What a selection set answers with, by response key; a key is composite when there are fields below it. */
export interface AnswerKeys {
  readonly leaves: ReadonlySet<string>;
  readonly composites: ReadonlySet<string>;
}

export function parseFetch(text: string): FetchDocument {
  const document = parsePlanned(text);
  const fragments = new Map<string, FragmentDefinitionNode>();
  let operation: OperationDefinitionNode | undefined;
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
    else if (definition.kind === Kind.OPERATION_DEFINITION) operation = definition;
  }
  if (operation === undefined) throw new CannotCompile('a fetch without an operation');
  return { document, operation, fragments };
}

function parsePlanned(text: string): DocumentNode {
  try {
    return parse(text, { noLocation: true });
  } catch {
    throw new CannotCompile('a fetch that is not valid GraphQL');
  }
}

/** The keys of the entities below the root field `alias`. */
export function entityKeys(fetch: FetchDocument, alias: string): AnswerKeys {
  for (const selection of fetch.operation.selectionSet.selections) {
    if (selection.kind !== Kind.FIELD || (selection.alias ?? selection.name).value !== alias) continue;
    if (selection.selectionSet !== undefined) return answerKeys(fetch, selection.selectionSet);
  }
  throw new CannotCompile(`a fetch without ${alias}`);
}

/** The keys of all types together. */
export function answerKeys(fetch: FetchDocument, set: SelectionSetNode): AnswerKeys {
  const leaves = new Set<string>();
  const composites = new Set<string>();
  const visit = ({ selections }: SelectionSetNode): void => {
    for (const selection of selections) {
      if (selection.kind === Kind.FIELD) {
        const key = (selection.alias ?? selection.name).value;
        (selection.selectionSet === undefined ? leaves : composites).add(key);
      } else {
        const below = selection.kind === Kind.INLINE_FRAGMENT ? selection : fetch.fragments.get(selection.name.value);
        if (below === undefined) throw new CannotCompile('an unknown fragment in a fetch');
        visit(below.selectionSet);
      }
    }
  };
  visit(set);
  return { leaves, composites };
}
