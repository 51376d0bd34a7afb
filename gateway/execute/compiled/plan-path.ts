import type { FlattenNodePathSegment } from '@graphql-hive/router-query-planner';
import { CannotCompile } from './cannot-compile.ts';
import type { PlanData } from './run.ts';
import type { SupergraphTypes } from './supergraph-types.ts';

type Segment = { readonly field: string } | { readonly types: ReadonlySet<string> };

/** Adds the objects at the end of a path to `targets`. */
export type CollectTargets = (data: PlanData, targets: PlanData[]) => void;

/**
 * Compiles a path of the plan. Lists are opened wherever they are met: the planner writes one list mark for a list of
 * lists.
 */
export function compilePath(path: readonly FlattenNodePathSegment[], types: SupergraphTypes): CollectTargets {
  const segments: Segment[] = path.flatMap((segment): Segment[] => {
    if (segment === '@') return [];
    if ('Field' in segment) return [{ field: segment.Field }];
    if ('TypeCondition' in segment) {
      return [{ types: new Set(segment.TypeCondition.flatMap((name) => [...types.typesWithin(name)])) }];
    }
    throw new CannotCompile('a segment of a path');
  });
  return (data, targets) => collect(data, segments, 0, targets);
}

function collect(value: unknown, segments: readonly Segment[], at: number, targets: PlanData[]): void {
  if (typeof value !== 'object' || value === null) return;
  if (Array.isArray(value)) {
    for (const item of value) collect(item, segments, at, targets);
    return;
  }
  // What is no list is an object of the answer.
  const object = value as PlanData;
  const segment = segments[at];
  if (segment === undefined) targets.push(object);
  else if ('field' in segment) collect(object[segment.field], segments, at + 1, targets);
  else if (typeof object.__typename !== 'string' || segment.types.has(object.__typename)) {
    collect(object, segments, at + 1, targets);
  }
}
