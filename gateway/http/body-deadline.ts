import type { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';

/** Looks at a connection within the time that its body may take; it gets as much more as lies between two of them. */
const LOOKS = 12;

interface Connection {
  request: IncomingMessage | undefined;
  response: ServerResponse | undefined;
  /** Number of the look before which it began. */
  since: number;
}

/**
 * Ends connections on which a body does not arrive in time. One look now and then at what each of them receives spares
 * every request a timer and its listeners.
 */
export class BodyDeadline {
  readonly #connections = new Map<Socket, Connection>();
  readonly #timer: NodeJS.Timeout;
  #look = 0;

  constructor(milliseconds: number) {
    this.#timer = setInterval(() => this.#lookAtAll(), milliseconds / LOOKS);
    this.#timer.unref();
  }

  /** The body of this request is expected on its connection now. */
  expect(request: IncomingMessage, response: ServerResponse): void {
    const { method, socket } = request;
    if (request.complete || method === 'GET' || method === 'HEAD' || !(socket instanceof Socket)) return;
    const known = this.#connections.get(socket);
    if (known !== undefined) {
      known.request = request;
      known.response = response;
      known.since = this.#look;
      return;
    }
    this.#connections.set(socket, { request, response, since: this.#look });
    socket.once('close', () => this.#connections.delete(socket));
  }

  close(): void {
    clearInterval(this.#timer);
  }

  #lookAtAll(): void {
    this.#look++;
    for (const [socket, connection] of this.#connections) {
      const { request, response, since } = connection;
      if (request === undefined) continue;
      if (request.complete) {
        // What has arrived need not be kept until the next.
        connection.request = undefined;
        connection.response = undefined;
      } else if (this.#look - since > LOOKS) {
        // Who was refused without a look at his body has his answer.
        if (!response?.headersSent) socket.write('HTTP/1.1 408 Request Timeout\r\nConnection: close\r\n\r\n');
        socket.destroySoon();
      }
    }
  }
}
