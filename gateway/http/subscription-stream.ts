import { once } from 'node:events';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ExecutionResult, GraphQLError } from 'graphql';
import type { Subscriptions } from '../changes/subscriptions.ts';
import { type AdmissionOptions, admit } from './admission.ts';
import { GraphqlRun } from './graphql-run.ts';
import { replyProblem } from './problem-reply.ts';
import { readRequestParams } from './request-params.ts';

const EVENT_STREAM = 'text/event-stream';
/** Proxies cut what is silent for a minute or half of one. */
const PING_MILLISECONDS = 12_000;
/** A reader that takes nothing for so long is cut off; it comes back with its last cursor. */
const STUCK_MILLISECONDS = 60_000;

/** Whether a request to the GraphQL endpoint wants to be answered as a stream, and as nothing else. */
export function wantsStream({ headers }: FastifyRequest): boolean {
  return headers.accept?.split(';')[0]?.trim().toLowerCase() === EVENT_STREAM;
}

/**
 * Subscriptions as server-sent events: the GraphQL over SSE protocol, one connection for each. (The server half of
 * `graphql-sse` holds what its reader has not taken in memory without a bound, so that only its client is used, in the
 * tests.)
 */
export function createSubscriptionStream(subscriptions: Subscriptions, options: AdmissionOptions) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const identity = request.graphqlIdentity;
    if (identity === undefined) throw new Error('the GraphQL endpoint was reached without a caller');
    const run = new GraphqlRun(request, identity);
    request.graphqlRun = run;
    const { url, method, headers, body } = request;
    const content = typeof body === 'string' ? body : null;
    const params = await readRequestParams({ url, method, headers, body: content, raw: request, context: run });
    if (Array.isArray(params)) {
      const [text, init] = params;
      return reply
        .code(init.status)
        .headers(init.headers ?? {})
        .send(text);
    }
    if (!('query' in params)) throw new Error('no parameters');
    const admitted = admit(run, method, params, options, 'stream');
    if (!('operation' in admitted)) await subscriptions.noteRefusal(run, params.variables);
    const gone = new AbortController();
    reply.raw.once('close', () => gone.abort());
    if (isResponse(admitted)) {
      const [text, init] = admitted;
      return reply
        .code(init.status)
        .headers(init.headers ?? {})
        .send(text);
    }
    const opened =
      'operation' in admitted
        ? await subscriptions.open({
            ...{ run, admitted, extensions: params.extensions, gone: gone.signal },
            authorization: headers.authorization,
          })
        : admitted;
    const exceeded = isRefusal(opened)
      ? opened.find(({ extensions }) => extensions.code === 'STREAMS_EXCEEDED')
      : undefined;
    if (exceeded !== undefined) return replyProblem(request, reply.header('retry-after', '10'), 429, exceeded);
    reply.hijack();
    const { raw } = reply;
    const ping = setInterval(() => raw.write(':\n\n'), PING_MILLISECONDS);
    try {
      const own = Object.entries({ ...reply.getHeaders(), ...run.headers });
      raw.writeHead(200, {
        ...Object.fromEntries(own.map(([name, value]) => [name, String(value)])),
        'content-type': `${EVENT_STREAM}; charset=utf-8`,
        'x-accel-buffering': 'no',
      });
      raw.write(':\n\n');
      if (isRefusal(opened)) raw.write(nextBlock({ errors: opened }));
      else {
        for await (const result of opened) {
          if (raw.write(nextBlock(result))) continue;
          const patience = AbortSignal.any([gone.signal, AbortSignal.timeout(STUCK_MILLISECONDS)]);
          await once(raw, 'drain', { signal: patience }).catch(() => raw.destroy());
        }
      }
      raw.write('event: complete\ndata:\n\n');
    } finally {
      clearInterval(ping);
      raw.end();
    }
    return reply;
  };
}

function nextBlock(result: ExecutionResult): string {
  return `event: next\ndata: ${JSON.stringify(result)}\n\n`;
}

function isRefusal(
  opened: AsyncGenerator<ExecutionResult> | readonly GraphQLError[],
): opened is readonly GraphQLError[] {
  return Array.isArray(opened);
}

/** A whole answer with a status, as against errors of the GraphQL request. */
function isResponse(
  admitted: ReturnType<typeof admit>,
): admitted is Extract<ReturnType<typeof admit>, readonly [unknown, { status: number }]> {
  return (
    Array.isArray(admitted) && admitted.length === 2 && typeof (admitted[1] as { status?: unknown }).status === 'number'
  );
}
