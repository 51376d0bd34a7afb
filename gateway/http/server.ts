import { randomUUID } from 'node:crypto';
import Fastify, {
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  LogController,
} from 'fastify';
import type { Logger } from 'pino';
import { graphProblem } from '../../subgraphs/kit/codes/problems.ts';
import type { ChangeFeed } from '../../subgraphs/kit/feed/change-feed.ts';
import type { StreamSlots } from '../changes/stream-slots.ts';
import type { Subscriptions } from '../changes/subscriptions.ts';
import type { DocsSite } from '../documentation/site/docs-site.ts';
import { type Identify, IdentityRefused } from '../identity/identify.ts';
import type { OidcIssuer } from '../identity/oidc/oidc-issuer.ts';
import type { RegisteredDocuments } from '../operations/registered-documents.ts';
import type { PurposeReader } from '../policy/purposes.ts';
import type { GraphVariants } from '../serving/graph-variants.ts';
import { BodyDeadline } from './body-deadline.ts';
import { CHANGES_ENDPOINT, createChangesHandler } from './changes.ts';
import { type ConsoleOptions, registerConsole } from './console.ts';
import { type DictionariesOptions, registerDictionaries } from './dictionaries.ts';
import { registerDocs } from './docs.ts';
import { reportAs, reportInternalError } from './error-report.ts';
import { type ExportsRouteOptions, registerExports } from './exports.ts';
import { chooseGraphVariant } from './graph-variant.ts';
import { type GraphiqlOptions, graphiqlForBrowsers, registerGraphiql } from './graphiql.ts';
import { createGraphqlHandler, type GraphqlHandlerOptions } from './graphql-handler.ts';
import { registerHealth } from './health.ts';
import { type IngestRouteOptions, registerIngest } from './ingest.ts';
import { type Metrics, registerMetrics } from './metrics.ts';
import { registerOidc } from './oidc.ts';
import { replyProblem } from './problem-reply.ts';
import { fillRegisteredDocument } from './registered-document.ts';
import { type RestOptions, registerRest } from './rest.ts';
import { registerSandbox, type Sandbox } from './sandbox.ts';
import { registerSubscriptionSocket } from './subscription-socket.ts';
import { createSubscriptionStream, wantsStream } from './subscription-stream.ts';

export const GRAPHQL_ENDPOINT = '/graphql';

export interface ServerOptions extends GraphqlHandlerOptions {
  readonly purposes: PurposeReader;
  readonly identify: Identify;
  readonly checkDatabase: () => Promise<unknown>;
  readonly metrics: Metrics;
  readonly metricsPublic: boolean;
  readonly maxBodyBytes: number;
  /** The events of all subgraphs; without them there is no change feed. */
  readonly changes?: ChangeFeed | undefined;
  readonly slots: StreamSlots;
  /** Parts of the graph under names of their own. */
  readonly variants: GraphVariants;
  readonly subscriptions?: Subscriptions | undefined;
  readonly logger: Logger;
  /** The embedded issuer of tokens, where there is no other. */
  readonly oidc?: Pick<OidcIssuer, 'handle'> | undefined;
  /** Where files are taken in; none in a graph without datasets. */
  readonly ingest?: Pick<IngestRouteOptions, 'desks' | 'audit' | 'sources'> | undefined;
  /** Where finished exports are given out. */
  readonly exports?: Omit<ExportsRouteOptions, 'onRequest'> | undefined;
  /** The page for browsers; its endpoint is ours. */
  readonly graphiql?: Omit<GraphiqlOptions, 'endpoint'> | undefined;
  /** A sandbox's switches and its reset. */
  readonly sandbox?: Sandbox | undefined;
  /** Operation documents that are also served by name, as REST. */
  readonly documents?: RestOptions['documents'] | undefined;
  /** What clients have registered for themselves, by hash. */
  readonly registered: RegisteredDocuments;
  /** The graph that is served at this moment. */
  readonly servedSchema: RestOptions['servedSchema'];
  /** The documentation of the graph that is served, made when somebody first asks for it. */
  readonly openDocs: () => DocsSite;
  /** Where code lists are looked up. */
  readonly dictionaries: DictionariesOptions['catalog'];
  /** The console for stewards and operators; its endpoint is ours, too. */
  readonly console?: Omit<ConsoleOptions, 'endpoint'> | undefined;
}

/** Sending a body of the greatest length takes far less; a connection that trickles must not stay for ever. */
const BODY_MILLISECONDS = 60_000;

const SECURITY_HEADERS = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
};

/** Builds the HTTP side of the gateway; it does not listen yet. */
export function createServer(options: ServerOptions): FastifyInstance {
  const { checkDatabase, drain, graphiql, identify, logger, maxBodyBytes, metrics, metricsPublic, purposes } = options;
  const app = Fastify({
    loggerInstance: logger,
    // Fastify's own lines carry whole URLs, and a URL may carry values.
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: maxBodyBytes,
    // Files are sent for as long as it takes; everything else is bounded below.
    requestTimeout: 0,
    requestIdHeader: false,
    genReqId: (request) => acceptableId(request.headers['x-request-id']) ?? randomUUID(),
    forceCloseConnections: 'idle',
    // Probes must get our answer while the hub is ending, see `health.ts`.
    return503OnClosing: false,
    frameworkErrors: (error, request, reply) => answerError(error, request, reply, maxBodyBytes),
  }) as unknown as FastifyInstance; // pino's logger has more methods than the type that the rest is written against

  // The body is taken as it is: which media types are accepted is for GraphQL over HTTP to say.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body));

  const bodies = new BodyDeadline(BODY_MILLISECONDS);
  app.addHook('onClose', (_app, done) => {
    bodies.close();
    done();
  });
  app.addHook('onRequest', (request, reply, done) => {
    reply.headers(SECURITY_HEADERS).header('x-request-id', request.id);
    if (request.routeOptions.config.longBody !== true) bodies.expect(request.raw, reply.raw);
    done();
  });
  app.addHook('onSend', (_request, reply, _payload, done) => {
    // A connection that is kept alive would hold up the end until its client lets go.
    if (drain.draining) reply.header('connection', 'close');
    done();
  });
  app.addHook('onResponse', (request, reply, done) => {
    observe(request, reply, metrics);
    done();
  });
  app.setErrorHandler<FastifyError>((error, request, reply) => answerError(error, request, reply, maxBodyBytes));
  app.setNotFoundHandler((_request, reply) =>
    reply.code(404).type('text/plain; charset=utf-8').send('没有这个地址 / No such address\n'),
  );

  registerHealth(app, drain, checkDatabase);
  registerMetrics(app, metrics, metricsPublic);
  if (options.oidc !== undefined) registerOidc(app, options.oidc, SECURITY_HEADERS);
  if (graphiql !== undefined) registerGraphiql(app, { ...graphiql, endpoint: GRAPHQL_ENDPOINT });

  if (options.console !== undefined) registerConsole(app, { ...options.console, endpoint: GRAPHQL_ENDPOINT });

  registerDocs(app, options.openDocs);
  if (options.sandbox !== undefined) registerSandbox(app, options.sandbox);

  // Who types the address alone wants the page.
  app.get('/', (_request, reply) => reply.redirect(GRAPHQL_ENDPOINT));

  const refuseWhileDraining = (request: FastifyRequest, reply: FastifyReply, done: () => void) => {
    if (drain.refusing) replyProblem(request, reply, 503, graphProblem('SHUTTING_DOWN'));
    else done();
  };
  const identifyCaller = (request: FastifyRequest, _reply: FastifyReply, done: (error?: Error) => void) => {
    const refreshing = purposes.refresh();
    // Reading it again must not be an unhandled failure when the caller is refused first.
    refreshing?.catch(() => {});
    const { authorization } = request.headers;
    // Nearly always all is there, and a request that waits for nothing goes on at once.
    const known = refreshing === undefined ? identify.known?.(authorization) : undefined;
    if (known !== undefined) {
      request.graphqlIdentity = known;
      done();
      return;
    }
    const identified = async () => {
      const identity = await identify(authorization);
      await refreshing;
      request.graphqlIdentity = identity;
    };
    identified().then(() => done(), done);
  };
  const { changes, slots } = options;
  const { subscriptions } = options;
  const stream = subscriptions === undefined ? undefined : createSubscriptionStream(subscriptions, options);
  if (subscriptions !== undefined) {
    registerSubscriptionSocket(app, subscriptions, { ...options, path: GRAPHQL_ENDPOINT });
  }
  if (changes !== undefined) {
    app.get(
      CHANGES_ENDPOINT,
      { onRequest: [refuseWhileDraining, identifyCaller] },
      createChangesHandler({ changes, identify, drain, slots }),
    );
  }
  const graphql = createGraphqlHandler(options);
  if (options.documents !== undefined) {
    const onRequest = [refuseWhileDraining, identifyCaller];
    const { documents, registered, servedSchema } = options;
    registerRest(app, { servedSchema, documents, registered, onRequest, graphql });
  }
  registerDictionaries(app, { catalog: options.dictionaries, onRequest: [refuseWhileDraining, identifyCaller] });
  app.all(
    GRAPHQL_ENDPOINT,
    // Hooks of this kind run before the body is read: who is not let in has nothing looked at.
    {
      onRequest: [refuseWhileDraining, graphiqlForBrowsers, identifyCaller, chooseGraphVariant(options.variants)],
      preHandler: fillRegisteredDocument(options.registered),
    },
    (request, reply) =>
      stream !== undefined && wantsStream(request) ? stream(request, reply) : graphql(request, reply),
  );
  if (options.exports !== undefined) {
    registerExports(app, { ...options.exports, onRequest: [refuseWhileDraining, identifyCaller] });
  }
  if (options.ingest !== undefined) {
    const onRequest = [refuseWhileDraining, identifyCaller];
    registerIngest(app, { ...options.ingest, graph: options, drain, onRequest });
  }
  return app;
}

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Bounds the time that its body takes by itself. */
    readonly longBody?: boolean;
  }
}

function acceptableId(given: string | string[] | undefined): string | undefined {
  return typeof given === 'string' && /^[\w-]{8,64}$/.test(given) ? given : undefined;
}

/** The one place where a request that failed outside of an operation gets its answer. */
function answerError(
  error: FastifyError | IdentityRefused,
  request: FastifyRequest,
  reply: FastifyReply,
  maxBodyBytes: number,
): FastifyReply {
  if (error instanceof IdentityRefused) {
    if (error.challenge !== undefined) reply.header('www-authenticate', error.challenge);
    request.log.info({ reason: causeOf(error) }, 'caller refused');
    return replyProblem(request, reply, error.status, error.problem);
  }
  if (error.statusCode === 413) {
    return replyProblem(request, reply, 413, graphProblem('BODY_TOO_LARGE', { max: maxBodyBytes }));
  }
  if (error.statusCode !== undefined && error.statusCode < 500) {
    const text = `请求不合法 / Bad request (${error.code})\n`;
    return reply.code(error.statusCode).type('text/plain; charset=utf-8').send(text);
  }
  // Without an identity it is the catalogue or the token issuer that could not be asked.
  return request.graphqlIdentity === undefined
    ? replyProblem(request, reply, 503, reportAs('IDENTITY_UNAVAILABLE', {}, request.log, 'no identity', error))
    : replyProblem(request, reply, 500, reportInternalError(request.log, 'a request failed', error));
}

function causeOf(error: IdentityRefused): unknown {
  return error.cause instanceof Error ? error.cause.message : error.problem.extensions.code;
}

function observe(request: FastifyRequest, reply: FastifyReply, metrics: Metrics): void {
  const { graphqlIdentity: identity, graphqlRun: run } = request;
  const { method, routeOptions } = request;
  const milliseconds = reply.elapsedTime;
  const operation = run?.operation?.operation.operation ?? 'none';
  if (routeOptions.url === GRAPHQL_ENDPOINT) {
    metrics.finished({
      operation,
      status: reply.statusCode,
      clientKind: identity?.caller.kind ?? 'none',
      seconds: milliseconds / 1000,
      cost: run?.cost ?? 0,
      errorCodes: run?.errorCodes ?? [],
    });
  }
  request.log.info(
    {
      method,
      // The route as it is registered: a path of the client's making may carry anything.
      path: routeOptions.url ?? 'unknown',
      status: reply.statusCode,
      milliseconds: Math.round(milliseconds * 10) / 10,
      ...(identity === undefined ? {} : { client: identity.caller.clientId }),
      ...(run?.operation === undefined
        ? {}
        : { operation, operationHash: run.operation.hash, operationName: run.operation.recordedName, cost: run.cost }),
      ...(run === undefined || run.errorCodes.length === 0 ? {} : { errors: run.errorCodes.slice(0, 5) }),
    },
    'request',
  );
}
