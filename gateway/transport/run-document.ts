import type { ExecutionResult } from 'graphql';

/** Runs one document against the subgraph's schema; may answer at once. */
export type RunDocument = (
  variables: Readonly<Record<string, unknown>>,
  context: unknown,
) => ExecutionResult | Promise<ExecutionResult>;
