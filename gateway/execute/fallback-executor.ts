import type { ExecutionResult } from 'graphql';
import type { SubgraphTransport } from '../transport/subgraph-transport.ts';
import type { Executor, OperationRequest } from './executor.ts';

/** The stitching executor, made when the first operation needs it: most hubs never do, and making it takes time. */
export class FallbackExecutor implements Executor {
  readonly name = 'stitching';
  readonly #supergraphSdl: string;
  readonly #transports: readonly SubgraphTransport[];
  #made: Promise<Executor> | undefined;

  constructor(supergraphSdl: string, transports: readonly SubgraphTransport[]) {
    this.#supergraphSdl = supergraphSdl;
    this.#transports = transports;
  }

  async execute(request: OperationRequest): Promise<ExecutionResult> {
    this.#made ??= import('./stitching-executor.ts').then(
      ({ StitchingExecutor }) => new StitchingExecutor(this.#supergraphSdl, this.#transports),
    );
    return (await this.#made).execute(request);
  }
}
