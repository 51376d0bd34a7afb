import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { FastifyInstance } from 'fastify';
import { type ExecutionArgs, type ExecutionResult, GraphQLError, type GraphQLSchema } from 'graphql';
import { useServer as serveSockets } from 'graphql-ws/use/ws';
import { WebSocketServer } from 'ws';
import { graphProblem } from '../../subgraphs/kit/codes/problems.ts';
import type { Subscriptions } from '../changes/subscriptions.ts';
import { type Identify, IdentityRefused } from '../identity/identify.ts';
import type { RegisteredDocuments } from '../operations/registered-documents.ts';
import { type AdmissionOptions, admit } from './admission.ts';
import type { Drain } from './drain.ts';
import { reportAs, reportInternalError } from './error-report.ts';
import { GraphqlRun, type RunRequest } from './graphql-run.ts';
import { hashNamed } from './registered-document.ts';

export interface SubscriptionSocketOptions extends AdmissionOptions {
  readonly apiSchema: GraphQLSchema;
  readonly identify: Identify;
  readonly drain: Drain;
  readonly registered: RegisteredDocuments;
  readonly maxBodyBytes: number;
  readonly path: string;
}

/** Subscriptions of one connection; more are a mistake. */
const MAX_SUBSCRIPTIONS = 50;
const PROTOCOL_TIMEOUT_MILLISECONDS = 10_000;

interface Extra extends Record<PropertyKey, unknown> {
  readonly request: IncomingMessage;
  readonly socket: { close(code: number, reason: string): void; once(event: 'close', listener: () => void): unknown };
  authorization?: string | undefined;
  headers?: RunRequest['headers'];
}

/**
 * Subscriptions over a WebSocket (`graphql-transport-ws`). The token comes with the handshake's headers or, where a
 * browser cannot set those, with `connection_init`: `{ "authorization": "Bearer …" }`, beside the headers that state a
 * purpose. Queries and mutations go over HTTP. A registered document is named by its hash as over HTTP, with an empty
 * text, which the protocol demands.
 */
export function registerSubscriptionSocket(
  app: FastifyInstance,
  subscriptions: Subscriptions,
  options: SubscriptionSocketOptions,
): void {
  const { apiSchema, drain, identify, maxBodyBytes, path, registered } = options;
  const server = new WebSocketServer({ noServer: true, maxPayload: maxBodyBytes });
  const results = new WeakMap<object, AsyncGenerator<ExecutionResult>>();
  const disposable = serveSockets<Record<string, unknown>, Extra>(
    {
      connectionInitWaitTimeout: PROTOCOL_TIMEOUT_MILLISECONDS,
      async onConnect({ connectionParams = {}, extra }) {
        const given = Object.fromEntries(
          Object.entries(connectionParams).flatMap(([name, value]) =>
            typeof value === 'string' && /^(authorization|x-yiyun-[\w-]+)$/i.test(name)
              ? [[name.toLowerCase(), value]]
              : [],
          ),
        );
        extra.headers = { ...extra.request.headers, ...given };
        extra.authorization = extra.headers.authorization;
        try {
          await identify(extra.authorization);
          return true;
        } catch (error) {
          if (!(error instanceof IdentityRefused)) reportInternalError(app.log, 'no identity for a socket', error);
          return false;
        }
      },
      async onSubscribe({ extra, subscriptions: running }, id, payload) {
        const { variables, operationName, extensions } = payload;
        const { authorization, headers = {}, socket } = extra;
        // Anew for each: a socket may live for days, and what its client may run changes meanwhile.
        const identity = await identify(authorization).catch((error: unknown) =>
          error instanceof IdentityRefused
            ? error.problem
            : reportAs('IDENTITY_UNAVAILABLE', {}, app.log, 'no identity for a subscription', error),
        );
        if (identity instanceof GraphQLError) return [identity];
        if (drain.refusing) return [graphProblem('SHUTTING_DOWN')];
        if (Object.keys(running).length > MAX_SUBSCRIPTIONS) return [graphProblem('STREAMS_EXCEEDED')];
        const hash = hashNamed({ ...payload });
        const query = hash === undefined ? payload.query : await registered.find(identity, hash);
        if (query === undefined) {
          const { clientId: client } = identity.caller;
          return [graphProblem('DOCUMENT_NOT_REGISTERED', { client, hash: hash ?? '' })];
        }
        const request = { id: randomUUID(), headers, log: app.log };
        const run = new GraphqlRun(request, identity);
        const params = {
          query,
          variables: variables ?? {},
          ...(operationName == null ? {} : { operationName }),
          extensions: extensions ?? {},
        };
        const admitted = admit(run, 'POST', params, options, 'stream');
        if (!('operation' in admitted)) {
          await subscriptions.noteRefusal(run, params.variables);
          // A refusal with a status of HTTP's own is told by its text.
          return isErrors(admitted) ? admitted : refusalOf(admitted[0]);
        }
        const gone = new AbortController();
        socket.once('close', () => gone.abort());
        const opened = await subscriptions.open({ run, admitted, extensions, authorization, gone: gone.signal });
        if (!('next' in opened)) return opened;
        const args: ExecutionArgs = {
          schema: apiSchema,
          document: admitted.operation.document,
          contextValue: { id },
        };
        results.set(args, untilReturned(opened, gone));
        return args;
      },
      subscribe: (args) => {
        const found = results.get(args);
        if (found === undefined) throw new Error('nothing was admitted');
        return found;
      },
    },
    server,
  );
  app.server.on('upgrade', (request, socket, head) => {
    if (request.url?.split('?')[0] !== path || drain.refusing) {
      socket.end(
        `HTTP/1.1 ${drain.refusing ? '503 Service Unavailable' : '404 Not Found'}\r\nconnection: close\r\n\r\n`,
      );
      return;
    }
    server.handleUpgrade(request, socket, head, (opened) => server.emit('connection', opened, request));
  });
  drain.ending.addEventListener('abort', () => void disposable.dispose(), { once: true });
}

/** A subscriber that completes leaves at once, though the next answer is still waited for. */
function untilReturned(
  opened: AsyncGenerator<ExecutionResult>,
  gone: AbortController,
): AsyncGenerator<ExecutionResult> {
  return {
    next: () => opened.next(),
    throw: (error) => opened.throw(error),
    return: (value) => {
      gone.abort();
      return opened.return(value);
    },
    [Symbol.asyncIterator]() {
      return this;
    },
    [Symbol.asyncDispose]: async () => {
      gone.abort();
      await opened.return(undefined);
    },
  };
}

type Refused = Exclude<ReturnType<typeof admit>, { readonly operation: unknown }>;

function isErrors(refused: Refused): refused is Extract<Refused, readonly Error[]> {
  return refused.every((entry) => entry instanceof Error);
}

function refusalOf(body: string | null | undefined): readonly ReturnType<typeof graphProblem>[] {
  const { errors } = JSON.parse(body ?? '{"errors":[]}') as { errors: ReturnType<typeof graphProblem>[] };
  return errors;
}
