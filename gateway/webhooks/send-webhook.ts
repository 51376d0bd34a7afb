import { lookup } from 'node:dns';
import { type ClientRequest, type RequestOptions, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import {
  checkTarget,
  hostOf,
  isAllowedAddress,
  type TargetPolicy,
} from '../../subgraphs/kit/webhooks/target-policy.ts';

/** How one attempt went. */
export interface Attempt {
  readonly delivered: boolean;
  readonly status?: number;
  /** A stable code: `HTTP_500`, `TIMEOUT`, `ADDRESS_REFUSED`, or the system's own such as `ECONNREFUSED`. */
  readonly error?: string;
}

const TIMEOUT_MILLISECONDS = 10_000;
/** Of an answer, which nobody reads. */
const MAX_ANSWER_BYTES = 64 * 1024;

/**
 * Posts a body to a webhook. The address that its name resolves to is checked by the very look-up that is connected to,
 * so that a name which resolves to something else a moment later is of no use; redirects are not followed.
 */
export function sendWebhook(
  target: string,
  headers: Readonly<Record<string, string>>,
  body: string,
  policy: TargetPolicy,
  signal: AbortSignal,
): Promise<Attempt> {
  const url = checkTarget(target, policy);
  if (typeof url === 'string') return Promise.resolve({ delivered: false, error: 'ADDRESS_REFUSED' });
  const request: typeof requestHttps = url.protocol === 'https:' ? requestHttps : requestHttp;
  return new Promise((resolve) => {
    const options: RequestOptions = {
      method: 'POST',
      headers: { ...headers, 'content-length': Buffer.byteLength(body) },
      lookup: guardedLookup(hostOf(url), policy),
      agent: false,
      signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MILLISECONDS)]),
    };
    const sent: ClientRequest = request(url, options, (response) => {
      const { statusCode: status = 0 } = response;
      let bytes = 0;
      response.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
        if (bytes > MAX_ANSWER_BYTES) response.destroy();
      });
      response.on('error', () => {});
      response.on('close', () => {
        const delivered = status >= 200 && status < 300;
        resolve(delivered ? { delivered, status } : { delivered, status, error: `HTTP_${status}` });
      });
    });
    sent.on('error', (error: NodeJS.ErrnoException) => {
      const isLate = error.name === 'AbortError' || error.name === 'TimeoutError' || error.code === 'ABORT_ERR';
      resolve({ delivered: false, error: isLate ? 'TIMEOUT' : (error.code ?? error.name) });
    });
    sent.end(body);
  });
}

/** Resolves a name for the connection itself; an address that is not allowed fails it. */
export function guardedLookup(host: string, policy: TargetPolicy): NonNullable<RequestOptions['lookup']> {
  return (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, addresses) => {
      if (error !== null) return callback(error, []);
      // One forbidden address is enough: the next attempt might take it.
      if (addresses.length === 0 || addresses.some(({ address }) => !isAllowedAddress(address, host, policy))) {
        return callback(Object.assign(new Error('refused'), { code: 'ADDRESS_REFUSED' }), []);
      }
      if (options.all === true) return callback(null, addresses);
      const [first] = addresses;
      callback(null, first?.address ?? '', first?.family);
    });
  };
}
