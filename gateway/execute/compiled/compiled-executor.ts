import type { ExecutionResult, GraphQLSchema } from 'graphql';
import { BoundedCache } from '../../operations/bounded-cache.ts';
import type { SubgraphTransport } from '../../transport/subgraph-transport.ts';
import type { ExecutableOperation } from '../executable-operation.ts';
import type { Executor, OperationRequest } from '../executor.ts';
import { CannotCompile } from './cannot-compile.ts';
import type { CompileScope } from './compile-operation.ts';
import { loadPlanner as loadInstalledPlanner, type PlanOperation } from './planner.ts';
import { Program, type Variant } from './program.ts';
import { SharedFetches } from './shared-fetches.ts';
import { readSupergraphTypes } from './supergraph-types.ts';

export interface CompiledExecutorOptions {
  readonly supergraphSdl: string;
  readonly apiSchema: GraphQLSchema;
  readonly transports: readonly SubgraphTransport[];
  readonly subjectFields?: CompileScope['subjectFields'];
  /** Serves what is not compiled. */
  readonly fallback: Executor;
  /** Told once of every operation that the fallback serves, and why; of a missing planner once and for all. */
  readonly onFallback: (reason: string) => void;
  /** Told of every request that the fallback serves. */
  readonly onFallbackRequest?: (() => void) | undefined;
  /** Default: the planner that is installed. */
  readonly loadPlanner?: (supergraphSdl: string) => PlanOperation;
}

/** A compiled operation takes some 100 KiB, most of it in the programs of its fetches. */
const MAX_VARIANTS = 1_000;

/**
 * Plans each operation once and compiles the plan and the projection of its answer into a program that a request only
 * fills with variables. Where that cannot be done the fallback executor serves the operation.
 */
export class CompiledExecutor implements Executor {
  readonly name = 'compiled';
  readonly #options: CompiledExecutorOptions;
  readonly #scope: CompileScope | undefined;
  /** Forgotten together with the prepared operations, whose cache is bounded. */
  readonly #programs = new WeakMap<ExecutableOperation, Program>();
  readonly #variants = new BoundedCache<Variant>(MAX_VARIANTS, MAX_VARIANTS);
  #opened = 0;

  constructor(options: CompiledExecutorOptions) {
    this.#options = options;
    this.#scope = openScope(options);
  }

  async execute(request: OperationRequest): Promise<ExecutionResult> {
    const result = this.#scope === undefined ? undefined : this.#programOf(request.prepared, this.#scope).run(request);
    if (result !== undefined) return await result;
    this.#options.onFallbackRequest?.();
    return await this.#options.fallback.execute(request);
  }

  /** Why the fallback would serve an operation, as its defaults have it; undefined when it is compiled. */
  findObstacle(prepared: ExecutableOperation): string | undefined {
    if (this.#scope === undefined) return 'no planner binary';
    return this.#programOf(prepared, this.#scope).findObstacle();
  }

  #programOf(prepared: ExecutableOperation, scope: CompileScope): Program {
    const known = this.#programs.get(prepared);
    if (known !== undefined) return known;
    const program = new Program(`${this.#opened++} `, prepared, scope, this.#variants, this.#options.onFallback);
    this.#programs.set(prepared, program);
    return program;
  }
}

function openScope(options: CompiledExecutorOptions): CompileScope | undefined {
  const { supergraphSdl, apiSchema, transports, onFallback, loadPlanner = loadInstalledPlanner } = options;
  const { subjectFields = new Map() } = options;
  const types = readSupergraphTypes(supergraphSdl);
  const byName = new Map(transports.map((transport) => [transport.subgraph, transport]));
  const transportOf = (service: string): SubgraphTransport => {
    const transport = byName.get(types.subgraphs.get(service) ?? service);
    if (transport === undefined) throw new CannotCompile(`no transport for ${service}`);
    return transport;
  };
  try {
    const fetches = new SharedFetches();
    return { schema: apiSchema, types, transportOf, fetches, plan: loadPlanner(supergraphSdl), subjectFields };
  } catch {
    onFallback('no planner binary');
    return undefined;
  }
}
