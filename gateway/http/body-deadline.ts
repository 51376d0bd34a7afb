import type { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';

/** Looks at a connection within the time that its body may take; it gets as much more as lies between two of them. */
const LOOKS = 12;

interface Arriving {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** Number of the look before which it began. */
  readonly since: number;
}

/**
 * Ends connections on which a body does not arrive in time. One look now and then at what each of them receives spares
 * every request a timer and its listeners.
 */
export class BodyDeadline {
  /** Undefined where nothing is waited for. */
  readonly #connections = new Map<Socket, Arriving | undefined>();
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
    if (!this.#connections.has(socket)) socket.once('close', () => this.#connections.delete(socket));
    this.#connections.set(socket, { request, response, since: this.#look });
  }

  close(): void {
    clearInterval(this.#timer);
  }

  #lookAtAll(): void {
    this.#look++;
    for (const [socket, arriving] of this.#connections) {
      if (arriving === undefined) continue;
      const { request, response, since } = arriving;
      const isLate = !request.complete && this.#look - since > LOOKS;
      // What has arrived need not be kept until the next, and nobody is told twice.
      if (request.complete || isLate) this.#connections.set(socket, undefined);
      if (isLate) {
        // Who was refused without a look at his body has his answer.
        if (!response.headersSent) socket.write('HTTP/1.1 408 Request Timeout\r\nConnection: close\r\n\r\n');
        socket.destroySoon();
      }
    }
  }
}
