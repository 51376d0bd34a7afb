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
 * Which communities are served by, or which townships hold, a facility of some kinds in service. The places are those of
 * the community register; one probe of an index for each.
 */
export async function readCoverage(
  store: ServicesStore,
  by: 'COMMUNITY' | 'TOWNSHIP',
  divisionCode: string,
  kinds: readonly string[],
  trace: OperationTrace,
): Promise<CoverageRow> {
  const inService = `f.kind = ANY($2::text[]) AND f.stage IN ('USE', 'MANAGE', 'EVALUATE')`;
  const places =
    by === 'COMMUNITY'
      ? `SELECT t.community_code AS code, EXISTS (
           SELECT 1 FROM services.facility_serving s JOIN services.facility f ON f.id = s.facility_id
            WHERE s.community_code = t.community_code AND ${inService}) AS covered
           FROM services.community_place t WHERE t.community_code BETWEEN $1 AND rpad($1, 12, '9')`
      : `SELECT p.code, EXISTS (SELECT 1 FROM services.facility f WHERE f.township_code = p.code AND ${inService}) AS covered
           FROM (SELECT DISTINCT t.township_code AS code FROM services.community_place t
                  WHERE t.community_code BETWEEN $1 AND rpad($1, 12, '9')) p`;
  const [row] = await store.database.rows<CoverageRow>(
    `facility_coverage_${by.toLowerCase()}`,
    `SELECT count(*)::int AS "placeCount", (count(*) FILTER (WHERE covered))::int AS "coveredCount",
            coalesce((array_agg(code ORDER BY code) FILTER (WHERE NOT covered))[1:${MAX_UNCOVERED}], '{}') AS uncovered
       FROM (${places}) place`,
    [divisionCode, kinds],
    trace,
  );
  if (row === undefined) throw new Error('an aggregate without a row');
  return row;
}
