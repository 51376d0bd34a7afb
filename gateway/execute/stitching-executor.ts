import { getStitchedSchemaFromSupergraphSdl } from '@graphql-tools/federation';
import { type ExecutionResult, execute, type GraphQLSchema } from 'graphql';
import { graphProblem } from '../../subgraphs/kit/codes/problems.ts';
import type { SubgraphTransport } from '../transport/subgraph-transport.ts';
import type { Executor, OperationRequest } from './executor.ts';

/**
 * Executes over the supergraph with the stitching executor of `@graphql-tools/federation`: correct on every shape, and
 * the fallback once operations are compiled.
 */
export class StitchingExecutor implements Executor {
  readonly name = 'stitching';
  readonly #schema: GraphQLSchema;

  constructor(supergraphSdl: string, transports: readonly SubgraphTransport[]) {
    const byGraphName = new Map(transports.map((transport) => [transport.subgraph.toUpperCase(), transport]));
    this.#schema = getStitchedSchemaFromSupergraphSdl({
      supergraphSdl,
      onSubschemaConfig: (subschema) => {
        const transport = byGraphName.get(subschema.name.toUpperCase());
        if (transport === undefined) throw new Error(`No transport for subgraph ${subschema.name}`);
        subschema.executor = (step) => {
          const operation = step.context as OperationRequest | undefined;
          if (operation === undefined) throw graphProblem('SUBGRAPH_UNAVAILABLE', { subgraph: transport.subgraph });
          return transport.execute({
            document: step.document,
            variables: step.variables ?? {},
            operationName: step.operationName,
            caller: operation.caller,
            trace: operation.trace,
            signal: operation.signal,
          }) as never;
        };
      },
    });
  }

  async execute(request: OperationRequest): Promise<ExecutionResult> {
    return await execute({
      schema: this.#schema,
      document: request.prepared.document,
      operationName: request.prepared.operationName ?? null,
      variableValues: request.variables,
      contextValue: request,
    });
  }
}
