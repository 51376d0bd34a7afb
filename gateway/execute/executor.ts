import type { ExecutionResult } from 'graphql';
import type { Caller } from '../../subgraphs/kit/caller/caller.ts';
import type { OperationTrace } from '../../subgraphs/kit/operation-trace.ts';
import type { CancelSignal } from './cancellation.ts';
import type { ExecutableOperation } from './executable-operation.ts';

/** One run of an operation. */
export interface OperationRequest {
  readonly prepared: ExecutableOperation;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly caller: Caller;
  readonly trace: OperationTrace;
  readonly signal?: CancelSignal | undefined;
}

/**
 * Carries out operations over the subgraphs. Called only after policy and cost have passed; an engine that checks
 * later would have run half a mutation first.
 */
export interface Executor {
  readonly name: string;
  execute(request: OperationRequest): Promise<ExecutionResult>;
}
