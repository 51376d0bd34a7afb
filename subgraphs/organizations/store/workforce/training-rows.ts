import type { OperationTrace } from '../../../kit/operation-trace.ts';
import { divisionFilter, requireDivisionCode } from '../../../kit/store/division-filter.ts';
import { columnList, type EntityTable } from '../../../kit/store/entity-table.ts';
import type { ListDeclaration } from '../../../kit/store/keyset-list.ts';
import { PLACE_COLUMNS } from '../../../kit/store/place-scope.ts';
import { statementText } from '../../../kit/store/statement-text.ts';
import { inKeyOrder } from '../../../kit/subgraph-context.ts';
import type { OrganizationsStore } from '../organizations-store.ts';

export type TrainingKind = 'INDUCTION' | 'POST' | 'ADVANCED' | 'CONTINUING';
export type TrainingTier = 'CITY' | 'COUNTY' | 'TOWNSHIP';

/** A course is an open announcement: its table has no area of its own, who attended has. */
export interface TrainingCourseRow {
  readonly id: string;
  readonly title: string;
  readonly kind: TrainingKind;
  readonly tier: TrainingTier;
  readonly categoryCode: string | null;
  readonly mode: 'ONLINE' | 'OFFLINE' | 'MIXED';
  readonly studyScope: 'OWN_CITY' | 'OTHER_CITY' | 'ABROAD' | null;
  readonly runNumber: number;
  readonly term: string;
  readonly startsOn: string;
  readonly hours: number;
  readonly budgetYuan: number | null;
  readonly reportedAttendees: number | null;
  readonly provenanceId: string;
}

export const trainingCourseTable: EntityTable<TrainingCourseRow> = {
  table: 'training_course',
  columns: [
    'id',
    'title',
    'kind',
    'tier',
    'categoryCode',
    'mode',
    'studyScope',
    'runNumber',
    'term',
    'startsOn',
    'hours',
    'budgetYuan',
    'reportedAttendees',
    'provenanceId',
  ],
  dates: ['startsOn'],
};

/** Courses, the newest first; kind and tier come as one cell of the matrix, so that one index serves them. */
export const trainingCourseList: ListDeclaration<TrainingCourseRow> = {
  name: 'organizations.training_courses',
  from: 'organizations.training_course t',
  columns: columnList(trainingCourseTable),
  sorts: {
    NEWEST: {
      columns: [
        { expression: 't.starts_on', property: 'startsOn', cast: 'date' },
        { expression: 't.id', property: 'id', cast: 'uuid' },
      ],
      direction: 'DESC',
      filters: ['divisionCode', 'cell'],
    },
  },
  filters: {
    divisionCode: divisionFilter('t', false),
    cell: (value, values) => {
      // The graph's input object, checked by its type.
      const { kind, tier } = value as { kind: TrainingKind; tier: TrainingTier };
      return `t.kind = $${values.push(kind)} AND t.tier = $${values.push(tier)}`;
    },
  },
};

export interface TrainingCategoryRow {
  readonly code: string;
  readonly ordinal: number;
  readonly name: string | null;
}

const CATEGORY_COLUMNS = 'c.code, c.ordinal, c.name';

export function findTrainingCategories(store: OrganizationsStore, trace: OperationTrace) {
  return store.database.rows<TrainingCategoryRow>(
    'training_categories',
    `SELECT ${CATEGORY_COLUMNS} FROM organizations.training_category c ORDER BY c.ordinal`,
    [],
    trace,
  );
}

export async function findTrainingCategoriesByCode(
  store: OrganizationsStore,
  codes: readonly string[],
  trace: OperationTrace,
) {
  const rows = await store.database.rows<TrainingCategoryRow>(
    'training_category_by_code',
    statementText`SELECT ${CATEGORY_COLUMNS} FROM organizations.training_category c WHERE c.code = ANY($1::text[])`,
    [codes],
    trace,
    { key: 'code' },
  );
  return inKeyOrder(codes, rows, (row) => row.code);
}

/** One cell of the training matrix. */
export interface TrainingCellRow {
  readonly kind: TrainingKind;
  readonly tier: TrainingTier;
  readonly courseCount: number;
  readonly hours: number;
  readonly reportedAttendees: number;
  readonly recordedAttendees: number;
  readonly budgetYuan: number;
}

const CELL_FIGURES = `count(c.id)::int AS "courseCount", coalesce(sum(c.hours), 0)::int AS hours,
  coalesce(sum(c.reported_attendees), 0)::int AS "reportedAttendees",
  coalesce(sum(a.attended), 0)::int AS "recordedAttendees", coalesce(sum(c.budget_yuan), 0)::int AS "budgetYuan"`;
const ATTENDED = `LEFT JOIN LATERAL (SELECT count(*) AS attended FROM organizations.training_attendance x
  WHERE x.course_id = c.id) a ON true`;

/** The courses of a division by kind and tier: always twelve cells, empty ones too. They count, and name nobody. */
export function countTrainingMatrix(
  store: OrganizationsStore,
  divisionCode: string,
  fromDay: string,
  beforeDay: string,
  trace: OperationTrace,
): Promise<TrainingCellRow[]> {
  const code = requireDivisionCode('divisionCode', divisionCode, [4, 6, 9]);
  // One of the three tiers just required.
  const column = PLACE_COLUMNS[code.length as 4 | 6 | 9];
  return store.database.rows<TrainingCellRow>(
    `training_matrix_${column}`,
    `SELECT k.kind, t.tier, ${CELL_FIGURES}
       FROM unnest(ARRAY['INDUCTION', 'POST', 'ADVANCED', 'CONTINUING']) WITH ORDINALITY AS k(kind, kind_ordinal)
       CROSS JOIN unnest(ARRAY['CITY', 'COUNTY', 'TOWNSHIP']) WITH ORDINALITY AS t(tier, tier_ordinal)
       LEFT JOIN organizations.training_course c ON c.${column} = $1 AND c.kind = k.kind AND c.tier = t.tier
              AND c.starts_on >= $2::date AND c.starts_on < $3::date
       ${ATTENDED}
      GROUP BY k.kind, k.kind_ordinal, t.tier, t.tier_ordinal ORDER BY k.kind_ordinal, t.tier_ordinal`,
    [code, fromDay, beforeDay],
    trace,
  );
}

export interface TrainingSummaryRow {
  readonly tier: TrainingTier;
  readonly runs: number;
  readonly reportedAttendees: number;
  readonly recordedAttendees: number;
}

/** The courses of a committee term by tier. */
export function summariseTerm(store: OrganizationsStore, term: string, trace: OperationTrace) {
  return store.database.rows<TrainingSummaryRow>(
    'training_summary',
    `SELECT c.tier, count(*)::int AS runs, coalesce(sum(c.reported_attendees), 0)::int AS "reportedAttendees",
            coalesce(sum(a.attended), 0)::int AS "recordedAttendees"
       FROM organizations.training_course c ${ATTENDED}
      WHERE c.term = $1 GROUP BY c.tier ORDER BY c.tier`,
    [term],
    trace,
  );
}

/** Hours of continuing education (courses of that kind) inside the period of each registration. */
export async function sumEducationHours(
  store: OrganizationsStore,
  registrationIds: readonly string[],
  trace: OperationTrace,
): Promise<(number | null)[]> {
  const rows = await store.database.rows<{ id: string; hours: number }>(
    'continuing_education_hours',
    `SELECT r.id, coalesce(sum(a.hours), 0)::int AS hours
       FROM organizations.social_worker_registration r
       LEFT JOIN (organizations.training_attendance a
              JOIN organizations.training_course c ON c.id = a.course_id AND c.kind = 'CONTINUING')
              ON a.person_id = r.person_id AND a.attended_on >= r.registered_on AND a.attended_on < r.expires_on
      WHERE r.id = ANY($1::uuid[]) GROUP BY r.id`,
    [registrationIds],
    trace,
  );
  return inKeyOrder(registrationIds, rows, (row) => row.id).map((row) => row?.hours ?? null);
}
