import { finished } from 'node:stream/promises';
import type { PoolClient } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import type { CityRows, CityTable, RowSet } from '../rows.ts';
import { CopyText, type Sealer } from './copy-text.ts';

/** Bytes gathered per table before they are sent: large enough that a COPY's own cost vanishes. */
const CHUNK_BYTES = 1 << 20;
/** UTF-8 takes at most three bytes for one UTF-16 unit. */
const BYTES_PER_UNIT = 3;

/**
 * Lines go into bytes one by one: gathering them in one growing string kept millions of string pieces alive and cost
 * more in garbage collection than all formatting.
 */
interface TableBuffer {
  readonly format: CopyText<CityTable>;
  bytes: Buffer;
  length: number;
}

/**
 * Writes rows through COPY on a few connections at once, each chunk a statement of its own. Rows wait in one buffer per
 * table; `write` returns when the rows are buffered, and waits while every connection is busy.
 */
export class CopyWriter {
  private readonly sealer: Sealer;
  private readonly free: PoolClient[];
  private readonly lanes: number;
  private readonly waiting: (() => void)[] = [];
  private readonly buffers = new Map<CityTable, TableBuffer>();
  private failure: unknown;

  constructor(clients: readonly PoolClient[], sealer: Sealer) {
    this.free = [...clients];
    this.lanes = clients.length;
    this.sealer = sealer;
  }

  /** Takes over the rows of a batch; `onRows` hears of each table's rows once they are in a buffer or sent. */
  async write(rows: RowSet, onRows: (table: CityTable, count: number) => void): Promise<void> {
    for (const [table, list] of Object.entries(rows) as [CityTable, CityRows[CityTable][]][]) {
      const buffer = this.buffer(table);
      let counted = 0;
      for (let i = 0; i < list.length; i++) {
        const line = buffer.format.line(list[i] as CityRows[CityTable]);
        if (buffer.length + line.length * BYTES_PER_UNIT > buffer.bytes.length) {
          onRows(table, i - counted);
          counted = i;
          await this.send(buffer, line.length * BYTES_PER_UNIT);
        }
        buffer.length += buffer.bytes.write(line, buffer.length);
      }
      onRows(table, list.length - counted);
    }
  }

  /** Sends what is still buffered and waits for every connection. Throws the first failure of any. */
  async finish(): Promise<void> {
    for (const buffer of this.buffers.values()) {
      if (buffer.length > 0) await this.send(buffer, 0);
    }
    await this.settle();
    if (this.failure !== undefined) throw this.failure;
  }

  /** Waits until no statement runs any more, whether they failed or not. */
  async settle(): Promise<void> {
    while (this.free.length < this.lanes) await this.laneFreed();
  }

  private buffer(table: CityTable): TableBuffer {
    let buffer = this.buffers.get(table);
    if (buffer === undefined) {
      buffer = { format: new CopyText(table, this.sealer), bytes: Buffer.alloc(0), length: 0 };
      this.buffers.set(table, buffer);
    }
    return buffer;
  }

  /** Sends what the buffer holds, if anything, and gives it fresh room. */
  private async send(buffer: TableBuffer, needed: number): Promise<void> {
    const data = buffer.bytes.subarray(0, buffer.length);
    buffer.bytes = needed > 0 ? Buffer.allocUnsafeSlow(Math.max(CHUNK_BYTES, needed)) : Buffer.alloc(0);
    buffer.length = 0;
    if (data.length === 0) return;
    while (this.free.length === 0) await this.laneFreed();
    if (this.failure !== undefined) throw this.failure;
    const client = this.free.pop() as PoolClient;
    void this.copy(client, buffer.format.statement, data);
  }

  private async copy(client: PoolClient, statement: string, data: Buffer): Promise<void> {
    try {
      const stream = client.query(copyFrom(statement));
      stream.end(data);
      await finished(stream);
    } catch (error) {
      this.failure ??= error;
    } finally {
      this.free.push(client);
      this.waiting.shift()?.();
    }
  }

  private laneFreed(): Promise<void> {
    return new Promise((resolve) => this.waiting.push(resolve));
  }
}
