import { setTimeout as delay } from 'node:timers/promises';
import type pg from 'pg';

/**
 * Waits until everything in a subgraph's outbox can be read in order: transactions of other tests in the same cluster,
 * which loads cities, hold it back while they last.
 */
export async function settledOutbox(pool: pg.Pool, subgraph: string): Promise<void> {
  for (;;) {
    const { rows } = await pool.query<{ held: boolean }>(
      `SELECT EXISTS (SELECT 1 FROM ${subgraph}.outbox o
        WHERE o.xid >= pg_snapshot_xmin(pg_current_snapshot())) AS held`,
    );
    if (rows[0]?.held !== true) return;
    await delay(50);
  }
}
