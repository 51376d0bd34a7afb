import type { AnswerKeys } from './fetch-document.ts';
import type { PlanData } from './run.ts';
import type { SupergraphTypes } from './supergraph-types.ts';

/** Merges what a fetch answered for an object into the plan's data. */
export type Merge = (target: PlanData, source: PlanData) => void;

/**
 * Compiles the merge of one selection set. What is new is taken over as it is, not copied: one entity that is wanted at
 * several places of one path is one object there. Null never replaces a value.
 */
export function compileMerge({ leaves, composites }: AnswerKeys, types: SupergraphTypes): Merge {
  const leafKeys = [...leaves].filter((key) => key !== '__typename');
  const compositeKeys = [...composites];
  const hasTypename = leaves.has('__typename');
  return (target, source) => {
    if (hasTypename) mergeTypename(target, source, types);
    for (const key of leafKeys) {
      const value = source[key];
      if (value !== undefined && (value !== null || target[key] === undefined)) target[key] = value;
    }
    for (const key of compositeKeys) {
      const value = source[key];
      if (value === undefined) continue;
      const known = target[key];
      if (known === undefined || known === null) target[key] = value;
      else if (value !== null) mergeDeep(known, value, types);
    }
  };
}

/** Objects key by key, lists item by item; of anything else what is known stays. */
function mergeDeep(target: unknown, source: unknown, types: SupergraphTypes): void {
  if (target === source || typeof target !== 'object' || target === null) return;
  if (typeof source !== 'object' || source === null || isLeaf(target) || isLeaf(source)) return;
  if (Array.isArray(target)) {
    if (!Array.isArray(source)) return;
    for (const [index, value] of source.entries()) {
      if (index >= target.length) return;
      if (target[index] == null) target[index] = value;
      else mergeDeep(target[index], value, types);
    }
    return;
  }
  if (Array.isArray(source)) return;
  // What is no list is an object of the answer.
  const into = target as PlanData;
  const from = source as PlanData;
  mergeTypename(into, from, types);
  for (const key of Object.keys(from)) {
    if (key === '__typename') continue;
    const value = from[key];
    if (into[key] === undefined || into[key] === null) {
      if (value !== undefined) into[key] = value;
    } else {
      mergeDeep(into[key], value, types);
    }
  }
}

/** A concrete type replaces the interface's name that a subgraph knowing only an interface object answers with. */
function mergeTypename(target: PlanData, source: PlanData, types: SupergraphTypes): void {
  const { __typename: typename } = source;
  if (typeof typename !== 'string') return;
  if (target.__typename === undefined || types.isObjectType(typename)) target.__typename = typename;
}

/** A copy for another place of the plan, where other fields are going to be merged in. */
export function copyData(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || isLeaf(value)) return value;
  if (Array.isArray(value)) return value.map(copyData);
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, copyData(item)]));
}

/** What a scalar has made, such as a Date: objects of an answer have no class. */
function isLeaf(value: object): boolean {
  if (Array.isArray(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype !== Object.prototype && prototype !== null;
}
