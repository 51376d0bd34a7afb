import {
  coerceInputValue,
  type GraphQLError,
  type GraphQLInputType,
  type GraphQLSchema,
  isInputType,
  isNonNullType,
  type OperationDefinitionNode,
  typeFromAST,
  valueFromAST,
} from 'graphql';
import { variableErrorText } from './error-texts.ts';
import { requestProblem } from './request-problem.ts';

type Variables = Readonly<Record<string, unknown>>;
export type CoerceVariables = (given: Variables) => { readonly variables: Variables } | readonly GraphQLError[];

/** More would only repeat what the first few say. */
const MAX_ERRORS = 10;

/**
 * Compiles the coercion of an operation's variables by the specification's rules, as graphql-js does it, with messages
 * that never quote a value. Variables that the operation does not declare are dropped.
 *
 * @param telling see `error-texts.ts`
 */
export function compileVariables(
  operation: OperationDefinitionNode,
  schema: GraphQLSchema,
  telling: boolean,
): CoerceVariables {
  const declared = (operation.variableDefinitions ?? []).flatMap((node) => {
    const type = typeFromAST(schema, node.type);
    return isInputType(type) ? [{ node, name: node.variable.name.value, type }] : [];
  });
  const defaults = declared.map(({ node, type }) =>
    node.defaultValue === undefined ? undefined : { value: valueFromAST(node.defaultValue, type) as unknown },
  );

  return (given) => {
    const values: Record<string, unknown> = {};
    const errors: GraphQLError[] = [];
    for (const [index, { node, name, type }] of declared.entries()) {
      const refuse = (message: string) => {
        if (errors.length < MAX_ERRORS) errors.push(requestProblem('VARIABLE_INVALID', message, { nodes: node }));
      };
      if (!Object.hasOwn(given, name)) {
        const fallback = defaults[index];
        if (fallback !== undefined) values[name] = fallback.value;
        else if (isNonNullType(type)) {
          refuse(`Variable "$${name}" of required type "${String(type)}" was not provided.`);
        }
        continue;
      }
      const value = given[name];
      if (value === null && isNonNullType(type)) {
        refuse(`Variable "$${name}" of non-null type "${String(type)}" must not be null.`);
        continue;
      }
      values[name] = coerce(value, type, (path, reason) =>
        refuse(variableErrorText(name, type, path, reason, telling)),
      );
    }
    return errors.length > 0 ? errors : { variables: values };
  };
}

function coerce(
  value: unknown,
  type: GraphQLInputType,
  refuse: (path: readonly (string | number)[], reason: string) => void,
): unknown {
  try {
    return coerceInputValue(value, type, (path, _value, error) => refuse(path, error.message), true);
  } catch (error) {
    // A scalar's parser may throw anything, and a value nested deep enough overflows the stack.
    refuse([], error instanceof Error ? error.name : '');
    return undefined;
  }
}
