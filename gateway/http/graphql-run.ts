import type { FastifyRequest } from 'fastify';
import type { GraphQLError } from 'graphql';
import type { Response } from 'graphql-http';
import type { Caller } from '../../subgraphs/kit/caller/caller.ts';
import { Cancellation } from '../execute/cancellation.ts';
import type { Identity } from '../identity/identify.ts';
import type { OperationCache, ServedOperation } from '../operations/prepare.ts';

export interface Admitted {
  readonly operation: ServedOperation;
  /** Coerced. */
  readonly variables: Readonly<Record<string, unknown>>;
}

/** What is needed of whatever brought the request: HTTP, or a socket. */
export type RunRequest = Pick<FastifyRequest, 'id' | 'headers' | 'log'> & {
  readonly body?: unknown;
  readonly graphOperations?: OperationCache;
};

/** One request to the GraphQL endpoint on its way through the gateway. */
export class GraphqlRun {
  readonly request: RunRequest;
  readonly identity: Identity;
  /** Aborted when the time is up, the client has gone (queries only), or the hub must end. */
  readonly cancellation = new Cancellation();
  /** Headers of the answer beside those of GraphQL over HTTP. */
  readonly headers: Record<string, string> = {};
  operation: ServedOperation | undefined;
  /** Whether the request may be executed, where that was decided before `graphql-http` asks. */
  decision: Admitted | readonly GraphQLError[] | Response | undefined;
  /** The caller under the purpose that the request states; of the identity alone until that is known. */
  caller: Caller;
  /** Fields that policy has refused the request for; the access log tells of them. */
  refusedCoordinates: readonly string[] = [];
  cost = 0;
  errorCodes: string[] = [];

  constructor(request: RunRequest, identity: Identity) {
    this.request = request;
    this.identity = identity;
    this.caller = identity.caller;
  }
}

declare module 'fastify' {
  interface FastifyRequest {
    /** There once the caller is known, on the GraphQL endpoint only. */
    graphqlIdentity?: Identity;
    /** There once the request is being answered; what the log and the metrics read. */
    graphqlRun?: GraphqlRun;
  }
}
