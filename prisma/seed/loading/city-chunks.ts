import { type CitySize, generateCity } from '../generate-city.ts';
import type { CityRows, CityTable } from '../rows.ts';
import { CopyText, type Sealer } from './copy-text.ts';

/** Rows of one table as COPY takes them. */
export interface CityChunk {
  readonly table: CityTable;
  readonly statement: string;
  readonly data: Buffer;
  readonly rows: number;
}

/** Large enough that a COPY's own cost vanishes, small enough to make one between two messages of a starting server. */
const CHUNK_BYTES = 1 << 19;
/** UTF-8 takes at most three bytes for one UTF-16 unit. */
const BYTES_PER_UNIT = 3;

/**
 * Lines go into bytes one by one: gathering them in one growing string kept millions of string pieces alive and cost
 * more in garbage collection than all formatting.
 */
class TableBuffer {
  readonly #table: CityTable;
  readonly #format: CopyText<CityTable>;
  #bytes = Buffer.alloc(0);
  #length = 0;
  #rows = 0;

  constructor(table: CityTable, sealer: Sealer) {
    this.#table = table;
    this.#format = new CopyText(table, sealer);
  }

  /** Returns what the buffer held when the row found no room in it. */
  add(row: CityRows[CityTable]): CityChunk | undefined {
    const line = this.#format.line(row);
    const needed = line.length * BYTES_PER_UNIT;
    const full = this.#length + needed > this.#bytes.length ? this.take() : undefined;
    if (this.#bytes.length === 0) this.#bytes = Buffer.allocUnsafeSlow(Math.max(CHUNK_BYTES, needed));
    this.#length += this.#bytes.write(line, this.#length);
    this.#rows += 1;
    return full;
  }

  take(): CityChunk | undefined {
    const [data, rows] = [this.#bytes.subarray(0, this.#length), this.#rows];
    this.#bytes = Buffer.alloc(0);
    this.#length = 0;
    this.#rows = 0;
    return rows === 0 ? undefined : { table: this.#table, statement: this.#format.statement, data, rows };
  }
}

/** The demo city as COPY text, table by table as their buffers fill; memory holds one buffer per table. */
export function* cityChunks(size: CitySize, sealer: Sealer): Generator<CityChunk, void, undefined> {
  const buffers = new Map<CityTable, TableBuffer>();
  for (const batch of generateCity(size)) {
    for (const [table, rows] of Object.entries(batch.rows) as [CityTable, CityRows[CityTable][]][]) {
      let buffer = buffers.get(table);
      if (buffer === undefined) {
        buffer = new TableBuffer(table, sealer);
        buffers.set(table, buffer);
      }
      for (const row of rows) {
        const full = buffer.add(row);
        if (full !== undefined) yield full;
      }
    }
  }
  for (const buffer of buffers.values()) {
    const rest = buffer.take();
    if (rest !== undefined) yield rest;
  }
}
