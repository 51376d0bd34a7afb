import { setImmediate as nextTurn } from 'node:timers/promises';
import { buildASTSchema } from 'graphql';
import { HUB_CALLER } from '../subgraphs/kit/caller/caller.ts';
import type { GraphRelease } from '../subgraphs/kit/catalog-port.ts';
import { StartupProblem } from '../subgraphs/kit/codes/startup-problem.ts';
import type { IngestDesk } from '../subgraphs/kit/ingest/ingest-desk.ts';
import { OperationTrace } from '../subgraphs/kit/operation-trace.ts';
import { RestingText } from '../subgraphs/kit/resting-text.ts';
import { nominalUrl } from '../subgraphs/kit/schema-check/nominal-url.ts';
import { uncoveredParts } from '../subgraphs/kit/schema-check/uncovered-parts.ts';
import type { RunningSubgraph } from '../subgraphs/kit/subgraph-definition.ts';
import { CompiledExecutor } from './execute/compiled/compiled-executor.ts';
import { loadPlanner } from './execute/compiled/planner.ts';
import { executableOperation } from './execute/executable-operation.ts';
import { FallbackExecutor } from './execute/fallback-executor.ts';
import { ReferenceCheck } from './execute/reference-check.ts';
import type { Graph } from './graph.ts';
import { readAccessSubjects, withAccessSubjects } from './plan/access-subjects.ts';
import type { ComposedGraph, SubgraphContract } from './plan/compose-supergraph.ts';
import { findReviewedSupergraph, readReviewed } from './plan/reviewed-supergraph.ts';
import { forPlanner, parseSchema } from './plan/schema-text.ts';
import { readSubjectFields } from './policy/personal-fields.ts';
import { CompiledDocuments, MOST_COMPILED_FIELDS } from './transport/compiled-documents.ts';
import { transportsFor } from './transport/external-transports.ts';
import { HttpTransport } from './transport/http-transport.ts';
import { InProcessTransport, type SubgraphErrorListener } from './transport/in-process-transport.ts';
import type { SubgraphTransport } from './transport/subgraph-transport.ts';

export interface OpenGraphOptions {
  /** Subgraphs that run in this process. */
  readonly subgraphs: readonly RunningSubgraph[];
  /** Subgraphs that run elsewhere, by name; a name given here is not also in `subgraphs`. */
  readonly remoteUrls: Readonly<Record<string, string>>;
  /** Take in the datasets of subgraphs that run elsewhere over the same database. */
  readonly desksApart?: readonly IngestDesk[];
  readonly signatureKey: Buffer;
  readonly timeoutMilliseconds: number;
  readonly onSubgraphError: SubgraphErrorListener;
  /** Puts something before each subgraph, such as a sandbox's switches. */
  readonly wrapTransport?: ((transport: SubgraphTransport) => SubgraphTransport) | undefined;
  /** Default 'compiled', which leaves what it does not compile to 'stitching'. */
  readonly executor?: 'compiled' | 'stitching';
  /** Puts something before each subgraph of another department: clocks, maintenance windows. */
  readonly wrapExternal?: ((transport: SubgraphTransport, sdl: string) => SubgraphTransport) | undefined;
  /** Told once of each operation that the compiled executor leaves to the other one, and why. */
  readonly onFallback?: (reason: string) => void;
  /** How often a subgraph's document is interpreted before it is compiled, see `compileDocument`. */
  readonly runsBeforeCompiling?: number;
  /** Told of each request that is left to it. */
  readonly onFallbackRequest?: () => void;
}

/**
 * Composes the subgraphs and makes the graph ready to execute. A remote subgraph that is down at this moment takes part
 * with its reviewed contract under `schema/`, so that the rest of the city keeps its answers. Throws StartupProblem when
 * the contracts do not compose, or a remote one can be had nowhere.
 */
export async function openGraph(options: OpenGraphOptions): Promise<Graph> {
  const { subgraphs, remoteUrls, signatureKey, timeoutMilliseconds, onSubgraphError } = options;
  const { runsBeforeCompiling } = options;
  const compiling = { runsBeforeCompiling, compiled: new CompiledDocuments(MOST_COMPILED_FIELDS) };
  const transports: SubgraphTransport[] = [
    ...subgraphs.map((running) => new InProcessTransport(running, onSubgraphError, compiling)),
    ...Object.entries(remoteUrls).map(
      ([subgraph, url]) =>
        new HttpTransport({ subgraph, url, signatureKey, timeoutMilliseconds, onError: onSubgraphError }),
    ),
  ]
    .map((transport) => options.wrapTransport?.(transport) ?? transport)
    .sort((a, b) => (a.subgraph < b.subgraph ? -1 : 1));
  const contracts = await Promise.all(
    transports.map((transport) => readContract(transport, remoteUrls, onSubgraphError)),
  );
  return assembleGraph(options, transports, contracts, findReviewedSupergraph(contracts) ?? (await compose(contracts)));
}

/** Makes a composed graph ready to execute over its transports. */
function assembleGraph(
  options: OpenGraphOptions,
  transports: readonly SubgraphTransport[],
  contracts: readonly SubgraphContract[],
  { supergraphSdl, apiSdl }: ComposedGraph,
): Graph {
  const { subgraphs } = options;
  const [supergraph, api] = [new RestingText(supergraphSdl), new RestingText(apiSdl)];
  const named = contracts.map(({ name, url, sdl }) => resting(name, url, sdl));
  // Made of contracts that were valid, by the composer.
  const apiDocument = parseSchema(apiSdl);
  const apiSchema = buildASTSchema(apiDocument, { assumeValidSDL: true });
  const accessSubjects = readAccessSubjects(supergraphSdl);
  const subjectFields = readSubjectFields(apiSchema, accessSubjects);
  const stitching = new FallbackExecutor({
    get supergraphSdl() {
      return withAccessSubjects(supergraph.text);
    },
    ...{ apiSchema, transports, subjectFields, accessSubjects },
  });
  const { executor = 'compiled', onFallback = () => {}, onFallbackRequest } = options;
  const chosen =
    executor === 'stitching'
      ? stitching
      : new CompiledExecutor({
          get supergraphSdl() {
            return withAccessSubjects(supergraph.text);
          },
          ...{ apiSchema, transports, subjectFields },
          loadPlanner: (sdl) => loadPlanner(forPlanner(sdl)),
          fallback: stitching,
          onFallback,
          onFallbackRequest,
        });
  return {
    get supergraphSdl() {
      return supergraph.text;
    },
    get apiSdl() {
      return api.text;
    },
    apiDocument,
    apiSchema,
    subgraphs: named,
    ingest: [
      ...subgraphs.flatMap(({ ingest }) => (ingest === undefined ? [] : [ingest])),
      ...(options.desksApart ?? []),
    ],
    timedWork: subgraphs.flatMap(({ runTimedWork }) => (runTimedWork === undefined ? [] : [runTimedWork])),
    executor: new ReferenceCheck({ executor: chosen, apiSchema, transports, contracts: named }),
    reopen: async (release) => {
      refusePromises(release.contracts, subgraphs);
      const next = transportsFor(release.contracts, options, transports);
      const published = release.contracts.map(({ name, sdl, url }) => ({ name, sdl, url: url ?? nominalUrl(name) }));
      await nextTurn(); // requests first
      const graph = assembleGraph(options, next, published, release);
      await nextTurn();
      await provePlanning(graph);
      return graph;
    },
    close: async () => {
      await Promise.all(transports.map((transport) => transport.close()));
    },
  };
}

/** A contract whose text rests until somebody reads it. */
function resting(name: string, url: string, sdl: string): SubgraphContract {
  const text = new RestingText(sdl);
  return {
    name,
    url,
    get sdl() {
      return text.text;
    },
  };
}

/** What code of this process does not keep must not be promised. */
function refusePromises(contracts: GraphRelease['contracts'], subgraphs: readonly RunningSubgraph[]): void {
  for (const running of subgraphs) {
    const contract = contracts.find(({ name }) => name === running.name);
    const uncovered = contract === undefined ? [] : uncoveredParts(contract.sdl, running.sdl);
    if (uncovered.length === 0) continue;
    const parts = uncovered.slice(0, 12).join(', ');
    throw new StartupProblem(
      `本枢纽的子图 ${running.name} 未提供：${parts}。请先上线提供它们的代码。`,
      `The subgraph ${running.name} of this hub does not serve ${parts}; start code that does.`,
    );
  }
}

/** A graph that cannot answer the least of questions is none. */
async function provePlanning({ executor }: Graph): Promise<void> {
  const prepared = executableOperation('{ __typename }');
  const { data, errors } = await executor.execute({
    prepared,
    variables: {},
    caller: HUB_CALLER,
    trace: new OperationTrace(),
  });
  if (data?.__typename !== 'Query') throw new Error(errors?.[0]?.message ?? 'no answer');
}

/**
 * Makes sure, before anything else is opened, that subgraphs which only exist elsewhere answer with a contract.
 *
 * @throws StartupProblem that names the first which does not, most likely because its variable is misspelt.
 */
export async function checkRemoteSubgraphs(
  options: Pick<OpenGraphOptions, 'remoteUrls' | 'signatureKey' | 'timeoutMilliseconds'>,
): Promise<void> {
  const { remoteUrls, signatureKey, timeoutMilliseconds } = options;
  for (const [subgraph, url] of Object.entries(remoteUrls)) {
    const transport = new HttpTransport({ subgraph, url, signatureKey, timeoutMilliseconds, onError: () => {} });
    try {
      await readContract(transport, remoteUrls, () => {});
    } finally {
      await transport.close();
    }
  }
}

/** The composer is only loaded when there is something to compose. */
async function compose(contracts: readonly SubgraphContract[]): Promise<ComposedGraph> {
  const { composeSupergraph } = await import('./plan/compose-supergraph.ts');
  return composeSupergraph(contracts);
}

async function readContract(
  transport: SubgraphTransport,
  remoteUrls: Readonly<Record<string, string>>,
  onSubgraphError: SubgraphErrorListener,
): Promise<SubgraphContract> {
  const name = transport.subgraph;
  const url = remoteUrls[name] ?? nominalUrl(name);
  try {
    return { name, url, sdl: await transport.readSdl() };
  } catch (error) {
    onSubgraphError(name, error);
    const reviewed = readReviewed(name);
    if (reviewed !== undefined) return { name, url, sdl: reviewed };
    throw new StartupProblem(
      `无法从 ${url} 取得子图 ${name} 的契约：请启动该子图，或检查 SUBGRAPH_${name.toUpperCase()}_URL 的名称和地址。`,
      `The contract of subgraph ${name} cannot be read from ${url}: start it, or check name and address of SUBGRAPH_${name.toUpperCase()}_URL.`,
      { cause: error },
    );
  }
}
