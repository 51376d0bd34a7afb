import type { OperationTrace } from '../../../kit/operation-trace.ts';
import { columnList } from '../../../kit/store/entity-table.ts';
import { groupByKey } from '../../../kit/subgraph-context.ts';
import type { OrganizationsStore } from '../organizations-store.ts';
import type { ShortList } from '../short-list.ts';
import { type OrganizationRow, organizationTable } from './organization-rows.ts';

/** Bodies that are about an estate: its owners' committees, the live one first. */
export const estateBodies: ShortList<OrganizationRow> = {
  name: 'estate_bodies',
  table: organizationTable,
  owner: { column: 'estate_id', property: 'estateId', cast: 'uuid' },
  order: 't.dissolved_on DESC NULLS FIRST, t.kind, t.name, t.id',
  limit: 20,
};

/** Property services that the live owners' committees of estates have engaged. */
export async function findPropertyServices(
  store: OrganizationsStore,
  estateIds: readonly string[],
  trace: OperationTrace,
): Promise<OrganizationRow[][]> {
  const rows = await store.database.rows<OrganizationRow & { readonly ownerId: string }>(
    'estate_property_services',
    `SELECT o.estate_id::text AS "ownerId", ${columnList(organizationTable)}
       FROM organizations.organization o
       JOIN organizations.engagement e ON e.subject_key = o.id::text AND e.subject_type = 'ORGANIZATION'
            AND e.role = 'PROPERTY_MANAGER' AND e.holder_type = 'ORGANIZATION' AND e.valid_to IS NULL
       JOIN organizations.organization t ON t.id = e.holder_key::uuid
      WHERE o.estate_id = ANY($1::uuid[]) AND o.kind = 'OWNERS_COMMITTEE' AND o.dissolved_on IS NULL
      ORDER BY o.estate_id, t.name, t.id`,
    [estateIds],
    trace,
  );
  return groupByKey(estateIds, rows, ({ ownerId }) => ownerId);
}
