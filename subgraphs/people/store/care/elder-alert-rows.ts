import type { TransitionRow } from '../../../kit/machine/state-machine.ts';
import type { OperationTrace } from '../../../kit/operation-trace.ts';
import { divisionFilter } from '../../../kit/store/division-filter.ts';
import { columnList, type EntityTable } from '../../../kit/store/entity-table.ts';
import type { ListDeclaration } from '../../../kit/store/keyset-list.ts';
import { groupByKey } from '../../../kit/subgraph-context.ts';
import type { PeopleStore } from '../people-store.ts';
import type { PeopleTransaction } from '../residence-writes.ts';

export const elderAlertKinds = [
  'EMERGENCY_CALL',
  'NO_MOVEMENT',
  'SMOKE_OR_GAS',
  'LEFT_SAFE_AREA',
  'CARE_OVERDUE',
] as const;
export type ElderAlertKind = (typeof elderAlertKinds)[number];
export type ElderAlertState = 'RAISED' | 'ACKNOWLEDGED' | 'RESOLVED' | 'FALSE_ALARM';

export interface ElderAlertRow {
  readonly id: string;
  readonly personId: string;
  readonly kind: ElderAlertKind;
  readonly state: ElderAlertState;
  readonly raisedAt: Date;
  readonly closedAt: Date | null;
  readonly communityCode: string;
  readonly gridCode: string;
  readonly provenanceId: string;
}

export const elderAlerts: EntityTable<ElderAlertRow> = {
  table: 'elder_alert',
  columns: ['id', 'personId', 'kind', 'state', 'raisedAt', 'closedAt', 'communityCode', 'gridCode', 'provenanceId'],
  place: { alias: 't', hasGridCode: true },
};

/** Alerts of the caller's area, newest first; open ones have an index of their own. */
export const elderAlertList: ListDeclaration<ElderAlertRow> = {
  name: 'people.elder_alerts',
  from: 'people.elder_alert t',
  columns: columnList(elderAlerts),
  place: { alias: 't', hasGridCode: true },
  sorts: {
    NEWEST: {
      columns: [
        { expression: 't.raised_at', property: 'raisedAt', cast: 'timestamptz' },
        { expression: 't.id', property: 'id', cast: 'uuid' },
      ],
      direction: 'DESC',
      filters: ['divisionCode', 'open'],
    },
  },
  filters: {
    divisionCode: divisionFilter('t', true),
    open: (value) => (value === true ? 't.closed_at IS NULL' : 't.closed_at IS NOT NULL'),
  },
};

const MAX_STEPS = 50;

export async function findTransitions(
  store: PeopleStore,
  subjectIds: readonly string[],
  trace: OperationTrace,
): Promise<TransitionRow[][]> {
  const rows = await store.database.rows<TransitionRow>(
    'people_transitions',
    `SELECT t.subject_id AS "subjectId", t.ordinal, t.event, t.from_state AS "fromState", t.to_state AS "toState", t.at,
            t.actor_department_code AS "actorDepartmentCode", t.note
       FROM people.transition t
      WHERE t.subject_id = ANY($1::uuid[]) AND t.ordinal <= $2 ORDER BY t.subject_id, t.ordinal`,
    [subjectIds, MAX_STEPS],
    trace,
  );
  return groupByKey(subjectIds, rows, (row) => row.subjectId);
}

/** Appends a step; the subject's row is locked, so that its ordinal is free. */
export async function appendTransition(
  transaction: PeopleTransaction,
  step: Omit<TransitionRow, 'ordinal'> & { readonly provenanceId: string },
): Promise<void> {
  const ordinal = 1 + (await transaction.transition.count({ where: { subjectId: step.subjectId } }));
  await transaction.transition.create({ data: { ...step, ordinal } });
}
