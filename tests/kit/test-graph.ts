import { type ExecutionResult, validate } from 'graphql';
import type pg from 'pg';
import { type ExecutableOperation, executableOperation } from '../../gateway/execute/executable-operation.ts';
import type { Graph } from '../../gateway/graph.ts';
import { type OpenGraphOptions, openGraph } from '../../gateway/open-graph.ts';
import { createSubgraphServer } from '../../gateway/transport/subgraph-server.ts';
import { REFERENCE_INSTANT } from '../../prisma/seed/reference-instant.ts';
import { type Caller, type CallerClaims, fromClaims } from '../../subgraphs/kit/caller/caller.ts';
import { type Clock, fixedClock } from '../../subgraphs/kit/clock.ts';
import { rights } from '../../subgraphs/kit/codes/rights.ts';
import type { ChangeFeed } from '../../subgraphs/kit/feed/change-feed.ts';
import { uuidSource } from '../../subgraphs/kit/ids.ts';
import { OperationTrace } from '../../subgraphs/kit/operation-trace.ts';
import { openDesk, openSubgraph } from '../../subgraphs/kit/subgraph-definition.ts';
import { subgraphs } from '../../subgraphs/registry.ts';
import { TEST_KEYS } from './city-database.ts';
import { federatedSchemaOf } from './federated-schema-of.ts';

/** Services of departments that a test starts on its own machine. */
const LOCAL = { allowPrivate: true, allowedHosts: [] };

export type TransportMode = 'in-process' | 'http';

export interface TestGraphOptions {
  readonly pool: pg.Pool;
  readonly mode?: TransportMode;
  readonly clock?: Clock;
  /** The events that the catalogue shows; of its own where none are given. */
  readonly changes?: ChangeFeed;
  /** Subgraphs that do not answer. */
  readonly down?: readonly string[];
  readonly wrapTransport?: OpenGraphOptions['wrapTransport'];
  readonly wrapExternal?: OpenGraphOptions['wrapExternal'];
  /** Default: compiled. */
  readonly executor?: 'compiled' | 'stitching';
}

export interface TestGraph extends AsyncDisposable {
  readonly graph: Graph;
  run(
    document: string,
    variables: Record<string, unknown>,
    caller?: Caller,
  ): Promise<ExecutionResult & { statements: Record<string, number>; fetches: number }>;
}

/** The whole graph over a test's database, in one process or with each subgraph behind HTTP and signatures. */
export async function openTestGraph(options: TestGraphOptions): Promise<TestGraph> {
  const {
    pool,
    changes,
    mode = 'in-process',
    clock = fixedClock(REFERENCE_INSTANT),
    down = [],
    executor = 'compiled',
  } = options;
  const environment = {
    pool,
    clock,
    ids: uuidSource,
    keys: TEST_KEYS,
    webhookTargets: LOCAL,
    ...(changes === undefined ? {} : { changes }),
  };
  const opened = subgraphs.map((definition) => openSubgraph(definition, environment, federatedSchemaOf(definition)));
  const local = mode === 'in-process' ? opened.filter(({ name }) => !down.includes(name)) : [];
  const servers = await Promise.all(
    opened
      .filter(({ name }) => !local.some((subgraph) => subgraph.name === name))
      .map(async (subgraph) => {
        const server = await createSubgraphServer({
          name: subgraph.name,
          schema: subgraph.schema,
          running: async () => subgraph,
          signatureKey: TEST_KEYS.signature,
          onError: () => {},
        });
        const url = `${await server.listen({ port: 0, host: '127.0.0.1' })}/graphql`;
        return { name: subgraph.name, server, url };
      }),
  );
  const graph = await openGraph({
    subgraphs: local,
    remoteUrls: Object.fromEntries(servers.map(({ name, url }) => [name, url])),
    // As a hub has them: its own, over the tables of the subgraphs that run apart.
    desksApart: subgraphs
      .filter(({ name }) => !local.some((subgraph) => subgraph.name === name))
      .flatMap((definition) => openDesk(definition, environment, federatedSchemaOf(definition).schema) ?? []),
    signatureKey: TEST_KEYS.signature,
    timeoutMilliseconds: 60_000,
    executor,
    // What is answered for ever after the first time is what is tested.
    runsBeforeCompiling: 0,
    wrapTransport: options.wrapTransport,
    wrapExternal: options.wrapExternal,
    onSubgraphError: () => {},
  });
  await Promise.all(servers.filter(({ name }) => down.includes(name)).map(({ server }) => server.close()));
  return {
    graph,
    run: async (document, variables, caller = systemCaller()) => {
      const prepared = prepare(graph, document);
      const trace = new OperationTrace();
      const result = await graph.executor.execute({ prepared, variables, caller, trace });
      // The same plain JSON in both modes: what a client would see.
      const fetches = [...trace.fetches.values()].reduce((sum, count) => sum + count, 0);
      return {
        ...(JSON.parse(JSON.stringify(result)) as ExecutionResult),
        statements: trace.statementCounts(),
        fetches,
      };
    },
    [Symbol.asyncDispose]: async () => {
      await graph.close();
      await Promise.all(servers.map(({ server }) => server.close()));
      await Promise.all(opened.map((subgraph) => subgraph.close()));
    },
  };
}

function prepare(graph: Graph, text: string): ExecutableOperation {
  const prepared = executableOperation(text);
  const errors = validate(graph.apiSchema, prepared.document);
  if (errors.length > 0) throw new Error(errors.map(({ message }) => message).join('; '));
  return prepared;
}

/** A department system of the whole city with every right. */
export function systemCaller(overrides: Partial<CallerClaims> = {}): Caller {
  return fromClaims({
    clientId: 'test-system',
    kind: 'SYSTEM',
    departmentCode: 'public-security',
    jurisdiction: ['3304'],
    rights: Object.keys(rights),
    purpose: { legalBasis: 'PIPL-13-3', scenario: 'service-handling' },
    unmask: true,
    ...overrides,
  });
}
