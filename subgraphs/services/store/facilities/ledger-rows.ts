import type { OperationTrace } from '../../../kit/operation-trace.ts';
import { PLACE_COLUMNS } from '../../../kit/store/place-scope.ts';
import type { ServicesStore } from '../services-store.ts';
import { areaFloorSql, HAS_FLOOR, IN_SERVICE, URBAN } from './facility-rows.ts';

/** Sums over the facilities of a kind in a territory; what is built or closed does not count. */
export interface LedgerRow {
  readonly urban: boolean;
  readonly facilityCount: number;
  readonly totalSquareMetres: number;
  readonly belowFloorCount: number;
  readonly assessedCount: number;
  readonly compliantCount: number;
}

/** Urban and rural figures of a territory, out of the index of the ledger. */
export function readLedger(
  store: ServicesStore,
  divisionCode: string,
  kind: string,
  today: string,
  trace: OperationTrace,
): Promise<LedgerRow[]> {
  const column = PLACE_COLUMNS[divisionCode.length as keyof typeof PLACE_COLUMNS];
  return store.database.rows<LedgerRow>(
    `facility_ledger_${column}`,
    `SELECT ${URBAN} AS urban, count(*)::int AS "facilityCount", sum(t.area_square_metres)::float8 AS "totalSquareMetres",
            (count(*) FILTER (WHERE ${HAS_FLOOR} AND t.area_square_metres < ${areaFloorSql('$3')}))::int AS "belowFloorCount",
            count(t.meets_standard)::int AS "assessedCount",
            (count(*) FILTER (WHERE t.meets_standard))::int AS "compliantCount"
       FROM services.facility t
      WHERE t.${column} = $1 AND t.kind = $2 AND ${IN_SERVICE}
      GROUP BY 1 ORDER BY 1 DESC`,
    [divisionCode, kind, today],
    trace,
  );
}

/** What a city has reported, as it stands in its papers. */
export interface FacilityReportRow {
  readonly subject: string;
  readonly count: number;
  readonly total: number | null;
  readonly mean: number | null;
  readonly note: string;
}

export function findReports(
  store: ServicesStore,
  cityCode: string,
  trace: OperationTrace,
): Promise<FacilityReportRow[]> {
  return store.database.rows<FacilityReportRow>(
    'facility_reports_of_city',
    `SELECT t.subject, t.count, t.total::float8 AS total, t.mean::float8 AS mean, t.note
       FROM services.facility_report t WHERE t.city_code = $1 ORDER BY t.subject`,
    [cityCode],
    trace,
  );
}

export interface UpgradeSumRow {
  readonly urban: boolean;
  readonly communityCount: number;
  readonly grantYuan: number;
}

/** Grants of the upgrade programme in a city, urban and rural, out of their index. */
export function sumUpgrades(
  store: ServicesStore,
  cityCode: string,
  years: { readonly from: number; readonly to: number },
  trace: OperationTrace,
): Promise<UpgradeSumRow[]> {
  return store.database.rows<UpgradeSumRow>(
    'facility_upgrade_sums',
    `SELECT ${URBAN} AS urban, count(DISTINCT t.community_code)::int AS "communityCount",
            sum(t.grant_yuan)::float8 AS "grantYuan"
       FROM services.facility_upgrade t WHERE t.city_code = $1 AND t.year BETWEEN $2 AND $3 GROUP BY 1 ORDER BY 1 DESC`,
    [cityCode, years.from, years.to],
    trace,
  );
}
