import type { ExecutionResult, GraphQLError } from 'graphql';

/** An answer reduced to what two correct engines agree on. */
export interface ComparableAnswer {
  /** As text, for the order of fields is part of the answer. */
  readonly data: string;
  /** Errors whose path ends exactly where the data is null: `path code`. */
  readonly exact: readonly string[];
  /** Places that are null because of something below; which of several errors below is told is left to timing. */
  readonly carriedUp: readonly string[];
}

/** Errors at paths that are no part of the answer (required fields that the client did not select) are left out. */
export function comparable(result: ExecutionResult): ComparableAnswer {
  const exact = new Set<string>();
  const carriedUp = new Set<string>();
  for (const error of result.errors ?? []) {
    const end = nullPlace(result.data, error.path ?? []);
    if (end === undefined) continue;
    if (end === error.path?.length) exact.add(`${error.path.join('.')} ${codeOf(error)}`);
    else carriedUp.add((error.path ?? []).slice(0, end).join('.'));
  }
  return { data: JSON.stringify(result.data), exact: [...exact].sort(), carriedUp: [...carriedUp].sort() };
}

function codeOf(error: GraphQLError): string {
  return typeof error.extensions?.code === 'string' ? error.extensions.code : '';
}

/** How many keys of the path lead to the first null; undefined when there is none on it. */
function nullPlace(data: unknown, path: readonly (string | number)[]): number | undefined {
  let value: unknown = data;
  for (const [index, key] of path.entries()) {
    if (value === null) return index;
    if (typeof value !== 'object') return undefined;
    value = (value as Record<string | number, unknown>)[key];
  }
  return value === null ? path.length : undefined;
}
