import { divisionFilter } from '../../../kit/store/division-filter.ts';
import type { FilterDeclaration, ListDeclaration, SortDeclaration } from '../../../kit/store/keyset-list.ts';
import { INCIDENT_COLUMN_SET, INCIDENT_PLACE, type IncidentRow } from './incident-rows.ts';

/** The condition in the words of the partial indexes: only with it does Postgres take one of them. */
const OPEN = 't.closed_at IS NULL';
const CLOSED = 't.closed_at IS NOT NULL';

/** Nine of ten incidents are closed: a list of an open state must say so to stay on the small indexes. */
const stateFilter: FilterDeclaration = (value, values) =>
  `${value === 'CLOSED' ? CLOSED : OPEN} AND t.state = $${values.push(value)}`;

const openFilter: FilterDeclaration = (value) => (value === true ? OPEN : CLOSED);

const categoryFilter: FilterDeclaration = (value, values) => `t.category = $${values.push(value)}`;

/** The clock is no part of the filter's value, or a cursor would belong to one instant only. */
function overdueFilter(now: Date): FilterDeclaration {
  return (value, values) => {
    const parameter = `$${values.push(now)}::timestamptz`;
    return value === true
      ? `${OPEN} AND t.due_at < ${parameter}`
      : `(${CLOSED} OR t.due_at IS NULL OR t.due_at >= ${parameter})`;
  };
}

/** When they were reported, newest first. */
const REPORTED_AT: SortDeclaration<IncidentRow> = {
  columns: [
    { expression: 't.reported_at', property: 'reportedAt', cast: 'timestamptz' },
    { expression: 't.id', property: 'id', cast: 'uuid' },
  ],
  direction: 'DESC',
  filters: ['state', 'open', 'overdue', 'category', 'reportedFrom', 'reportedTo', 'divisionCode'],
};

/** Of one person's, which are few, none is filtered: the list is the same at every instant. */
export const personIncidentList: ListDeclaration<IncidentRow> = {
  name: 'services.person_incidents',
  from: 'services.incident t',
  columns: INCIDENT_COLUMN_SET,
  type: 'Incident',
  place: INCIDENT_PLACE,
  sorts: { REPORTED_AT: { ...REPORTED_AT, filters: [] } },
  filters: {},
};

let latest: { readonly at: number; readonly list: ListDeclaration<IncidentRow> } | undefined;

/** Incidents by when they were reported, newest first. */
export function reportedIncidentList(now: Date): ListDeclaration<IncidentRow> {
  const at = now.getTime();
  if (latest?.at !== at) latest = { at, list: declareReported(now) };
  return latest.list;
}

function declareReported(now: Date): ListDeclaration<IncidentRow> {
  return {
    name: 'services.incidents',
    from: 'services.incident t',
    columns: INCIDENT_COLUMN_SET,
    type: 'Incident',
    place: INCIDENT_PLACE,
    sorts: { REPORTED_AT },
    filters: {
      state: stateFilter,
      open: openFilter,
      overdue: overdueFilter(now),
      category: categoryFilter,
      reportedFrom: (value, values) => `t.reported_at >= $${values.push(value)}::timestamptz`,
      reportedTo: (value, values) => `t.reported_at < $${values.push(value)}::timestamptz`,
      divisionCode: divisionFilter('t', INCIDENT_PLACE.hasGridCode),
    },
  };
}

/** Open incidents that have a deadline, the earliest deadline first. */
export function dueIncidentList(now: Date): ListDeclaration<IncidentRow> {
  return {
    name: 'services.incidents_due',
    from: 'services.incident t',
    columns: INCIDENT_COLUMN_SET,
    type: 'Incident',
    place: INCIDENT_PLACE,
    always: `${OPEN} AND t.due_at IS NOT NULL`,
    sorts: {
      DUE_AT: {
        columns: [
          { expression: 't.due_at', property: 'dueAt', cast: 'timestamptz' },
          { expression: 't.id', property: 'id', cast: 'uuid' },
        ],
        direction: 'ASC',
        filters: ['state', 'open', 'overdue', 'category', 'divisionCode'],
      },
    },
    filters: {
      state: stateFilter,
      open: openFilter,
      overdue: overdueFilter(now),
      category: categoryFilter,
      divisionCode: divisionFilter('t', INCIDENT_PLACE.hasGridCode),
    },
  };
}

/** What a department handles and has not closed, the earliest deadline first. */
export function workList(departmentCode: string): ListDeclaration<IncidentRow> {
  return {
    name: `services.work_items_${departmentCode}`,
    from: 'services.incident t',
    columns: INCIDENT_COLUMN_SET,
    type: 'Incident',
    place: INCIDENT_PLACE,
    // Codes of departments come from the verified token; quotes are doubled all the same.
    always: `${OPEN} AND t.due_at IS NOT NULL AND t.handler_department_code = '${departmentCode.replaceAll("'", "''")}'`,
    sorts: {
      DUE_AT: {
        columns: [
          { expression: 't.due_at', property: 'dueAt', cast: 'timestamptz' },
          { expression: 't.id', property: 'id', cast: 'uuid' },
        ],
        direction: 'ASC',
        filters: [],
      },
    },
    filters: {},
  };
}
