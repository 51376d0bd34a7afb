import type { EntityTable } from '../../../kit/store/entity-table.ts';
import type { ShortList } from '../short-list.ts';

export const bodyItems = ['NAME', 'PHONE', 'ADDRESS', 'ESTATE', 'RATING', 'DISSOLUTION'] as const;
export type BodyItem = (typeof bodyItems)[number];

/** What was changed of a body: the register is public, and so is its past. */
export interface OrganizationChangeRow {
  readonly id: string;
  readonly organizationId: string;
  readonly item: BodyItem;
  readonly formerValue: string | null;
  readonly value: string | null;
  readonly changedOn: string;
  readonly note: string | null;
  readonly provenanceId: string;
}

const table: EntityTable<OrganizationChangeRow> = {
  table: 'organization_change',
  columns: ['id', 'organizationId', 'item', 'formerValue', 'value', 'changedOn', 'note', 'provenanceId'],
  dates: ['changedOn'],
};

/** Changes of bodies, the latest first. */
export const changesOfOrganization: ShortList<OrganizationChangeRow> = {
  name: 'organization_changes',
  table,
  owner: { column: 'organization_id', property: 'organizationId', cast: 'uuid' },
  order: 't.changed_on DESC, t.item, t.id DESC',
  limit: 100,
};
