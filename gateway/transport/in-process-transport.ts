import { type ExecutionResult, execute } from 'graphql';
import { graphProblem } from '../../subgraphs/kit/problems.ts';
import type { RunningSubgraph } from '../../subgraphs/kit/subgraph-definition.ts';
import type { SubgraphRequest, SubgraphTransport } from './subgraph-transport.ts';

/** Told of every request that a subgraph could not answer, for metrics and logs. */
export type SubgraphErrorListener = (subgraph: string, error: unknown) => void;

/**
 * Runs plan steps in the same process. The documents come from the planner over contracts that were composed, so they
 * are not validated again.
 */
export class InProcessTransport implements SubgraphTransport {
  readonly subgraph: string;
  readonly #running: RunningSubgraph;
  readonly #onError: SubgraphErrorListener;

  constructor(running: RunningSubgraph, onError: SubgraphErrorListener) {
    this.subgraph = running.name;
    this.#running = running;
    this.#onError = onError;
  }

  async readSdl(): Promise<string> {
    return this.#running.sdl;
  }

  async execute(request: SubgraphRequest): Promise<ExecutionResult> {
    try {
      return await execute({
        schema: this.#running.schema,
        document: request.document,
        variableValues: request.variables,
        operationName: request.operationName ?? null,
        contextValue: this.#running.createContext(request.caller, request.trace),
      });
    } catch (error) {
      this.#onError(this.subgraph, error);
      return { errors: [graphProblem('SUBGRAPH_UNAVAILABLE', { subgraph: this.subgraph })] };
    }
  }

  close(): Promise<void> {
    return this.#running.close();
  }
}
