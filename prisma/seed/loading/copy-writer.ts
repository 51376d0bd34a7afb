import { finished } from 'node:stream/promises';
import type { PoolClient } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import type { CityChunk } from './city-chunks.ts';

/** Writes chunks through COPY on a few connections at once, each chunk a transaction of its own. */
export class CopyWriter {
  private readonly free: PoolClient[];
  private readonly lanes: number;
  private readonly waiting: (() => void)[] = [];
  private failure: unknown;

  constructor(clients: readonly PoolClient[]) {
    this.free = [...clients];
    this.lanes = clients.length;
  }

  /** Returns when the chunk is on its way; waits while every connection is busy. Throws the first failure of any. */
  async send(chunk: CityChunk): Promise<void> {
    while (this.free.length === 0) await this.laneFreed();
    if (this.failure !== undefined) throw this.failure;
    const client = this.free.pop() as PoolClient; // there is one: nobody else takes them
    void this.copy(client, chunk);
  }

  /** Waits for every connection. Throws the first failure of any. */
  async finish(): Promise<void> {
    await this.settle();
    if (this.failure !== undefined) throw this.failure;
  }

  /** Waits until no statement runs any more, whether they failed or not. */
  async settle(): Promise<void> {
    while (this.free.length < this.lanes) await this.laneFreed();
  }

  private async copy(client: PoolClient, { statement, data }: CityChunk): Promise<void> {
    try {
      // What counts is the commit at the end of the load, which waits for the disk: until then the city is LOADING.
      await client.query('BEGIN; SET LOCAL synchronous_commit = off');
      const stream = client.query(copyFrom(statement));
      stream.end(data);
      await finished(stream);
      await client.query('COMMIT');
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
