import type { ExecutionResult } from 'graphql';
import { validate } from 'graphql';
import type pg from 'pg';
import { type ExecutableOperation, executableOperation } from '../../../gateway/execute/executable-operation.ts';
import type { Graph } from '../../../gateway/graph.ts';
import { openGraph } from '../../../gateway/open-graph.ts';
import { createSubgraphServer } from '../../../gateway/transport/subgraph-server.ts';
import { REFERENCE_INSTANT } from '../../../prisma/seed/reference-instant.ts';
import type { Caller } from '../../../subgraphs/kit/caller/caller.ts';
import { fixedClock } from '../../../subgraphs/kit/clock.ts';
import { uuidSource } from '../../../subgraphs/kit/ids.ts';
import { OperationTrace } from '../../../subgraphs/kit/operation-trace.ts';
import { openSubgraph, type RunningSubgraph } from '../../../subgraphs/kit/subgraph-definition.ts';
import { subgraphs } from '../../../subgraphs/registry.ts';
import { TEST_KEYS } from '../../kit/city-database.ts';
import { systemCaller } from '../../kit/test-graph.ts';

export interface CityAnswer {
  /** As text: the order of fields counts. */
  readonly data: string;
  readonly errors: readonly string[];
  readonly statements: Readonly<Record<string, number>>;
}

export type Engine = 'compiled' | 'stitching' | 'compiledOverHttp';

export interface CityGraphs extends AsyncDisposable {
  readonly running: readonly RunningSubgraph[];
  /** Where each subgraph is served over HTTP, as one that runs apart. */
  readonly urls: Readonly<Record<string, string>>;
  readonly fallbacks: readonly string[];
  readonly graphs: Readonly<Record<Engine, Graph>>;
  run(engine: Engine, text: string, variables?: Record<string, unknown>, caller?: Caller): Promise<CityAnswer>;
}

/** The city's graph under both executors over the same subgraphs, and compiled over HTTP. */
export async function openCityGraphs(pool: pg.Pool): Promise<CityGraphs> {
  const environment = { pool, clock: fixedClock(REFERENCE_INSTANT), ids: uuidSource, keys: TEST_KEYS };
  const running = subgraphs.map((definition) => openSubgraph(definition, environment));
  const fallbacks: string[] = [];
  const common = {
    signatureKey: TEST_KEYS.signature,
    timeoutMilliseconds: 60_000,
    runsBeforeCompiling: 0,
    onSubgraphError: () => {},
    onFallback: (reason: string) => void fallbacks.push(reason),
  };
  const servers = await Promise.all(
    running.map(async (subgraph) => {
      const { name, schema } = subgraph;
      const options = { name, schema, running: async () => subgraph, signatureKey: TEST_KEYS.signature };
      const server = await createSubgraphServer({ ...options, onError: () => {} });
      return { name, server, url: `${await server.listen({ port: 0, host: '127.0.0.1' })}/graphql` };
    }),
  );
  const remoteUrls = Object.fromEntries(servers.map(({ name, url }) => [name, url]));
  const graphs = {
    compiled: await openGraph({ ...common, subgraphs: running, remoteUrls: {}, executor: 'compiled' }),
    stitching: await openGraph({ ...common, subgraphs: running, remoteUrls: {}, executor: 'stitching' }),
    compiledOverHttp: await openGraph({ ...common, subgraphs: [], remoteUrls, executor: 'compiled' }),
  };
  const known = new Map<string, ExecutableOperation>();
  const prepare = (text: string): ExecutableOperation => {
    const prepared = known.get(text) ?? executableOperation(text);
    if (known.has(text)) return prepared;
    const invalid = validate(graphs.compiled.apiSchema, prepared.document);
    if (invalid.length > 0) throw new Error(invalid.map(({ message }) => message).join('; '));
    known.set(text, prepared);
    return prepared;
  };
  return {
    running,
    urls: remoteUrls,
    fallbacks,
    graphs,
    run: async (engine, text, variables = {}, caller = systemCaller()) => {
      const prepared = prepare(text);
      const trace = new OperationTrace();
      const result = await graphs[engine].executor.execute({ prepared, variables, caller, trace });
      return { ...readable(result), statements: trace.statementCounts() };
    },
    [Symbol.asyncDispose]: async () => {
      await Promise.all(servers.map(({ server }) => server.close()));
      await Promise.all(Object.values(graphs).map((graph) => graph.close()));
    },
  };
}

function readable({ data, errors = [] }: ExecutionResult) {
  const lines = errors.map(({ path, extensions }) => `${path?.join('.') ?? ''} ${String(extensions?.code ?? '')}`);
  return { data: JSON.stringify(data), errors: [...new Set(lines)].sort() };
}
