import type { FastifyReply, FastifyRequest } from 'fastify';
import type { GraphQLError } from 'graphql';
import type { Response } from 'graphql-http';

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

/** The same, as an answer in the terms of `graphql-http`. */
export function problemResponse(
  { headers }: Pick<FastifyRequest, 'headers'>,
  [status, statusText]: readonly [status: number, text: string],
  errors: readonly GraphQLError[],
  more: Readonly<Record<string, string>> = {},
): Response {
  const type = { 'content-type': problemMediaType(headers.accept) };
  return [JSON.stringify({ errors }), { status, statusText, headers: { ...more, ...type } }];
}

/** A refusal is sent whatever the client accepts; its own kind only to those who know it. */
function problemMediaType(accept: string | undefined): string {
  const type = accept?.toLowerCase().includes(GRAPHQL_RESPONSE) ? GRAPHQL_RESPONSE : 'application/json';
  return `${type}; charset=utf-8`;
}
