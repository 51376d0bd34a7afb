import type { FieldLatencyReport } from '../../../kit/catalog-port.ts';
import { dateInChina } from '../../../kit/clock.ts';
import type { SqlConnection } from '../../../kit/store/sql-database.ts';

/** Adds what external subgraphs took, field by field and day by day. */
export async function addFieldLatencies(pool: SqlConnection, reports: readonly FieldLatencyReport[]): Promise<void> {
  const rows = reports.map((report) => ({
    subgraph: report.subgraph,
    coordinate: report.coordinate,
    day: dateInChina(report.lastSeenAt),
    requests: report.requestCount,
    errors: report.errorCount,
    buckets: report.buckets,
    last_seen_at: report.lastSeenAt,
    last_error_at: report.lastErrorAt,
  }));
  await pool.query(
    `INSERT INTO catalog.field_latency AS known
            (subgraph, coordinate, day, request_count, error_count, buckets, last_seen_at, last_error_at)
     SELECT subgraph, coordinate, day, requests, errors, ARRAY(SELECT jsonb_array_elements_text(buckets)::bigint),
            last_seen_at, last_error_at
       FROM jsonb_to_recordset($1::jsonb)
         AS r(subgraph text, coordinate text, day date, requests bigint, errors bigint, buckets jsonb,
              last_seen_at timestamptz, last_error_at timestamptz)
      ORDER BY subgraph, coordinate, day
     ON CONFLICT (subgraph, coordinate, day) DO UPDATE
        SET request_count = known.request_count + excluded.request_count,
            error_count = known.error_count + excluded.error_count,
            buckets = ARRAY(SELECT coalesce(a.count, 0) + coalesce(b.count, 0)
                              FROM unnest(known.buckets) WITH ORDINALITY AS a(count, place)
                              FULL JOIN unnest(excluded.buckets) WITH ORDINALITY AS b(count, place) USING (place)
                             ORDER BY place),
            last_seen_at = greatest(known.last_seen_at, excluded.last_seen_at),
            last_error_at = greatest(known.last_error_at, excluded.last_error_at)`,
    [JSON.stringify(rows)],
  );
}
