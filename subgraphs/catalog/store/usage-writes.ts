import type { OperationUsageReport } from '../../kit/catalog-port.ts';
import { dateInChina } from '../../kit/clock.ts';
import type { CatalogStore } from './catalog-store.ts';

/** Adds what was seen to the operation's, the client's and the fields' counts, in one transaction. */
export async function addUsage(store: CatalogStore, usages: readonly OperationUsageReport[]): Promise<void> {
  const fields = usages.flatMap((usage) =>
    usage.coordinates.map((coordinate) => ({
      coordinate,
      clientId: usage.clientId,
      day: dateInChina(usage.lastSeenAt),
      count: usage.requestCount,
      lastSeenAt: usage.lastSeenAt,
    })),
  );
  await store.prisma.$transaction([
    store.prisma.$executeRaw`
      INSERT INTO catalog.recorded_operation
             (hash, name, operation_type, document, coordinates, elements, first_seen_at, last_seen_at)
      SELECT DISTINCT ON (hash) hash, name, operation_type, document,
             ARRAY(SELECT jsonb_array_elements_text(coordinates)),
             ARRAY(SELECT jsonb_array_elements_text(elements)), last_seen_at, last_seen_at
        FROM jsonb_to_recordset(${JSON.stringify(
          usages.map((usage) => ({
            hash: usage.hash,
            name: usage.name,
            operation_type: usage.operationType,
            document: usage.document,
            coordinates: usage.coordinates,
            elements: usage.elements,
            last_seen_at: usage.lastSeenAt,
          })),
        )}::jsonb)
          AS r(hash text, name text, operation_type text, document text, coordinates jsonb, elements jsonb,
               last_seen_at timestamptz)
       ORDER BY hash, last_seen_at DESC
      ON CONFLICT (hash) DO UPDATE
         SET last_seen_at = greatest(recorded_operation.last_seen_at, excluded.last_seen_at),
             elements = CASE WHEN recorded_operation.elements = '{}' THEN excluded.elements
                             ELSE recorded_operation.elements END`,
    store.prisma.$executeRaw`
      INSERT INTO catalog.operation_usage (operation_hash, client_id, day, request_count, error_count, last_seen_at)
      SELECT hash, client_id, day, sum(requests), sum(errors), max(last_seen_at)
        FROM jsonb_to_recordset(${JSON.stringify(
          usages.map((usage) => ({
            hash: usage.hash,
            client_id: usage.clientId,
            day: dateInChina(usage.lastSeenAt),
            requests: usage.requestCount,
            errors: usage.errorCount,
            last_seen_at: usage.lastSeenAt,
          })),
        )}::jsonb)
          AS r(hash text, client_id text, day date, requests bigint, errors bigint, last_seen_at timestamptz)
       GROUP BY hash, client_id, day ORDER BY hash, client_id, day
      ON CONFLICT (operation_hash, client_id, day) DO UPDATE
         SET request_count = operation_usage.request_count + excluded.request_count,
             error_count = operation_usage.error_count + excluded.error_count,
             last_seen_at = greatest(operation_usage.last_seen_at, excluded.last_seen_at)`,
    store.prisma.$executeRaw`
      INSERT INTO catalog.field_usage (coordinate, client_id, day, request_count, last_seen_at)
      SELECT coordinate, client_id, day, sum(requests), max(last_seen_at)
        FROM jsonb_to_recordset(${JSON.stringify(
          fields.map((field) => ({
            coordinate: field.coordinate,
            client_id: field.clientId,
            day: field.day,
            requests: field.count,
            last_seen_at: field.lastSeenAt,
          })),
        )}::jsonb)
          AS r(coordinate text, client_id text, day date, requests bigint, last_seen_at timestamptz)
       GROUP BY coordinate, client_id, day ORDER BY coordinate, client_id, day
      ON CONFLICT (coordinate, client_id, day) DO UPDATE
         SET request_count = field_usage.request_count + excluded.request_count,
             last_seen_at = greatest(field_usage.last_seen_at, excluded.last_seen_at)`,
  ]);
}
