import type { Pool, PoolClient } from 'pg';

/** Backends that copy and index at once. More than the cores of a small machine only wait for each other. */
const MOST_CONNECTIONS = 3;

/** A few connections of a pool, held for the length of a load. */
export class SeedConnections implements AsyncDisposable {
  readonly clients: readonly PoolClient[];
  private broken = false;

  private constructor(clients: readonly PoolClient[]) {
    this.clients = clients;
  }

  static async open(pool: Pool): Promise<SeedConnections> {
    const count = Math.max(1, Math.min(MOST_CONNECTIONS, pool.options.max));
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

  /** Runs the same work on every connection and waits for all, failed or not; throws the first failure. */
  async each(work: (client: PoolClient) => Promise<void>): Promise<void> {
    const results = await Promise.allSettled(this.clients.map(work));
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
