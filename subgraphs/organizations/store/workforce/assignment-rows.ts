import type { Caller } from '../../../kit/caller/caller.ts';
import type { OperationTrace } from '../../../kit/operation-trace.ts';
import type { ListDeclaration } from '../../../kit/store/keyset-list.ts';
import { type PlaceScope, placeCondition } from '../../../kit/store/place-scope.ts';
import { statementText } from '../../../kit/store/statement-text.ts';
import { groupByKey, inKeyOrder } from '../../../kit/subgraph-context.ts';
import type { OrganizationsStore } from '../organizations-store.ts';

export type GridRole =
  | 'GRID_CHIEF'
  | 'FULL_TIME_GRID_WORKER'
  | 'PART_TIME_GRID_WORKER'
  | 'GRID_INSTRUCTOR'
  | 'MICRO_GRID_CHIEF';

export interface GridAssignmentRow {
  readonly id: string;
  readonly role: GridRole;
  readonly personId: string;
  readonly workerId: string | null;
  readonly holderName: string;
  readonly gridCode: string;
  readonly microGridCode: string | null;
  readonly validFrom: Date;
  readonly validTo: Date | null;
  readonly endReason: string | null;
  readonly provenanceId: string;
}

const COLUMNS = `t.id, t.role, t.person_id AS "personId", t.worker_id AS "workerId", t.holder_name AS "holderName",
  t.grid_code AS "gridCode", t.micro_grid_code AS "microGridCode", t.valid_from AS "validFrom",
  t.valid_to AS "validTo", t.end_reason AS "endReason", t.provenance_id AS "provenanceId"`;

const PLACE: PlaceScope = { alias: 't', hasGridCode: true };

/** Somebody's posts are few by nature; more are cut here, the oldest first. */
const MAX_POSTS_PER_HOLDER = 50;

export async function findAssignments(
  store: OrganizationsStore,
  ids: readonly string[],
  caller: Caller,
  trace: OperationTrace,
): Promise<(GridAssignmentRow | null)[]> {
  const values: unknown[] = [ids];
  const scope = placeCondition(PLACE, caller, values);
  const rows = await store.database.rows<GridAssignmentRow>(
    'assignment_by_id',
    statementText`SELECT ${COLUMNS} FROM organizations.grid_assignment t WHERE t.id = ANY($1::uuid[]) AND ${scope}`,
    values,
    trace,
    { key: 'id' },
  );
  return inKeyOrder(ids, rows, (row) => row.id);
}

const CHIEFS = {
  grid: { role: 'GRID_CHIEF', column: 'grid_code', property: 'gridCode' },
  microGrid: { role: 'MICRO_GRID_CHIEF', column: 'micro_grid_code', property: 'microGridCode' },
} as const;

/** The live chief of each grid or micro-grid; a unique index allows one at most. */
export async function findChiefs(
  store: OrganizationsStore,
  of: keyof typeof CHIEFS,
  codes: readonly string[],
  caller: Caller,
  trace: OperationTrace,
): Promise<(GridAssignmentRow | null)[]> {
  const { role, column, property } = CHIEFS[of];
  const values: unknown[] = [codes];
  const scope = placeCondition(PLACE, caller, values);
  const rows = await store.database.rows<GridAssignmentRow>(
    `${of}_chiefs`,
    statementText`SELECT ${COLUMNS} FROM organizations.grid_assignment t
      WHERE t.${column} = ANY($1::text[]) AND t.role = '${role}' AND t.valid_to IS NULL AND ${scope}`,
    values,
    trace,
  );
  return inKeyOrder(codes, rows, (row) => row[property] ?? '');
}

const HOLDERS = {
  person: { column: 'person_id', property: 'personId' },
  worker: { column: 'worker_id', property: 'workerId' },
} as const;
export type HolderKind = keyof typeof HOLDERS;

/** Posts of persons or workers, newest first; `asOf` keeps those held at that instant. */
export async function findPostsOf(
  store: OrganizationsStore,
  holder: HolderKind,
  ids: readonly string[],
  asOf: Date | null,
  caller: Caller,
  trace: OperationTrace,
): Promise<GridAssignmentRow[][]> {
  const { column, property } = HOLDERS[holder];
  const values: unknown[] = [ids, asOf, MAX_POSTS_PER_HOLDER];
  const scope = placeCondition(PLACE, caller, values);
  const rows = await store.database.rows<GridAssignmentRow>(
    `posts_of_${holder}s`,
    `SELECT p.* FROM unnest($1::uuid[]) WITH ORDINALITY AS k(key, ordinal)
       CROSS JOIN LATERAL (
         SELECT ${COLUMNS} FROM organizations.grid_assignment t
          WHERE t.${column} = k.key AND ${scope}
            AND ($2::timestamptz IS NULL OR (t.valid_from <= $2 AND (t.valid_to IS NULL OR t.valid_to > $2)))
          ORDER BY t.valid_from DESC, t.id DESC LIMIT $3) p
      ORDER BY k.ordinal, p."validFrom" DESC, p.id DESC`,
    values,
    trace,
  );
  return groupByKey(ids, rows, (row) => row[property] ?? '');
}

/** The posts that a worker holds now, by the partial index on live posts. */
export function findLivePostsOfWorker(
  store: OrganizationsStore,
  workerId: string,
  caller: Caller,
  trace: OperationTrace,
): Promise<GridAssignmentRow[]> {
  const values: unknown[] = [workerId];
  const scope = placeCondition(PLACE, caller, values);
  return store.database.rows<GridAssignmentRow>(
    'live_posts_of_worker',
    `SELECT ${COLUMNS} FROM organizations.grid_assignment t
      WHERE t.worker_id = $1::uuid AND t.valid_to IS NULL AND ${scope}
      ORDER BY t.grid_code, t.id`,
    values,
    trace,
  );
}

/** Posts in a grid, newest first; a grid has some dozens with its history. */
export const assignmentList: ListDeclaration<GridAssignmentRow> = {
  name: 'organizations.grid_assignments',
  from: 'organizations.grid_assignment t',
  columns: COLUMNS,
  place: PLACE,
  sorts: {
    NEWEST: {
      columns: [
        { expression: 't.valid_from', property: 'validFrom', cast: 'timestamptz' },
        { expression: 't.id', property: 'id', cast: 'uuid' },
      ],
      direction: 'DESC',
      filters: ['role', 'asOf'],
    },
  },
  filters: {
    role: (value, values) => `t.role = $${values.push(value)}`,
    asOf: (value, values) => {
      const instant = `$${values.push(value)}::timestamptz`;
      return `t.valid_from <= ${instant} AND coalesce(t.valid_to, 'infinity'::timestamptz) > ${instant}`;
    },
  },
};
