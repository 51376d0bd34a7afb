import { createHash } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest, RouteShorthandOptions } from 'fastify';
import { type GraphQLSchema, validate } from 'graphql';
import { graphProblem } from '../../subgraphs/kit/codes/problems.ts';
import type { Identity } from '../identity/identify.ts';
import type { ExampleOperation } from '../operations/example-operation.ts';
import type { RegisteredDocuments } from '../operations/registered-documents.ts';
import { openApiDocument } from '../rest/openapi.ts';
import { type RestOperation, restOperations, variablesOf } from '../rest/rest-operation.ts';
import { replyProblem } from './problem-reply.ts';

export interface RestOptions {
  /** The graph that is served at this moment. */
  readonly servedSchema: () => GraphQLSchema;
  /** The documents that the hub ships. */
  readonly documents: readonly ExampleOperation[];
  /** What clients have registered for themselves, by hash. */
  readonly registered: RegisteredDocuments;
  /** Hooks that every request to the graph passes. */
  readonly onRequest: RouteShorthandOptions['onRequest'];
  /** Answers a GraphQL request: rights, purpose, cost, masks, access log are all its. */
  readonly graphql: (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply>;
}

/**
 * Serves operation documents by name, for systems that cannot speak GraphQL: `POST /rest/<name>` with the variables as
 * a JSON object, `GET` for queries with the variables in the query string (never protected ones), and
 * `GET /rest/openapi.json`. What a client has registered for itself is served to it by its hash, `/rest/<SHA-256>`, and
 * described to it. Each is the same GraphQL request as if its document had been sent.
 */
export function registerRest(app: FastifyInstance, options: RestOptions): void {
  const { documents, graphql, onRequest, registered, servedSchema } = options;
  let served: ReadonlyMap<string, RestOperation> | undefined;
  /** Goes with the graph that it describes. */
  const descriptions = new WeakMap<GraphQLSchema, string>();
  const operations = () => {
    served ??= new Map(restOperations(documents).map((operation) => [operation.name, operation]));
    return served;
  };
  const describe = () => {
    const schema = servedSchema();
    const known = descriptions.get(schema);
    if (known !== undefined) return known;
    const digest = createHash('sha256')
      .update(documents.map(({ document }) => document).join('\n'))
      .digest('hex');
    const text = JSON.stringify(openApiDocument(schema, offered(schema), digest.slice(0, 12)));
    descriptions.set(schema, text);
    return text;
  };
  /** What this graph can answer: a document may ask for what a published version has taken away. */
  const offered = (schema: GraphQLSchema, own: readonly RestOperation[] = []) =>
    [...operations().values(), ...own].filter(({ document }) => validate(schema, document).length === 0);
  const findRegistered = async (identity: Identity | undefined, hash: string): Promise<RestOperation | undefined> => {
    const document = identity === undefined ? undefined : await registered.find(identity, hash);
    return document === undefined ? undefined : operationOf(hash, document);
  };
  /** For a client that has documents of its own: those, and ours. */
  const describeTo = async (identity: Identity): Promise<string> => {
    const hashes = [...(identity.registeredDocuments ?? [])].sort();
    const found = await Promise.all(hashes.map((hash) => findRegistered(identity, hash)));
    const own = found.filter((operation) => operation !== undefined);
    const digest = createHash('sha256').update(hashes.join()).digest('hex').slice(0, 12);
    const schema = servedSchema();
    return JSON.stringify(openApiDocument(schema, offered(schema, own), digest));
  };
  const hooks = onRequest === undefined ? {} : { onRequest };

  app.get('/rest/openapi.json', hooks, async (request, reply) => {
    const { graphqlIdentity: identity } = request;
    const text = identity?.registeredDocuments === undefined ? describe() : await describeTo(identity);
    return reply.type('application/json; charset=utf-8').send(text);
  });
  app.route<{ Params: { operation: string }; Querystring: Record<string, unknown> }>({
    method: ['GET', 'POST'],
    url: '/rest/:operation',
    ...hooks,
    // Statuses are told apart as for GraphQL clients that know them; the body is plain JSON all the same.
    onSend: async (_request, reply, payload) => {
      reply.type('application/json; charset=utf-8');
      return payload;
    },
    handler: async (request, reply) => {
      const { operation: name } = request.params;
      const operation =
        operations().get(name) ??
        (/^[0-9a-f]{64}$/.test(name) ? await findRegistered(request.graphqlIdentity, name) : undefined);
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

/** A registered document as it is served; undefined for one with several operations, which has no one answer. */
function operationOf(hash: string, document: string): RestOperation | undefined {
  const [operation] = restOperations([{ name: hash, title: hash, rows: [], document, variables: {} }]);
  if (operation === undefined) return undefined;
  return { ...operation, title: operation.definition.name?.value ?? hash };
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
