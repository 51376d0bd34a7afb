import { type ConnectOpts, Socket, type SocketConstructorOpts } from 'node:net';

/** What Node's own sockets read at most at once. */
const MOST_BYTES = 64 * 1024;

/**
 * A socket that reads into one buffer again and again and hands on a copy of what came. Node's own take 64 KiB for each
 * read and give most of it back, which is more work than a copy of the few kilobytes that a batch is answered with.
 */
export function laneSocket(): Socket {
  // Node's types know `onread` of the call that connects only.
  const options: SocketConstructorOpts & ConnectOpts = {
    onread: {
      buffer: Buffer.allocUnsafeSlow(MOST_BYTES),
      callback(bytes, buffer) {
        // pg keeps what it is given until the rest of a message has come.
        socket.emit('data', Buffer.from(buffer.subarray(0, bytes)));
        return true;
      },
    },
  };
  const socket = new Socket(options);
  return socket;
}
