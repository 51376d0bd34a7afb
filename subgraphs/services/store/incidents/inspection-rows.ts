import type { Caller } from '../../../kit/caller/caller.ts';
import type { OperationTrace } from '../../../kit/operation-trace.ts';
import { divisionFilter } from '../../../kit/store/division-filter.ts';
import type { ListDeclaration } from '../../../kit/store/keyset-list.ts';
import { placeCondition } from '../../../kit/store/place-scope.ts';
import { statementText } from '../../../kit/store/statement-text.ts';
import { groupByKey, inKeyOrder } from '../../../kit/subgraph-context.ts';
import type { ServicesStore } from '../services-store.ts';

export type InspectionState = 'PLANNED' | 'DONE' | 'CANCELLED';

export interface InspectionRow {
  readonly id: string;
  readonly organizationUscc: string;
  readonly plannedOn: string;
  readonly state: InspectionState;
  readonly communityCode: string;
  readonly provenanceId: string;
}

const COLUMNS = `t.id, t.organization_uscc AS "organizationUscc", t.planned_on::text AS "plannedOn", t.state,
  t.community_code AS "communityCode", t.provenance_id AS "provenanceId"`;
const PLACE = { alias: 't', hasGridCode: false };

export async function findInspections(
  store: ServicesStore,
  ids: readonly string[],
  caller: Caller,
  trace: OperationTrace,
): Promise<(InspectionRow | null)[]> {
  const values: unknown[] = [ids];
  const scope = placeCondition(PLACE, caller, values);
  const rows = await store.database.rows<InspectionRow>(
    'inspection_by_id',
    statementText`SELECT ${COLUMNS} FROM services.inspection t WHERE t.id = ANY($1::uuid[]) AND ${scope}`,
    values,
    trace,
    { key: 'id' },
  );
  return inKeyOrder(ids, rows, (row) => row.id);
}

export const inspectionList: ListDeclaration<InspectionRow> = {
  name: 'services.inspections',
  from: 'services.inspection t',
  columns: COLUMNS,
  place: PLACE,
  sorts: {
    PLANNED_ON: {
      columns: [
        { expression: 't.planned_on', property: 'plannedOn', cast: 'date' },
        { expression: 't.id', property: 'id', cast: 'uuid' },
      ],
      direction: 'DESC',
      filters: ['organizationUscc', 'year', 'divisionCode'],
    },
  },
  filters: {
    organizationUscc: (value, values) => `t.organization_uscc = $${values.push(value)}`,
    year: (value, values) =>
      `t.planned_on >= make_date($${values.push(value)}::int, 1, 1) AND t.planned_on <= make_date($${values.length}::int, 12, 31)`,
    divisionCode: divisionFilter('t', false),
  },
};

export interface InspectionPartRow {
  readonly inspectionId: string;
  readonly departmentCode: string;
  readonly matter: string;
  readonly askedOn: string;
}

/** Who takes part in visits that the caller was already allowed to see. */
export async function findInspectionParts(
  store: ServicesStore,
  inspectionIds: readonly string[],
  trace: OperationTrace,
): Promise<InspectionPartRow[][]> {
  const rows = await store.database.rows<InspectionPartRow>(
    'parts_of_inspections',
    `SELECT t.inspection_id AS "inspectionId", t.department_code AS "departmentCode", t.matter,
            t.asked_on::text AS "askedOn"
       FROM services.inspection_part t WHERE t.inspection_id = ANY($1::uuid[])
      ORDER BY t.inspection_id, t.department_code`,
    [inspectionIds],
    trace,
    { key: 'inspectionId' },
  );
  return groupByKey(inspectionIds, rows, (row) => row.inspectionId);
}
