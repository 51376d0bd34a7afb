import type { FieldNode, FragmentDefinitionNode, GraphQLResolveInfo, SelectionSetNode } from 'graphql';

/**
 * Names of the fields selected below the current field, fragments included, `__typename` left out.
 * Inline fragments of every type are taken together: a store may read a column too many, never one too few.
 */
export function selectedFields(info: GraphQLResolveInfo): ReadonlySet<string> {
  const names = new Set<string>();
  for (const node of info.fieldNodes) collect(node.selectionSet, info.fragments, names);
  return names;
}

/** By the node of the field; documents are run many times, and a list below fifty rows asks fifty times a run. */
const remembered = new WeakMap<FieldNode, Map<string, boolean>>();

/** Whether a field on the way `path` below the current one is selected, e.g. `['edges', 'cursor']`. */
export function selects(info: GraphQLResolveInfo, ...path: string[]): boolean {
  const [node] = info.fieldNodes;
  if (node === undefined || info.fieldNodes.length > 1) return findSelected(info, path);
  let answers = remembered.get(node);
  if (answers === undefined) {
    answers = new Map();
    remembered.set(node, answers);
  }
  const key = path.join('.');
  let answer = answers.get(key);
  if (answer === undefined) {
    answer = findSelected(info, path);
    answers.set(key, answer);
  }
  return answer;
}

function findSelected(info: GraphQLResolveInfo, path: readonly string[]): boolean {
  let sets: SelectionSetNode[] = info.fieldNodes.flatMap((node) => node.selectionSet ?? []);
  for (const name of path) {
    const found = sets.flatMap((set) => fieldsOf(set, info.fragments)).filter((field) => field.name.value === name);
    if (found.length === 0) return false;
    sets = found.flatMap((field) => field.selectionSet ?? []);
  }
  return true;
}

function collect(
  set: SelectionSetNode | undefined,
  fragments: Record<string, FragmentDefinitionNode>,
  names: Set<string>,
): void {
  if (set === undefined) return;
  for (const field of fieldsOf(set, fragments)) {
    if (field.name.value !== '__typename') names.add(field.name.value);
  }
}

function fieldsOf(set: SelectionSetNode, fragments: Record<string, FragmentDefinitionNode>): FieldNode[] {
  return set.selections.flatMap((selection) => {
    if (selection.kind === 'Field') return [selection];
    if (selection.kind === 'InlineFragment') return fieldsOf(selection.selectionSet, fragments);
    const fragment = fragments[selection.name.value];
    return fragment === undefined ? [] : fieldsOf(fragment.selectionSet, fragments);
  });
}
