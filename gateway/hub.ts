import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import type { GraphQLSchema } from 'graphql';
import type { Logger } from 'pino';
import type { CatalogPort, SignedCheckpoint } from '../subgraphs/kit/catalog-port.ts';
import type { Clock } from '../subgraphs/kit/clock.ts';
import type { ExportWork } from '../subgraphs/kit/exports/export-work.ts';
import type { ChangeFeed } from '../subgraphs/kit/feed/change-feed.ts';
import type { SourceWork } from '../subgraphs/kit/ingest/sources/source-work.ts';
import { AccessAudit } from './audit/access-audit.ts';
import { CheckpointTimer } from './audit/checkpoint-timer.ts';
import { StreamSlots } from './changes/stream-slots.ts';
import { Subscriptions } from './changes/subscriptions.ts';
import { CHANGELOG_VERSIONS, createChangelogReader } from './documentation/changelog-in-worker.ts';
import { DocsSite } from './documentation/site/docs-site.ts';
import { ExportRunner } from './exports/export-runner.ts';
import type { Graph } from './graph.ts';
import { Drain } from './http/drain.ts';
import { describeError } from './http/error-report.ts';
import type { GraphqlHandlerOptions } from './http/graphql-handler.ts';
import { ingestLookups } from './http/ingest-lookups.ts';
import { createMetrics } from './http/metrics.ts';
import { createServer, GRAPHQL_ENDPOINT, type ServerOptions } from './http/server.ts';
import { createIdentify } from './identity/identify.ts';
import type { TokenVerifier } from './identity/tokens.ts';
import { CostBudget } from './operations/budget.ts';
import { createRegisteredDocuments } from './operations/registered-documents.ts';
import { UsageRecorder } from './operations/usage-recorder.ts';
import type { Options } from './options.ts';
import { protectedInputs as protectedInputsOf } from './plan/live-contract.ts';
import { createPurposeReader } from './policy/purposes.ts';
import { GraphVariants } from './serving/graph-variants.ts';
import { LiveGraph } from './serving/live-graph.ts';
import { serveGraph } from './serving/served-graph.ts';
import type { SourceConnections } from './sources/connections.ts';
import { SourcePuller } from './sources/source-puller.ts';
import { listenProblem } from './startup/check-port.ts';

/** The part of the options that the hub itself follows. */
export type HubOptions = Pick<
  Options,
  | 'host'
  | 'port'
  | 'maxBodyBytes'
  | 'limits'
  | 'introspection'
  | 'suggestions'
  | 'requestTimeoutMilliseconds'
  | 'metricsPublic'
>;

/** Everything the hub works with; it opens and closes none of it. */
export interface HubDependencies {
  readonly graph: Pick<Graph, 'apiSchema' | 'executor'> & Partial<Pick<Graph, 'ingest' | 'supergraphSdl'>>;
  readonly catalog: Pick<
    CatalogPort,
    | 'findClient'
    | 'grantVersion'
    | 'recordUsage'
    | 'readPurposes'
    | 'recordAccess'
    | 'signCheckpoint'
    | 'findTrustedText'
    | 'findDictionary'
    | 'readSchemaVersions'
    | 'recordWrites'
  >;
  readonly verifier: TokenVerifier;
  /** 15-digit codes of the grids of a worker's live posts; `workerId` is a global id. */
  readonly gridPostsOf: (workerId: string) => Promise<readonly string[]>;
  /** Coordinates of arguments and input fields that need a right. */
  readonly protectedInputs: ReadonlySet<string>;
  /** Rejects when the database does not answer. */
  readonly checkDatabase: () => Promise<unknown>;
  readonly clock: Clock;
  /** The events of all subgraphs, for change feed, subscriptions and webhooks. */
  readonly changes?: ChangeFeed;
  /** What exports there are to write, and the folder for their files; needs `changes`. */
  readonly exports?: { readonly work: ExportWork; readonly folder: string; readonly lookMilliseconds?: number };
  /** Mappings of department systems, and the connections over which they are fetched from. */
  readonly sources?: {
    readonly work: SourceWork;
    readonly connections: SourceConnections;
    readonly lookMilliseconds?: number;
  };
  readonly logger: Logger;
  /** Made before the graph, so that the graph can report its subgraphs' failures to it. */
  readonly metrics?: ReturnType<typeof createMetrics>;
  readonly graphiql?: ServerOptions['graphiql'];
  readonly console?: ServerOptions['console'];
  readonly documents?: ServerOptions['documents'];
  readonly sandbox?: ServerOptions['sandbox'];
  readonly oidc?: ServerOptions['oidc'];
  readonly onTrace?: GraphqlHandlerOptions['onTrace'];
  /** Default: the access log of the catalogue; for measuring what that costs. Given how many operations are running. */
  readonly openAudit?: (
    underWay: () => number,
  ) => GraphqlHandlerOptions['audit'] &
    Pick<AccessAudit, 'announceImport' | 'announceRejected' | 'announceFetch' | 'noteWritten' | 'close'>;
  /** Told of each checkpoint of the access log, to keep it outside of the database. */
  readonly onCheckpoint?: (checkpoint: SignedCheckpoint) => void;
}

export interface Hub extends AsyncDisposable {
  readonly app: FastifyInstance;
  readonly usage: UsageRecorder;
  /** Told which graph and which contracts to make variants of. */
  readonly variants: GraphVariants;
  /**
   * Starts to listen and returns the address of the GraphQL endpoint.
   *
   * @throws StartupProblem when the port cannot be had.
   */
  listen(): Promise<string>;
  /** Serves this graph from the next request on; what runs, ends on the graph that it began on. */
  reload(graph: Graph): void;
  /** Turns unready, finishes what runs (for a bounded time), records what was counted; may be called twice. */
  close(): Promise<void>;
}

/** Puts the gateway together; a pure factory that neither reads the environment nor listens by itself. */
export function openHub(options: HubOptions, dependencies: HubDependencies): Hub {
  const { catalog, checkDatabase, clock, graph, graphiql, logger, onTrace, protectedInputs } = dependencies;
  const { gridPostsOf, verifier, metrics = createMetrics(), onCheckpoint = () => {} } = dependencies;
  const { host, port, introspection, limits, maxBodyBytes, metricsPublic, suggestions } = options;
  const drain = new Drain();
  const slots = new StreamSlots();
  const usage = new UsageRecorder({
    catalog,
    clock,
    onTrouble: (event, error) =>
      event === 'failed'
        ? logger.warn({ error: describeError(error) }, 'usage could not be recorded and is kept for later')
        : logger.info('usage is recorded again'),
  });
  const underWay = () => drain.running;
  const auditFor = (apiSchema: GraphQLSchema, before?: AccessAudit) =>
    new AccessAudit({
      apiSchema,
      catalog,
      clock,
      before,
      underWay,
      onFailure: (error) => logger.error({ error: describeError(error) }, 'the access log could not be written'),
    });
  const audit = dependencies.openAudit?.(underWay) ?? auditFor(graph.apiSchema);
  const auditOf = (apiSchema: GraphQLSchema) => (audit instanceof AccessAudit ? auditFor(apiSchema, audit) : audit);
  const served = { limits, introspection, suggestions };
  const live = new LiveGraph(serveGraph(graph, { ...served, protectedInputs, auditOf: () => audit }));
  const { operations } = live;
  const serve = (next: Graph) =>
    serveGraph(next, { ...served, protectedInputs: protectedInputsOf(next.apiDocument), auditOf });
  const variants = new GraphVariants({ serve: (variant) => live.variant(serve(variant)) });
  const checkpoints = new CheckpointTimer({
    catalog,
    onCheckpoint,
    onFailure: (error) =>
      logger.warn({ error: describeError(error) }, 'no checkpoint of the access log could be signed'),
  });
  metrics.observe({
    cachedOperations: () => operations.size,
    droppedUsages: () => usage.dropped,
    streams: () => slots.taken,
  });
  const common = {
    apiSchema: graph.apiSchema,
    executor: live,
    operations,
    usage,
    audit: live.audit,
    drain,
    budget: new CostBudget(),
    maxCost: limits.cost,
    purposes: createPurposeReader(catalog),
    personalRights: live.personalRights,
    purposeMemory: new WeakMap(),
    timeoutMilliseconds: options.requestTimeoutMilliseconds,
    identify: createIdentify({ verifier, catalog, gridPostsOf, clock }),
    slots,
    variants,
  };
  const { changes } = dependencies;
  const exports =
    changes === undefined || dependencies.exports === undefined
      ? undefined
      : new ExportRunner({
          ...common,
          ...dependencies.exports,
          catalog,
          changes,
          onTrouble: (error) => logger.warn({ error: describeError(error) }, 'an export could not be written'),
        });
  const { ingest: desks = [] } = graph;
  const puller =
    dependencies.sources === undefined
      ? undefined
      : new SourcePuller({
          ...dependencies.sources,
          desks,
          catalog,
          audit,
          lookups: ingestLookups(graph),
          onTrouble: (error) =>
            logger.warn({ error: describeError(error) }, 'a department system could not be fetched from'),
        });
  const sources =
    puller === undefined || dependencies.sources === undefined
      ? undefined
      : { work: dependencies.sources.work, puller };
  const readChangelog = createChangelogReader(async () => {
    const versions = await catalog.readSchemaVersions('supergraph', CHANGELOG_VERSIONS);
    return versions.map(({ hash, sdl, publishedAt }) => ({
      ...{ version: hash, sdl, publishedAt: publishedAt.toISOString() },
    }));
  });
  let docs: { readonly of: GraphQLSchema; readonly site: DocsSite } | undefined;
  const openDocs = () => {
    const of = live.apiSchema;
    if (docs?.of !== of) {
      const schema = introspection ? of : undefined;
      docs = { of, site: new DocsSite({ schema, examples: dependencies.documents ?? [], readChangelog }) };
    }
    return docs.site;
  };
  const app = createServer({
    ...common,
    checkDatabase,
    changes,
    subscriptions: changes === undefined ? undefined : new Subscriptions({ ...common, changes }),
    metrics,
    metricsPublic,
    maxBodyBytes,
    logger,
    graphiql,
    console: dependencies.console,
    documents: dependencies.documents,
    registered: createRegisteredDocuments(catalog),
    dictionaries: catalog,
    servedSchema: () => live.apiSchema,
    openDocs,
    sandbox: dependencies.sandbox,
    oidc: dependencies.oidc,
    ingest: graph.ingest === undefined ? undefined : { desks, audit, sources },
    exports: dependencies.exports === undefined ? undefined : { ...dependencies.exports, audit },
    onTrace,
  });

  let closing: Promise<void> | undefined;
  const close = (): Promise<void> => {
    closing ??= (async () => {
      // One that is being written is begun again by the next hub.
      await exports?.close();
      await puller?.close();
      const cutOff = await drain.close(app);
      if (cutOff > 0) logger.warn({ cutOff }, 'operations were cut off');
      await usage.close();
      await audit.close();
      await checkpoints.close();
    })();
    return closing;
  };
  return {
    app,
    usage,
    variants,
    reload(next) {
      live.replace(serve(next));
    },
    async listen() {
      try {
        await app.listen({ host, port });
      } catch (error) {
        throw listenProblem({ host, port }, error);
      }
      const { port: taken } = app.server.address() as AddressInfo; // it listens on a port, not on a socket file
      return `http://${reachable(host)}:${taken}${GRAPHQL_ENDPOINT}`;
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}

/** A host that a browser on this machine can open. */
function reachable(host: string): string {
  if (host === '0.0.0.0' || host === '::') return '127.0.0.1';
  return host.includes(':') ? `[${host}]` : host;
}
