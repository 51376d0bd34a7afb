import type { FetchNodePathSegment, OutputRewrite } from '@graphql-hive/router-query-planner';
import { CannotCompile } from './cannot-compile.ts';
import type { Key } from './faults.ts';
import type { PlanData } from './run.ts';
import type { SupergraphTypes } from './supergraph-types.ts';

/** Gives back their names to fields that the planner had to rename inside one fetch. */
export interface OutputRewrites {
  /** Renames inside an answer, or inside one entity. */
  apply(data: unknown): void;
  /** The key under which a renamed field lies afterwards. */
  renamed(key: Key): Key;
}

interface Renaming {
  readonly path: readonly (string | ReadonlySet<string>)[];
  readonly from: string;
  readonly to: string;
}

export function compileOutputRewrites(
  rewrites: readonly OutputRewrite[] | undefined,
  types: SupergraphTypes,
): OutputRewrites | undefined {
  if (rewrites == null || rewrites.length === 0) return undefined;
  const names = new Map<Key, string>();
  const renamings = rewrites.map((rewrite): Renaming => {
    if (!('KeyRenamer' in rewrite)) throw new CannotCompile('an output rewrite');
    const { path, renameKeyTo: to } = rewrite.KeyRenamer;
    const last = path.at(-1);
    if (last === undefined || !('Key' in last)) throw new CannotCompile('an output rewrite');
    if ((names.get(last.Key) ?? to) !== to) throw new CannotCompile('two names for one output rewrite');
    names.set(last.Key, to);
    return { path: path.slice(0, -1).map((segment) => compileSegment(segment, types)), from: last.Key, to };
  });
  return {
    apply: (data) => {
      for (const renaming of renamings) rename(data, renaming, 0);
    },
    renamed: (key) => names.get(key) ?? key,
  };
}

function compileSegment(segment: FetchNodePathSegment, types: SupergraphTypes): string | ReadonlySet<string> {
  if ('Key' in segment) return segment.Key;
  return new Set(segment.TypenameEquals.flatMap((name) => [...types.typesWithin(name)]));
}

function rename(value: unknown, renaming: Renaming, at: number): void {
  if (typeof value !== 'object' || value === null) return;
  if (Array.isArray(value)) {
    for (const item of value) rename(item, renaming, at);
    return;
  }
  // What is no list is an object of the answer.
  const object = value as PlanData;
  const segment = renaming.path[at];
  if (segment === undefined) {
    if (object[renaming.from] === undefined) return;
    object[renaming.to] = object[renaming.from];
    // Merging skips undefined; deleting would make the object slow.
    object[renaming.from] = undefined;
  } else if (typeof segment === 'string') {
    rename(object[segment], renaming, at + 1);
  } else if (typeof object.__typename !== 'string' || segment.has(object.__typename)) {
    rename(object, renaming, at + 1);
  }
}
