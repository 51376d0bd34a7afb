import { type DocumentNode, type ExecutionResult, type GraphQLSchema, parse, validate } from 'graphql';
import type { Caller } from '../../subgraphs/kit/caller/caller.ts';
import { graphProblem } from '../../subgraphs/kit/codes/problems.ts';
import { OperationTrace } from '../../subgraphs/kit/operation-trace.ts';
import type { RunningSubgraph } from '../../subgraphs/kit/subgraph-definition.ts';
import { CompiledDocuments, MOST_COMPILED_FIELDS } from './compiled-documents.ts';
import { InProcessTransport, type SubgraphErrorListener } from './in-process-transport.ts';
import type { RunPreparedDocument } from './subgraph-transport.ts';

/** A gateway's plans ask for the same few documents again and again. */
const MOST_DOCUMENTS = 1_000;

export interface ServedSubgraph {
  readonly name: string;
  readonly schema: GraphQLSchema;
  /** The subgraph with its store, which may change when its database moves. */
  readonly running: () => Promise<RunningSubgraph>;
  /** Told of what kept the subgraph from answering at all. */
  readonly onError: SubgraphErrorListener;
}

/**
 * What a gateway asks a subgraph of its own process, run as it would be in the gateway's process: parsed and validated
 * once, compiled when it has been run some times, reading the columns that it needs.
 */
export class ServedDocuments {
  readonly #name: string;
  readonly #schema: GraphQLSchema;
  readonly #onError: SubgraphErrorListener;
  readonly #running: ServedSubgraph['running'];
  readonly #transport: InProcessTransport;
  readonly #documents = new Map<string, RunPreparedDocument>();
  #current: RunningSubgraph | undefined;

  constructor({ name, schema, running, onError }: ServedSubgraph) {
    this.#name = name;
    this.#schema = schema;
    this.#onError = onError;
    this.#running = running;
    const current = () => {
      if (this.#current === undefined) throw new Error(`${name} is not open yet`);
      return this.#current;
    };
    const served: RunningSubgraph = {
      name,
      schema,
      get sdl() {
        return current().sdl;
      },
      createContext: (...given) => current().createContext(...given),
      close: async () => {},
    };
    this.#transport = new InProcessTransport(served, onError, {
      compiled: new CompiledDocuments(MOST_COMPILED_FIELDS),
    });
  }

  /** Undefined for a text that is no document of this schema: what is wrong with it is for others to say. */
  async answer(
    query: string,
    variables: Readonly<Record<string, unknown>>,
    caller: Caller,
  ): Promise<ExecutionResult | undefined> {
    const run = this.#find(query);
    if (run === undefined) return undefined;
    try {
      this.#current = await this.#running();
    } catch (error) {
      this.#onError(this.#name, error);
      return { errors: [graphProblem('SUBGRAPH_UNAVAILABLE', { subgraph: this.#name })] };
    }
    return run({ variables, caller, trace: new OperationTrace() });
  }

  #find(query: string): RunPreparedDocument | undefined {
    const known = this.#documents.get(query);
    if (known !== undefined) {
      // The oldest are those that were not asked for.
      this.#documents.delete(query);
      this.#documents.set(query, known);
      return known;
    }
    const document = this.#read(query);
    if (document === undefined) return undefined;
    const made = this.#transport.prepare(document);
    this.#documents.set(query, made);
    const [oldest] = this.#documents.keys();
    if (this.#documents.size > MOST_DOCUMENTS && oldest !== undefined) this.#documents.delete(oldest);
    return made;
  }

  #read(query: string): DocumentNode | undefined {
    try {
      const document = parse(query, { noLocation: true });
      return validate(this.#schema, document).length === 0 ? document : undefined;
    } catch {
      return undefined;
    }
  }
}
