import { type CitySize, generateCity } from '../generate-city.ts';
import type { CityRows, CityTable } from '../rows.ts';
import { BINARY_TABLES, type BinaryTable, CopyBinary } from './copy-binary.ts';
import type { Sealer } from './copy-columns.ts';
import { CopyText } from './copy-text.ts';

/** Rows of one table as COPY takes them. */
export interface CityChunk {
  readonly table: CityTable;
  /** Without options. */
  readonly statement: string;
  /** Of the binary format the rows alone. */
  readonly format: 'text' | 'binary';
  readonly data: Buffer;
  readonly rows: number;
}

/** Large enough that a COPY's own cost vanishes, small enough to make one between two messages of a starting server. */
const CHUNK_BYTES = 1 << 19;
/** UTF-8 takes at most three bytes for one UTF-16 unit. */
const BYTES_PER_UNIT = 3;

type Row<T extends CityTable> = CityRows[T];

/** Collects the rows of one table; a full buffer is a chunk. */
abstract class TableBuffer<T extends CityTable> {
  protected bytes: Buffer = Buffer.alloc(0);
  protected length = 0;
  protected rows = 0;
  readonly #of: Pick<CityChunk, 'table' | 'statement' | 'format'>;

  constructor(of: Pick<CityChunk, 'table' | 'statement' | 'format'>) {
    this.#of = of;
  }

  /** Returns what the buffer held when the row found no room in it. */
  abstract add(row: Row<T>): CityChunk | undefined;

  take(): CityChunk | undefined {
    const [data, rows] = [this.bytes.subarray(0, this.length), this.rows];
    this.bytes = Buffer.alloc(0);
    this.length = 0;
    this.rows = 0;
    return rows === 0 ? undefined : { ...this.#of, data, rows };
  }

  protected begin(needed = 0): void {
    this.bytes = Buffer.allocUnsafeSlow(Math.max(CHUNK_BYTES, needed));
  }
}

/**
 * Lines go into bytes one by one: gathering them in one growing string kept millions of string pieces alive and cost
 * more in garbage collection than all formatting.
 */
class TextBuffer<T extends CityTable> extends TableBuffer<T> {
  readonly #format: CopyText<T>;

  constructor(table: T, sealer: Sealer) {
    const format = new CopyText(table, sealer);
    super({ table, statement: format.statement, format: 'text' });
    this.#format = format;
  }

  add(row: Row<T>): CityChunk | undefined {
    const line = this.#format.line(row);
    const needed = line.length * BYTES_PER_UNIT;
    const full = this.length + needed > this.bytes.length ? this.take() : undefined;
    if (this.bytes.length === 0) this.begin(needed);
    this.length += this.bytes.write(line, this.length);
    this.rows += 1;
    return full;
  }
}

class BinaryBuffer<T extends BinaryTable> extends TableBuffer<T> {
  readonly #format: CopyBinary<T>;

  constructor(table: T, sealer: Sealer) {
    const format = new CopyBinary(table, sealer);
    super({ table, statement: format.statement, format: 'binary' });
    this.#format = format;
  }

  add(row: Row<T>): CityChunk | undefined {
    let full: CityChunk | undefined;
    let end = this.#format.write(row, this.bytes, this.length);
    if (end > this.bytes.length) {
      full = this.take();
      this.begin();
      end = this.#format.write(row, this.bytes, 0);
      if (end > this.bytes.length) throw new RangeError(`A row of ${end} bytes is longer than a chunk`);
    }
    this.length = end;
    this.rows += 1;
    return full;
  }
}

function bufferFor(table: CityTable, sealer: Sealer): TableBuffer<CityTable> {
  const buffer = isBinary(table) ? new BinaryBuffer(table, sealer) : new TextBuffer(table, sealer);
  // It is given the rows of its own table only.
  return buffer as TableBuffer<CityTable>;
}

function isBinary(table: CityTable): table is BinaryTable {
  return table in BINARY_TABLES;
}

/** The demo city as COPY takes it, table by table as their buffers fill; memory holds one buffer per table. */
export function* cityChunks(size: CitySize, sealer: Sealer): Generator<CityChunk, void, undefined> {
  const buffers = new Map<CityTable, TableBuffer<CityTable>>();
  for (const batch of generateCity(size)) {
    for (const [table, rows] of Object.entries(batch.rows) as [CityTable, CityRows[CityTable][]][]) {
      let buffer = buffers.get(table);
      if (buffer === undefined) {
        buffer = bufferFor(table, sealer);
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
