import type { FastifyReply, FastifyRequest } from 'fastify';
import type { GraphQLError } from 'graphql';

const GRAPHQL_RESPONSE = 'application/graphql-response+json';

/** Answers a request that gets no further than the entry: the status says what happened, the body explains it. */
export function replyProblem(
  request: FastifyRequest,
  reply: FastifyReply,
  status: number,
  problem: GraphQLError,
): FastifyReply {
  return reply
    .code(status)
    .type(problemMediaType(request.headers.accept))
    .send(JSON.stringify({ errors: [problem] }));
}

/** A refusal is sent whatever the client accepts; its own kind only to those who know it. */
export function problemMediaType(accept: string | undefined): string {
  const type = accept?.toLowerCase().includes(GRAPHQL_RESPONSE) ? GRAPHQL_RESPONSE : 'application/json';
  return `${type}; charset=utf-8`;
}
