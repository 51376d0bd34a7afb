import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, it, onTestFinished } from 'vitest';
import { BodyDeadline } from '../../gateway/http/body-deadline.ts';

const MILLISECONDS = 240;

/** A connection to a server that answers each request when its body is there, and what has come back on it. */
async function connectToServer(): Promise<{ socket: Socket; received: () => string }> {
  const deadline = new BodyDeadline(MILLISECONDS);
  const server = createServer((request, response) => {
    deadline.expect(request, response);
    if (request.url === '/refused') {
      response.end('no');
      return;
    }
    request.resume().once('end', () => response.end('there'));
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
  let text = '';
  socket.on('data', (chunk) => {
    text += String(chunk);
  });
  onTestFinished(() => {
    deadline.close();
    socket.destroy();
    server.close();
  });
  await once(socket, 'connect');
  return { socket, received: () => text };
}

const headOf = (path: string) => `POST ${path} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4\r\n\r\n`;
const head = headOf('/');

it('ends a connection whose body does not arrive', async () => {
  const { socket, received } = await connectToServer();
  socket.write(`${head}bo`);
  await once(socket, 'close');
  expect(received()).toBe('HTTP/1.1 408 Request Timeout\r\nConnection: close\r\n\r\n');
});

it('ends it without another answer where the body was not waited for', async () => {
  const { socket, received } = await connectToServer();
  socket.write(`${headOf('/refused')}bo`);
  await once(socket, 'close');
  expect(received()).toContain('no');
  expect(received()).not.toContain('408');
});

it('looks at the last request of a connection, and not at one that is complete', async () => {
  const { socket, received } = await connectToServer();
  socket.write(`${head}body`);
  await expect.poll(received).toContain('there');
  // Idle for longer than a body may take, the connection is still good for another.
  await delay(MILLISECONDS * 2);
  socket.write(`${head}body`);
  await expect.poll(() => received().split('there').length).toBe(3);
  socket.write(`${head}b`);
  await once(socket, 'close');
  expect(received()).toContain('408');
});
