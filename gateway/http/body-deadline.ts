import type { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';

/** Looks at a connection within the time that its body may take; it gets as much more as lies between two of them. */
const LOOKS = 12;

interface Connection {
  request: IncomingMessage | undefined;
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

  /** The body that is expected on this connection now. */
  expect(request: IncomingMessage): void {
    const { method, socket } = request;
    if (request.complete || method === 'GET' || method === 'HEAD' || !(socket instanceof Socket)) return;
    const known = this.#connections.get(socket);
    if (known !== undefined) {
      known.request = request;
      known.since = this.#look;
      return;
    }
    this.#connections.set(socket, { request, since: this.#look });
    socket.once('close', () => this.#connections.delete(socket));
  }

  close(): void {
    clearInterval(this.#timer);
  }

  #lookAtAll(): void {
    this.#look++;
    for (const [socket, connection] of this.#connections) {
      // What has arrived need not be kept until the next.
      if (connection.request?.complete) connection.request = undefined;
      if (connection.request === undefined || this.#look - connection.since <= LOOKS) continue;
      socket.write('HTTP/1.1 408 Request Timeout\r\nConnection: close\r\n\r\n');
      socket.destroySoon();
    }
  }
}
