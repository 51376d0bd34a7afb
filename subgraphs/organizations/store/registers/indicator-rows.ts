import type { TargetValue } from '../../../kit/figures/targets.ts';
import type { OperationTrace } from '../../../kit/operation-trace.ts';
import { columnList, type EntityTable } from '../../../kit/store/entity-table.ts';
import { groupByKey } from '../../../kit/subgraph-context.ts';
import type { OrganizationsStore } from '../organizations-store.ts';
import type { ShortList } from '../short-list.ts';

export interface IndicatorRow {
  readonly id: string;
  readonly code: string;
  readonly setCode: string;
  readonly ordinal: number;
  readonly name: string;
  readonly unit: string;
  readonly formula: string | null;
  /** What it counts: rows of this subgraph, where `organizationsMeasures` has it, or of another one. */
  readonly measure: string | null;
  readonly denominator: string | null;
  readonly reported: number | null;
  readonly reportedNote: string | null;
  readonly flagged: boolean;
  readonly flagNote: string | null;
  /** `PROVINCE`: a figure over rows that the city has not got, so that it is only reported. */
  readonly scope: 'CITY' | 'PROVINCE';
  readonly cityCode: string;
  readonly provenanceId: string;
}

export const indicatorTable: EntityTable<IndicatorRow> = {
  table: 'indicator',
  columns: [
    'id',
    'code',
    'setCode',
    'ordinal',
    'name',
    'unit',
    'formula',
    'measure',
    'denominator',
    'reported',
    'reportedNote',
    'flagged',
    'flagNote',
    'scope',
    'cityCode',
    'provenanceId',
  ],
  floats: ['reported'],
};

/** A city's board holds some dozens of indicators. */
export const indicatorsOfCity: ShortList<IndicatorRow> = {
  name: 'indicators',
  table: indicatorTable,
  owner: { column: 'city_code', property: 'cityCode', cast: 'text' },
  order: 't.set_code, t.ordinal',
  limit: 200,
};

export interface IndicatorTargetRow extends TargetValue {
  readonly id: string;
  readonly indicatorId: string;
  readonly year: number | null;
}

export const targetsOfIndicator: ShortList<IndicatorTargetRow> = {
  name: 'indicator_targets',
  table: {
    table: 'indicator_target',
    columns: ['id', 'indicatorId', 'operator', 'value', 'year'],
    floats: ['value'],
  },
  owner: { column: 'indicator_id', property: 'indicatorId', cast: 'uuid' },
  order: 't.year NULLS LAST, t.value, t.id',
  limit: 50,
};

/** What was reported of an indicator for a division on a day. */
export interface IndicatorReportRow {
  readonly id: string;
  readonly indicatorId: string;
  readonly divisionCode: string;
  readonly day: string;
  readonly value: number;
  readonly note: string | null;
  readonly provenanceId: string;
}

export const indicatorReportTable: EntityTable<IndicatorReportRow> = {
  table: 'indicator_report',
  columns: ['id', 'indicatorId', 'divisionCode', 'day', 'value', 'note', 'provenanceId'],
  dates: ['day'],
  floats: ['value'],
};

/** Reports of indicators in divisions up to days: `indicator|division|day`, the newest first, twelve at most. */
export async function findReports(
  store: OrganizationsStore,
  keys: readonly string[],
  trace: OperationTrace,
): Promise<IndicatorReportRow[][]> {
  const asked = keys.map((key) => key.split('|'));
  const rows = await store.database.rows<IndicatorReportRow & { readonly key: string }>(
    'indicator_reports',
    `SELECT k.key, p.* FROM unnest($1::text[], $2::uuid[], $3::text[], $4::date[]) AS k(key, indicator, division, until)
       CROSS JOIN LATERAL (
         SELECT ${columnList(indicatorReportTable)} FROM organizations.indicator_report t
          WHERE t.indicator_id = k.indicator AND t.division_code = k.division AND t.day <= k.until
          ORDER BY t.day DESC LIMIT 12) p
      ORDER BY k.key, p.day DESC`,
    [keys, asked.map(([indicator]) => indicator), asked.map(([, division]) => division), asked.map(([, , day]) => day)],
    trace,
  );
  return groupByKey(keys, rows, (row) => row.key);
}

export interface IndicatorScoreRow {
  readonly id: string;
  readonly indicatorId: string;
  readonly communityCode: string;
  readonly evaluatedOn: string;
  readonly score: number;
}

export const indicatorScoreTable: EntityTable<IndicatorScoreRow> = {
  table: 'indicator_score',
  columns: ['id', 'indicatorId', 'communityCode', 'evaluatedOn', 'score'],
  dates: ['evaluatedOn'],
  floats: ['score'],
};

export const scoresOfCommunity: ShortList<IndicatorScoreRow> = {
  name: 'indicator_scores',
  table: indicatorScoreTable,
  owner: { column: 'community_code', property: 'communityCode', cast: 'text' },
  order: 't.evaluated_on DESC, t.id',
  limit: 200,
};
