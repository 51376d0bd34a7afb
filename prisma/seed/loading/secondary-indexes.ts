import type { PoolClient } from 'pg';
import type { SeedConnections } from './seed-connections.ts';
import { seedTables } from './seed-tables.ts';

/**
 * Definitions of the indexes that a load has dropped, kept in the database until they stand again: a load that is
 * interrupted leaves them to the next one. The table exists only while a load runs.
 */
const PENDING = '"catalog"."seed_pending_index"';

/** Indexes built in one transaction. */
const GROUP = 4;
/**
 * The connections already use every core; workers of one index would only take them from another. No commit waits for
 * the disk: the one that marks the city as loaded does, and takes all earlier ones along.
 */
const SETTINGS = `SET LOCAL maintenance_work_mem = '256MB'; SET LOCAL max_parallel_maintenance_workers = 0;
SET LOCAL synchronous_commit = off;`;

const secondaryIndexesSql = `
-- secondary-indexes
SELECT format('%I.%I', n.nspname, c.relname) AS name, pg_get_indexdef(i.indexrelid) AS definition
FROM pg_index i
JOIN pg_class c ON c.oid = i.indexrelid
JOIN pg_class t ON t.oid = i.indrelid
JOIN pg_namespace n ON n.oid = t.relnamespace
WHERE n.nspname || '.' || t.relname = ANY($1)
  AND NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conindid = i.indexrelid)
ORDER BY pg_relation_size(t.oid) DESC, 1`;

/**
 * Drops the indexes of the demo city's tables that belong to no constraint, inside the caller's transaction, and notes
 * their definitions. Indexes that an interrupted load had dropped are still noted.
 */
export async function dropSecondaryIndexes(client: PoolClient): Promise<void> {
  await client.query(
    `CREATE TABLE IF NOT EXISTS ${PENDING}
(name text PRIMARY KEY, definition text NOT NULL, position int GENERATED ALWAYS AS IDENTITY)`,
  );
  const { rows } = await client.query<{ name: string; definition: string }>(secondaryIndexesSql, [
    Object.keys(seedTables),
  ]);
  if (rows.length === 0) return;
  await client.query(
    `INSERT INTO ${PENDING} (name, definition) SELECT * FROM unnest($1::text[], $2::text[]) ON CONFLICT (name) DO NOTHING`,
    [rows.map(({ name }) => name), rows.map(({ definition }) => definition)],
  );
  await client.query(`DROP INDEX ${rows.map(({ name }) => name).join(', ')}`);
}

/** Builds every noted index again, on all connections at once, and forgets the notes. */
export async function restoreSecondaryIndexes(connections: SeedConnections): Promise<void> {
  const { rows } = await connections.control.query<{ definition: string }>(
    `SELECT definition FROM ${PENDING} ORDER BY position`,
  );
  const queue = rows.map(({ definition }) => definition.replace(' INDEX ', ' INDEX IF NOT EXISTS '));
  await connections.each(async (client) => {
    for (let group = queue.splice(0, GROUP); group.length > 0; group = queue.splice(0, GROUP)) {
      await client.query(`BEGIN; ${SETTINGS} ${group.join('; ')}; COMMIT`);
    }
  });
  await connections.control.query(`DROP TABLE ${PENDING}`);
}
