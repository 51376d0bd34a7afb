import { divisionFilter } from '../../../kit/store/division-filter.ts';
import type { ListDeclaration } from '../../../kit/store/keyset-list.ts';
import { equals } from '../table-reader.ts';

/** 待办 — something that is open and due: a request or an incident. */
export interface WorkItemRow {
  readonly id: string;
  readonly kind: 'SERVICE_REQUEST' | 'INCIDENT';
  readonly number: string;
  readonly state: string;
  readonly dueAt: Date;
  readonly communityCode: string;
}

const PLACES = 'city_code, county_code, township_code, community_code';

/**
 * Both sides have an index by handler and due time, so that Postgres merges the two in order and sorts nothing; it does so
 * only where the sides have no conditions of their own, which is why `OPEN` stands outside.
 */
const FROM = `(
  SELECT id, 'SERVICE_REQUEST'::text AS kind, request_number AS number, state, due_at, closed_at,
         handler_department_code, ${PLACES}
    FROM services.service_request
  UNION ALL
  SELECT id, 'INCIDENT'::text, incident_number, state, due_at, closed_at, handler_department_code, ${PLACES}
    FROM services.incident) t`;
const OPEN = 't.closed_at IS NULL AND t.due_at IS NOT NULL';

const FILTERS = ['handlerDepartmentCode', 'kind', 'divisionCode'] as const;

/** What a department has to do in the caller's area, the earliest deadline first. */
export const departmentWorkList: ListDeclaration<WorkItemRow> = {
  name: 'services.department_work',
  from: FROM,
  columns: `t.id, t.kind, t.number, t.state, t.due_at AS "dueAt", t.community_code AS "communityCode"`,
  place: { alias: 't', hasGridCode: false },
  always: OPEN,
  sorts: {
    DUE_AT: {
      columns: [
        { expression: 't.due_at', property: 'dueAt', cast: 'timestamptz' },
        { expression: 't.id', property: 'id', cast: 'uuid' },
      ],
      direction: 'ASC',
      filters: FILTERS,
    },
  },
  filters: {
    handlerDepartmentCode: equals('handler_department_code'),
    kind: equals('kind'),
    divisionCode: divisionFilter('t', false),
  },
};

/** What a worker has to do: requests of which he is the handler or the agent. */
export const workerWorkList: ListDeclaration<WorkItemRow> = {
  ...departmentWorkList,
  name: 'services.worker_work',
  from: `(SELECT id, 'SERVICE_REQUEST'::text AS kind, request_number AS number, state, due_at, closed_at, handler_worker_id, ${PLACES}
    FROM services.service_request) t`,
  sorts: {
    DUE_AT: {
      columns: [
        { expression: 't.due_at', property: 'dueAt', cast: 'timestamptz' },
        { expression: 't.id', property: 'id', cast: 'uuid' },
      ],
      direction: 'ASC',
      filters: ['handlerWorkerId', 'kind', 'divisionCode'],
    },
  },
  filters: {
    handlerWorkerId: equals('handler_worker_id', 'uuid'),
    kind: equals('kind'),
    divisionCode: divisionFilter('t', false),
  },
};
