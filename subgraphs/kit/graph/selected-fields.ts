import {
  type ArgumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLField,
  type GraphQLResolveInfo,
  getArgumentValues,
  getNamedType,
  isObjectType,
  Kind,
  type SelectionSetNode,
  visit,
} from 'graphql';

/** Where a field stands in its document. */
export type SelectionInfo = Pick<GraphQLResolveInfo, 'fieldNodes' | 'fragments'>;

/** The same, and what its arguments and the fields below it are of. */
export type FieldInfo = SelectionInfo & Pick<GraphQLResolveInfo, 'returnType' | 'variableValues'>;

/**
 * Names of the fields selected below the current field, fragments included, `__typename` left out.
 * Inline fragments of every type are taken together: a store may read a column too many, never one too few.
 */
export function selectedFields(info: SelectionInfo): ReadonlySet<string> {
  const [only] = info.fieldNodes;
  if (only === undefined || info.fieldNodes.length > 1) return findFields(info);
  let names = rememberedFields.get(only);
  if (names === undefined) {
    names = findFields(info);
    rememberedFields.set(only, names);
  }
  return names;
}

/** By the node of the field, which belongs to one document and its fragments. */
const rememberedFields = new WeakMap<FieldNode, ReadonlySet<string>>();

function findFields({ fieldNodes, fragments }: SelectionInfo): ReadonlySet<string> {
  const names = new Set<string>();
  for (const node of fieldNodes) collect(node.selectionSet, fragments, names);
  return names;
}

/** By the node of the field; documents are run many times, and a list below fifty rows asks fifty times a run. */
const remembered = new WeakMap<FieldNode, Map<string, boolean>>();

/** Whether a field on the way `path` below the current one is selected, e.g. `['edges', 'cursor']`. */
export function selects(info: SelectionInfo, ...path: string[]): boolean {
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

/** By the node of the field above, then by name. */
const rememberedBelow = new WeakMap<FieldNode, Map<string, readonly FieldNode[]>>();

/**
 * Each selection of the field `name` directly below the current one, with its arguments: for a resolver that can begin
 * to read what a field below it is going to ask for.
 */
export function selectionsBelow<Arguments>(
  info: FieldInfo,
  name: string,
): (SelectionInfo & { readonly args: Arguments })[] {
  const field = fieldOf(info, name);
  if (field === undefined) return [];
  return info.fieldNodes.flatMap((above) =>
    nodesBelow(above, name, info.fragments).map((node) => ({
      // The arguments have been validated against this very field.
      args: argumentsOf(field, node)(info.variableValues) as Arguments,
      fieldNodes: [node],
      fragments: info.fragments,
    })),
  );
}

type Arguments = Record<string, unknown>;
type ArgumentsOf = (variables: Readonly<Record<string, unknown>>) => Arguments;

/** The arguments that a field is given, by the variables of a run. Where none is given they are the same in each run. */
export function argumentsOf(field: GraphQLField<unknown, unknown>, node: FieldNode): ArgumentsOf {
  const known = rememberedArguments.get(node);
  if (known !== undefined) return known;
  const made = compileArguments(field, node);
  rememberedArguments.set(node, made);
  return made;
}

/** What does not change is found once; a variable that stands for a whole argument has been coerced to it. */
function compileArguments(field: GraphQLField<unknown, unknown>, node: FieldNode): ArgumentsOf {
  const asSpecified: ArgumentsOf = (variables) => getArgumentValues(field, node, variables);
  const given = node.arguments ?? [];
  const variable = given.flatMap(({ name, value }) =>
    value.kind === Kind.VARIABLE ? [{ argument: name.value, name: value.name.value }] : [],
  );
  const literal = given.filter(({ value }) => value.kind !== Kind.VARIABLE);
  if (literal.some(namesVariable)) return asSpecified;
  // Without the others: what they are by default is said below.
  const others = field.args.filter(({ name }) => !variable.some(({ argument }) => argument === name));
  const constant = getArgumentValues({ ...field, args: others }, { ...node, arguments: literal });
  if (variable.length === 0) {
    Object.freeze(constant);
    return () => constant;
  }
  return (variables) => {
    const values: Arguments = { ...constant };
    for (const { argument, name } of variable) {
      const value = variables[name];
      // What is not there may have a default, and what is null may be refused.
      if (value == null) return asSpecified(variables);
      values[argument] = value;
    }
    return values;
  };
}

function namesVariable(node: ArgumentNode): boolean {
  let found = false;
  visit(node, {
    Variable() {
      found = true;
    },
  });
  return found;
}
const rememberedArguments = new WeakMap<FieldNode, ArgumentsOf>();

function fieldOf({ returnType }: FieldInfo, name: string) {
  const type = getNamedType(returnType);
  return isObjectType(type) ? type.getFields()[name] : undefined;
}

function nodesBelow(above: FieldNode, name: string, fragments: SelectionInfo['fragments']): readonly FieldNode[] {
  let byName = rememberedBelow.get(above);
  if (byName === undefined) {
    byName = new Map();
    rememberedBelow.set(above, byName);
  }
  const known = byName.get(name);
  if (known !== undefined) return known;
  const found =
    above.selectionSet === undefined
      ? []
      : fieldsOf(above.selectionSet, fragments).filter((field) => field.name.value === name);
  byName.set(name, found);
  return found;
}

function findSelected(info: SelectionInfo, path: readonly string[]): boolean {
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
