import type { GraphQLError, GraphQLSchema } from 'graphql';
import type { ExecutableOperation } from '../execute/executable-operation.ts';
import type { Executor, OperationRequest } from '../execute/executor.ts';
import type { OperationCache, ServedOperation } from '../operations/prepare.ts';
import type { GraphAudit, ServedGraph } from './served-graph.ts';

/**
 * The graph that is served now, and those before it for as long as something runs on them: an operation is executed,
 * and written about, by the graph that prepared it. So a new graph takes over between two requests, and no request and
 * no subscription notices.
 */
export class LiveGraph implements Executor {
  readonly name: string;
  readonly operations: OperationCache;
  readonly audit: GraphAudit;
  /** Rights that any graph served so far opens personal data by; only ever more. */
  readonly personalRights: ReadonlySet<string>;
  readonly #personalRights: Set<string>;
  readonly #servedBy = new WeakMap<ExecutableOperation, ServedGraph>();
  #current: ServedGraph;

  constructor(first: ServedGraph) {
    this.name = first.executor.name;
    this.#current = first;
    this.#personalRights = new Set(first.personalRights);
    this.personalRights = this.#personalRights;
    this.operations = this.#cacheOf(() => this.#current);
    this.audit = {
      announceWrite: (request) => this.#of(request.operation).audit.announceWrite(request),
      noteRefusal: (request, coordinates) => this.#of(request.operation).audit.noteRefusal(request, coordinates),
      requestOf: (request) => this.#of(request.operation).audit.requestOf(request),
      settle: (request, seen, result) => this.#of(request.operation).audit.settle(request, seen, result),
    };
  }

  get apiSchema(): GraphQLSchema {
    return this.#current.apiSchema;
  }

  /** What comes from now on is served by this graph. */
  replace(next: ServedGraph): void {
    for (const right of next.personalRights) this.#personalRights.add(right);
    this.#current = next;
  }

  /** A variant of the graph, to be asked like it. */
  variant(served: ServedGraph): OperationCache {
    return this.#cacheOf(() => served);
  }

  #cacheOf(graph: () => ServedGraph): OperationCache {
    return {
      prepare: (text, operationName) => this.#prepareOn(graph(), text, operationName),
      get size() {
        return graph().operations.size;
      },
    };
  }

  /** Prepares an operation on a graph, the live one or a variant of it, which then also runs it. */
  #prepareOn(
    graph: ServedGraph,
    text: string,
    operationName: string | undefined,
  ): ServedOperation | readonly GraphQLError[] {
    const made = graph.operations.prepare(text, operationName);
    if ('document' in made && !this.#servedBy.has(made)) this.#servedBy.set(made, graph);
    return made;
  }

  execute(request: OperationRequest) {
    return this.#of(request.prepared).executor.execute(request);
  }

  #of(operation: ExecutableOperation): ServedGraph {
    return this.#servedBy.get(operation) ?? this.#current;
  }
}
