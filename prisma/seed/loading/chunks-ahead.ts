import type { Worker } from 'node:worker_threads';
import { startThread } from '../../../subgraphs/kit/start-thread.ts';
import type { SealingKeys } from '../../../subgraphs/kit/store/sealing.ts';
import type { CitySize } from '../generate-city.ts';
import type { CityChunk } from './city-chunks.ts';
import type { CityOrder } from './city-worker.ts';

/** Most of the demo city at its usual scale, which a thread makes while a new Postgres sets itself up. */
const MOST_BYTES = 64 * 1024 * 1024;

/**
 * Makes a city's chunks in a thread of its own, a bounded amount ahead of whoever takes them; once only. What is made
 * is sealed with the keys of the hub.
 */
export class ChunksAhead implements AsyncIterable<CityChunk> {
  readonly #worker: Worker;
  readonly #made: CityChunk[] = [];
  #bytes = 0;
  #ended = false;
  #failure: { readonly error: unknown } | undefined;
  #wake = () => {};

  constructor({ city, scale }: CitySize, keys: Pick<SealingKeys, 'field' | 'lookup'>, mostBytes: number = MOST_BYTES) {
    const order: CityOrder = { city, scale, fieldKey: keys.field, lookupKey: keys.lookup, mostBytes };
    this.#worker = startThread('prisma/seed/loading/city-worker', {
      workerData: order,
      resourceLimits: { maxYoungGenerationSizeMb: 48 },
    });
    // A hub that ends does not wait for a city.
    this.#worker.unref();
    this.#worker.on('message', (message: 'done' | (Omit<CityChunk, 'data'> & { readonly data: Uint8Array })) => {
      if (message === 'done') this.#ended = true;
      else {
        const { data } = message;
        this.#made.push({ ...message, data: Buffer.from(data.buffer, data.byteOffset, data.byteLength) });
        this.#bytes += data.byteLength;
      }
      this.#wake();
    });
    this.#worker.on('error', (error) => {
      // Told to whoever takes the chunks; without a load it hurts nobody.
      this.#failure = { error };
      this.#wake();
    });
    this.#worker.on('exit', () => {
      if (!this.#ended) this.#failure ??= { error: new Error('The thread that makes the city ended early') };
      this.#wake();
    });
  }

  /** Bytes that wait to be taken. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Makes no more, and forgets what was made. */
  async stop(): Promise<void> {
    await this.#worker.terminate();
    this.#made.length = 0;
    this.#bytes = 0;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<CityChunk, void, undefined> {
    for (;;) {
      const chunk = this.#made.shift();
      if (chunk !== undefined) {
        this.#bytes -= chunk.data.length;
        this.#worker.postMessage(chunk.data.length);
        yield chunk;
      } else if (this.#failure !== undefined) {
        throw this.#failure.error;
      } else if (this.#ended) {
        return;
      } else {
        await new Promise<void>((resolve) => {
          this.#wake = resolve;
        });
      }
    }
  }
}
