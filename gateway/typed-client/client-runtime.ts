/** What a generated client runs on, by file name: no package is needed, in browsers and in Node alike. */
export const CLIENT_RUNTIME = {
  'index.ts': `export { codeLists } from './code-lists.ts';
export { documents } from './documents.ts';
export * from './fragment-masking.ts';
export * from './graphql.ts';
export { graphql } from './gql.ts';
export { type Answer, type Endpoint, type GraphError, request } from './request.ts';
export { type SocketEndpoint, subscribe, subscribeOverSocket } from './subscribe.ts';
`,
  'request.ts': `import { documents } from './documents.ts';
import type { TypedDocumentString } from './graphql.ts';

/** Codes are stable; messages are Chinese | English. Data may be there all the same: the rest of a page stands. */
export interface GraphError {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly extensions?: { readonly code?: string; readonly subgraph?: string };
}

export interface Answer<Data> {
  readonly data: Data | null;
  readonly errors: readonly GraphError[];
}

export interface Endpoint {
  readonly url: string;
  readonly token: string;
  /** Further headers, such as the purpose. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Whether the manifest is registered with the hub: then a document's hash is sent in the place of its text. */
  readonly registered?: boolean;
}

export type VariablesOf<Variables> = Variables extends Record<string, never> ? [] : [Variables];

/** What is sent: exactly the text that the manifest registers, or its hash alone. */
export function messageOf<Data, Variables>(
  endpoint: Endpoint,
  document: TypedDocumentString<Data, Variables>,
  variables: unknown,
): Record<string, unknown> {
  const hash = String(document.__meta__?.hash ?? '');
  const text = documents[hash];
  const named = endpoint.registered === true && text !== undefined;
  return { ...(named ? { documentId: \`sha256:\${hash}\` } : { query: text ?? document.toString() }), variables: variables ?? {} };
}

export function headersOf({ headers, token }: Endpoint): Record<string, string> {
  return { 'content-type': 'application/json', authorization: \`Bearer \${token}\`, ...headers };
}

export function answerOf<Data>(body: unknown): Answer<Data> {
  const { data = null, errors = [] } = body as { data?: Data | null; errors?: GraphError[] };
  return { data, errors };
}

/** Runs one operation. */
export async function request<Data, Variables>(
  endpoint: Endpoint,
  document: TypedDocumentString<Data, Variables>,
  ...[variables]: VariablesOf<Variables>
): Promise<Answer<Data>> {
  const body = JSON.stringify(messageOf(endpoint, document, variables));
  const response = await fetch(endpoint.url, { method: 'POST', headers: headersOf(endpoint), body });
  return answerOf(await response.json());
}
`,
  'subscribe.ts': `import type { TypedDocumentString } from './graphql.ts';
import { type Answer, answerOf, type Endpoint, headersOf, messageOf, type VariablesOf } from './request.ts';

/** Subscribes over server-sent events: an answer for each change, until the reader leaves its loop or the hub ends it. */
export async function* subscribe<Data, Variables>(
  endpoint: Endpoint,
  document: TypedDocumentString<Data, Variables>,
  ...[variables]: VariablesOf<Variables>
): AsyncGenerator<Answer<Data>, void, undefined> {
  const left = new AbortController();
  try {
    const response = await fetch(endpoint.url, {
      method: 'POST',
      headers: { ...headersOf(endpoint), accept: 'text/event-stream' },
      body: JSON.stringify(messageOf(endpoint, document, variables)),
      signal: left.signal,
    });
    if (response.body === null || response.headers.get('content-type')?.startsWith('text/event-stream') !== true) {
      yield answerOf<Data>(await response.json());
      return;
    }
    const reader = response.body.getReader();
    const decoder = new TextDecoder();
    let text = '';
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      text += decoder.decode(value, { stream: true });
      const blocks = text.split('\\n\\n');
      text = blocks.pop() ?? '';
      for (const block of blocks) {
        const lines = block.split('\\n');
        if (lines.includes('event: complete')) return;
        const data = lines.find((line) => line.startsWith('data: '))?.slice('data: '.length);
        if (data !== undefined) yield answerOf<Data>(JSON.parse(data));
      }
    }
  } finally {
    left.abort();
  }
}

/** The part of a WebSocket that is needed: that of browsers, of Node from 22 on, or of the package ws. */
interface Socket {
  send(text: string): void;
  close(): void;
  onopen: unknown;
  onmessage: unknown;
  onclose: unknown;
  onerror: unknown;
}

export interface SocketEndpoint extends Endpoint {
  /** \`WebSocket\`, or whatever stands for it. */
  readonly webSocket: new (
    url: string,
    protocol: string,
  ) => Socket;
}

/** Subscribes over a WebSocket of its own (\`graphql-transport-ws\`). */
export async function* subscribeOverSocket<Data, Variables>(
  endpoint: SocketEndpoint,
  document: TypedDocumentString<Data, Variables>,
  ...[variables]: VariablesOf<Variables>
): AsyncGenerator<Answer<Data>, void, undefined> {
  const socket = new endpoint.webSocket(endpoint.url.replace(/^http/, 'ws'), 'graphql-transport-ws');
  const told: Answer<Data>[] = [];
  const state: { ended?: Error | true } = {};
  let wake = () => {};
  const end = (why: Error | true) => {
    state.ended ??= why;
    wake();
  };
  socket.onopen = () => {
    const payload = { ...endpoint.headers, authorization: \`Bearer \${endpoint.token}\` };
    socket.send(JSON.stringify({ type: 'connection_init', payload }));
  };
  socket.onmessage = ({ data }: { data: unknown }) => {
    const { type, payload } = JSON.parse(String(data)) as { type: string; payload?: unknown };
    if (type === 'connection_ack') {
      // The protocol demands a text, if an empty one.
      const message = { query: '', ...messageOf(endpoint, document, variables) };
      socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload: message }));
    } else if (type === 'ping') socket.send(JSON.stringify({ type: 'pong' }));
    else if (type === 'next') {
      told.push(answerOf<Data>(payload));
      wake();
    } else if (type === 'error') {
      told.push(answerOf<Data>({ errors: payload }));
      end(true);
    } else if (type === 'complete') end(true);
  };
  socket.onclose = ({ code, reason }: { code: number; reason: string }) =>
    end(code === 1000 ? true : new Error(\`\${code} \${reason}\`));
  socket.onerror = () => end(new Error('连接失败 The connection failed'));
  try {
    for (;;) {
      for (let next = told.shift(); next !== undefined; next = told.shift()) yield next;
      if (state.ended instanceof Error) throw state.ended;
      if (state.ended === true) return;
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
      wake = () => {};
    }
  } finally {
    socket.close();
  }
}
`,
} as const;
