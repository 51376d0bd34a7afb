import type { Caller } from '../../kit/caller/caller.ts';
import type { OperationTrace } from '../../kit/operation-trace.ts';
import type { ListDeclaration } from '../../kit/store/keyset-list.ts';
import { type PlaceScope, placeCondition } from '../../kit/store/place-scope.ts';
import { statementText } from '../../kit/store/statement-text.ts';
import { inKeyOrder } from '../../kit/subgraph-context.ts';
import { ownOr } from './own-rows.ts';
import type { PeopleStore } from './people-store.ts';

export interface DwellingRow {
  readonly id: string;
  readonly addressId: string | null;
  readonly estateName: string;
  readonly addressText: string;
  readonly building: string;
  readonly unit: string | null;
  readonly room: string;
  readonly areaSquareMetres: number;
  readonly usage: 'OWNER_OCCUPIED' | 'RENTED' | 'DORMITORY' | 'VACANT';
  readonly communityCode: string;
  readonly gridCode: string;
  readonly microGridCode: string;
  readonly provenanceId: string;
  /** Of the person whom the caller’s token names. */
  readonly own?: boolean;
}

const COLUMNS = `t.id, t.address_id AS "addressId", t.estate_name AS "estateName", t.address_text AS "addressText", t.building, t.unit, t.room,
  t.area_square_metres::float8 AS "areaSquareMetres", t.usage, t.community_code AS "communityCode",
  t.grid_code AS "gridCode", t.micro_grid_code AS "microGridCode", t.provenance_id AS "provenanceId"`;

const PLACE: PlaceScope = { alias: 't', hasGridCode: true };

export async function findDwellings(
  store: PeopleStore,
  ids: readonly string[],
  caller: Caller,
  trace: OperationTrace,
): Promise<(DwellingRow | null)[]> {
  const values: unknown[] = [ids];
  const { visible, ownColumn } = ownOr('dwelling', placeCondition(PLACE, caller, values), caller, values);
  const rows = await store.database.rows<DwellingRow>(
    'dwelling_by_id',
    statementText`SELECT ${COLUMNS}${ownColumn} FROM people.dwelling t WHERE t.id = ANY($1::uuid[]) AND ${visible}`,
    values,
    trace,
    { key: 'id' },
  );
  return inKeyOrder(ids, rows, (row) => row.id);
}

export const dwellingList: ListDeclaration<DwellingRow> = {
  name: 'people.dwellings',
  from: 'people.dwelling t',
  columns: COLUMNS,
  place: PLACE,
  sorts: {
    ID: { columns: [{ expression: 't.id', property: 'id', cast: 'uuid' }], direction: 'ASC', filters: [] },
  },
  filters: {},
};

/** Dwellings of an address, by number. */
export const addressDwellingList: ListDeclaration<DwellingRow> = {
  ...dwellingList,
  name: 'people.address_dwellings',
  sorts: {
    ROOM: {
      columns: [
        { expression: 't.room', property: 'room', cast: 'text' },
        { expression: 't.id', property: 'id', cast: 'uuid' },
      ],
      direction: 'ASC',
      filters: [],
    },
  },
};
