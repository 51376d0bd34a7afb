import type { OperationTrace } from '../../../kit/operation-trace.ts';
import type { CatalogStore } from '../catalog-store.ts';

/** Numerators and denominators of a month's figures. */
export interface StewardFiguresRow {
  readonly fields: number;
  readonly catalogued: number;
  readonly datasets: number;
  readonly collected: number;
  readonly due: number;
  readonly inTime: number;
  readonly decided: number;
  readonly satisfied: number;
  readonly tickets: number;
  readonly ticketsConcluded: number;
  readonly calls: number;
  readonly unread: number;
}

/**
 * One month in China, up to `now`: what is counted is what had happened by the earlier of its end and now.
 *
 * @param month first day of the month, `YYYY-MM-01`.
 * @param today day in China; a duty whose last day lies before it, and which is not met, is late.
 */
export async function findStewardFigures(
  store: CatalogStore,
  month: string,
  today: string,
  trace: OperationTrace,
): Promise<StewardFiguresRow> {
  const rows = await store.database.rows<StewardFiguresRow>(
    'steward_figures',
    `WITH period AS (
       SELECT $1::date AS first, ($1::date + interval '1 month')::date AS next,
              $1::date::timestamp AT TIME ZONE 'Asia/Shanghai' AS since,
              ($1::date + interval '1 month')::timestamp AT TIME ZONE 'Asia/Shanghai' AS until),
     item AS (SELECT f.coordinate FROM catalog.data_field f WHERE f.removed_at IS NULL AND f.category <> 'GRAPH'),
     decision AS (
       SELECT DISTINCT ON (s.subject_id) s.subject_id, s.to_state
         FROM catalog.matter_step s, period p
        WHERE s.subject_type = 'SharingRequest' AND s.at >= p.since AND s.at < p.until
          AND s.to_state IN ('APPROVED', 'REFUSED', 'REFUSAL_FINAL') AND s.from_state IS DISTINCT FROM s.to_state
        ORDER BY s.subject_id, s.ordinal DESC)
     SELECT (SELECT count(*)::int FROM item) AS fields,
            (SELECT count(*)::int FROM item i JOIN catalog.catalogue_version v
               ON v.coordinate = i.coordinate AND v.valid_to IS NULL) AS catalogued,
            (SELECT count(*)::int FROM catalog.dataset) AS datasets,
            (SELECT count(*)::int FROM catalog.dataset WHERE last_synced_at IS NOT NULL) AS collected,
            (SELECT count(*)::int FROM catalog.duty d, period p
              WHERE d.due_on >= p.first AND d.due_on < p.next AND (d.met_at IS NOT NULL OR d.due_on < $2::date)) AS due,
            (SELECT count(*)::int FROM catalog.duty d, period p
              WHERE d.due_on >= p.first AND d.due_on < p.next
                AND (d.met_at AT TIME ZONE 'Asia/Shanghai')::date <= d.due_on) AS "inTime",
            (SELECT count(*)::int FROM decision) AS decided,
            (SELECT count(*)::int FROM decision WHERE to_state = 'APPROVED') AS satisfied,
            (SELECT count(*)::int FROM catalog.verification_ticket t, period p
              WHERE t.filed_at >= p.since AND t.filed_at < p.until AND t.state <> 'WITHDRAWN') AS tickets,
            (SELECT count(*)::int FROM catalog.verification_ticket t, period p
              WHERE t.filed_at >= p.since AND t.filed_at < p.until AND t.state IN ('CORRECTED', 'CONFIRMED')) AS "ticketsConcluded",
            (SELECT coalesce(sum(u.request_count), 0)::float8 FROM catalog.operation_usage u, period p
              WHERE u.day >= p.first AND u.day < p.next) AS calls,
            (SELECT count(*)::int FROM item i, period p
              WHERE NOT EXISTS (SELECT FROM catalog.field_usage u
                                 WHERE u.coordinate = i.coordinate AND u.day >= p.first AND u.day < p.next)) AS unread`,
    [month, today],
    trace,
  );
  const [row] = rows;
  if (row === undefined) throw new Error('a statement of aggregates has one row');
  return row;
}
