import { Agent, request } from 'node:http';

/**
 * @typedef {{ url: string, headers?: Record<string, string> }} Target
 * @typedef {{ operationName?: string, query: string, variables: Record<string, unknown> }} Body
 */

/** What a request for personal data in clear states. */
export const PURPOSE = {
  'x-yiyun-legal-basis': 'PIPL-13-3',
  'x-yiyun-scenario': 'service-handling',
  'x-yiyun-unmask': 'true',
};

const agent = new Agent({ keepAlive: true, maxSockets: 64 });

/** The text of the answer; throws unless it is 200. @param {Target} target @param {string} body */
export async function post(target, body) {
  const { status, text } = await tryPost(target, body);
  if (status !== 200) throw new Error(`${target.url}: ${status} ${text.slice(0, 500)}`);
  return text;
}

/** @param {Target} target @param {string} body @returns {Promise<{ status: number | undefined, text: string }>} */
export function tryPost(target, body) {
  return new Promise((resolve, reject) => {
    const sent = request(
      target.url,
      {
        agent,
        method: 'POST',
        headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body), ...target.headers },
      },
      (response) => {
        /** @type {Buffer[]} */
        const chunks = [];
        response.on('data', (chunk) => chunks.push(chunk));
        response.on('end', () => {
          resolve({ status: response.statusCode, text: Buffer.concat(chunks).toString('utf8') });
        });
        response.on('error', reject);
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });
}

/**
 * Sends bodies round and round for a time, to one target after another.
 *
 * @param {readonly [Target, ...Target[]]} targets @param {readonly string[] | (() => string)} bodies a function makes each anew @param {number} milliseconds @param {number} concurrency
 * @param {number} [most] requests after which it ends before its time
 * @returns {Promise<{ requests: number, seconds: number, latencies: number[] }>}
 */
export async function drive(targets, bodies, milliseconds, concurrency, most = Number.POSITIVE_INFINITY) {
  /** @type {number[]} */
  const latencies = [];
  const started = performance.now();
  let next = 0;
  await Promise.all(
    Array.from({ length: concurrency }, async () => {
      while (performance.now() - started < milliseconds && next < most) {
        const sentAt = performance.now();
        const turn = next++;
        const body = typeof bodies === 'function' ? bodies() : bodies[turn % bodies.length];
        await post(targets[turn % targets.length] ?? targets[0], /** @type {string} */ (body));
        latencies.push(performance.now() - sentAt);
      }
    }),
  );
  return { requests: latencies.length, seconds: (performance.now() - started) / 1000, latencies };
}
