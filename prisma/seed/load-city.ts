import { performance } from 'node:perf_hooks';
import type { Pool, PoolClient } from 'pg';
import { communitiesTaken } from './generate-city.ts';
import { KEPT_TABLES } from './kept-tables.ts';
import { markLoaded, markLoading } from './loaded-city.ts';
import { type CityChunk, cityChunks } from './loading/city-chunks.ts';
import { CopyWriter } from './loading/copy-writer.ts';
import { loadDataChain } from './loading/data-chain.ts';
import { loadDepartmentSystems } from './loading/department-systems.ts';
import { deriveRows } from './loading/derived-rows.ts';
import { recordLikelyDoubles } from './loading/likely-doubles.ts';
import { estimateRows, LoadMeter, type LoadProgress } from './loading/load-progress.ts';
import { dropSecondaryIndexes, restoreSecondaryIndexes } from './loading/secondary-indexes.ts';
import { SeedConnections } from './loading/seed-connections.ts';
import { seedTables } from './loading/seed-tables.ts';
import { loadSharingMatters } from './loading/sharing-matters.ts';
import { cityProfiles } from './profile/profiles.ts';
import type { CityTable } from './rows.ts';
import { deriveFlowExamples } from './services/flow-examples.ts';
import type { DemoCity } from './vocabulary.ts';

export { isLoaded, type LoadedCity, readLoadedCity } from './loaded-city.ts';

const SCHEMAS = ['people', 'organizations', 'services', 'party', 'catalog'];
/** Large tables that no example adds to or changes: their statistics are gathered while examples are made. */
const STEADY_TABLES: readonly string[] = [
  'people.residence',
  'people.dwelling',
  'people.household',
] satisfies readonly CityTable[];

/** What to load and how. */
export interface LoadCityOptions {
  readonly city: DemoCity;
  /** 0.001 to 1: the share of the city's communities. */
  readonly scale: number;
  /** Encrypts a citizen's number or a phone. */
  readonly seal: (plain: string) => Buffer;
  /** Hashes it with a key, so that it can be found again. */
  readonly keyedHash: (plain: string) => Buffer;
  /** The city's chunks where somebody has begun to make them; they are made here otherwise. */
  readonly chunks?: Iterable<CityChunk> | AsyncIterable<CityChunk>;
  readonly onProgress?: (progress: LoadProgress) => void;
  /** Real time, for the note of when the load ran; the city itself stands at its reference instant. */
  readonly now: () => Date;
}

/** What was loaded. */
export interface LoadCityResult {
  readonly rows: number;
  /** Rows by `schema.table`. */
  readonly tables: Record<string, number>;
  /** Those of them that were made out of other rows, as examples of the flows. */
  readonly examples: Record<string, number>;
  readonly milliseconds: number;
}

/**
 * Empties the five schemas (but for what the hub knows about its callers) and fills them with a demo city. The note in
 * `catalog.loaded_city` says LOADING from before the first row until after the last index; a load that fails or is
 * killed leaves it so, and the next load starts over. One load at a time: the caller sees to that.
 */
export async function loadCity(pool: Pool, options: LoadCityOptions): Promise<LoadCityResult> {
  const { city, scale } = options;
  const plans = communitiesTaken({ city, scale });
  const started = performance.now();
  await using connections = await SeedConnections.open(pool);
  try {
    await begin(connections.control, options);
    const clock = () => performance.now();
    const meter = new LoadMeter(estimateRows(cityProfiles[city], plans), options.onProgress, clock);
    const tables = await copyRows(connections, options, meter);
    await restoreSecondaryIndexes(connections, tables, meter, deriveRows);
    meter.enter('FIGURES');
    let examples: Record<string, number> = {};
    const steady = [...STEADY_TABLES];
    await connections.each(async (client) => {
      if (client === connections.control) examples = await addExamples(client, tables);
      else await vacuum(client, steady);
    });
    for (const [table, count] of Object.entries(examples)) tables[table] = (tables[table] ?? 0) + count;
    meter.enter('STATISTICS');
    const others = [...steady, ...Object.keys(seedTables).filter((table) => !STEADY_TABLES.includes(table))];
    await connections.each((client) => vacuum(client, others));
    const rows = Object.values(tables).reduce((sum, count) => sum + count, 0);
    await markLoaded(connections.control, rows, options.now());
    meter.finish();
    return { rows, tables, examples, milliseconds: Math.round(performance.now() - started) };
  } catch (error) {
    connections.abandon();
    throw error;
  }
}

async function begin(client: PoolClient, { city, scale, now }: LoadCityOptions): Promise<void> {
  await client.query('BEGIN');
  const { rows } = await client.query<{ name: string; holds: boolean }>(
    `-- tables-to-empty
SELECT format('%I.%I', schemaname, tablename) AS name,
       pg_relation_size(table_oid) > 0
         OR EXISTS (SELECT FROM pg_partition_tree(table_oid) WHERE pg_relation_size(relid) > 0) AS holds
FROM pg_tables, LATERAL (SELECT format('%I.%I', schemaname, tablename)::regclass AS table_oid) t
WHERE schemaname = ANY($1) AND tablename <> '_prisma_migrations' AND schemaname || '.' || tablename <> ALL($2)
  AND NOT EXISTS (SELECT FROM pg_class WHERE oid = table_oid AND relispartition)
ORDER BY 1`,
    [SCHEMAS, KEPT_TABLES],
  );
  // Emptying hundreds of tables that were never filled is a large part of a second.
  if (rows.some(({ holds }) => holds)) await client.query(`TRUNCATE ${rows.map(({ name }) => name).join(', ')}`);
  await dropSecondaryIndexes(client);
  await markLoading(client, { city, scale, startedAt: now() });
  await client.query('COMMIT');
}

/** Returns the rows by table. */
async function copyRows(
  connections: SeedConnections,
  { city, scale, seal, keyedHash, chunks = cityChunks({ city, scale }, { seal, keyedHash }) }: LoadCityOptions,
  meter: LoadMeter,
): Promise<Record<string, number>> {
  const writer = new CopyWriter(connections.clients);
  const tables: Record<string, number> = {};
  try {
    for await (const chunk of chunks) {
      await writer.send(chunk);
      const { table, rows } = chunk;
      tables[table] = (tables[table] ?? 0) + rows;
      meter.copied(table, rows);
    }
    await writer.finish();
  } finally {
    await writer.settle();
  }
  return tables;
}

/** What is made out of the city's own rows. Adds to the rows by table what is no example; returns the examples by table. */
async function addExamples(control: PoolClient, tables: Record<string, number>): Promise<Record<string, number>> {
  const doubles = await recordLikelyDoubles(control);
  tables['catalog.department_system'] = await loadDepartmentSystems(control, tables);
  Object.assign(tables, await loadDataChain(control, tables));
  tables['catalog.provenance'] = (tables['catalog.provenance'] ?? 0) + 1;
  return {
    ...(await deriveFlowExamples(control)),
    ...(await loadSharingMatters(control)),
    'people.identity_candidate': doubles,
  };
}

/**
 * Fresh statistics and visibility maps, so that the first plans and index-only counts are as good as later ones. Takes
 * tables off the list that several connections share.
 */
async function vacuum(client: PoolClient, tables: string[]): Promise<void> {
  for (let table = tables.shift(); table !== undefined; table = tables.shift()) {
    const name = table
      .split('.')
      .map((part) => `"${part}"`)
      .join('.');
    await client.query(`VACUUM (ANALYZE) ${name}`);
  }
}
