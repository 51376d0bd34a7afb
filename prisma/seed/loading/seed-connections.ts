import { availableParallelism } from 'node:os';
import type { Pool, PoolClient } from 'pg';
import { MOST_LANES } from './copy-writer.ts';

/** Of the pool's connections, for whoever asked for the load and for another one beside it. */
const LEFT_TO_OTHERS = 2;
/** Backends that build indexes at once: one for each core, and one for the time that another waits for the disk. */
const MOST_BUILDERS = Math.min(availableParallelism() + 1, 8);

/** A few connections of a pool, held for the length of a load. */
export class SeedConnections implements AsyncDisposable {
  readonly clients: readonly PoolClient[];
  private broken = false;

  private constructor(clients: readonly PoolClient[]) {
    this.clients = clients;
  }

  static async open(pool: Pool): Promise<SeedConnections> {
    const count = Math.max(1, Math.min(MOST_LANES, pool.options.max - LEFT_TO_OTHERS));
    const opened = await Promise.allSettled(Array.from({ length: count }, () => pool.connect()));
    const clients = opened.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
    const failed = opened.find((result) => result.status === 'rejected');
    if (failed !== undefined) {
      for (const client of clients) client.release();
      throw failed.reason;
    }
    return new SeedConnections(clients);
  }

  /** The connection for statements that are not done on all. */
  get control(): PoolClient {
    const [first] = this.clients;
    if (first === undefined) throw new Error('No connection is open');
    return first;
  }

  /**
   * Runs the same work on as many connections as are of use, the control's among them, and waits for all, failed or not;
   * throws the first failure.
   */
  async each(work: (client: PoolClient) => Promise<void>): Promise<void> {
    const results = await Promise.allSettled(this.clients.slice(0, MOST_BUILDERS).map(work));
    const failed = results.find((result) => result.status === 'rejected');
    if (failed !== undefined) throw failed.reason;
  }

  /** Closes the connections instead of handing them back: one of them may stand in the middle of a transaction. */
  abandon(): void {
    this.broken = true;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const client of this.clients) client.release(this.broken);
  }
}
