import type { ExecutionResult } from 'graphql';
import type { Executor, OperationRequest } from './executor.ts';
import type { StitchingExecutorOptions } from './stitching-executor.ts';

/** The stitching executor, made when the first operation needs it: most hubs never do, and making it takes time. */
export class FallbackExecutor implements Executor {
  readonly name = 'stitching';
  readonly #options: StitchingExecutorOptions;
  #made: Promise<Executor> | undefined;

  constructor(options: StitchingExecutorOptions) {
    this.#options = options;
  }

  async execute(request: OperationRequest): Promise<ExecutionResult> {
    this.#made ??= import('./stitching-executor.ts').then(
      ({ StitchingExecutor }) => new StitchingExecutor(this.#options),
    );
    return (await this.#made).execute(request);
  }
}
