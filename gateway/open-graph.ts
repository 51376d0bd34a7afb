import { buildASTSchema, parse } from 'graphql';
import { StartupProblem } from '../subgraphs/kit/codes/startup-problem.ts';
import type { RunningSubgraph } from '../subgraphs/kit/subgraph-definition.ts';
import { CompiledExecutor } from './execute/compiled/compiled-executor.ts';
import { FallbackExecutor } from './execute/fallback-executor.ts';
import { ReferenceCheck } from './execute/reference-check.ts';
import type { Graph } from './graph.ts';
import { readAccessSubjects, withAccessSubjects } from './plan/access-subjects.ts';
import type { ComposedGraph, SubgraphContract } from './plan/compose-supergraph.ts';
import { findReviewedSupergraph, readReviewed } from './plan/reviewed-supergraph.ts';
import { readSubjectFields } from './policy/personal-fields.ts';
import { HttpTransport } from './transport/http-transport.ts';
import { InProcessTransport, type SubgraphErrorListener } from './transport/in-process-transport.ts';
import type { SubgraphTransport } from './transport/subgraph-transport.ts';

export interface OpenGraphOptions {
  /** Subgraphs that run in this process. */
  readonly subgraphs: readonly RunningSubgraph[];
  /** Subgraphs that run elsewhere, by name; a name given here is not also in `subgraphs`. */
  readonly remoteUrls: Readonly<Record<string, string>>;
  readonly signatureKey: Buffer;
  readonly timeoutMilliseconds: number;
  readonly onSubgraphError: SubgraphErrorListener;
  /** Puts something before each subgraph, such as a sandbox's switches. */
  readonly wrapTransport?: ((transport: SubgraphTransport) => SubgraphTransport) | undefined;
  /** Default 'compiled', which leaves what it does not compile to 'stitching'. */
  readonly executor?: 'compiled' | 'stitching';
  /** Told once of each operation that the compiled executor leaves to the other one, and why. */
  readonly onFallback?: (reason: string) => void;
  /** How often a subgraph's document is interpreted before it is compiled, see `compileDocument`. */
  readonly runsBeforeCompiling?: number;
  /** Told of each request that is left to it. */
  readonly onFallbackRequest?: () => void;
}

/** Addresses written into the supergraph for engines of other makers; the hub's own transports know better. */
export function nominalUrl(subgraph: string): string {
  return `http://${subgraph}.yiyun.example/graphql`;
}

/**
 * Composes the subgraphs and makes the graph ready to execute. A remote subgraph that is down at this moment takes part
 * with its reviewed contract under `schema/`, so that the rest of the city keeps its answers. Throws StartupProblem when
 * the contracts do not compose, or a remote one can be had nowhere.
 */
export async function openGraph(options: OpenGraphOptions): Promise<Graph> {
  const { subgraphs, remoteUrls, signatureKey, timeoutMilliseconds, onSubgraphError } = options;
  const transports: SubgraphTransport[] = [
    ...subgraphs.map((running) => new InProcessTransport(running, onSubgraphError, options.runsBeforeCompiling)),
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
  const { supergraphSdl, apiSdl } = findReviewedSupergraph(contracts) ?? (await compose(contracts));
  // Made of contracts that were valid, by the composer.
  const apiDocument = parse(apiSdl, { noLocation: true });
  const apiSchema = buildASTSchema(apiDocument, { assumeValidSDL: true });
  const accessSubjects = readAccessSubjects(supergraphSdl);
  const subjectFields = readSubjectFields(apiSchema, accessSubjects);
  const execution = { supergraphSdl: withAccessSubjects(supergraphSdl), apiSchema, transports };
  const stitching = new FallbackExecutor({ ...execution, subjectFields, accessSubjects });
  const { executor = 'compiled', onFallback = () => {}, onFallbackRequest } = options;
  const chosen =
    executor === 'stitching'
      ? stitching
      : new CompiledExecutor({
          ...execution,
          subjectFields,
          fallback: stitching,
          onFallback,
          onFallbackRequest,
        });
  return {
    supergraphSdl,
    apiSdl,
    apiDocument,
    apiSchema,
    subgraphs: contracts,
    ingest: subgraphs.flatMap(({ ingest }) => (ingest === undefined ? [] : [ingest])),
    timedWork: subgraphs.flatMap(({ runTimedWork }) => (runTimedWork === undefined ? [] : [runTimedWork])),
    executor: new ReferenceCheck({ executor: chosen, apiSchema, transports, contracts }),
    close: async () => {
      await Promise.all(transports.map((transport) => transport.close()));
    },
  };
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
