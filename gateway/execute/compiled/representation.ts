import type { InlineFragmentRequiresNode, InputRewrite, RequiresSelection } from '@graphql-hive/router-query-planner';
import { CannotCompile } from './cannot-compile.ts';
import type { PlanData } from './run.ts';
import type { SupergraphTypes } from './supergraph-types.ts';

/** Something required is not part of the data. */
export const INCOMPLETE = Symbol('incomplete');

/** What a subgraph is told of an entity; undefined when the step does not concern its type. */
export type Represent = (entity: PlanData) => PlanData | undefined | typeof INCOMPLETE;

/** Copies one required selection; false when something is not there. */
type Copy = (from: PlanData, to: PlanData) => boolean;

interface Branch {
  readonly types: ReadonlySet<string>;
  /** The type of an entity that does not say its own. */
  readonly assumed: string | undefined;
  readonly copy: Copy;
}

/** Compiles the `requires` of a fetch with its input rewrites. */
export function compileRepresentation(
  requires: readonly RequiresSelection[],
  rewrites: readonly InputRewrite[],
  types: SupergraphTypes,
): Represent {
  const branches = requires.map((selection): Branch => {
    if (selection.kind !== 'InlineFragment') throw new CannotCompile(`${selection.kind} at the root of requires`);
    const { typeCondition } = selection;
    return {
      types: types.typesWithin(typeCondition),
      assumed: requires.length === 1 ? typeCondition : undefined,
      copy: copyBranch(selection, types),
    };
  });
  const rewriteTypename = compileTypenameRewrites(rewrites, types);
  return (entity) => {
    let representation: PlanData | undefined;
    for (const { types: within, assumed, copy } of branches) {
      const typename = entity.__typename ?? assumed;
      if (typeof typename !== 'string' || !within.has(typename)) continue;
      representation ??= { __typename: typename };
      if (!copy(entity, representation)) return INCOMPLETE;
    }
    if (representation !== undefined && rewriteTypename !== undefined) rewriteTypename(representation);
    return representation;
  };
}

function copyBranch(fragment: InlineFragmentRequiresNode, types: SupergraphTypes): Copy {
  // Conditions inside `requires` are not something that Federation's field sets can express.
  if (fragment.skipIf != null || fragment.includeIf != null) throw new CannotCompile('a condition in requires');
  return copyAll(fragment.selections, types);
}

function copyAll(selections: readonly RequiresSelection[], types: SupergraphTypes): Copy {
  const copies = selections.map((selection): Copy => {
    if (selection.kind === 'FragmentSpread') throw new CannotCompile('a fragment spread in requires');
    if (selection.kind === 'InlineFragment') {
      const within = types.typesWithin(selection.typeCondition);
      const copy = copyBranch(selection, types);
      return (from, to) => {
        const { __typename: typename } = from;
        return typeof typename === 'string' && !within.has(typename) ? true : copy(from, to);
      };
    }
    const { name, alias = name, selections: nested } = selection;
    if (name === '__typename') {
      return (from, to) => {
        if (from.__typename !== undefined) to[alias] = from.__typename;
        return true;
      };
    }
    if (nested == null || nested.length === 0) {
      return (from, to) => {
        const value = from[name];
        to[alias] = value;
        return value !== undefined;
      };
    }
    const copy = copyAll(nested, types);
    return (from, to) => {
      const value = copyValue(from[name], copy);
      to[alias] = value;
      return value !== undefined;
    };
  });
  return (from, to) => {
    for (const copy of copies) if (!copy(from, to)) return false;
    return true;
  };
}

/** Undefined when something inside is not there. */
function copyValue(value: unknown, copy: Copy): unknown {
  if (Array.isArray(value)) {
    const items = value.map((item) => copyValue(item, copy));
    return items.includes(undefined) ? undefined : items;
  }
  if (typeof value !== 'object' || value === null) return value;
  const copied: PlanData = {};
  return copy(value as PlanData, copied) ? copied : undefined;
}

/** A subgraph that knows an interface only as an object must be asked for it under the interface's name. */
function compileTypenameRewrites(
  rewrites: readonly InputRewrite[],
  types: SupergraphTypes,
): ((representation: PlanData) => void) | undefined {
  if (rewrites.length === 0) return undefined;
  const setters = rewrites.map((rewrite) => {
    const setter = 'ValueSetter' in rewrite ? rewrite.ValueSetter : undefined;
    const [condition, key] = setter?.path ?? [];
    if (setter?.path.length !== 2 || condition === undefined || !('TypenameEquals' in condition)) {
      throw new CannotCompile('an input rewrite');
    }
    if (key === undefined || !('Key' in key) || key.Key !== '__typename') throw new CannotCompile('an input rewrite');
    const within = new Set(condition.TypenameEquals.flatMap((name) => [...types.typesWithin(name)]));
    return { within, value: setter.setValueTo };
  });
  return (representation) => {
    for (const { within, value } of setters) {
      if (within.has(String(representation.__typename))) representation.__typename = value;
    }
  };
}
