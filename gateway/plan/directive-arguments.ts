import { type ConstDirectiveNode, valueFromASTUntyped } from 'graphql';

/** The arguments of the directive of that name, as plain values; undefined when it is not there. */
export function directiveArguments(
  directives: readonly ConstDirectiveNode[] | undefined,
  name: string,
): Readonly<Record<string, unknown>> | undefined {
  const directive = directives?.find((candidate) => candidate.name.value === name);
  if (directive === undefined) return undefined;
  const entries = directive.arguments?.map((argument) => [argument.name.value, valueFromASTUntyped(argument.value)]);
  return Object.fromEntries(entries ?? []);
}
