import { execute, Kind } from 'graphql';
import type { CollectedField } from './collect-fields.ts';
import type { OperationScope } from './operation-scope.ts';

/** Answers root fields about the schema from the API schema, by response key. */
export type Introspect = (variables: Readonly<Record<string, unknown>>) => Readonly<Record<string, unknown>>;

const NOTHING = {};

/** Compiles the `__schema` and `__type` among the root fields. */
export function compileIntrospection(scope: OperationScope, fields: readonly CollectedField[]): Introspect {
  const selections = fields.flatMap(({ nodes }) => nodes.filter(({ name }) => /^__(schema|type)$/.test(name.value)));
  if (selections.length === 0) return () => NOTHING;
  const operation = { ...scope.operation, selectionSet: { kind: Kind.SELECTION_SET, selections } } as const;
  const document = { kind: Kind.DOCUMENT, definitions: [operation, ...scope.fragments.values()] } as const;
  return (variableValues) => {
    const result = execute({ schema: scope.schema, document, variableValues });
    if (result instanceof Promise) throw new Error('introspection does not wait for anything');
    return result.data ?? NOTHING;
  };
}
