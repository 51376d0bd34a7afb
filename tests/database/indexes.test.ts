import type pg from 'pg';
import { expect, test } from 'vitest';
import { freshDatabase } from '../kit/test-database.ts';

interface Index {
  readonly table: string;
  readonly name: string;
  readonly method: string;
  readonly isUnique: boolean;
  readonly columns: readonly string[];
  readonly condition: string | null;
}

/** Indexes that another one serves as well, with the name of that one. One that holds a rule stays, whatever could be read by another. */
async function coveredIndexes(pool: pg.Pool): Promise<string[]> {
  const { rows } = await pool.query<Index>(`
    SELECT i.indrelid::regclass::text AS table, i.indexrelid::regclass::text AS name, a.amname AS method, i.indisunique AS "isUnique",
           (SELECT array_agg(pg_get_indexdef(i.indexrelid, k, true) || (i.indoption[k - 1] & 1)::text || i.indclass[k - 1]::text ORDER BY k)
              FROM generate_series(1, i.indnkeyatts) k) AS columns, pg_get_expr(i.indpred, i.indrelid) AS condition
      FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_am a ON a.oid = c.relam JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE n.nspname IN ('people', 'organizations')`);
  expect(rows.length).toBeGreaterThan(150);
  const covers = (other: Index, one: Index) =>
    other !== one &&
    other.table === one.table &&
    other.method === one.method &&
    other.condition === one.condition &&
    one.columns.every((column, index) => column === other.columns[index]) &&
    (other.columns.length > one.columns.length || other.isUnique || other.name < one.name);
  return rows
    .filter((one) => !one.isUnique)
    .flatMap((one) => rows.filter((other) => covers(other, one)).map((other) => `${one.name} by ${other.name}`));
}

test('no index of people and organizations is led by the same columns, over the same rows, as one that goes on behind them', async () => {
  await using database = await freshDatabase();
  expect(await coveredIndexes(database.pool)).toEqual([]);
  await database.pool.query('CREATE INDEX shorter ON people.household (grid_code)');
  expect(await coveredIndexes(database.pool)).toEqual(['people.shorter by people.household_grid_code_id_idx']);
});
