import type { OperationTrace } from '../../../kit/operation-trace.ts';
import { statCodeOf } from '../../../kit/store/division-filter.ts';
import type { OrganizationsStore } from '../organizations-store.ts';

/** Those of the codes that a division, a grid or a micro-grid has; each once, in code order. */
export async function findKnownPlaceCodes(
  store: OrganizationsStore,
  codes: readonly string[],
  trace: OperationTrace,
): Promise<string[]> {
  const wanted = [...new Set(codes)].filter((code) => /^\d{4,18}$/.test(code));
  const divisions = wanted.filter((code) => code.length <= 12);
  const rows = await store.database.rows<{ code: string }>(
    'known_place_codes',
    `SELECT c.code FROM unnest($1::text[], $2::text[]) AS c(code, stat_code)
       JOIN organizations.division t ON t.stat_code = c.stat_code
     UNION SELECT grid_code FROM organizations.grid WHERE grid_code = ANY($3::text[]) AND valid_to IS NULL
     UNION SELECT micro_grid_code FROM organizations.micro_grid WHERE micro_grid_code = ANY($3::text[]) AND valid_to IS NULL
     ORDER BY 1`,
    [divisions, divisions.map(statCodeOf), wanted.filter((code) => code.length > 12)],
    trace,
  );
  return rows.map(({ code }) => code);
}
