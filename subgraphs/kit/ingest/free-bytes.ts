import { MessageChannel, type MessagePort } from 'node:worker_threads';

let nowhere: MessagePort | undefined;

/**
 * Gives memory back at once that nobody needs any more. Collected, pieces of an upload would wait for a collection that
 * a hub with little else to do does not need. A piece that shares its memory is left alone.
 */
export function freeBytes(bytes: Buffer): void {
  const { buffer } = bytes;
  if (!(buffer instanceof ArrayBuffer) || bytes.byteLength !== buffer.byteLength || buffer.byteLength === 0) return;
  // What is handed over to a port whose other end is closed is gone; `ArrayBuffer.transfer` needs Node 21.
  if (nowhere === undefined) {
    const { port1, port2 } = new MessageChannel();
    port2.close();
    nowhere = port1;
  }
  nowhere.postMessage(null, [buffer]);
}
