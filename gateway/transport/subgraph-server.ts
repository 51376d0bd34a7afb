import { ApolloServer } from '@apollo/server';
import { ApolloServerPluginInlineTraceDisabled } from '@apollo/server/plugin/disabled';
import { fastifyApolloDrainPlugin, fastifyApolloHandler } from '@as-integrations/fastify';
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { type ExecutionResult, GraphQLError, type GraphQLFormattedError, type GraphQLSchema } from 'graphql';
import type { Caller } from '../../subgraphs/kit/caller/caller.ts';
import { SIGNATURE_HEADER, verifyRequest } from '../../subgraphs/kit/caller/gateway-signature.ts';
import { isGraphProblem, problemText } from '../../subgraphs/kit/codes/problems.ts';
import { OperationTrace } from '../../subgraphs/kit/operation-trace.ts';
import type { SubgraphContext } from '../../subgraphs/kit/subgraph-context.ts';
import type { RunningSubgraph } from '../../subgraphs/kit/subgraph-definition.ts';
import { ServedDocuments } from './served-documents.ts';

export interface SubgraphServerOptions {
  readonly name: string;
  readonly schema: GraphQLSchema;
  /** The subgraph with its store; may only become available later, and may change when its database moves. */
  readonly running: () => Promise<RunningSubgraph>;
  readonly signatureKey: Buffer;
  /** Told of every error that the caller only sees masked. */
  readonly onError: (error: unknown) => void;
}

const MAX_BODY_BYTES = 16 * 1024 * 1024;

/** What a gateway of ours asks for; its answer is read as what it is, whatever the status. */
const GRAPHQL_RESPONSE = 'application/graphql-response+json';

/**
 * Serves one subgraph alone with Apollo Server, at `/graphql`. Every request must carry the gateway's signature over
 * its very bytes, the one for the contract included; anything else is refused with 401 before GraphQL sees it. A valid
 * document with its variables and nothing else, which is what plans ask for, is run without Apollo Server around it.
 */
export async function createSubgraphServer(options: SubgraphServerOptions): Promise<FastifyInstance> {
  const app = Fastify({ bodyLimit: MAX_BODY_BYTES, forceCloseConnections: 'idle' });
  const bodies = new WeakMap<FastifyRequest, string>();
  const callers = new WeakMap<FastifyRequest, Caller>();
  app.removeContentTypeParser('application/json');
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    bodies.set(request, String(body));
    try {
      done(null, JSON.parse(String(body)));
    } catch {
      done(Object.assign(new Error('The body is not JSON'), { statusCode: 400 }), undefined);
    }
  });

  const apollo = new ApolloServer<SubgraphContext>({
    schema: options.schema,
    introspection: false,
    persistedQueries: false,
    csrfPrevention: true,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    // The gateway does its own tracing; timings per field are nobody else's business.
    plugins: [fastifyApolloDrainPlugin(app), ApolloServerPluginInlineTraceDisabled()],
    formatError: (formatted, error) =>
      formatted.extensions?.code === 'GRAPHQL_VALIDATION_FAILED' ? formatted : toldError(formatted, error, options),
  });
  await apollo.start();

  app.get('/health/live', async () => ({ status: 'live', subgraph: options.name }));
  const handle = fastifyApolloHandler(apollo, {
    context: async (request) => {
      const caller = callers.get(request);
      if (caller === undefined) throw new GraphQLError(problemText('GATEWAY_SIGNATURE_INVALID'));
      return (await options.running()).createContext(caller, new OperationTrace());
    },
  });
  const documents = new ServedDocuments({
    ...{ name: options.name, schema: options.schema, running: options.running },
    onError: (_subgraph, error) => options.onError(error),
  });
  const answerPlainly = async (request: FastifyRequest): Promise<string | undefined> => {
    const caller = callers.get(request);
    const asked = findPlainRequest(request);
    if (caller === undefined || asked === undefined) return undefined;
    const result = await documents.answer(asked.query, asked.variables, caller);
    return result === undefined ? undefined : JSON.stringify(toldResult(result, options));
  };
  const verify = async (request: FastifyRequest, reply: FastifyReply) => {
    const header = request.headers[SIGNATURE_HEADER];
    const signature = typeof header === 'string' ? header : undefined;
    const caller = verifyRequest(options.signatureKey, options.name, signature, bodies.get(request) ?? '');
    if (caller !== undefined) {
      callers.set(request, caller);
      return;
    }
    const extensions = { code: 'GATEWAY_SIGNATURE_INVALID', subgraph: options.name };
    return reply.code(401).send({ errors: [{ message: problemText('GATEWAY_SIGNATURE_INVALID'), extensions }] });
  };
  app.post('/graphql', { preHandler: verify }, async (request, reply) => {
    const answer = await answerPlainly(request);
    if (answer === undefined) return handle.call(app, request, reply);
    return reply.header('content-type', `${GRAPHQL_RESPONSE}; charset=utf-8`).send(answer);
  });
  return app;
}

/** A document and its variables, from who takes an answer in the media type of GraphQL. */
function findPlainRequest({ body, headers }: FastifyRequest) {
  if (headers.accept?.includes(GRAPHQL_RESPONSE) !== true) return undefined;
  if (typeof body !== 'object' || body === null) return undefined;
  const { query, variables = {}, ...others } = body as Readonly<Record<string, unknown>>;
  if (typeof query !== 'string' || Object.keys(others).length > 0) return undefined;
  if (typeof variables !== 'object' || variables === null || Array.isArray(variables)) return undefined;
  return { query, variables: variables as Readonly<Record<string, unknown>> };
}

function toldResult({ data, errors }: ExecutionResult, options: SubgraphServerOptions) {
  return {
    ...(data === undefined ? {} : { data }),
    ...(errors === undefined ? {} : { errors: errors.map((error) => toldError(error.toJSON(), error, options)) }),
  };
}

/** A problem of ours as it is; of anything else only that the subgraph could not answer. */
function toldError(
  formatted: GraphQLFormattedError,
  error: unknown,
  { name: subgraph, onError }: SubgraphServerOptions,
): GraphQLFormattedError {
  const original = error instanceof GraphQLError ? (error.originalError ?? error) : error;
  if (isGraphProblem(original)) return formatted;
  onError(error);
  return {
    message: problemText('SUBGRAPH_UNAVAILABLE', { subgraph }),
    ...(formatted.path === undefined ? {} : { path: formatted.path }),
    extensions: { code: 'SUBGRAPH_UNAVAILABLE', subgraph },
  };
}
