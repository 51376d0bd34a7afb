import type { ChildProcess } from 'node:child_process';
import type { Writable } from 'node:stream';
import { FileFault } from '../codes/import-faults.ts';
import { startProcess } from '../start-process.ts';
import type { StageTarget } from '../store/ingest/stage-table.ts';
import { freeBytes } from './free-bytes.ts';
import type { ReaderSays, ReadingOrder } from './reader-messages.ts';
import type { StagedFile, StageProgress, StageRequest } from './stage-file.ts';

/**
 * What the process may hold: rows live as long as a piece of COPY text, so a small heap that is swept often is enough for
 * a file of any size. A workbook's texts, and a JSON document, are held whole, up to a limit of their own.
 */
const YOUNG_MEGABYTES = 4;
const OLD_MEGABYTES = 64;
const OLD_MEGABYTES_OF_WHOLE = 192;

/**
 * Reads a file into its stage in a process of its own: what a large one takes of the processor and of memory is not
 * taken from those whom the hub answers meanwhile, and is given back when it ends. The hub hands over the bytes as they
 * arrive, lets go of them, and sees nothing of the rows.
 */
export function readInProcess(body: AsyncIterable<Buffer>, request: StageRequest, target: StageTarget): StagedFile {
  const facts: StagedFile['facts'] = { bytes: 0, sha256: '', encoding: request.file.encoding ?? 'utf-8' };
  return { progress: progress(body, request, target, facts), facts };
}

async function* progress(
  body: AsyncIterable<Buffer>,
  { dataset, file, limits, services, caller }: StageRequest,
  target: StageTarget,
  facts: StagedFile['facts'],
): AsyncGenerator<StageProgress> {
  const { keys, today, systemCode } = services;
  const order: ReadingOrder = {
    ...{ dataset: dataset.name, file, limits, today, systemCode, caller, target },
    ...{ fieldKey: keys.field, lookupKey: keys.lookup },
  };
  const isHeldWhole = file.format === 'XLSX' || file.format === 'JSON';
  const old = isHeldWhole ? OLD_MEGABYTES_OF_WHOLE : OLD_MEGABYTES;
  const reader = startProcess('subgraphs/file-reader', [
    `--max-semi-space-size=${YOUNG_MEGABYTES}`,
    `--max-old-space-size=${old}`,
  ]);
  const said = new Said(reader);
  try {
    reader.send(order);
    // Its failure ends the loop below by `said`.
    feed(body, reader.stdin as Writable, said).catch((error: unknown) => said.fail(error)); // piped by startProcess
    for (;;) {
      const message = await said.next();
      if ('failure' in message) throw new Error(message.failure);
      if ('rows' in message) yield message;
      else {
        Object.assign(facts, message.facts);
        if (message.fault !== null) throw new FileFault(message.fault.code, message.fault.values);
        return;
      }
    }
  } finally {
    said.stop();
    await end(reader);
  }
}

async function feed(body: AsyncIterable<Buffer>, input: Writable, said: Said): Promise<void> {
  // A process that has found what is wrong with the file reads no more of it.
  input.on('error', () => {});
  for await (const bytes of body) {
    if (said.stopped || input.destroyed) return;
    if (!input.write(bytes, () => freeBytes(bytes))) await said.until(input, 'drain');
  }
  input.end();
}

/** Nothing of it goes on once its batch has ended: what it writes would meet a stage that is gone. */
async function end(reader: ChildProcess): Promise<void> {
  if (reader.exitCode !== null || reader.signalCode !== null || reader.pid === undefined) return;
  const gone = new Promise((resolve) => reader.once('exit', resolve));
  reader.kill('SIGKILL');
  await gone;
}

/** What the process has said and nobody has asked for yet. */
class Said {
  stopped = false;
  readonly #told: ReaderSays[] = [];
  #failure: { readonly error: unknown } | undefined;
  readonly #waiting = new Set<() => void>();

  constructor(reader: ChildProcess) {
    reader.on('message', (message) => {
      this.#told.push(message as ReaderSays); // of file-reader.ts
      this.#wake();
    });
    reader.on('error', (error) => this.fail(error));
    // Not its exit: what it has said last may come after that.
    reader.once('disconnect', () => this.fail(new Error('the reading process has ended before its file')));
  }

  fail(error: unknown): void {
    this.#failure ??= { error };
    this.#wake();
  }

  stop(): void {
    this.stopped = true;
    this.#wake();
  }

  async next(): Promise<ReaderSays> {
    for (;;) {
      const message = this.#told.shift();
      if (message !== undefined) return message;
      if (this.#failure !== undefined) throw this.#failure.error;
      await new Promise<void>((resolve) => this.#waiting.add(resolve));
    }
  }

  /** Resolves with the event, or when nothing more will come of it. */
  until(input: Writable, event: string): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        input.off(event, done).off('close', done);
        this.#waiting.delete(look);
        resolve();
      };
      input.once(event, done).once('close', done);
      // Being told how far the process is does not mean that it has taken what was sent.
      const look = () => {
        if (this.stopped || this.#failure !== undefined) done();
        else this.#waiting.add(look);
      };
      look();
    });
  }

  #wake(): void {
    for (const wake of [...this.#waiting]) {
      this.#waiting.delete(wake);
      wake();
    }
  }
}
