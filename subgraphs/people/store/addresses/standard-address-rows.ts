import type { Caller } from '../../../kit/caller/caller.ts';
import type { OperationTrace } from '../../../kit/operation-trace.ts';
import { divisionFilter } from '../../../kit/store/division-filter.ts';
import { columnList, type EntityTable } from '../../../kit/store/entity-table.ts';
import type { ListDeclaration } from '../../../kit/store/keyset-list.ts';
import { placeCondition } from '../../../kit/store/place-scope.ts';
import { groupByKey } from '../../../kit/subgraph-context.ts';
import type { PeopleStore } from '../people-store.ts';

export const addressLevels = ['ESTATE', 'BUILDING', 'STAIRWELL'] as const;
export type AddressLevel = (typeof addressLevels)[number];

/** A place of the city that addresses are made of. It names nobody, and is open as the map is. */
export interface StandardAddressRow {
  readonly id: string;
  readonly level: AddressLevel;
  readonly parentId: string | null;
  readonly name: string;
  readonly addressText: string;
  readonly validFrom: string | null;
  readonly validTo: string | null;
  readonly communityCode: string;
  readonly gridCode: string | null;
  readonly provenanceId: string;
}

export const standardAddressTable: EntityTable<StandardAddressRow> = {
  table: 'standard_address',
  columns: [
    'id',
    'level',
    'parentId',
    'name',
    'addressText',
    'validFrom',
    'validTo',
    'communityCode',
    'gridCode',
    'provenanceId',
  ],
  dates: ['validFrom', 'validTo'],
};

const BY_NAME = {
  columns: [
    { expression: 't.name', property: 'name', cast: 'text' },
    { expression: 't.id', property: 'id', cast: 'uuid' },
  ],
  direction: 'ASC',
} as const;

/** Addresses of one level in a division, by name. */
export const standardAddressList: ListDeclaration<StandardAddressRow> = {
  name: 'people.standard_addresses',
  from: 'people.standard_address t',
  columns: columnList(standardAddressTable),
  sorts: { NAME: { ...BY_NAME, filters: ['level', 'divisionCode'] } },
  filters: {
    level: (value, values) => `t.level = $${values.push(value)}`,
    divisionCode: divisionFilter('t', false),
  },
};

/** Addresses directly below another, by name. */
export const addressesBelowList: ListDeclaration<StandardAddressRow> = {
  ...standardAddressList,
  name: 'people.addresses_below',
  sorts: { NAME: { ...BY_NAME, filters: [] } },
};

/** Estates of communities, by name. */
export const communityEstateList: ListDeclaration<StandardAddressRow> = {
  ...addressesBelowList,
  name: 'people.community_estates',
  always: "t.level = 'ESTATE'",
};

/** From the estate down to each address itself: at most as many rows as there are levels. */
export async function findAddressPaths(
  store: PeopleStore,
  ids: readonly string[],
  trace: OperationTrace,
): Promise<StandardAddressRow[][]> {
  const columns = columnList(standardAddressTable);
  const rows = await store.database.rows<StandardAddressRow & { readonly startId: string }>(
    'address_paths',
    `SELECT p.* FROM unnest($1::uuid[]) AS k(id)
       CROSS JOIN LATERAL (
         WITH RECURSIVE up AS (
           SELECT a.*, 0 AS height FROM people.standard_address a WHERE a.id = k.id
           UNION ALL
           SELECT a.*, up.height + 1 FROM up JOIN people.standard_address a ON a.id = up.parent_id WHERE up.height < 2)
         SELECT k.id::text AS "startId", t.height, ${columns} FROM up t) p
      ORDER BY p."startId", p.height DESC`,
    [ids],
    trace,
  );
  return groupByKey(ids, rows, (row) => row.startId);
}

/** More matches than this are not listed. */
export const MAX_ADDRESS_MATCHES = 20;

/**
 * Live addresses whose text holds what was typed, inside the caller's area, the coarsest first: `MAX_ADDRESS_MATCHES`
 * and one more at most. Served by the trigrams of the text.
 */
export function findAddressesByText(
  store: PeopleStore,
  text: string,
  caller: Caller,
  trace: OperationTrace,
): Promise<StandardAddressRow[]> {
  const values: unknown[] = [`%${text.replace(/[\\%_]/g, '\\$&')}%`];
  const scope = placeCondition({ alias: 't', hasGridCode: true }, caller, values);
  return store.database.rows<StandardAddressRow>(
    'addresses_by_text',
    `SELECT ${columnList(standardAddressTable)} FROM people.standard_address t
      WHERE t.address_text LIKE $1 AND t.valid_to IS NULL AND ${scope}
      ORDER BY length(t.address_text), t.address_text, t.id LIMIT ${MAX_ADDRESS_MATCHES + 1}`,
    values,
    trace,
  );
}
