import type { Pool, PoolClient } from 'pg';
import { listMigrationDirectories } from '../database/migration-directories.ts';

/** Where a sandbox keeps its city as it was. */
const SNAPSHOT = 'sandbox_city';

/** What a reset leaves alone: the account of who read and wrote what is never taken back, nor is what was recorded of use. */
const LEFT_ALONE: readonly string[] = [
  'catalog.access_log',
  'catalog.access_scope',
  'catalog.ledger_writer',
  'catalog.ledger_checkpoint',
  'catalog.ledger_hold',
  'catalog.recorded_operation',
  'catalog.operation_usage',
  'catalog.field_usage',
  'catalog.operation_document',
  'catalog.schema_version',
  'catalog.seed_pending_index',
];

const DEADLOCK = '40P01';
const ATTEMPTS = 5;

/** What a reset did. */
export interface CityRestored {
  readonly tables: number;
  readonly rows: number;
  readonly milliseconds: number;
}

/**
 * A city as it is at this moment, kept beside it in the same database. Putting it back is one transaction: a request
 * sees the city before or the city after, and no id changes. No table here has a key to another one, a trigger or a
 * sequence, so that the order of tables does not matter.
 */
export class CitySnapshot {
  readonly #pool: Pool;

  private constructor(pool: Pool) {
    this.#pool = pool;
  }

  /** Keeps the city; one that was kept by an earlier start stays, so that a reset goes back to the city as it was loaded. */
  static async take(pool: Pool): Promise<CitySnapshot> {
    await inTransaction(pool, async (client) => {
      const { rows } = await client.query<{ there: boolean }>('SELECT to_regnamespace($1) IS NOT NULL AS there', [
        SNAPSHOT,
      ]);
      if (rows[0]?.there === true) return;
      await client.query(`CREATE SCHEMA ${SNAPSHOT}`);
      for (const table of await filledTables(client)) {
        await client.query(`CREATE TABLE ${keptName(table)} AS TABLE ${table}`);
      }
    });
    return new CitySnapshot(pool);
  }

  /** Puts the city back. Waits for what runs; what comes meanwhile waits for it. */
  async restore(): Promise<CityRestored> {
    const started = performance.now();
    for (let attempt = 1; ; attempt++) {
      try {
        const done = await inTransaction(this.#pool, restoreTables);
        return { ...done, milliseconds: Math.round(performance.now() - started) };
      } catch (error) {
        // Somebody else took the same tables in another order.
        if ((error as { code?: unknown }).code !== DEADLOCK || attempt === ATTEMPTS) throw error;
      }
    }
  }
}

async function restoreTables(client: PoolClient): Promise<{ tables: number; rows: number }> {
  const { rows: kept } = await client.query<{ name: string; columns: string }>(
    `SELECT t.tablename AS name, string_agg(quote_ident(a.attname), ', ' ORDER BY a.attnum) AS columns
       FROM pg_tables t
       JOIN pg_attribute a ON a.attrelid = format('%I.%I', t.schemaname, t.tablename)::regclass
      WHERE t.schemaname = $1 AND a.attnum > 0 AND NOT a.attisdropped
      GROUP BY t.tablename ORDER BY t.tablename`,
    [SNAPSHOT],
  );
  const tables = new Set([...(await filledTables(client)), ...kept.map(({ name }) => name)]);
  if (tables.size > 0) await client.query(`TRUNCATE ${[...tables].sort().join(', ')}`);
  let rows = 0;
  for (const { columns, name } of kept) {
    const { rowCount } = await client.query(
      `INSERT INTO ${name} (${columns}) SELECT ${columns} FROM ${keptName(name)}`,
    );
    rows += rowCount ?? 0;
  }
  return { tables: tables.size, rows };
}

/** Tables with rows that a reset puts back, as `schema.table`; hundreds have none. */
async function filledTables(client: PoolClient): Promise<string[]> {
  const { rows } = await client.query<{ name: string; holds: boolean }>(
    `SELECT t.schemaname || '.' || t.tablename AS name,
            pg_relation_size(r.oid) > 0
              OR EXISTS (SELECT FROM pg_partition_tree(r.oid) WHERE pg_relation_size(relid) > 0) AS holds
       FROM pg_tables t, LATERAL (SELECT format('%I.%I', t.schemaname, t.tablename)::regclass AS oid) r
      WHERE t.schemaname = ANY($1) AND t.tablename <> '_prisma_migrations'
        AND t.schemaname || '.' || t.tablename <> ALL($2)
        AND NOT EXISTS (SELECT FROM pg_class WHERE oid = r.oid AND relispartition)
      ORDER BY 1`,
    [listMigrationDirectories().map(({ schema }) => schema), LEFT_ALONE],
  );
  return rows.filter(({ holds }) => holds).map(({ name }) => name);
}

/** A kept table is named after its whole name. */
function keptName(table: string): string {
  return `${SNAPSHOT}."${table}"`;
}

async function inTransaction<Result>(pool: Pool, work: (client: PoolClient) => Promise<Result>): Promise<Result> {
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    const done = await work(client);
    await client.query('COMMIT');
    return done;
  } catch (error) {
    await client.query('ROLLBACK').catch(() => {});
    throw error;
  } finally {
    client.release();
  }
}
