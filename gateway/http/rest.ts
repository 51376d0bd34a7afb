import { createHash } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest, RouteShorthandOptions } from 'fastify';
import type { GraphQLSchema } from 'graphql';
import { graphProblem } from '../../subgraphs/kit/codes/problems.ts';
import type { ExampleOperation } from '../operations/example-operation.ts';
import { openApiDocument } from '../rest/openapi.ts';
import { restOperations, variablesOf } from '../rest/rest-operation.ts';
import { replyProblem } from './problem-reply.ts';

export interface RestOptions {
  readonly apiSchema: GraphQLSchema;
  /** The documents that the hub ships. */
  readonly documents: readonly ExampleOperation[];
  /** Hooks that every request to the graph passes. */
  readonly onRequest: RouteShorthandOptions['onRequest'];
  /** Answers a GraphQL request: rights, purpose, cost, masks, access log are all its. */
  readonly graphql: (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply>;
}

/**
 * Serves operation documents by name, for systems that cannot speak GraphQL: `POST /rest/<name>` with the variables as
 * a JSON object, `GET` for queries with the variables in the query string (never protected ones), and
 * `GET /rest/openapi.json`. Each is the same GraphQL request as if its document had been sent.
 */
export function registerRest(app: FastifyInstance, options: RestOptions): void {
  const { apiSchema, documents, graphql, onRequest } = options;
  let served: ReadonlyMap<string, ReturnType<typeof restOperations>[number]> | undefined;
  let description: string | undefined;
  const operations = () => {
    served ??= new Map(restOperations(documents).map((operation) => [operation.name, operation]));
    return served;
  };
  const describe = () => {
    const digest = createHash('sha256')
      .update(documents.map(({ document }) => document).join('\n'))
      .digest('hex');
    description ??= JSON.stringify(openApiDocument(apiSchema, [...operations().values()], digest.slice(0, 12)));
    return description;
  };
  const hooks = onRequest === undefined ? {} : { onRequest };

  app.get('/rest/openapi.json', hooks, (_request, reply) =>
    reply.type('application/json; charset=utf-8').send(describe()),
  );
  app.route<{ Params: { operation: string }; Querystring: Record<string, unknown> }>({
    method: ['GET', 'POST'],
    url: '/rest/:operation',
    ...hooks,
    // Statuses are told apart as for GraphQL clients that know them; the body is plain JSON all the same.
    onSend: async (_request, reply, payload) => {
      reply.type('application/json; charset=utf-8');
      return payload;
    },
    handler: (request, reply) => {
      const operation = operations().get(request.params.operation);
      if (operation === undefined) return replyProblem(request, reply, 404, graphProblem('REST_OPERATION_UNKNOWN'));
      const { headers, raw } = request;
      headers.accept = 'application/graphql-response+json';
      if (request.method === 'GET') {
        const variables = JSON.stringify(variablesOf(operation, request.query));
        raw.url = `/graphql?${new URLSearchParams({ query: operation.text, variables })}`;
        return graphql(request, reply);
      }
      const variables = readBody(request.body);
      if (variables === undefined) return replyProblem(request, reply, 400, graphProblem('REST_BODY_INVALID'));
      headers['content-type'] = 'application/json';
      request.body = JSON.stringify({ query: operation.text, variables });
      return graphql(request, reply);
    },
  });
}

/** The variables of a body; none for an empty one, undefined when it is no JSON object. */
function readBody(body: unknown): object | undefined {
  if (typeof body !== 'string' || body.trim() === '') return {};
  try {
    const parsed: unknown = JSON.parse(body);
    return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed) ? parsed : undefined;
  } catch {
    return undefined;
  }
}
