import { type DocumentNode, type ExecutionResult, execute } from 'graphql';
import type { Caller } from '../../subgraphs/kit/caller/caller.ts';
import { graphProblem } from '../../subgraphs/kit/codes/problems.ts';
import { guardedDocument } from '../../subgraphs/kit/graph/guarded-document.ts';
import { wantedColumns } from '../../subgraphs/kit/graph/wanted-columns.ts';
import type { WantedColumns } from '../../subgraphs/kit/store/column-set.ts';
import type { RunningSubgraph } from '../../subgraphs/kit/subgraph-definition.ts';
import { type CompileDocumentOptions, compileDocument } from './compile-document.ts';
import type { RunDocument } from './run-document.ts';
import type { RunPreparedDocument, SubgraphRequest, SubgraphTransport } from './subgraph-transport.ts';

/** Runs of a document that read whole rows before its columns are chosen. */
const RUNS_BEFORE_CHOOSING = 1;

interface OpenDocument {
  readonly isOpenTo: (caller: Caller) => boolean;
  readonly run: RunDocument;
}

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
    let open: OpenDocument | undefined;
    const fail = (error: unknown): ExecutionResult => {
      this.#onError(this.subgraph, error);
      return { errors: [graphProblem('SUBGRAPH_UNAVAILABLE', { subgraph: this.subgraph })] };
    };
    return ({ variables, caller, trace }) => {
      try {
        // What is asked once is not worth looking through.
        if (runs <= RUNS_BEFORE_CHOOSING && runs++ === RUNS_BEFORE_CHOOSING) {
          wanted = wantedColumns(schema, document);
          open = this.#findOpen(document);
        }
        const context = this.#running.createContext(caller, trace, wanted);
        const result = (open?.isOpenTo(caller) === true ? open.run : run)(variables, context);
        return result instanceof Promise ? result.catch(fail) : result;
      } catch (error) {
        return fail(error);
      }
    };
  }

  /**
   * The document as it is for callers to whom everything in it is open: what the guards of its fields would say of every
   * row is asked once, by the rights in the caller's context, and the program that then runs has none.
   */
  #findOpen(document: DocumentNode): OpenDocument | undefined {
    const { schema } = this.#running;
    const guarded = guardedDocument(schema, document);
    if (guarded === undefined) return undefined;
    const around = <Made>(compile: () => Made) => guarded.withoutGuards(compile);
    return {
      isOpenTo: (caller) => guarded.isOpenTo(caller),
      run: compileDocument(schema, document, { ...this.#compiling, around }),
    };
  }

  close(): Promise<void> {
    return this.#running.close();
  }
}
