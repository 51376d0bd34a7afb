import type { DeadlineRule } from '../../../kit/calendar/deadline-rule.ts';
import type { Certainty } from '../../../kit/calendar/working-calendar.ts';
import type { OperationTrace } from '../../../kit/operation-trace.ts';
import type { ListDeclaration } from '../../../kit/store/keyset-list.ts';
import { statementText } from '../../../kit/store/statement-text.ts';
import { inKeyOrder } from '../../../kit/subgraph-context.ts';
import type { CatalogStore } from '../catalog-store.ts';
import { RULE_COLUMNS } from './deadline-rule-rows.ts';
import { partCondition } from './part-in-matter.ts';

/** Entities that pass from department to department under a clock. */
export type MatterType = 'CatalogueSubmission' | 'SharingRequest' | 'VerificationTicket' | 'SchemaProposal';

/** Who has to act on which matter until when, with the rule that says so. */
export interface DutyRow extends DeadlineRule {
  readonly id: string;
  readonly subjectType: MatterType;
  readonly subjectId: string;
  readonly departmentCode: string;
  readonly startedOn: string;
  readonly dueOn: string;
  readonly certainty: Certainty;
  readonly calendarVersion: string;
  readonly metAt: Date | null;
  readonly escalatedAt: Date | null;
}

const COLUMNS = `t.id, t.subject_type AS "subjectType", t.subject_id AS "subjectId",
  t.department_code AS "departmentCode", t.started_on::text AS "startedOn", t.due_on::text AS "dueOn", t.certainty,
  t.calendar_version AS "calendarVersion", t.met_at AS "metAt", t.escalated_at AS "escalatedAt", ${RULE_COLUMNS}`;

const FROM = `catalog.duty t JOIN catalog.deadline_rule r
  ON r.code = t.rule_code AND r.effective_from = t.rule_effective_from`;

/** The running duty of each matter; null where nobody has to act. */
export async function findRunningDuties(
  store: CatalogStore,
  subjectIds: readonly string[],
  trace: OperationTrace,
): Promise<(DutyRow | null)[]> {
  const rows = await store.database.rows<DutyRow>(
    'running_duties',
    statementText`SELECT ${COLUMNS} FROM ${FROM} WHERE t.subject_id = ANY($1::uuid[]) AND t.met_at IS NULL`,
    [subjectIds],
    trace,
    { key: 'subjectId' },
  );
  return inKeyOrder(subjectIds, rows, (row) => row.subjectId);
}

/** Duties that run, by their last day; a department's own, all of them for the data authority. */
export const dutyList: ListDeclaration<DutyRow> = {
  name: 'catalog.duties',
  from: FROM,
  columns: COLUMNS,
  always: 't.met_at IS NULL',
  visible: (caller, values) => partCondition(['t.department_code'], caller, values),
  sorts: {
    DUE_ON: {
      columns: [
        { expression: 't.due_on', property: 'dueOn', cast: 'date' },
        { expression: 't.id', property: 'id', cast: 'uuid' },
      ],
      direction: 'ASC',
      filters: ['departmentCode', 'subjectType', 'dueBefore'],
    },
  },
  filters: {
    departmentCode: (value, values) => `t.department_code = $${values.push(value)}`,
    subjectType: (value, values) => `t.subject_type = $${values.push(value)}`,
    dueBefore: (value, values) => `t.due_on < $${values.push(value)}::date`,
  },
};
