import type { Pool, PoolClient } from 'pg';
import { REFERENCE_INSTANT } from './reference-instant.ts';
import { GENERATOR_VERSION, SEED } from './seed-version.ts';
import type { DemoCity, LoadedCityState } from './vocabulary.ts';

/** Which demo city a database holds. `LOADING` without a load running means that one was interrupted. */
export interface LoadedCity {
  readonly city: DemoCity;
  readonly scale: number;
  readonly seed: string;
  readonly generatorVersion: string;
  readonly referenceInstant: Date;
  readonly state: LoadedCityState;
  readonly startedAt: Date;
  readonly loadedAt: Date | null;
  readonly rowCount: number;
}

interface StoredRow {
  readonly city: string;
  readonly scale: string;
  readonly seed: string;
  readonly generator_version: string;
  readonly reference_instant: Date;
  readonly state: string;
  readonly started_at: Date;
  readonly loaded_at: Date | null;
  readonly row_count: string;
}

/** The note of the loaded city, or null in a database that never held one. */
export async function readLoadedCity(pool: Pool): Promise<LoadedCity | null> {
  const { rows } = await pool.query<StoredRow>(
    `-- read-loaded-city
SELECT city, scale, seed, generator_version, reference_instant, state, started_at, loaded_at, row_count::text
FROM "catalog"."loaded_city" WHERE id = 1`,
  );
  const [row] = rows;
  if (row === undefined) return null;
  return {
    // Written by this module only, so the closed vocabularies hold.
    city: row.city as DemoCity,
    scale: Number(row.scale),
    seed: row.seed,
    generatorVersion: row.generator_version,
    referenceInstant: row.reference_instant,
    state: row.state as LoadedCityState,
    startedAt: row.started_at,
    loadedAt: row.loaded_at,
    rowCount: Number(row.row_count),
  };
}

/** Whether a database holds exactly this city, whole, made by this generator. */
export function isLoaded(
  loaded: LoadedCity | null,
  wanted: { readonly city: DemoCity; readonly scale: number },
): boolean {
  return (
    loaded !== null &&
    loaded.state === 'LOADED' &&
    loaded.city === wanted.city &&
    loaded.scale === wanted.scale &&
    loaded.seed === SEED &&
    loaded.generatorVersion === GENERATOR_VERSION
  );
}

/** Notes that a load has begun. Runs in the transaction that empties the tables. */
export async function markLoading(
  client: PoolClient,
  { city, scale, startedAt }: { readonly city: DemoCity; readonly scale: number; readonly startedAt: Date },
): Promise<void> {
  await client.query(
    `-- mark-loading
INSERT INTO "catalog"."loaded_city"
  (id, city, scale, seed, generator_version, reference_instant, state, started_at, loaded_at, row_count)
VALUES (1, $1, $2, $3, $4, $5, 'LOADING', $6, NULL, 0)`,
    [city, String(scale), SEED, GENERATOR_VERSION, REFERENCE_INSTANT, startedAt],
  );
}

/** Notes that every row and index is in place. The last statement of a load. */
export async function markLoaded(client: PoolClient, rowCount: number, loadedAt: Date): Promise<void> {
  await client.query(
    `-- mark-loaded
UPDATE "catalog"."loaded_city" SET state = 'LOADED', loaded_at = $1, row_count = $2 WHERE id = 1`,
    [loadedAt, rowCount],
  );
}
