import type { OperationTrace } from '../../../kit/operation-trace.ts';
import type { CatalogStore } from '../catalog-store.ts';
import type { DataFactor } from './dataset-rows.ts';

export interface DepartmentSourceRow {
  readonly code: string;
  readonly systemCount: number;
  readonly connectedSystemCount: number;
  readonly datasetCount: number;
  readonly rowCount: number;
  readonly lastSyncedAt: Date | null;
  readonly factors: readonly DataFactor[];
}

/** What each department gives to the graph, from its registered systems and their datasets. */
export async function findDepartmentSources(
  store: CatalogStore,
  departmentCodes: readonly string[],
  trace: OperationTrace,
): Promise<DepartmentSourceRow[]> {
  return store.database.rows<DepartmentSourceRow>(
    'department_sources',
    `SELECT k.code, s.systems AS "systemCount", s.connected AS "connectedSystemCount", d.datasets AS "datasetCount",
            d.rows AS "rowCount", d.synced AS "lastSyncedAt", d.factors
       FROM unnest($1::text[]) WITH ORDINALITY AS k(code, ordinal)
       CROSS JOIN LATERAL (
         SELECT count(*)::int AS systems, count(*) FILTER (WHERE t.health <> 'NOT_CONNECTED')::int AS connected
           FROM catalog.department_system t
          WHERE t.department_code = k.code AND t.tier IN ('SYSTEM', 'MODULE')) s
       CROSS JOIN LATERAL (
         SELECT count(*)::int AS datasets, coalesce(sum(t.row_count), 0)::float8 AS rows,
                max(t.last_synced_at) AS synced,
                coalesce(array_agg(DISTINCT t.factor) FILTER (WHERE t.factor IS NOT NULL), '{}') AS factors
           FROM catalog.dataset t WHERE t.department_code = k.code) d
      ORDER BY k.ordinal`,
    [departmentCodes],
    trace,
  );
}
