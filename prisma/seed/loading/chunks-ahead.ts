import type { CityChunk } from './city-chunks.ts';

/** About half of the demo city at its usual scale, which is what can be made while a new Postgres sets itself up. */
const MOST_BYTES = 48 * 1024 * 1024;

/**
 * Makes a city's chunks while there is no database yet to take them, a bounded amount, in the turns of the event loop
 * that nobody else wants. Whoever iterates gets them first and the rest as it is made; once only.
 */
export class ChunksAhead implements Iterable<CityChunk> {
  readonly #source: Iterator<CityChunk, void, undefined>;
  readonly #mostBytes: number;
  readonly #made: CityChunk[] = [];
  #bytes = 0;
  #resting = false;
  #failure: { readonly error: unknown } | undefined;

  constructor(source: Iterator<CityChunk, void, undefined>, mostBytes: number = MOST_BYTES) {
    this.#source = source;
    this.#mostBytes = mostBytes;
    setImmediate(() => this.#makeNext());
  }

  /** Bytes that wait to be taken. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Makes no more, and forgets what was made. */
  stop(): void {
    this.#resting = true;
    this.#made.length = 0;
    this.#bytes = 0;
  }

  *[Symbol.iterator](): Generator<CityChunk, void, undefined> {
    this.#resting = true;
    for (let chunk = this.#made.shift(); chunk !== undefined; chunk = this.#made.shift()) {
      this.#bytes -= chunk.data.length;
      yield chunk;
    }
    if (this.#failure !== undefined) throw this.#failure.error;
    for (let next = this.#source.next(); !next.done; next = this.#source.next()) yield next.value;
  }

  #makeNext(): void {
    if (this.#resting || this.#bytes >= this.#mostBytes) return;
    try {
      const next = this.#source.next();
      if (next.done) return;
      this.#made.push(next.value);
      this.#bytes += next.value.data.length;
    } catch (error) {
      // Told to whoever takes the chunks; without a load it hurts nobody.
      this.#failure = { error };
      return;
    }
    setImmediate(() => this.#makeNext());
  }
}
