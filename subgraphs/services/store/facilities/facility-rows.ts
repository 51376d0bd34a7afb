import type { OperationTrace } from '../../../kit/operation-trace.ts';
import { divisionFilter } from '../../../kit/store/division-filter.ts';
import type { ListDeclaration } from '../../../kit/store/keyset-list.ts';
import { inKeyOrder } from '../../../kit/subgraph-context.ts';
import type { ServicesStore } from '../services-store.ts';

export type FacilityKind =
  | 'PARTY_MASS_SERVICE_CENTRE'
  | 'CONVENIENCE_CENTRE'
  | 'CONVENIENCE_STATION'
  | 'RESIDENTS_LOUNGE'
  | 'POLICE_ROOM'
  | 'NEIGHBOUR_CENTRE'
  | 'LEGAL_AID'
  | 'PUBLIC_SPACE'
  | 'ELDER_CARE_CENTRE'
  | 'HEALTH_STATION';

export interface FacilityRow {
  readonly id: string;
  readonly kind: FacilityKind;
  readonly name: string;
  readonly tier: 'TOWNSHIP' | 'COMMUNITY';
  readonly areaSquareMetres: number;
  readonly oneDoor: boolean;
  readonly stage: 'BUILD' | 'USE' | 'MANAGE' | 'EVALUATE';
  readonly openedOn: string | null;
  readonly addressText: string;
  readonly communityCode: string;
  readonly provenanceId: string;
}

export const FACILITY_COLUMNS = `t.id, t.kind, t.name, t.tier, t.area_square_metres::float8 AS "areaSquareMetres",
  t.one_door AS "oneDoor", t.stage, t.opened_on::text AS "openedOn", t.address_text AS "addressText",
  t.community_code AS "communityCode", t.provenance_id AS "provenanceId"`;

/** Facilities are open reference data: every caller sees them all. */
export async function findFacilities(
  store: ServicesStore,
  ids: readonly string[],
  trace: OperationTrace,
): Promise<(FacilityRow | null)[]> {
  const rows = await store.database.rows<FacilityRow>(
    'facility_by_id',
    `SELECT ${FACILITY_COLUMNS} FROM services.facility t WHERE t.id = ANY($1::uuid[])`,
    [ids],
    trace,
  );
  return inKeyOrder(ids, rows, (row) => row.id);
}

/** Floor areas that a community's centre must reach. */
export interface AreaFloor {
  readonly urbanSquareMetres: number;
  readonly ruralSquareMetres: number;
}

export function facilityList(floor: AreaFloor): ListDeclaration<FacilityRow> {
  return {
    name: 'services.facilities',
    from: 'services.facility t',
    columns: FACILITY_COLUMNS,
    sorts: {
      ID: {
        columns: [{ expression: 't.id', property: 'id', cast: 'uuid' }],
        direction: 'ASC',
        filters: ['kind', 'divisionCode', 'meetsAreaFloor'],
      },
    },
    filters: {
      kind: (value, values) => `t.kind = $${values.push(value)}`,
      divisionCode: divisionFilter('t', false),
      // The rule `meetsAreaFloor` in SQL: 居 are 001–199 and 400–499. A test holds the two together.
      meetsAreaFloor: (value, values) =>
        `t.kind = 'PARTY_MASS_SERVICE_CENTRE' AND t.tier = 'COMMUNITY'
         AND ${value === true ? '' : 'NOT '}(t.area_square_metres >= CASE
           WHEN substr(t.community_code, 10, 1) IN ('0', '1', '4') THEN $${values.push(floor.urbanSquareMetres)}::int
           ELSE $${values.push(floor.ruralSquareMetres)}::int END)`,
    },
  };
}
