import { getStitchedSchemaFromSupergraphSdl } from '@graphql-tools/federation';
import { type ExecutionResult, execute, type GraphQLSchema, parse } from 'graphql';
import { graphProblem } from '../../subgraphs/kit/codes/problems.ts';
import { readScopedRows, type ScopedRows } from '../plan/scoped-rows.ts';
import type { SubgraphTransport } from '../transport/subgraph-transport.ts';
import type { ExecutableOperation } from './executable-operation.ts';
import type { Executor, OperationRequest } from './executor.ts';
import { type WitnessedDocument, withWitnesses } from './row-witnesses.ts';
import { takeSubjectKeys, withSubjectKeys } from './subject-keys.ts';

export interface StitchingExecutorOptions {
  readonly supergraphSdl: string;
  readonly apiSchema: GraphQLSchema;
  readonly transports: readonly SubgraphTransport[];
  /** By type, the fields that make its objects subjects of the access log. */
  readonly subjectFields: ReadonlyMap<string, ReadonlySet<string>>;
  /** Types that say whose data their objects are. */
  readonly accessSubjects?: ReadonlySet<string>;
}

/**
 * Executes over the supergraph with the stitching executor of `@graphql-tools/federation`: correct on every shape, and
 * the fallback once operations are compiled.
 */
export class StitchingExecutor implements Executor {
  readonly name = 'stitching';
  readonly #schema: GraphQLSchema;
  readonly #scopedRows: ReadonlyMap<string, ScopedRows>;
  /** Lives and dies with the prepared operations, whose cache is bounded. */
  readonly #witnessed = new WeakMap<ExecutableOperation, WitnessedDocument>();
  readonly #apiSchema: GraphQLSchema;
  readonly #subjectFields: StitchingExecutorOptions['subjectFields'];
  readonly #accessSubjects: ReadonlySet<string>;

  constructor({ supergraphSdl, apiSchema, transports, subjectFields, accessSubjects }: StitchingExecutorOptions) {
    this.#apiSchema = apiSchema;
    this.#subjectFields = subjectFields;
    this.#accessSubjects = accessSubjects ?? new Set();
    const byGraphName = new Map(transports.map((transport) => [transport.subgraph.toUpperCase(), transport]));
    this.#scopedRows = readScopedRows(parse(supergraphSdl, { noLocation: true }));
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
    const { prepared, variables: variableValues } = request;
    const witnessed = this.#witness(prepared);
    const result = await execute({
      schema: this.#schema,
      document: witnessed.document,
      operationName: prepared.operationName ?? null,
      variableValues,
      contextValue: request,
    });
    return takeSubjectKeys(witnessed.withoutHidden(result), request.trace.subjects);
  }

  #witness(prepared: ExecutableOperation): WitnessedDocument {
    const known = this.#witnessed.get(prepared);
    if (known !== undefined) return known;
    const document = withSubjectKeys(prepared.document, this.#apiSchema, this.#subjectFields, this.#accessSubjects);
    const made = withWitnesses(document, this.#schema, this.#scopedRows);
    this.#witnessed.set(prepared, made);
    return made;
  }
}
