import type { DocumentNode, ExecutionResult } from 'graphql';
import type { Caller } from '../../subgraphs/kit/caller/caller.ts';
import type { OperationTrace } from '../../subgraphs/kit/operation-trace.ts';
import type { CancelSignal } from '../execute/cancellation.ts';

/** One request of a plan step to one subgraph. */
export interface SubgraphRequest {
  readonly document: DocumentNode;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly operationName?: string | undefined;
  readonly caller: Caller;
  readonly trace: OperationTrace;
  readonly signal?: CancelSignal | undefined;
}

/** One of the many requests that carry a prepared document; its operation is the only one there. */
export type PreparedSubgraphRequest = Omit<SubgraphRequest, 'document' | 'operationName'>;

/** Runs a prepared document, under the same promises as `SubgraphTransport.execute`; may answer at once. */
export type RunPreparedDocument = (request: PreparedSubgraphRequest) => ExecutionResult | Promise<ExecutionResult>;

/** How the gateway reaches a subgraph: in the same process, or over HTTP. The same tests run over both. */
export interface SubgraphTransport {
  readonly subgraph: string;
  /** The subgraph's contract. Throws a StartupProblem when it cannot be had. */
  readSdl(): Promise<string>;
  /**
   * Runs one request. A subgraph that cannot be reached, is too slow or answers nonsense gives an `errors`-only result
   * with SUBGRAPH_UNAVAILABLE or SUBGRAPH_ANSWER_INVALID that names it; this never throws.
   */
  execute(request: SubgraphRequest): Promise<ExecutionResult>;
  /** Does once what a document that is sent many times needs: to be compiled here, printed for elsewhere. */
  prepare?(document: DocumentNode): RunPreparedDocument;
  close(): Promise<void>;
}
