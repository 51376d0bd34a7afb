import type { PoolClient } from 'pg';
import { LOAD_SETTINGS } from './copy-writer.ts';
import type { LoadMeter } from './load-progress.ts';
import type { SeedConnections } from './seed-connections.ts';
import { seedTables } from './seed-tables.ts';

/**
 * Definitions of the indexes that a load has dropped, kept in the database until they stand again: a load that is
 * interrupted leaves them to the next one. The table exists only while a load runs.
 */
const PENDING = '"catalog"."seed_pending_index"';

/** Indexes of small tables that are built in one transaction. */
const GROUP = 4;
/** Rows of a table from which an index is a transaction of its own. */
const LARGE = 100_000;
/** The connections already use every core; workers of one index would only take them from another. */
const SETTINGS = `SET LOCAL max_parallel_maintenance_workers = 0; ${LOAD_SETTINGS}`;
/**
 * What is sorted at once stays in a core's own cache: of five million people `(city_code, name_pinyin, id)` takes 15.9 s of
 * CPU with 256 MB and 8.4 with 4, `(county_code, name_pinyin, id)` 11.5 and 8.2. An index of words in texts is no sort.
 */
const SORT_MEMORY = '4MB';
const GIN_MEMORY = '256MB';

const secondaryIndexesSql = `
-- secondary-indexes
SELECT format('%I.%I', n.nspname, c.relname) AS name, pg_get_indexdef(i.indexrelid) AS definition
FROM pg_index i
JOIN pg_class c ON c.oid = i.indexrelid
JOIN pg_class t ON t.oid = i.indrelid
JOIN pg_namespace n ON n.oid = t.relnamespace
WHERE n.nspname || '.' || t.relname = ANY($1)
  AND NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conindid = i.indexrelid)
ORDER BY 1`;

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

/** An index that is to be built. */
interface PendingIndex {
  readonly definition: string;
  /** `schema.table`. */
  readonly table: string;
  /** Rows of its table. */
  readonly rows: number;
}

/**
 * Builds every noted index again, those of the largest tables first and on several connections at once, and forgets the
 * notes. Meanwhile the control's connection does `meanwhile`, and builds with the others then.
 */
export async function restoreSecondaryIndexes(
  connections: SeedConnections,
  tableRows: Readonly<Record<string, number>>,
  meter: Pick<LoadMeter, 'indexing' | 'indexed'>,
  meanwhile: (control: PoolClient) => Promise<void>,
): Promise<void> {
  const { rows: noted } = await connections.control.query<{ definition: string }>(
    `SELECT definition FROM ${PENDING} ORDER BY position`,
  );
  const queue = noted
    .map(({ definition }): PendingIndex => {
      const table = / ON (\S+)/.exec(definition)?.[1] ?? '';
      return { definition: definition.replace(' INDEX ', ' INDEX IF NOT EXISTS '), table, rows: tableRows[table] ?? 0 };
    })
    .sort((a, b) => b.rows - a.rows);
  meter.indexing(queue.reduce((sum, { rows }) => sum + rows, 0));
  await connections.each(async (client) => {
    if (client === connections.control) await meanwhile(client);
    for (let group = nextGroup(queue); group.length > 0; group = nextGroup(queue)) {
      await client.query(`BEGIN; ${SETTINGS}; ${group.map(building).join('; ')}; COMMIT`);
      for (const { table, rows } of group) meter.indexed(table, rows);
    }
  });
  await connections.control.query(`DROP TABLE ${PENDING}`);
}

function building({ definition }: PendingIndex): string {
  const memory = definition.includes(' USING gin ') ? GIN_MEMORY : SORT_MEMORY;
  return `SET LOCAL maintenance_work_mem = '${memory}'; ${definition}`;
}

function nextGroup(queue: PendingIndex[]): PendingIndex[] {
  return queue.splice(0, (queue[0]?.rows ?? 0) >= LARGE ? 1 : GROUP);
}
