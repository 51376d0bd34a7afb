import type { OperationTrace } from '../../../kit/operation-trace.ts';
import { type AnnouncedRemoval, announcedRemovals } from '../../../kit/schema-check/announced-removals.ts';
import { groupByKey } from '../../../kit/subgraph-context.ts';
import type { CatalogStore } from '../catalog-store.ts';

export interface AcknowledgementRow {
  readonly coordinate: string;
  readonly clientId: string;
  readonly clientName: string | null;
  readonly acknowledgedAt: Date;
  readonly note: string | null;
}

/** An operation of one client that will not work any more. */
export interface BrokenOperationRow {
  readonly hash: string;
  readonly name: string | null;
  readonly document: string;
  /** Positions of the removals that it meets, in what was asked. */
  readonly positions: readonly number[];
  readonly requestCount: number;
  readonly lastSeenAt: Date;
}

/** Reading a whole schema takes a moment; it changes with a publication. */
let known: { readonly hash: string; readonly removals: readonly AnnouncedRemoval[] } | undefined;

/** What the version that is to be served announces to go, the earliest first. */
export async function findAnnouncedRemovals(
  { database }: Pick<CatalogStore, 'database'>,
  trace: OperationTrace,
): Promise<readonly AnnouncedRemoval[]> {
  const [head] = await database.rows<{ hash: string; sdl: string | null }>(
    'catalog.head_api',
    `SELECT v.api_hash AS hash, CASE WHEN v.api_hash <> $1 THEN t.sdl END AS sdl
       FROM catalog.graph_head h
       JOIN catalog.graph_version v ON v.number = h.number
       JOIN catalog.schema_text t ON t.hash = v.api_hash`,
    [known?.hash ?? ''],
    trace,
  );
  if (head === undefined) return [];
  if (head.sdl !== null) known = { hash: head.hash, removals: announcedRemovals(head.sdl) };
  return known?.removals ?? [];
}

export async function findAcknowledgements(
  { database }: Pick<CatalogStore, 'database'>,
  coordinates: readonly string[],
  trace: OperationTrace,
): Promise<AcknowledgementRow[][]> {
  const rows = await database.rows<AcknowledgementRow>(
    'removal_acknowledgements',
    `SELECT a.coordinate, a.client_id AS "clientId", c.name AS "clientName", a.acknowledged_at AS "acknowledgedAt",
            a.note
       FROM catalog.removal_acknowledgement a LEFT JOIN catalog.client c ON c.id = a.client_id
      WHERE a.coordinate = ANY($1::text[]) ORDER BY a.coordinate, a.acknowledged_at DESC, a.client_id`,
    [coordinates],
    trace,
  );
  return groupByKey(coordinates, rows, ({ coordinate }) => coordinate);
}

/** The operations that a client ran since a day and that meet any of the removals, the latest first; 100 at most. */
export function findBrokenOperations(
  { database }: Pick<CatalogStore, 'database'>,
  clientId: string,
  removals: readonly AnnouncedRemoval[],
  sinceDay: string,
  trace: OperationTrace,
): Promise<BrokenOperationRow[]> {
  const asked = removals.map(({ touches: { anyOf } }, position) => ({ position, any_of: anyOf }));
  return database.rows<BrokenOperationRow>(
    'catalog.broken_operations',
    `WITH going AS MATERIALIZED (
       SELECT * FROM jsonb_to_recordset($1::jsonb) AS r(position int, any_of text[])
     ), met AS MATERIALIZED (
       SELECT g.position, o.hash FROM going g JOIN catalog.recorded_operation o ON o.coordinates && g.any_of
       UNION
       SELECT g.position, o.hash FROM going g JOIN catalog.recorded_operation o ON o.elements && g.any_of
     )
     SELECT o.hash, o.name, o.document, m.positions, u.requests AS "requestCount", u.last_seen_at AS "lastSeenAt"
       FROM (SELECT hash, array_agg(position ORDER BY position) AS positions FROM met GROUP BY hash) m
       JOIN LATERAL (SELECT sum(request_count)::float8 AS requests, max(last_seen_at) AS last_seen_at
                       FROM catalog.operation_usage
                      WHERE operation_hash = m.hash AND client_id = $2 AND day >= $3::date) u ON u.requests > 0
       JOIN catalog.recorded_operation o ON o.hash = m.hash
      ORDER BY u.last_seen_at DESC, o.hash LIMIT 100`,
    [JSON.stringify(asked), clientId, sinceDay],
    trace,
  );
}
