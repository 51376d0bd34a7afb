import {
  type ExecutionResult,
  type GraphQLError,
  type GraphQLNamedType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  type SelectionSetNode,
} from 'graphql';
import { graphProblem } from '../../subgraphs/kit/codes/problems.ts';
import { fragmentsByName } from '../operations/operation-parts.ts';
import type { ServedOperation } from '../operations/prepare.ts';

type Path = readonly (string | number)[];

interface Possible {
  readonly type: GraphQLOutputType;
  readonly coordinate: string;
  readonly sets: SelectionSetNode[];
}

/** More would only repeat the first. */
const MAX_ERRORS = 50;

/**
 * Takes protected fields out of an answer that is ready: null in their place, carried up to the next nullable one, and
 * a typed error for each. Where the type of an object is not known, a key counts as protected when it is in any of its
 * possible types. For the rare case that the access log cannot be written; speed does not matter here.
 */
export function redact(
  apiSchema: GraphQLSchema,
  operation: ServedOperation,
  isProtected: (coordinate: string) => boolean,
  result: ExecutionResult,
): ExecutionResult {
  const root = apiSchema.getRootType(operation.operation.operation);
  if (root == null || result.data == null) return result;
  const fragments = fragmentsByName(operation.document);
  const errors: GraphQLError[] = [];

  const fieldsOf = (type: GraphQLNamedType, sets: readonly SelectionSetNode[]): Map<string, Possible[]> => {
    const found = new Map<string, Possible[]>();
    const visit = ({ selections }: SelectionSetNode, parent: GraphQLNamedType, above: ReadonlySet<string>): void => {
      for (const selection of selections) {
        if (selection.kind === Kind.FIELD) {
          if (!isObjectType(parent) && !isInterfaceType(parent)) continue;
          const field = parent.getFields()[selection.name.value];
          if (field === undefined) continue;
          const key = (selection.alias ?? selection.name).value;
          const possible = found.get(key) ?? [];
          const sets = selection.selectionSet === undefined ? [] : [selection.selectionSet];
          possible.push({ type: field.type, coordinate: `${parent.name}.${field.name}`, sets });
          found.set(key, possible);
          continue;
        }
        const fragment = selection.kind === Kind.FRAGMENT_SPREAD ? fragments.get(selection.name.value) : selection;
        if (fragment === undefined) continue;
        const name = selection.kind === Kind.FRAGMENT_SPREAD ? selection.name.value : '';
        if (name !== '' && above.has(name)) continue;
        const condition =
          fragment.typeCondition === undefined ? parent : apiSchema.getType(fragment.typeCondition.name.value);
        if (condition === undefined || !mayOverlap(apiSchema, type, condition)) continue;
        visit(fragment.selectionSet, condition, name === '' ? above : new Set([...above, name]));
      }
    };
    for (const set of sets) visit(set, type, new Set());
    return found;
  };

  const report = (coordinate: string, path: Path) => {
    if (errors.length >= MAX_ERRORS) return;
    const { message, extensions } = graphProblem('LEDGER_UNAVAILABLE', { coordinate });
    errors.push(Object.assign(graphProblem('LEDGER_UNAVAILABLE', { coordinate }), { message, extensions, path }));
  };

  /** Undefined: null must go further up. */
  const complete = (possible: readonly Possible[], type: GraphQLOutputType, value: unknown, path: Path): unknown => {
    if (value == null) return value;
    const nullable = isNonNullType(type) ? type.ofType : type;
    if (isListType(nullable)) {
      if (!Array.isArray(value)) return null;
      const items = value.map((item, index) => complete(possible, nullable.ofType, item, [...path, index]));
      return items.includes(undefined) ? ifNullable(type) : items;
    }
    if (typeof value !== 'object') return value;
    const sets = possible.flatMap((one) => one.sets);
    const object = project(getNamedType(nullable), sets, value as Record<string, unknown>, path);
    return object ?? ifNullable(type);
  };

  const project = (
    type: GraphQLNamedType,
    sets: readonly SelectionSetNode[],
    value: Readonly<Record<string, unknown>>,
    path: Path,
  ): Record<string, unknown> | undefined => {
    const fields = fieldsOf(type, sets);
    const made: Record<string, unknown> = {};
    for (const [key, inner] of Object.entries(value)) {
      const possible = fields.get(key) ?? [];
      const [first] = possible;
      if (first === undefined || inner === null) {
        made[key] = inner;
        continue;
      }
      const hidden = possible.find(({ coordinate }) => isProtected(coordinate));
      if (hidden !== undefined) report(hidden.coordinate, [...path, key]);
      // Where types differ, one that is non-null in any of them is taken to be.
      const strictest = possible.find((one) => isNonNullType(one.type)) ?? first;
      const completed =
        hidden === undefined ? complete(possible, strictest.type, inner, [...path, key]) : ifNullable(strictest.type);
      if (completed === undefined) return undefined;
      made[key] = completed;
    }
    return made;
  };

  const data = project(root, [operation.operation.selectionSet], result.data, []) ?? null;
  return { ...result, data, errors: [...(result.errors ?? []), ...errors] };
}

function ifNullable(type: GraphQLOutputType): null | undefined {
  return isNonNullType(type) ? undefined : null;
}

function mayOverlap(schema: GraphQLSchema, type: GraphQLNamedType, condition: GraphQLNamedType): boolean {
  if (type.name === condition.name || isAbstractType(type)) return true;
  return isAbstractType(condition) && isObjectType(type) && schema.isSubType(condition, type);
}
