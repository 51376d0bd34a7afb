import type { GraphContractDefinition } from '../../subgraphs/kit/catalog-port.ts';
import { composeInWorker, type VariantFilter } from '../../subgraphs/kit/schema-check/graph-variant.ts';
import type { Graph } from '../graph.ts';
import type { OperationCache } from '../operations/prepare.ts';

/** What the graph will be when everything announced to go has gone. */
export const AFTER_REMOVALS = 'after-removals';

export interface GraphVariantsOptions {
  /** Makes a variant that was opened ready to be asked. */
  readonly serve: (graph: Graph) => OperationCache;
}

export type FoundVariant = OperationCache | 'UNKNOWN' | 'BROKEN';

/**
 * 契约变体 — parts of the served graph under names of their own, composed when they are first asked for, beside the hub,
 * and anew after each publication or change of their definition.
 */
export class GraphVariants {
  readonly #options: GraphVariantsOptions;
  readonly #made = new WeakMap<Graph, Map<string, Promise<FoundVariant>>>();
  #graph: Graph | undefined;
  #contracts: readonly GraphContractDefinition[] = [];

  constructor(options: GraphVariantsOptions) {
    this.#options = options;
  }

  /** Follows what is served and which contracts there are. */
  follow(graph: Graph, contracts: readonly GraphContractDefinition[]): void {
    this.#graph = graph;
    this.#contracts = contracts;
  }

  /** A contract by its name. */
  async contract(name: string): Promise<FoundVariant> {
    const definition = this.#contracts.find((contract) => contract.name === name);
    if (definition === undefined) return 'UNKNOWN';
    const { excludeTags, includeTags, maxGrade } = definition;
    return this.#find({ kind: 'CONTRACT', maxGrade, includeTags, excludeTags });
  }

  async afterRemovals(): Promise<FoundVariant> {
    return this.#find({ kind: 'AFTER_REMOVALS' });
  }

  #find(filter: VariantFilter): Promise<FoundVariant> {
    const graph = this.#graph;
    if (graph === undefined) return Promise.resolve('UNKNOWN');
    const known = this.#made.get(graph) ?? new Map<string, Promise<FoundVariant>>();
    this.#made.set(graph, known);
    const key = JSON.stringify(filter);
    const made =
      known.get(key) ??
      this.#make(graph, filter).catch((error: unknown) => {
        // Tried again by the next request.
        known.delete(key);
        throw error;
      });
    known.set(key, made);
    return made;
  }

  async #make(graph: Graph, filter: VariantFilter): Promise<FoundVariant> {
    const composed = await composeInWorker({ contracts: graph.subgraphs, filter });
    if ('findings' in composed) return 'BROKEN';
    const contracts = graph.subgraphs.map(({ name, sdl }) => ({ name, sdl, url: null }));
    return this.#options.serve(await graph.reopen({ ...composed, contracts }));
  }
}
