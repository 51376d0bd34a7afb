import { createServer } from 'node:http';

/**
 * Serves `POST /graphql` with as little as Node allows and tells the parent the port.
 *
 * @param {(body: any) => Promise<string> | string} answer
 */
export function listen(answer) {
  const server = createServer((request, response) => {
    /** @type {Buffer[]} */
    const chunks = [];
    request.on('data', (chunk) => chunks.push(chunk));
    request.on('end', async () => {
      try {
        const text = await answer(JSON.parse(Buffer.concat(chunks).toString('utf8')));
        response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) });
        response.end(text);
      } catch (error) {
        response.writeHead(500).end(String(error instanceof Error ? error.stack : error));
      }
    });
  });
  server.listen(0, '127.0.0.1', () => ready(/** @type {import('node:net').AddressInfo} */ (server.address()).port));
}

/** @param {number} port */
export function ready(port) {
  console.log(`READY http://127.0.0.1:${port}/graphql`);
}
