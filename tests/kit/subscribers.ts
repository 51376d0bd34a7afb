import { createClient as createSseClient } from 'graphql-sse';
import { createClient as createSocketClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import type { CityHub, HubRole } from './city-hub.ts';

export interface Told {
  // biome-ignore lint/suspicious/noExplicitAny: a test names the path it expects, and fails when it is not there
  readonly data?: any;
  readonly errors?: readonly { readonly extensions?: { readonly code?: string } }[];
}

/** Somebody who is told of changes, with a client library of others. */
export interface Subscriber extends AsyncDisposable {
  next(): Promise<Told>;
}
export type Subscribe = (role: HubRole, query: string, variables?: Record<string, unknown>) => Promise<Subscriber>;

/** Subscribers of a hub that listens at `origin`, over both transports. */
export function subscribers(hub: CityHub, origin: string) {
  const overSse: Subscribe = async (role, query, variables = {}) => {
    const headers = { authorization: `Bearer ${await hub.tokenOf(role)}`, ...hub.purpose };
    const client = createSseClient({ url: `${origin}/graphql`, headers, retryAttempts: 0 });
    return subscriber(client.iterate({ query, variables }), () => client.dispose());
  };
  const overSocket: Subscribe = async (role, query, variables = {}) => {
    const client = createSocketClient({
      url: `${origin.replace('http', 'ws')}/graphql`,
      webSocketImpl: WebSocket,
      connectionParams: { authorization: `Bearer ${await hub.tokenOf(role)}`, ...hub.purpose },
      retryAttempts: 0,
    });
    return subscriber(client.iterate({ query, variables }), () => client.dispose());
  };
  return {
    overSse,
    overSocket,
    /** A subscriber begins with what is committed after he is there; this is from before, so that nothing depends on when that is. */
    async latest(): Promise<string> {
      const { data } = await hub.ask('system', '{ changes(first: 1) { latestCursor } }');
      return (data as { changes: { latestCursor: string } }).changes.latestCursor;
    },
  };
}

function subscriber(told: AsyncIterator<unknown>, dispose: () => unknown): Subscriber {
  return {
    next: async () => (await told.next()).value as Told,
    [Symbol.asyncDispose]: async () => void (await dispose()),
  };
}
