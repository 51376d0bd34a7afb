import type { OperationTrace } from '../../../kit/operation-trace.ts';
import type { ListDeclaration } from '../../../kit/store/keyset-list.ts';
import { statementText } from '../../../kit/store/statement-text.ts';
import { inKeyOrder } from '../../../kit/subgraph-context.ts';
import type { ServicesStore } from '../services-store.ts';

/** 供给层级 — which tier guarantees an item, or pays for it. */
export type SupplyTier = 'PREFECTURE' | 'COUNTY' | 'TOWNSHIP' | 'COMMUNITY';

export interface ServiceItemRow {
  readonly id: string;
  readonly itemCode: string;
  readonly name: string;
  readonly type: 'LICENCE' | 'CONFIRMATION' | 'PAYMENT' | 'AWARD' | 'OTHER_POWER' | 'PUBLIC_SERVICE' | 'LIVELIHOOD';
  readonly departmentCode: string;
  readonly reach: 'COMMUNITY' | 'TOWNSHIP' | 'COUNTY';
  readonly modes: ('IMMEDIATE' | 'ONLINE' | 'NEARBY' | 'ONCE')[];
  readonly promisedWorkingDays: number;
  readonly legalWorkingDays: number;
  readonly serviceGroup: string;
  readonly supplyTier: SupplyTier;
  readonly fundingTier: SupplyTier;
  readonly provenanceId: string;
}

const COLUMNS = `t.id, t.item_code AS "itemCode", t.name, t.type, t.department_code AS "departmentCode", t.reach,
  t.modes, t.promised_working_days AS "promisedWorkingDays", t.legal_working_days AS "legalWorkingDays",
  t.service_group AS "serviceGroup", t.supply_tier AS "supplyTier", t.funding_tier AS "fundingTier",
  t.provenance_id AS "provenanceId"`;

export async function findServiceItems(
  store: ServicesStore,
  ids: readonly string[],
  trace: OperationTrace,
): Promise<(ServiceItemRow | null)[]> {
  const rows = await store.database.rows<ServiceItemRow>(
    'service_item_by_id',
    statementText`SELECT ${COLUMNS} FROM services.service_item t WHERE t.id = ANY($1::uuid[])`,
    [ids],
    trace,
    { key: 'id' },
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
    statementText`SELECT ${COLUMNS} FROM services.service_item t WHERE t.item_code = ANY($1::text[])`,
    [itemCodes],
    trace,
    { key: 'itemCode' },
  );
  return inKeyOrder(itemCodes, rows, (row) => row.itemCode);
}

const MODES = ['IMMEDIATE', 'ONLINE', 'NEARBY', 'ONCE'] as const;

export const serviceItemList: ListDeclaration<ServiceItemRow> = {
  name: 'services.service_items',
  from: 'services.service_item t',
  columns: COLUMNS,
  sorts: {
    ITEM_CODE: {
      columns: [{ expression: 't.item_code', property: 'itemCode', cast: 'text' }],
      direction: 'ASC',
      filters: ['reach', 'departmentCode', 'mode', 'group', 'supplyTier', 'type'],
    },
  },
  filters: {
    reach: (value, values) => `t.reach = $${values.push(value)}`,
    departmentCode: (value, values) => `t.department_code = $${values.push(value)}`,
    // A literal of four values, so that the partial index of that way of handling serves it.
    mode: (value) => `'${MODES.find((mode) => mode === value)}' = ANY(t.modes)`,
    group: (value, values) => `t.service_group = $${values.push(value)}`,
    supplyTier: (value, values) => `t.supply_tier = $${values.push(value)}`,
    type: (value, values) => `t.type = $${values.push(value)}`,
  },
};
