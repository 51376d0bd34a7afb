import {
  type DocumentNode,
  type FragmentDefinitionNode,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';

/** One operation of a document with the fragments that it reaches, by name. */
export interface OperationParts {
  readonly operation: OperationDefinitionNode;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
}

/** Takes what belongs to one operation out of a valid document. */
export function operationParts(document: DocumentNode, operation: OperationDefinitionNode): OperationParts {
  const all = fragmentsByName(document);
  const fragments = new Map<string, FragmentDefinitionNode>();
  const collect = (selectionSet: SelectionSetNode): void => {
    for (const selection of selectionSet.selections) {
      if (selection.kind === Kind.FRAGMENT_SPREAD) {
        const fragment = all.get(selection.name.value);
        if (fragment === undefined || fragments.has(selection.name.value)) continue;
        fragments.set(selection.name.value, fragment);
        collect(fragment.selectionSet);
      } else if (selection.selectionSet !== undefined) {
        collect(selection.selectionSet);
      }
    }
  };
  collect(operation.selectionSet);
  return { operation, fragments };
}

/** The parts as a document: the operation first, then its fragments by name. */
export function partsDocument({ operation, fragments }: OperationParts): DocumentNode {
  const byName = [...fragments.values()].sort((a, b) => (a.name.value < b.name.value ? -1 : 1));
  return { kind: Kind.DOCUMENT, definitions: [operation, ...byName] };
}

export function fragmentsByName(document: DocumentNode): ReadonlyMap<string, FragmentDefinitionNode> {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
  }
  return fragments;
}

/**
 * Fields of an operation's root, fragments included. A fragment that is spread again adds no field, so each counts
 * once: that also ends cycles.
 */
export function countRootFields(
  selectionSet: SelectionSetNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
  spread = new Set<string>(),
): number {
  let count = 0;
  for (const selection of selectionSet.selections) {
    if (selection.kind === Kind.FIELD) {
      count += 1;
    } else if (selection.kind === Kind.INLINE_FRAGMENT) {
      count += countRootFields(selection.selectionSet, fragments, spread);
    } else if (!spread.has(selection.name.value)) {
      spread.add(selection.name.value);
      const fragment = fragments.get(selection.name.value);
      if (fragment !== undefined) count += countRootFields(fragment.selectionSet, fragments, spread);
    }
  }
  return count;
}
