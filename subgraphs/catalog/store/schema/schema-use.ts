import type { OperationTrace } from '../../../kit/operation-trace.ts';
import type { CatalogStore } from '../catalog-store.ts';

/** Documents that a change touches, as the record of operations indexes them. */
export interface TouchedSet {
  readonly anyOf: readonly string[];
  readonly noneOf: readonly string[];
  /** What changes, by which clients acknowledge its removal. */
  readonly coordinate: string;
}

/** What one client loses by one change. */
export interface ClientUse {
  /** Position of the change in what was asked. */
  readonly position: number;
  readonly clientId: string;
  readonly clientName: string | null;
  readonly departmentCode: string | null;
  readonly operationCount: number;
  readonly requestCount: number;
  readonly lastSeenAt: Date;
  /** When the client said that it does without what goes; null when it has not. */
  readonly acknowledgedAt: Date | null;
  /** Names of some of the operations, sorted. */
  readonly operationNames: readonly string[];
}

/**
 * Who ran documents that the changes touch since a day: one statement for all changes, over indexes, without looking at
 * a document's text. Documents recorded before their elements were are found by their fields alone.
 *
 * Use is summed up per document and client first, so that a document that many changes touch is counted once.
 */
export async function findSchemaUse(
  { database }: Pick<CatalogStore, 'database'>,
  changes: readonly TouchedSet[],
  sinceDay: string,
  trace: OperationTrace,
): Promise<ClientUse[]> {
  const asked = changes.map(({ anyOf, coordinate, noneOf }, position) => ({
    position,
    coordinate,
    any_of: anyOf,
    none_of: noneOf,
    // Of an argument or input field, an old document says no more than the field it stands at.
    fields: anyOf.map((element) => element.replace(/\(.*$/, '')),
  }));
  const uses = await database.rows<ClientUse>(
    'catalog.schema_use',
    `WITH change AS MATERIALIZED (
       SELECT * FROM jsonb_to_recordset($1::jsonb) AS c(position int, coordinate text, any_of text[], none_of text[], fields text[])
     ), touched AS MATERIALIZED (
       SELECT c.position, o.hash FROM change c JOIN catalog.recorded_operation o ON o.coordinates && c.any_of
        WHERE NOT o.elements && c.none_of
       UNION
       SELECT c.position, o.hash FROM change c JOIN catalog.recorded_operation o ON o.elements && c.any_of
        WHERE NOT o.elements && c.none_of
       UNION
       SELECT c.position, o.hash FROM change c JOIN catalog.recorded_operation o ON o.coordinates && c.fields
        WHERE o.elements = '{}'
     ), used AS MATERIALIZED (
       SELECT u.operation_hash AS hash, u.client_id, sum(u.request_count) AS requests, max(u.last_seen_at) AS last_seen_at
         FROM catalog.operation_usage u
        WHERE u.day >= $2::date AND u.operation_hash IN (SELECT hash FROM touched)
        GROUP BY u.operation_hash, u.client_id
     )
     SELECT t.position, u.client_id AS "clientId", max(c.name) AS "clientName", max(c.department_code) AS "departmentCode",
            count(*)::int AS "operationCount", sum(u.requests)::float8 AS "requestCount",
            max(u.last_seen_at) AS "lastSeenAt", max(a.acknowledged_at) AS "acknowledgedAt",
            coalesce((array_agg(o.name) FILTER (WHERE o.name IS NOT NULL))[1:50], '{}') AS "operationNames"
       FROM touched t
       JOIN used u ON u.hash = t.hash
       JOIN catalog.recorded_operation o ON o.hash = t.hash
       LEFT JOIN catalog.client c ON c.id = u.client_id
       LEFT JOIN change k ON k.position = t.position
       LEFT JOIN catalog.removal_acknowledgement a ON a.coordinate = k.coordinate AND a.client_id = u.client_id
      GROUP BY t.position, u.client_id
      ORDER BY t.position, max(u.last_seen_at) DESC, u.client_id`,
    [JSON.stringify(asked), sinceDay],
    trace,
  );
  return uses.map((use) => ({ ...use, operationNames: [...new Set(use.operationNames)].sort().slice(0, SHOWN_NAMES) }));
}

const SHOWN_NAMES = 8;

/** How many documents the record holds since a day. */
export async function countRecordedDocuments(
  { database }: Pick<CatalogStore, 'database'>,
  since: Date,
  trace: OperationTrace,
): Promise<number> {
  const [row] = await database.rows<{ count: number }>(
    'catalog.recorded_documents',
    'SELECT count(*)::int AS count FROM catalog.recorded_operation t WHERE t.last_seen_at >= $1',
    [since],
    trace,
  );
  return row?.count ?? 0;
}
