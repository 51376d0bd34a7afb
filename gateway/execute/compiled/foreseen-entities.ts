import type { FlattenNodePathSegment, RequiresSelection } from '@graphql-hive/router-query-planner';
import { Kind, OperationTypeNode, type ValueNode } from 'graphql';
import { parseFetch } from './fetch-document.ts';
import type { PlanData } from './run.ts';

/** What is known of the entity of a root field before the field is answered; undefined when it is not. */
export type Foresee = (variables: Readonly<Record<string, unknown>>) => PlanData | undefined;

/**
 * Root fields that find one entity by its id say which entity they will give: `person(id: $id)`. By response key, what
 * other subgraphs can be told of it while the owner is still being asked. It is a guess: who makes use of it must see
 * the answer before anything that came of it is taken over.
 */
export function foreseenEntities(
  rootFetch: string,
  typeOfRootField: (name: string) => string | undefined,
): ReadonlyMap<string, Foresee> {
  const found = new Map<string, Foresee>();
  const { operation } = parseFetch(rootFetch);
  if (operation.operation !== OperationTypeNode.QUERY) return found;
  for (const selection of operation.selectionSet.selections) {
    if (selection.kind !== Kind.FIELD) continue;
    const [argument, ...more] = selection.arguments ?? [];
    const typename = typeOfRootField(selection.name.value);
    if (argument?.name.value !== 'id' || more.length > 0 || typename === undefined) continue;
    const read = readId(argument.value);
    if (read === undefined) continue;
    found.set((selection.alias ?? selection.name).value, (variables) => {
      const id = read(variables);
      return typeof id === 'string' ? { __typename: typename, id } : undefined;
    });
  }
  return found;
}

function readId(value: ValueNode): ((variables: Readonly<Record<string, unknown>>) => unknown) | undefined {
  if (value.kind === Kind.STRING) return () => value.value;
  if (value.kind !== Kind.VARIABLE) return undefined;
  const { value: name } = value.name;
  return (variables) => variables[name];
}

/** The root field whose entity a fetch is about, where it needs to know no more of it than type and id. */
export function foreseeable(
  path: readonly FlattenNodePathSegment[],
  requires: readonly RequiresSelection[],
): string | undefined {
  const [segment, ...deeper] = path;
  if (segment === undefined || segment === '@' || !('Field' in segment) || deeper.length > 0) return undefined;
  const [fragment, ...others] = requires;
  return fragment !== undefined && others.length === 0 && isKeyOnly(fragment) ? segment.Field : undefined;
}

/** Whether nothing but type and id of an entity is required. */
export function isKeyOnly(fragment: RequiresSelection): boolean {
  return (
    fragment.kind === 'InlineFragment' &&
    fragment.selections.every(
      (selection) =>
        selection.kind === 'Field' && ['__typename', 'id'].includes(selection.name) && selection.alias == null,
    )
  );
}
