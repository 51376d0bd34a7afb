import type { OperationTrace } from '../../../kit/operation-trace.ts';
import type { ServicesStore } from '../services-store.ts';

export interface CoverageRow {
  readonly placeCount: number;
  readonly coveredCount: number;
  /** Codes of places without one, in order, up to the limit. */
  readonly uncovered: string[];
}

const MAX_UNCOVERED = 500;

/**
 * Which communities are served by, or which townships hold, a facility of some kinds in service; for several lists of
 * places (codes with blanks between them) at once. One probe of an index for each place.
 */
export async function readCoverage(
  store: ServicesStore,
  by: 'COMMUNITY' | 'TOWNSHIP',
  lists: readonly string[],
  kinds: readonly string[],
  trace: OperationTrace,
): Promise<CoverageRow[]> {
  const inService = `f.kind = ANY($2::text[]) AND f.stage IN ('USE', 'MANAGE', 'EVALUATE')`;
  const covered =
    by === 'COMMUNITY'
      ? `SELECT FROM services.facility_serving s JOIN services.facility f ON f.id = s.facility_id
          WHERE s.community_code = p.code AND ${inService}`
      : `SELECT FROM services.facility f WHERE f.township_code = p.code AND ${inService}`;
  const rows = await store.database.rows<CoverageRow & { readonly list: number }>(
    `facility_coverage_${by.toLowerCase()}`,
    `SELECT place.list, count(*)::int AS "placeCount", (count(*) FILTER (WHERE place.covered))::int AS "coveredCount",
            coalesce((array_agg(place.code ORDER BY place.code) FILTER (WHERE NOT place.covered))[1:${MAX_UNCOVERED}], '{}') AS uncovered
       FROM (SELECT l.list::int, p.code, EXISTS (${covered}) AS covered
               FROM unnest($1::text[]) WITH ORDINALITY AS l(codes, list)
               CROSS JOIN LATERAL unnest(string_to_array(l.codes, ' ')) AS p(code)) place
      GROUP BY place.list`,
    [lists, kinds],
    trace,
  );
  const found = new Map(rows.map(({ list, ...row }) => [list, row]));
  return lists.map((_list, index) => found.get(index + 1) ?? { placeCount: 0, coveredCount: 0, uncovered: [] });
}
