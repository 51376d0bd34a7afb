import type { Caller } from '../../kit/caller/caller.ts';
import type { OperationTrace } from '../../kit/operation-trace.ts';
import { ColumnSet } from '../../kit/store/column-set.ts';
import type { ListDeclaration } from '../../kit/store/keyset-list.ts';
import { type PlaceScope, placeCondition } from '../../kit/store/place-scope.ts';
import { statementText } from '../../kit/store/statement-text.ts';
import { inKeyOrder } from '../../kit/subgraph-context.ts';
import { ownOr } from './own-rows.ts';
import type { PeopleStore } from './people-store.ts';

export interface HouseholdRow {
  readonly id: string;
  readonly householdNumber: string;
  readonly type: 'FAMILY' | 'COLLECTIVE';
  readonly headPersonId: string | null;
  readonly dwellingId: string;
  readonly communityCode: string;
  readonly gridCode: string;
  readonly microGridCode: string;
  readonly provenanceId: string;
  /** Of the person whom the caller’s token names. */
  readonly own?: boolean;
  /** Items that another batch brought, by the key that their dataset has for them. */
  readonly itemProvenance: Readonly<Record<string, string>> | null;
}

const COLUMNS = new ColumnSet(
  `t.id, t.household_number AS "householdNumber", t.type, t.head_person_id AS "headPersonId",
  t.dwelling_id AS "dwellingId", t.community_code AS "communityCode", t.grid_code AS "gridCode",
  t.micro_grid_code AS "microGridCode", t.provenance_id AS "provenanceId",
  t.item_provenance AS "itemProvenance"`,
  ['id'],
);

const PLACE: PlaceScope = { alias: 't', hasGridCode: true };

export async function findHouseholds(
  store: PeopleStore,
  ids: readonly string[],
  caller: Caller,
  trace: OperationTrace,
  wanted?: ReadonlySet<string>,
): Promise<(HouseholdRow | null)[]> {
  const values: unknown[] = [ids];
  const { visible, ownColumn } = ownOr('household', placeCondition(PLACE, caller, values), caller, values);
  const rows = await store.database.rows<HouseholdRow>(
    'household_by_id',
    statementText`SELECT ${COLUMNS.select(wanted)}${ownColumn} FROM people.household t WHERE t.id = ANY($1::uuid[]) AND ${visible}`,
    values,
    trace,
    { key: 'id' },
  );
  return inKeyOrder(ids, rows, (row) => row.id);
}

export const householdList: ListDeclaration<HouseholdRow> = {
  name: 'people.households',
  from: 'people.household t',
  columns: COLUMNS,
  type: 'Household',
  place: PLACE,
  sorts: {
    ID: { columns: [{ expression: 't.id', property: 'id', cast: 'uuid' }], direction: 'ASC', filters: [] },
  },
  filters: {},
};
