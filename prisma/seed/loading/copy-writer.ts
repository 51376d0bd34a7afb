import { finished } from 'node:stream/promises';
import type { PoolClient } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import type { CityTable } from '../rows.ts';
import type { CityChunk } from './city-chunks.ts';
import { BINARY_HEADER, BINARY_TABLES, BINARY_TRAILER, type BinaryTable } from './copy-binary.ts';

/**
 * Tables that hold nearly all rows of a city have a connection each where there are enough. They are emptied in the
 * transaction that fills them, so that their rows are written as old ones (`FREEZE`): no later pass marks them as seen by
 * all, and a Postgres that keeps no log for a replica logs none of them. To empty a table takes longer than to copy a few
 * rows into it, so that the others are not.
 */
const LARGE_TABLES: readonly CityTable[] = Object.keys(BINARY_TABLES) as BinaryTable[];
/** Connections that a load can use at once: one for each large table, and one for all others. */
export const MOST_LANES: number = LARGE_TABLES.length + 1;
/** Chunks that may wait for one connection: the tables take turns, and none is to hold up the others. */
const MOST_WAITING = 4;
/**
 * No commit waits for the log: the one that marks the city as loaded does, and takes all earlier ones along. Only what is
 * large is written to its own files at the commit instead of to the log: a wait for the disk for each of many small ones
 * is longer.
 */
export const LOAD_SETTINGS = `SET LOCAL synchronous_commit = off; SET LOCAL wal_skip_threshold = '32MB'`;

/**
 * Writes chunks through COPY on a few connections at once, one transaction on each. A table's chunks all go through one
 * connection: its rows lie in the order of their ids, which halves what the indexes that begin with them cost.
 */
export class CopyWriter {
  private readonly lanes: readonly Lane[];

  constructor(clients: readonly PoolClient[]) {
    this.lanes = clients.map((client) => new Lane(client));
  }

  /** Returns when the chunk is on its way; waits while too many do before it. Throws the first failure of any. */
  async send(chunk: CityChunk): Promise<void> {
    this.refuseFailed();
    await this.laneOf(chunk.table).send(chunk);
  }

  /** Waits for every connection and makes what was written stay. Throws the first failure of any. */
  async finish(): Promise<void> {
    await this.settle();
    this.refuseFailed();
    await Promise.all(this.lanes.map((lane) => lane.commit()));
  }

  /** Waits until no chunk is being written any more, whether they failed or not. */
  async settle(): Promise<void> {
    await Promise.all(this.lanes.map((lane) => lane.settle()));
  }

  private laneOf(table: CityTable): Lane {
    // -1, and thus the first lane, for all other tables. There is at least one.
    return this.lanes[(LARGE_TABLES.indexOf(table) + 1) % this.lanes.length] as Lane;
  }

  private refuseFailed(): void {
    const failed = this.lanes.find((lane) => lane.failure !== undefined);
    if (failed?.failure !== undefined) throw failed.failure.error;
  }
}

/** A COPY that goes on as long as chunks of its table follow each other. */
class Copy {
  readonly table: CityTable;
  private readonly stream: ReturnType<typeof copyFrom>;
  private readonly isBinary: boolean;
  private readonly done: Promise<void>;

  constructor(client: PoolClient, { table, statement, format }: CityChunk, options: readonly string[]) {
    this.table = table;
    this.isBinary = format === 'binary';
    const all = [...options, ...(this.isBinary ? ['FORMAT binary'] : [])];
    this.stream = client.query(copyFrom(all.length === 0 ? statement : `${statement} WITH (${all.join(', ')})`));
    this.done = finished(this.stream);
    this.done.catch(() => {}); // told to whoever writes or ends
    if (this.isBinary) this.stream.write(BINARY_HEADER);
  }

  async write(data: Buffer): Promise<void> {
    const written = new Promise<void>((resolve, reject) => {
      this.stream.write(data, (error) => (error ? reject(error) : resolve()));
    });
    await Promise.race([this.done, written]);
  }

  async end(): Promise<void> {
    if (this.isBinary) this.stream.write(BINARY_TRAILER);
    this.stream.end();
    await this.done;
  }
}

/** One connection, whose chunks are written one after another. */
class Lane {
  failure: { readonly error: unknown } | undefined;
  private readonly client: PoolClient;
  private readonly emptied = new Set<CityTable>();
  private last: Promise<void> = Promise.resolve();
  private waiting = 0;
  private began = false;
  private copy: Copy | undefined;
  private wake = () => {};

  constructor(client: PoolClient) {
    this.client = client;
  }

  async send(chunk: CityChunk): Promise<void> {
    while (this.waiting >= MOST_WAITING) {
      await new Promise<void>((resolve) => {
        this.wake = resolve;
      });
    }
    this.waiting += 1;
    this.last = this.last.then(() => this.write(chunk));
  }

  settle(): Promise<void> {
    return this.last;
  }

  async commit(): Promise<void> {
    if (!this.began) return;
    await this.copy?.end();
    await this.client.query('COMMIT');
  }

  private async write(chunk: CityChunk): Promise<void> {
    try {
      if (this.failure === undefined) await (await this.copyInto(chunk)).write(chunk.data);
    } catch (error) {
      this.failure = { error };
    } finally {
      this.waiting -= 1;
      this.wake();
    }
  }

  private async copyInto(chunk: CityChunk): Promise<Copy> {
    const { table } = chunk;
    if (this.copy?.table === table) return this.copy;
    await this.copy?.end();
    if (!this.began) {
      await this.client.query(`BEGIN; ${LOAD_SETTINGS}; SET LOCAL idle_in_transaction_session_timeout = 0`);
      this.began = true;
    }
    const large = LARGE_TABLES.includes(table);
    if (large && !this.emptied.has(table)) {
      this.emptied.add(table);
      await this.client.query(`TRUNCATE ${table}`);
    }
    this.copy = new Copy(this.client, chunk, large ? ['FREEZE'] : []);
    return this.copy;
  }
}
