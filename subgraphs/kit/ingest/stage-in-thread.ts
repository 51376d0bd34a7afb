import type { Worker } from 'node:worker_threads';
import { FileFault } from '../codes/import-faults.ts';
import { startThread } from '../start-thread.ts';
import type { StagedFile, StagedPiece, StageRequest } from './stage-file.ts';
import type { FromStager, StageOrder, ToStager } from './stage-messages.ts';

/**
 * What the thread may hold: rows live as long as a piece of COPY text, so a small heap that is swept often is enough for
 * a file of any size. A workbook's texts are held whole (`maxXlsxTextBytes`).
 */
const YOUNG_MEGABYTES = 8;
const OLD_MEGABYTES = 48;
const OLD_MEGABYTES_OF_XLSX = 320;
/** Pieces of the file that are on their way to the thread. */
const MOST_AHEAD = 8;

/**
 * Reads a file in a thread of its own: what a large one takes of the processor and of memory is not taken from those
 * whom the hub answers meanwhile.
 */
export function stageInThread(body: AsyncIterable<Buffer>, request: StageRequest): StagedFile {
  const facts: StagedFile['facts'] = { bytes: 0, sha256: '', encoding: request.file.encoding ?? 'utf-8' };
  return { pieces: pieces(body, request, facts), facts };
}

async function* pieces(
  body: AsyncIterable<Buffer>,
  { dataset, file, limits, services, caller }: StageRequest,
  facts: StagedFile['facts'],
): AsyncGenerator<StagedPiece> {
  const { keys, today, systemCode } = services;
  const order: StageOrder = {
    ...{ dataset: dataset.name, file, limits, today, systemCode, caller },
    ...{ fieldKey: keys.field, lookupKey: keys.lookup },
  };
  const worker = startThread('subgraphs/stage-worker', {
    workerData: order,
    resourceLimits: {
      maxYoungGenerationSizeMb: YOUNG_MEGABYTES,
      maxOldGenerationSizeMb: file.format === 'XLSX' ? OLD_MEGABYTES_OF_XLSX : OLD_MEGABYTES,
    },
  });
  const said = new Said(worker);
  const feeding = feed(body, worker, said);
  // Its failure ends the loop below by `said`.
  feeding.catch((error: unknown) => said.fail(error));
  let before: ArrayBuffer | undefined;
  try {
    for (;;) {
      const message = await said.next();
      if ('facts' in message) {
        Object.assign(facts, message.facts);
        if (message.fault !== null) throw new FileFault(message.fault.code, message.fault.values);
        return;
      }
      const { text, rows, rejected } = message;
      yield { text: Buffer.from(text.buffer, text.byteOffset, text.byteLength), rows, rejected };
      // The piece before has been copied by now, this one perhaps not.
      worker.postMessage({ wanted: true, copied: before } satisfies ToStager, before === undefined ? [] : [before]);
      before = text.buffer;
    }
  } finally {
    said.stop();
    await worker.terminate();
  }
}

async function feed(body: AsyncIterable<Buffer>, worker: Worker, said: Said): Promise<void> {
  for await (const bytes of body) {
    if (said.stopped) return;
    await said.room();
    worker.postMessage({ bytes } satisfies ToStager);
    said.sent();
  }
  worker.postMessage({ bytes: undefined } satisfies ToStager);
}

type Told = Exclude<FromStager, 'READ'>;

/** What the thread has said and nobody has asked for yet, and how many pieces of the file it has still to read. */
class Said {
  stopped = false;
  readonly #told: Told[] = [];
  #ahead = 0;
  #failure: { readonly error: unknown } | undefined;
  #wake: (() => void) | undefined;
  #wakeFeeder: (() => void) | undefined;

  constructor(worker: Worker) {
    worker.on('message', (message: FromStager) => {
      if (message === 'READ') {
        this.#ahead--;
        this.#wakeFeeder?.();
      } else {
        this.#told.push(message);
        this.#wake?.();
      }
    });
    worker.once('error', (error) => this.fail(error));
    worker.once('exit', () => this.fail(new Error('the staging thread has ended')));
  }

  fail(error: unknown): void {
    this.#failure ??= { error };
    this.#wake?.();
    this.#wakeFeeder?.();
  }

  stop(): void {
    this.stopped = true;
    this.#wakeFeeder?.();
  }

  sent(): void {
    this.#ahead++;
  }

  /** Resolves when the thread has room for another piece. */
  async room(): Promise<void> {
    while (this.#ahead >= MOST_AHEAD && !this.stopped && this.#failure === undefined) {
      await new Promise<void>((resolve) => {
        this.#wakeFeeder = resolve;
      });
    }
  }

  async next(): Promise<Told> {
    for (;;) {
      const message = this.#told.shift();
      if (message !== undefined) return message;
      if (this.#failure !== undefined) throw this.#failure.error;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }
}
