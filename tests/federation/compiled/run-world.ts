import { type DocumentNode, type ExecutionResult, execute, GraphQLError, type GraphQLSchema, parse } from 'graphql';
import { CompiledExecutor } from '../../../gateway/execute/compiled/compiled-executor.ts';
import { executableOperation } from '../../../gateway/execute/executable-operation.ts';
import type { Executor } from '../../../gateway/execute/executor.ts';
import { StitchingExecutor } from '../../../gateway/execute/stitching-executor.ts';
import { InProcessTransport } from '../../../gateway/transport/in-process-transport.ts';
import type { SubgraphTransport } from '../../../gateway/transport/subgraph-transport.ts';
import { HUB_CALLER } from '../../../subgraphs/kit/caller/caller.ts';
import { OperationTrace } from '../../../subgraphs/kit/operation-trace.ts';
import type { SubgraphContext } from '../../../subgraphs/kit/subgraph-context.ts';
import { type Breakage, SOUND, type World, type WorldContext } from './world.ts';

export interface Asked {
  readonly subgraph: string;
  readonly document: DocumentNode;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** A world behind the engines under test. */
export class RunningWorld {
  readonly fallbacks: string[] = [];
  readonly asked: Asked[] = [];
  readonly compiled: Executor;
  readonly stitching: Executor;
  breakage: Breakage = SOUND;
  log: string[] = [];
  readonly #world: World;

  constructor(world: World) {
    this.#world = world;
    const transports = world.subgraphs.map((subgraph): SubgraphTransport => {
      const inner = new InProcessTransport(
        { ...subgraph, createContext: () => this.#context() as unknown as SubgraphContext },
        (_subgraph, error) => {
          throw error;
        },
        { runsBeforeCompiling: 0 },
      );
      const unavailable = () => ({
        errors: [new GraphQLError('down', { extensions: { code: 'SUBGRAPH_UNAVAILABLE', subgraph: subgraph.name } })],
      });
      return {
        subgraph: subgraph.name,
        readSdl: async () => subgraph.sdl,
        execute: async (request) => {
          this.asked.push({ subgraph: subgraph.name, document: request.document, variables: request.variables });
          return this.breakage.down.has(subgraph.name) ? unavailable() : inner.execute(request);
        },
        prepare: (document) => {
          const run = inner.prepare(document);
          return (request) => {
            this.asked.push({ subgraph: subgraph.name, document, variables: request.variables });
            return this.breakage.down.has(subgraph.name) ? unavailable() : run(request);
          };
        },
        close: async () => {},
      };
    });
    this.stitching = new StitchingExecutor({
      supergraphSdl: world.supergraphSdl,
      apiSchema: world.apiSchema,
      transports,
      subjectFields: new Map(),
    });
    this.compiled = new CompiledExecutor({
      supergraphSdl: world.supergraphSdl,
      apiSchema: world.apiSchema,
      transports,
      fallback: this.stitching,
      onFallback: (reason) => this.fallbacks.push(reason),
    });
  }

  get apiSchema(): GraphQLSchema {
    return this.#world.apiSchema;
  }

  async run(executor: Executor, text: string, variables: Record<string, unknown> = {}): Promise<ExecutionResult> {
    const prepared = executableOperation(text);
    return executor.execute({ prepared, variables, caller: HUB_CALLER, trace: new OperationTrace() });
  }

  async oracle(text: string, variables: Record<string, unknown> = {}): Promise<ExecutionResult> {
    return await execute({
      schema: this.#world.monolith,
      document: parse(text),
      variableValues: variables,
      contextValue: this.#context(),
    });
  }

  #context(): WorldContext {
    return { breakage: this.breakage, log: this.log };
  }
}
