import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { expect, test } from 'vitest';
import { postJson } from '../../gateway/transport/post-json.ts';

async function serve(listener: RequestListener) {
  const server = createServer(listener);
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => sockets.add(socket));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: new URL(`http://127.0.0.1:${port}/graphql`),
    sockets,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

const post = (
  url: URL,
  body: string,
  more: { signal?: AbortSignal; timeoutMilliseconds?: number; maxBytes?: number; mayRepeat?: boolean } = {},
) =>
  postJson({
    ...{ url, body, headers: { 'content-type': 'application/json' }, maxBytes: 1_000, mayRepeat: true },
    signal: undefined,
    timeoutMilliseconds: 30_000,
    tooLarge: () => new Error('too large'),
    ...more,
  });

test('what is sent arrives whole, and what is answered is read whatever its status, over one connection', async () => {
  await using server = await serve(async (request, response) => {
    response.writeHead(418).end(`${request.method} ${request.headers['content-length']} ${await textOf(request)}`);
  });
  for (let round = 0; round < 3; round++) {
    expect(await post(server.url, '{"a":"中"}')).toEqual({ status: 418, text: 'POST 11 {"a":"中"}' });
  }
  expect(server.sockets.size).toBe(1);
});

test('an answer beyond the bound is not read to its end', async () => {
  await using server = await serve((_request, response) => {
    const write = () => {
      if (!response.destroyed) response.write('x'.repeat(100), () => setImmediate(write));
    };
    write();
  });
  await expect(post(server.url, '{}')).rejects.toThrow('too large');
});

test('a redirection is an answer and not followed', async () => {
  let requests = 0;
  await using server = await serve((_request, response) => {
    requests += 1;
    response.writeHead(302, { location: '/elsewhere' }).end('moved');
  });
  expect(await post(server.url, '{}')).toEqual({ status: 302, text: 'moved' });
  expect(requests).toBe(1);
});

test('whoever no longer waits ends it, before the answer and in the middle of it', async () => {
  await using server = await serve((request, response) => {
    if (request.url === '/graphql') response.write('begun');
  });
  for (const path of ['/graphql', '/silent']) {
    const controller = new AbortController();
    const waiting = post(new URL(path, server.url), '{}', { signal: controller.signal });
    setTimeout(() => controller.abort(new Error('nobody waits')), 50);
    await expect(waiting).rejects.toThrow('nobody waits');
  }
  await expect(post(server.url, '{}', { signal: AbortSignal.abort(new Error('ended')) })).rejects.toThrow('ended');
  await expect(post(server.url, '{}', { timeoutMilliseconds: 50 })).rejects.toThrow('no answer within 50 ms');
});

test('a kept connection that is closed meanwhile is opened anew; one that is closed on a request fails', async () => {
  let requests = 0;
  let isLeaving = false;
  await using server = await serve((request, response) => {
    requests += 1;
    if (isLeaving) request.socket.destroy();
    else response.end(String(requests));
  });
  expect((await post(server.url, '{}')).text).toBe('1');
  for (const socket of server.sockets) socket.resetAndDestroy();
  expect((await post(server.url, '{}')).text).toBe('2');
  isLeaving = true;
  await expect(post(server.url, '{}')).rejects.toMatchObject({ code: 'ECONNRESET' });
});

test('what must not be done twice is sent once, whatever becomes of its connection', async () => {
  let requests = 0;
  await using server = await serve((request, response) => {
    requests += 1;
    if (requests === 1) response.end('kept');
    else request.socket.resetAndDestroy();
  });
  await post(server.url, '{}');
  await expect(post(server.url, '{}', { mayRepeat: false })).rejects.toMatchObject({ code: 'ECONNRESET' });
  expect(requests).toBe(2);
});

test('where nobody listens it fails', async () => {
  await expect(post(new URL('http://127.0.0.1:1/graphql'), '{}')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
});
