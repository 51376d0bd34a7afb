import { type DocumentNode, type ExecutionResult, execute } from 'graphql';
import { graphProblem } from '../../subgraphs/kit/codes/problems.ts';
import { wantedColumns } from '../../subgraphs/kit/graph/wanted-columns.ts';
import type { WantedColumns } from '../../subgraphs/kit/store/column-set.ts';
import type { RunningSubgraph } from '../../subgraphs/kit/subgraph-definition.ts';
import { type CompileDocumentOptions, compileDocument } from './compile-document.ts';
import type { RunPreparedDocument, SubgraphRequest, SubgraphTransport } from './subgraph-transport.ts';

/** Runs of a document that read whole rows before its columns are chosen. */
const RUNS_BEFORE_CHOOSING = 1;

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
  readonly #compiling: CompileDocumentOptions | undefined;

  constructor(running: RunningSubgraph, onError: SubgraphErrorListener, compiling?: CompileDocumentOptions) {
    this.#compiling = compiling;
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

  prepare(document: DocumentNode): RunPreparedDocument {
    const { schema } = this.#running;
    const run = compileDocument(schema, document, this.#compiling);
    let runs = 0;
    let wanted: WantedColumns | undefined;
    const fail = (error: unknown): ExecutionResult => {
      this.#onError(this.subgraph, error);
      return { errors: [graphProblem('SUBGRAPH_UNAVAILABLE', { subgraph: this.subgraph })] };
    };
    return ({ variables, caller, trace }) => {
      try {
        // What is asked once is not worth looking through.
        if (runs <= RUNS_BEFORE_CHOOSING && runs++ === RUNS_BEFORE_CHOOSING) wanted = wantedColumns(schema, document);
        const result = run(variables, this.#running.createContext(caller, trace, wanted));
        return result instanceof Promise ? result.catch(fail) : result;
      } catch (error) {
        return fail(error);
      }
    };
  }

  close(): Promise<void> {
    return this.#running.close();
  }
}
