import type { OperationTrace } from '../../../kit/operation-trace.ts';
import { groupByKey } from '../../../kit/subgraph-context.ts';
import type { CatalogStore } from '../catalog-store.ts';

export interface ExternalSubgraphRow {
  readonly name: string;
  readonly url: string;
  readonly departmentCode: string;
  readonly active: boolean;
  readonly admittedAt: Date;
  readonly endedAt: Date | null;
}

export interface MaintenanceWindowRow {
  readonly id: string;
  readonly subgraph: string;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly reason: string;
}

/** How one field of an external subgraph has answered within some days. */
export interface FieldLatencyRow {
  readonly subgraph: string;
  readonly coordinate: string;
  readonly requestCount: number;
  readonly errorCount: number;
  /** Requests no slower than 1, 2, 4 … 32768 ms, and slower ones. */
  readonly buckets: readonly number[];
  readonly lastSeenAt: Date;
  readonly lastErrorAt: Date | null;
}

/** Every subgraph that was ever admitted, by name; dozens at most. */
export function findExternalSubgraphs(
  { database }: Pick<CatalogStore, 'database'>,
  trace: OperationTrace,
): Promise<ExternalSubgraphRow[]> {
  return database.rows<ExternalSubgraphRow>(
    'external_subgraphs',
    `SELECT name, url, department_code AS "departmentCode", active, admitted_at AS "admittedAt", ended_at AS "endedAt"
       FROM catalog.external_subgraph ORDER BY name`,
    [],
    trace,
  );
}

/** Windows of each subgraph that have not ended, by their beginning. */
export async function findMaintenanceWindows(
  { database }: Pick<CatalogStore, 'database'>,
  names: readonly string[],
  now: Date,
  trace: OperationTrace,
): Promise<MaintenanceWindowRow[][]> {
  const rows = await database.rows<MaintenanceWindowRow>(
    'maintenance_windows',
    `SELECT id, subgraph, starts_at AS "startsAt", ends_at AS "endsAt", reason FROM catalog.maintenance_window
      WHERE subgraph = ANY($1::text[]) AND ends_at > $2::timestamptz ORDER BY subgraph, starts_at, id`,
    [names, now],
    trace,
  );
  return groupByKey(names, rows, ({ subgraph }) => subgraph);
}

/** What each subgraph's fields have taken since a day, by coordinate. */
export async function findFieldLatencies(
  { database }: Pick<CatalogStore, 'database'>,
  names: readonly string[],
  sinceDay: string,
  trace: OperationTrace,
): Promise<FieldLatencyRow[][]> {
  const rows = await database.rows<FieldLatencyRow>(
    'field_latencies',
    `SELECT subgraph, coordinate, sum(request_count)::float8 AS "requestCount", sum(error_count)::float8 AS "errorCount",
            max(last_seen_at) AS "lastSeenAt", max(last_error_at) AS "lastErrorAt",
            (SELECT array_agg(summed.count ORDER BY summed.place)
               FROM (SELECT b.place, sum(b.count)::float8 AS count
                       FROM catalog.field_latency d, unnest(d.buckets) WITH ORDINALITY AS b(count, place)
                      WHERE d.subgraph = t.subgraph AND d.coordinate = t.coordinate AND d.day >= $2::date
                      GROUP BY b.place) summed) AS buckets
       FROM catalog.field_latency t WHERE t.subgraph = ANY($1::text[]) AND t.day >= $2::date
      GROUP BY subgraph, coordinate ORDER BY subgraph, coordinate`,
    [names, sinceDay],
    trace,
  );
  return groupByKey(names, rows, ({ subgraph }) => subgraph);
}
