import type { OperationTrace } from '../../kit/operation-trace.ts';
import { inKeyOrder } from '../../kit/subgraph-context.ts';
import type { OrganizationsStore } from './organizations-store.ts';

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
    `SELECT k.code, count(g.grid_code)::int AS "gridCount", count(a.grid_code)::int AS "gridsWithChief"
       FROM unnest($1::text[]) AS k(code)
       LEFT JOIN organizations.grid g ON g.grid_code BETWEEN k.code AND rpad(k.code, 15, '9')
       LEFT JOIN organizations.grid_assignment a
              ON a.grid_code = g.grid_code AND a.role = 'GRID_CHIEF' AND a.valid_to IS NULL
      GROUP BY k.code`,
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
            count(*) FILTER (WHERE a.role = 'GRID_CHIEF')::int AS "gridChiefCount",
            count(*) FILTER (WHERE a.role = 'FULL_TIME_GRID_WORKER')::int AS "fullTimeGridWorkerCount",
            count(*) FILTER (WHERE a.role = 'PART_TIME_GRID_WORKER')::int AS "partTimeGridWorkerCount",
            count(*) FILTER (WHERE a.role = 'GRID_INSTRUCTOR')::int AS "gridInstructorCount",
            count(*) FILTER (WHERE a.role = 'MICRO_GRID_CHIEF')::int AS "microGridChiefCount"
       FROM unnest($1::text[]) AS k(code)
       LEFT JOIN organizations.grid_assignment a
              ON a.grid_code BETWEEN k.code AND rpad(k.code, 15, '9') AND a.valid_to IS NULL
      GROUP BY k.code`,
    [codes],
    trace,
  );
  return inKeyOrder(codes, rows, (row) => row.code);
}
