import { divisionFilter } from '../../../kit/store/division-filter.ts';
import { columnList, type EntityTable } from '../../../kit/store/entity-table.ts';
import type { ListDeclaration } from '../../../kit/store/keyset-list.ts';
import type { Place } from '../../../kit/store/place-scope.ts';
import type { PartyTransaction } from '../membership-writes.ts';

export type ListEntryKind = 'DEMAND' | 'RESOURCE' | 'PROJECT' | 'CALL_OUT';
export type OfferMode = 'MENU' | 'GROUP' | 'ALLIANCE';
export type ListEntryState = 'OPEN' | 'CLAIMED' | 'FULFILLED';

export interface ListEntryRow {
  readonly id: string;
  readonly kind: ListEntryKind;
  readonly title: string;
  readonly mode: OfferMode | null;
  readonly ownerName: string;
  readonly state: ListEntryState;
  readonly claimedBy: string | null;
  readonly claimedAt: Date | null;
  readonly fulfilledAt: Date | null;
  readonly publishedAt: Date;
  readonly communityCode: string;
  readonly provenanceId: string;
}

/** The lists are published: whoever could give, or needs, sees them all. */
export const LIST_ENTRY_TABLE: EntityTable<ListEntryRow> = {
  table: 'list_entry',
  columns: [
    'id',
    'kind',
    'title',
    'mode',
    'ownerName',
    'state',
    'claimedBy',
    'claimedAt',
    'fulfilledAt',
    'publishedAt',
    'communityCode',
    'provenanceId',
  ],
};

export const listEntryList: ListDeclaration<ListEntryRow> = {
  name: 'party.list_entries',
  from: 'party.list_entry t',
  columns: columnList(LIST_ENTRY_TABLE),
  sorts: {
    KIND: {
      columns: [
        { expression: 't.kind', property: 'kind', cast: 'text' },
        { expression: 't.state', property: 'state', cast: 'text' },
        { expression: 't.id', property: 'id', cast: 'uuid' },
      ],
      direction: 'ASC',
      filters: ['divisionCode', 'kind', 'state'],
    },
  },
  filters: {
    divisionCode: divisionFilter('t', false),
    kind: (value, values) => `t.kind = $${values.push(value)}`,
    state: (value, values) => `t.state = $${values.push(value)}`,
  },
};

export interface LockedEntry extends Place {
  readonly kind: ListEntryKind;
  readonly state: ListEntryState;
  readonly ownerName: string;
  readonly claimedBy: string | null;
}

/** Locks the entry, so that of several claims one wins and the others see it. */
export async function lockEntry(transaction: PartyTransaction, id: string): Promise<LockedEntry | null> {
  const rows = await transaction.$queryRaw<LockedEntry[]>`
    SELECT kind, state, owner_name AS "ownerName", claimed_by AS "claimedBy", city_code AS "cityCode",
           county_code AS "countyCode", township_code AS "townshipCode", community_code AS "communityCode"
      FROM party.list_entry WHERE id = ${id}::uuid FOR UPDATE`;
  return rows[0] ?? null;
}

/** The entry as it is, without waiting for whoever is changing it. */
export async function findEntryState(transaction: PartyTransaction, id: string): Promise<LockedEntry | null> {
  const row = await transaction.listEntry.findUnique({ where: { id } });
  // Its kind and state are written by this subgraph only, from their closed lists.
  return row === null ? null : { ...row, kind: row.kind as ListEntryKind, state: row.state as ListEntryState };
}

export function insertEntry(
  transaction: PartyTransaction,
  data: Omit<Place, 'gridCode'> & {
    readonly id: string;
    readonly kind: ListEntryKind;
    readonly title: string;
    readonly mode: OfferMode | null;
    readonly ownerName: string;
    readonly publishedAt: Date;
    readonly provenanceId: string;
  },
) {
  return transaction.listEntry.create({ data: { ...data, state: 'OPEN' } });
}

export function updateEntry(
  transaction: PartyTransaction,
  id: string,
  data: {
    readonly state: ListEntryState;
    readonly claimedBy?: string;
    readonly claimedAt?: Date;
    readonly fulfilledAt?: Date;
    readonly provenanceId: string;
  },
) {
  return transaction.listEntry.update({ where: { id }, data });
}
