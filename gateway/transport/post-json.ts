import { type ClientRequest, Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';

export interface JsonPost {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Ends it before its time. */
  readonly signal: AbortSignal | undefined;
  readonly timeoutMilliseconds: number;
  /** Whether it does no harm twice. Where it may, it goes over a connection of its own. */
  readonly mayRepeat: boolean;
  /** An answer with more is not read to its end. */
  readonly maxBytes: number;
  /** What is thrown for such an answer. */
  readonly tooLarge: () => Error;
}

export interface JsonAnswer {
  readonly status: number;
  readonly text: string;
}

/** Connections are kept: a plan asks the same subgraphs again and again. */
const http = new HttpAgent({ keepAlive: true });
const https = new HttpsAgent({ keepAlive: true });

/**
 * Posts a JSON text and reads the answer, whatever its status; redirections are answers, and are not followed. Node's own
 * client costs a fraction of `fetch`. A kept connection that the other side was just closing is tried once more, anew.
 *
 * @throws what the connection failed with, the signal's reason, or that the time was up.
 */
export async function postJson(post: JsonPost): Promise<JsonAnswer> {
  post.signal?.throwIfAborted();
  const endsAt = performance.now() + post.timeoutMilliseconds;
  try {
    return await postOnce(post, post.mayRepeat, endsAt);
  } catch (error) {
    if (!(error instanceof ClosedBefore)) throw error;
    return postOnce(post, false, endsAt);
  }
}

/** A kept connection was closed before it could bear the request. */
class ClosedBefore extends Error {}

function postOnce(
  { url, headers, body, signal, timeoutMilliseconds, maxBytes, tooLarge }: JsonPost,
  mayReuse: boolean,
  endsAt: number,
): Promise<JsonAnswer> {
  return new Promise((resolve, reject) => {
    const isSecure = url.protocol === 'https:';
    const options = {
      method: 'POST',
      headers: { ...headers, 'content-length': String(Buffer.byteLength(body)) },
      agent: mayReuse ? (isSecure ? https : http) : false,
    };
    const request: ClientRequest = isSecure ? httpsRequest(url, options) : httpRequest(url, options);
    const abort = () => request.destroy(asError(signal?.reason));
    signal?.addEventListener('abort', abort, { once: true });
    const timer = setTimeout(
      () => request.destroy(new Error(`no answer within ${timeoutMilliseconds} ms`)),
      endsAt - performance.now(),
    );
    const end = (settle: () => void) => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', abort);
      settle();
    };
    let hasAnswered = false;
    request.on('response', (response: IncomingMessage) => {
      hasAnswered = true;
      const chunks: Buffer[] = [];
      let size = 0;
      response.on('data', (chunk: Buffer) => {
        size += chunk.byteLength;
        if (size > maxBytes) request.destroy(tooLarge());
        else chunks.push(chunk);
      });
      response.on('end', () =>
        end(() => resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString('utf8') })),
      );
      response.on('error', (error) => end(() => reject(error)));
    });
    request.on('error', (error: NodeJS.ErrnoException) => {
      const wasClosing =
        request.reusedSocket && !hasAnswered && signal?.aborted !== true && error.code === 'ECONNRESET';
      end(() => reject(wasClosing ? new ClosedBefore('closed', { cause: error }) : error));
    });
    request.end(body);
  });
}

function asError(reason: unknown): Error {
  return reason instanceof Error ? reason : new Error(String(reason));
}
