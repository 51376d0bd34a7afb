import type { OperationTrace } from '../../../kit/operation-trace.ts';
import type { ListDeclaration } from '../../../kit/store/keyset-list.ts';
import { inKeyOrder } from '../../../kit/subgraph-context.ts';
import type { ServicesStore } from '../services-store.ts';

export interface ServiceItemRow {
  readonly id: string;
  readonly itemCode: string;
  readonly name: string;
  readonly type: 'LICENCE' | 'CONFIRMATION' | 'PAYMENT' | 'AWARD' | 'OTHER_POWER' | 'PUBLIC_SERVICE';
  readonly departmentCode: string;
  readonly reach: 'COMMUNITY' | 'TOWNSHIP' | 'COUNTY';
  readonly modes: ('IMMEDIATE' | 'ONLINE' | 'NEARBY' | 'ONCE')[];
  readonly promisedWorkingDays: number;
  readonly legalWorkingDays: number;
  readonly provenanceId: string;
}

const COLUMNS = `t.id, t.item_code AS "itemCode", t.name, t.type, t.department_code AS "departmentCode", t.reach,
  t.modes, t.promised_working_days AS "promisedWorkingDays", t.legal_working_days AS "legalWorkingDays",
  t.provenance_id AS "provenanceId"`;

export async function findServiceItems(
  store: ServicesStore,
  ids: readonly string[],
  trace: OperationTrace,
): Promise<(ServiceItemRow | null)[]> {
  const rows = await store.database.rows<ServiceItemRow>(
    'service_item_by_id',
    `SELECT ${COLUMNS} FROM services.service_item t WHERE t.id = ANY($1::uuid[])`,
    [ids],
    trace,
  );
  return inKeyOrder(ids, rows, (row) => row.id);
}

export async function findServiceItemsByCode(
  store: ServicesStore,
  itemCodes: readonly string[],
  trace: OperationTrace,
): Promise<(ServiceItemRow | null)[]> {
  const rows = await store.database.rows<ServiceItemRow>(
    'service_item_by_code',
    `SELECT ${COLUMNS} FROM services.service_item t WHERE t.item_code = ANY($1::text[])`,
    [itemCodes],
    trace,
  );
  return inKeyOrder(itemCodes, rows, (row) => row.itemCode);
}

export const serviceItemList: ListDeclaration<ServiceItemRow> = {
  name: 'services.service_items',
  from: 'services.service_item t',
  columns: COLUMNS,
  sorts: {
    ITEM_CODE: {
      columns: [{ expression: 't.item_code', property: 'itemCode', cast: 'text' }],
      direction: 'ASC',
      filters: ['reach', 'departmentCode'],
    },
  },
  filters: {
    reach: (value, values) => `t.reach = $${values.push(value)}`,
    departmentCode: (value, values) => `t.department_code = $${values.push(value)}`,
  },
};
