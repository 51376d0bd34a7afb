import type { OperationTrace } from '../../kit/operation-trace.ts';
import type { CatalogStore } from './catalog-store.ts';

export interface LoadedCityRow {
  readonly city: string;
  readonly scale: string;
  readonly referenceInstant: Date;
  readonly loadedAt: Date | null;
  readonly rowCount: number;
}

/** The demo city that this database holds, or null when it holds none. */
export async function findLoadedCity(store: CatalogStore, trace: OperationTrace): Promise<LoadedCityRow | null> {
  const rows = await store.database.rows<LoadedCityRow>(
    'loaded_city',
    `SELECT city, scale, reference_instant AS "referenceInstant", loaded_at AS "loadedAt", row_count::float8 AS "rowCount"
       FROM catalog.loaded_city WHERE id = 1`,
    [],
    trace,
  );
  return rows[0] ?? null;
}
