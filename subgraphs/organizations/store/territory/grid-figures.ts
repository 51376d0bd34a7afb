import type { OperationTrace } from '../../../kit/operation-trace.ts';
import { inKeyOrder } from '../../../kit/subgraph-context.ts';
import type { OrganizationsStore } from '../organizations-store.ts';

/**
 * Figures of territories of any tier, by their significant codes (2 to 15 digits): a grid's code begins with the code
 * of every territory above it, so each figure is a range of an index that holds nothing else.
 *
 * They count posts that are published on notice boards and name nobody, so they are not kept to the caller's area: a
 * count cut to it would be a wrong zero.
 */
export interface GridCoverageRow {
  readonly code: string;
  readonly gridCount: number;
  readonly gridsWithChief: number;
}

export async function countCoverage(
  store: OrganizationsStore,
  codes: readonly string[],
  trace: OperationTrace,
): Promise<(GridCoverageRow | null)[]> {
  const rows = await store.database.rows<GridCoverageRow>(
    'grid_coverage',
    `SELECT k.code, c.grids AS "gridCount", c.led AS "gridsWithChief"
       FROM unnest($1::text[]) AS k(code)
       CROSS JOIN LATERAL (
         SELECT count(*)::int AS grids, count(a.grid_code)::int AS led
           FROM organizations.grid g
           LEFT JOIN organizations.grid_assignment a
                  ON a.grid_code = g.grid_code AND a.role = 'GRID_CHIEF' AND a.valid_to IS NULL
          WHERE g.grid_code BETWEEN k.code AND rpad(k.code, 15, '9') AND g.valid_to IS NULL) c`,
    [codes],
    trace,
  );
  return inKeyOrder(codes, rows, (row) => row.code);
}

export interface GridForceRow {
  readonly code: string;
  readonly gridChiefCount: number;
  readonly fullTimeGridWorkerCount: number;
  readonly partTimeGridWorkerCount: number;
  readonly gridInstructorCount: number;
  readonly microGridChiefCount: number;
}

export async function countForce(
  store: OrganizationsStore,
  codes: readonly string[],
  trace: OperationTrace,
): Promise<(GridForceRow | null)[]> {
  const rows = await store.database.rows<GridForceRow>(
    'grid_force',
    `SELECT k.code,
            coalesce(sum(r.posts) FILTER (WHERE r.role = 'GRID_CHIEF'), 0)::int AS "gridChiefCount",
            coalesce(sum(r.posts) FILTER (WHERE r.role = 'FULL_TIME_GRID_WORKER'), 0)::int AS "fullTimeGridWorkerCount",
            coalesce(sum(r.posts) FILTER (WHERE r.role = 'PART_TIME_GRID_WORKER'), 0)::int AS "partTimeGridWorkerCount",
            coalesce(sum(r.posts) FILTER (WHERE r.role = 'GRID_INSTRUCTOR'), 0)::int AS "gridInstructorCount",
            coalesce(sum(r.posts) FILTER (WHERE r.role = 'MICRO_GRID_CHIEF'), 0)::int AS "microGridChiefCount"
       FROM unnest($1::text[]) AS k(code)
       LEFT JOIN LATERAL (
         SELECT a.role, count(*) AS posts FROM organizations.grid_assignment a
          WHERE a.grid_code BETWEEN k.code AND rpad(k.code, 15, '9') AND a.valid_to IS NULL
          GROUP BY a.role) r ON true
      GROUP BY k.code`,
    [codes],
    trace,
  );
  return inKeyOrder(codes, rows, (row) => row.code);
}
