import type { OperationTrace } from '../../../kit/operation-trace.ts';
import { divisionFilter } from '../../../kit/store/division-filter.ts';
import type { ListDeclaration } from '../../../kit/store/keyset-list.ts';
import { statementText } from '../../../kit/store/statement-text.ts';
import { inKeyOrder } from '../../../kit/subgraph-context.ts';
import type { ServicesStore } from '../services-store.ts';

export type FacilityKind =
  | 'PARTY_MASS_SERVICE_CENTRE'
  | 'CONVENIENCE_CENTRE'
  | 'CONVENIENCE_STATION'
  | 'GOVERNMENT_SERVICE_CENTRE'
  | 'RESIDENTS_LOUNGE'
  | 'POLICE_ROOM'
  | 'NEIGHBOUR_CENTRE'
  | 'LEGAL_AID'
  | 'PUBLIC_SPACE'
  | 'ELDER_CARE_CENTRE'
  | 'HEALTH_STATION'
  | 'DELIBERATION_ROOM';

export type FacilityTier = 'CITY' | 'COUNTY' | 'TOWNSHIP' | 'COMMUNITY';
export type FacilityStage = 'BUILD' | 'USE' | 'MANAGE' | 'EVALUATE' | 'CLOSED';

export interface FacilityRow {
  readonly id: string;
  readonly kind: FacilityKind;
  readonly name: string;
  readonly tier: FacilityTier;
  readonly areaSquareMetres: number;
  /** By the rule in force; null where no floor is set. */
  readonly areaFloorSquareMetres: number | null;
  readonly oneDoor: boolean;
  readonly stage: FacilityStage;
  readonly openedOn: string | null;
  readonly addressText: string;
  readonly longitude: number | null;
  readonly latitude: number | null;
  readonly positionSynthetic: boolean;
  readonly opensAtMinute: number | null;
  readonly closesAtMinute: number | null;
  readonly bookable: boolean;
  readonly assessmentId: string | null;
  readonly meetsStandard: boolean | null;
  readonly assessedInReview: boolean;
  readonly communityCode: string;
  readonly provenanceId: string;
}

const COLUMNS = `t.id, t.kind, t.name, t.tier, t.area_square_metres::float8 AS "areaSquareMetres",
  t.one_door AS "oneDoor", t.stage, t.opened_on::text AS "openedOn", t.address_text AS "addressText",
  t.longitude, t.latitude, t.position_synthetic AS "positionSynthetic", t.opens_at_minute AS "opensAtMinute",
  t.closes_at_minute AS "closesAtMinute", t.bookable, t.assessment_id AS "assessmentId",
  t.meets_standard AS "meetsStandard", t.assessed_in_review AS "assessedInReview", t.community_code AS "communityCode", t.provenance_id AS "provenanceId"`;

/**
 * Columns of a facility with the floor area that it has to reach on a day. The day is part of the text, so that the
 * floor comes with the row and costs no statement of its own: one text a day.
 *
 * @param today `YYYY-MM-DD`, out of the clock.
 */
export function facilityColumns(today: string): string {
  return `${COLUMNS}, CASE WHEN ${HAS_FLOOR} THEN ${areaFloorSql(`date '${today}'`)}::float8 END AS "areaFloorSquareMetres"`;
}

/** Facilities for which a floor is set (`areaFloorRule` in SQL). */
export const HAS_FLOOR = `t.kind = 'PARTY_MASS_SERVICE_CENTRE' AND t.tier = 'COMMUNITY'`;

/** Stages in which residents use a facility; a literal, since the indexes are asked with it. */
export const IN_SERVICE = `t.stage IN ('USE', 'MANAGE', 'EVALUATE')`;

/** 居 by the statistical code: 001–199 and 400–499 (`isUrbanCommunity` in SQL; a test holds the two together). */
export const URBAN = `substr(t.community_code, 10, 1) IN ('0', '1', '4')`;

/** The least area of a community's centre by the version of the rule in force on a day, in SQL. */
export function areaFloorSql(day: string): string {
  return `(SELECT r.amount FROM services.governance_rule r
     WHERE r.code = CASE WHEN ${URBAN} THEN 'AREA_FLOOR_URBAN' ELSE 'AREA_FLOOR_RURAL' END AND r.effective_from <= ${day}::date
     ORDER BY r.effective_from DESC LIMIT 1)`;
}

/** Facilities are open reference data: every caller sees them all. */
export async function findFacilities(
  store: ServicesStore,
  ids: readonly string[],
  today: string,
  trace: OperationTrace,
): Promise<(FacilityRow | null)[]> {
  const rows = await store.database.rows<FacilityRow>(
    'facility_by_id',
    statementText`SELECT ${facilityColumns(today)} FROM services.facility t WHERE t.id = ANY($1::uuid[])`,
    [ids],
    trace,
    { key: 'id' },
  );
  return inKeyOrder(ids, rows, (row) => row.id);
}

/** @param today on which the floors are looked up. */
export function facilityList(today: string): ListDeclaration<FacilityRow> {
  return {
    name: 'services.facilities',
    from: 'services.facility t',
    columns: facilityColumns(today),
    sorts: {
      ID: {
        columns: [{ expression: 't.id', property: 'id', cast: 'uuid' }],
        direction: 'ASC',
        filters: ['kind', 'divisionCode', 'meetsAreaFloor', 'meetsStandard', 'tier', 'stage', 'oneDoor', 'bookable'],
      },
    },
    filters: {
      kind: (value, values) => `t.kind = $${values.push(value)}`,
      tier: (value, values) => `t.tier = $${values.push(value)}`,
      stage: (value, values) => `t.stage = $${values.push(value)}`,
      oneDoor: (value) => `${value === true ? '' : 'NOT '}t.one_door`,
      bookable: (value) => `${value === true ? '' : 'NOT '}t.bookable`,
      meetsStandard: (value) => `t.meets_standard IS ${value === true ? 'TRUE' : 'FALSE'}`,
      divisionCode: divisionFilter('t', false),
      meetsAreaFloor: (value, values) =>
        `${HAS_FLOOR}
         AND ${value === true ? '' : 'NOT '}(t.area_square_metres >= ${areaFloorSql(`$${values.push(today)}`)})`,
    },
  };
}
