import type { MessagePort } from 'node:worker_threads';
import { FileFault } from '../codes/import-faults.ts';
import { uuidSource } from '../ids.ts';
import type { DatasetDeclaration } from './dataset.ts';
import { stageFile } from './stage-file.ts';
import type { FromStager, StageOrder, ToStager } from './stage-messages.ts';

/** Room for the text of a piece, as a rule. */
const PIECE_BYTES = 768 * 1024;

/** The thread's side of staging: reads the file that the hub hands over, and gives back COPY text, until it is told all. */
export async function serveStager(port: MessagePort, order: StageOrder, dataset: DatasetDeclaration): Promise<void> {
  const say = (message: FromStager, moved: ArrayBuffer[] = []) => port.postMessage(message, moved);
  /** Of texts that the hub has copied; new memory for each would lie about until it is collected. */
  const memory: ArrayBuffer[] = [];
  const encode = (text: string): Buffer => {
    const free = memory.pop();
    const whole = Buffer.byteLength(text);
    const used = free !== undefined && free.byteLength >= whole ? free : new ArrayBuffer(Math.max(whole, PIECE_BYTES));
    const bytes = Buffer.from(used, 0, whole);
    bytes.write(text, 'utf8');
    return bytes;
  };
  const arrived: (Uint8Array | undefined)[] = [];
  let wakeReader: (() => void) | undefined;
  let wakeWriter: (() => void) | undefined;
  port.on('message', (message: ToStager) => {
    if ('wanted' in message) {
      if (message.copied !== undefined) memory.push(message.copied);
      return wakeWriter?.();
    }
    arrived.push(message.bytes);
    wakeReader?.();
  });
  async function* body(): AsyncGenerator<Buffer> {
    for (;;) {
      while (arrived.length === 0) {
        await new Promise<void>((resolve) => {
          wakeReader = resolve;
        });
      }
      const bytes = arrived.shift();
      if (bytes === undefined) return;
      yield Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
      say('READ');
    }
  }
  const { file, limits, today, systemCode, fieldKey, lookupKey, caller } = order;
  const keys = { field: Buffer.from(fieldKey), lookup: Buffer.from(lookupKey) };
  const services = { keys, today, systemCode };
  const staged = stageFile(body(), { dataset, file, limits, services, caller, ids: uuidSource }, encode);
  try {
    for await (const { text, rows, rejected } of staged.pieces) {
      const taken = new Promise<void>((resolve) => {
        wakeWriter = resolve;
      });
      const memoryOfText = text.buffer as ArrayBuffer; // made by `encode`
      say({ text: new Uint8Array(memoryOfText, 0, text.length), rows, rejected }, [memoryOfText]);
      await taken;
    }
    say({ facts: staged.facts, fault: null });
  } catch (error) {
    if (!(error instanceof FileFault)) throw error;
    say({ facts: staged.facts, fault: { code: error.code, values: error.values } });
  }
}
