import { dateInChina } from '../../../kit/clock.ts';
import type { SqlConnection } from '../../../kit/store/sql-database.ts';

/** Months whose partitions are made before they begin. */
const AHEAD = 2;

/** `YYYY-MM` in China. */
export function monthOf(instant: Date): string {
  return dateInChina(instant).slice(0, 7);
}

/** `2026-12`, 1 → `2027-01`. */
export function addMonths(month: string, count: number): string {
  const [year = 0, number = 0] = month.split('-').map(Number);
  const index = year * 12 + number - 1 + count;
  return `${Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, '0')}`;
}

/** The months from one to another, both included. */
export function monthsBetween(from: string, to: string): string[] {
  const months: string[] = [];
  for (let month = from; month <= to; month = addMonths(month, 1)) months.push(month);
  return months;
}

export function partitionName(month: string): string {
  return `access_log_${month.replace('-', '_')}`;
}

/** Makes the partitions of a month and of the next ones, unless they are there. */
export async function ensureMonths(connection: SqlConnection, month: string): Promise<void> {
  for (const made of monthsBetween(month, addMonths(month, AHEAD))) {
    const [from, to] = [made, addMonths(made, 1)].map((start) => `${start}-01T00:00:00+08:00`);
    try {
      await connection.query(
        `CREATE TABLE IF NOT EXISTS catalog.${partitionName(made)} PARTITION OF catalog.access_log
         FOR VALUES FROM ('${from}') TO ('${to}')`,
      );
    } catch (error) {
      // Two hubs that begin a month at once: IF NOT EXISTS does not keep them apart, the catalogue's own key does.
      if (!['23505', '42P07', '42P17'].includes(String((error as { code?: unknown }).code))) throw error;
    }
  }
}

/** Months that have a partition, ascending. */
export async function findMonths(connection: SqlConnection): Promise<string[]> {
  const { rows } = await connection.query<{ name: string }>(
    `SELECT c.relname AS name FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
      WHERE i.inhparent = 'catalog.access_log'::regclass ORDER BY 1`,
  );
  return rows.map(({ name }) => name.slice('access_log_'.length).replace('_', '-'));
}
