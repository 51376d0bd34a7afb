import { type DirectiveNode, Kind, type OperationDefinitionNode, type SelectionSetNode } from 'graphql';
import { CannotCompile } from './cannot-compile.ts';

/**
 * What the variables of `@skip` and `@include` decide. An operation is planned and compiled once for each combination
 * that occurs: the plans are simpler than one with conditions, and the planner merges conditions wrongly (0.0.38 drops
 * `name` from `{ name name @skip(if: $no) }`, and writes `...on Dog @skip(if: $no)` without a selection set).
 */
export type Choices = ReadonlyMap<string, boolean>;

/** Whether `@skip` and `@include` leave a selection in. */
export function isIncluded(directives: readonly DirectiveNode[] | undefined, choices: Choices): boolean {
  return (directives ?? []).every((directive) => {
    const name = directive.name.value;
    if (name !== 'skip' && name !== 'include') throw new CannotCompile(`directive @${name}`);
    const value = directive.arguments?.find((argument) => argument.name.value === 'if')?.value;
    const given =
      value?.kind === Kind.BOOLEAN
        ? value.value
        : value?.kind === Kind.VARIABLE
          ? choices.get(value.name.value)
          : undefined;
    if (given === undefined) throw new CannotCompile(`the argument of @${name}`);
    return given === (name === 'include');
  });
}

/** The variables that `@skip` and `@include` look at, wherever in the operation they are. */
export function choiceVariables(
  operation: OperationDefinitionNode,
  fragments: Iterable<{ readonly selectionSet: SelectionSetNode }>,
): readonly string[] {
  const names = new Set<string>();
  const visit = ({ selections }: SelectionSetNode): void => {
    for (const selection of selections) {
      for (const directive of selection.directives ?? []) {
        if (!/^(skip|include)$/.test(directive.name.value)) continue;
        for (const { value } of directive.arguments ?? []) {
          if (value.kind === Kind.VARIABLE) names.add(value.name.value);
        }
      }
      if (selection.kind !== Kind.FRAGMENT_SPREAD && selection.selectionSet !== undefined)
        visit(selection.selectionSet);
    }
  };
  for (const { selectionSet } of [operation, ...fragments]) visit(selectionSet);
  // Fragments of other operations of the document may look at variables that this one does not have.
  const declared = (operation.variableDefinitions ?? []).map(({ variable }) => variable.name.value);
  return declared.filter((name) => names.has(name));
}
