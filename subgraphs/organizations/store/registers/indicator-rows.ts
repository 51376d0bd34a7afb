import type { OperationTrace } from '../../../kit/operation-trace.ts';
import { columnList, type EntityTable } from '../../../kit/store/entity-table.ts';
import { groupByKey, inKeyOrder } from '../../../kit/subgraph-context.ts';
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
  /** What it counts: rows of this subgraph, where `MEASURES` has it, or of another one. */
  readonly measure: string | null;
  readonly denominator: string | null;
  readonly reported: number | null;
  readonly reportedNote: string | null;
  readonly flagged: boolean;
  readonly flagNote: string | null;
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

export interface IndicatorTargetRow {
  readonly id: string;
  readonly indicatorId: string;
  readonly operator: 'AT_LEAST' | 'AT_MOST' | 'EQUAL';
  readonly value: number;
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

const IN_AREA = "t.community_code BETWEEN k.code AND rpad(k.code, 12, '9')";
const ON_RECORD = '(t.valid_from IS NULL OR t.valid_from <= k.day) AND (t.valid_to IS NULL OR t.valid_to > k.day)';
const LIVE = '(t.valid_from <= k.day AND (t.valid_to IS NULL OR t.valid_to > k.day))';
const LIVE_AT =
  "(t.valid_from < (k.day + 1)::timestamp AT TIME ZONE 'Asia/Shanghai' AND (t.valid_to IS NULL OR t.valid_to >= (k.day + 1)::timestamp AT TIME ZONE 'Asia/Shanghai'))";
const IN_SERVICE = '(t.hired_on <= k.day AND (t.left_on IS NULL OR t.left_on > k.day))';

const committees = (kind: string) =>
  `SELECT count(*) FROM organizations.committee t WHERE ${IN_AREA} AND t.kind = '${kind}' AND t.term_start <= k.day AND t.term_end > k.day`;
const workers = (condition = 'true') =>
  `SELECT count(*) FROM organizations.community_worker t WHERE ${IN_AREA} AND ${IN_SERVICE} AND ${condition}`;
const posts = (role: string) =>
  `SELECT count(*) FROM organizations.grid_assignment t WHERE ${IN_AREA} AND t.role = '${role}' AND ${LIVE_AT}`;
const bodies = (kind: string) =>
  `SELECT count(*) FROM organizations.organization t WHERE ${IN_AREA} AND t.kind = '${kind}' AND (t.established_on IS NULL OR t.established_on <= k.day) AND (t.dissolved_on IS NULL OR t.dissolved_on > k.day)`;
/** Communities designated under the programme that the measure names after its prefix. */
const DESIGNATED = 'DESIGNATED:';
const DESIGNATED_COUNT = `SELECT count(*) FROM organizations.designation t JOIN organizations.programme p ON p.id = t.programme_id
  WHERE ${IN_AREA} AND p.code = substr(k.measure, ${DESIGNATED.length + 1}) AND ${LIVE}`;

/** Of a city's papers; a part of the city has none of its own. */
const provisions = (kind: string) =>
  `SELECT count(*) FROM organizations.policy_provision t WHERE t.city_code = k.code AND t.kind = '${kind}'`;

/** 口径 — what is counted from the graph's own rows, in a division (`k.code`) on a day (`k.day`). */
const MEASURES = {
  COMMUNITIES: `SELECT count(*) FROM organizations.community t WHERE t.stat_code BETWEEN k.code AND rpad(k.code, 12, '9') AND ${ON_RECORD}`,
  RESIDENTS_COMMITTEES: committees('RESIDENTS'),
  VILLAGERS_COMMITTEES: committees('VILLAGERS'),
  FARM_COMMITTEES: committees('FARM_RESIDENTS'),
  COMMITTEES: `SELECT count(*) FROM organizations.committee t WHERE ${IN_AREA} AND t.kind <> 'SUPERVISION' AND t.term_start <= k.day AND t.term_end > k.day`,
  COMMUNITY_WORKERS: workers(),
  CERTIFIED_WORKERS: workers('t.certificate IS NOT NULL'),
  LEADING_TALENTS: `SELECT count(*) FROM organizations.worker_record t WHERE ${IN_AREA} AND t.kind = 'TALENT_TITLE' AND t.happened_on <= k.day`,
  GRIDS: `SELECT count(*) FROM organizations.grid t WHERE ${IN_AREA} AND ${ON_RECORD}`,
  GRID_CHIEFS: posts('GRID_CHIEF'),
  GRID_WORKERS: `SELECT count(*) FROM organizations.grid_assignment t WHERE ${IN_AREA} AND t.role IN ('FULL_TIME_GRID_WORKER', 'PART_TIME_GRID_WORKER') AND ${LIVE_AT}`,
  MICRO_GRID_CHIEFS: posts('MICRO_GRID_CHIEF'),
  SERVICE_TEAMS: bodies('SERVICE_TEAM'),
  SOCIAL_ORGANIZATIONS: bodies('SOCIAL_ORGANIZATION'),
  LEGAL_ADVISED_COMMUNITIES: `SELECT count(DISTINCT t.subject_key) FROM organizations.engagement t WHERE t.subject_type = 'COMMUNITY' AND t.role = 'LEGAL_ADVISER' AND t.subject_key BETWEEN k.code AND rpad(k.code, 12, '9') AND ${LIVE}`,
  EXAM_PASSERS: `SELECT count(DISTINCT t.person_id) FROM organizations.certificate t WHERE ${IN_AREA} AND t.passed_year <= extract(year FROM k.day) AND (t.revoked_on IS NULL OR t.revoked_on > k.day)`,
  COMMUNITIES_WITH_GRIDS: `SELECT count(DISTINCT t.community_code) FROM organizations.grid t WHERE ${IN_AREA}`,
  POLICY_WORK_LINES: provisions('WORK_LINE'),
  POLICY_ASPECTS: provisions('ASPECT'),
} as const;

export type MeasureCode = keyof typeof MEASURES;
export type MeasureName = MeasureCode | `DESIGNATED:${string}`;
/** The programme of a measure of designations; undefined for another measure. */
export const programmeOf = (measure: string): string | undefined =>
  measure.startsWith(DESIGNATED) ? measure.slice(DESIGNATED.length) : undefined;
export const measureCodes = Object.keys(MEASURES) as MeasureCode[];
export const isMeasure = (name: string): name is MeasureName =>
  Object.hasOwn(MEASURES, name) || programmeOf(name) !== undefined;

export interface MeasureRow {
  readonly key: string;
  readonly value: number;
}

/** Counts measures, each in a division on a day: `measure|code|day`, all of a step in one statement. */
export async function countMeasures(
  store: OrganizationsStore,
  keys: readonly string[],
  trace: OperationTrace,
): Promise<(MeasureRow | null)[]> {
  const asked = keys.map((key) => key.split('|'));
  const cases = measureCodes.map((code) => `WHEN '${code}' THEN (${MEASURES[code]})`).join(' ');
  const rows = await store.database.rows<MeasureRow>(
    'measures',
    `SELECT k.key, (CASE WHEN k.measure LIKE '${DESIGNATED}%' THEN (${DESIGNATED_COUNT}) ELSE CASE k.measure ${cases} END END)::float8 AS value
       FROM unnest($1::text[], $2::text[], $3::text[], $4::date[]) AS k(key, measure, code, day)`,
    [keys, asked.map(([measure]) => measure), asked.map(([, code]) => code), asked.map(([, , day]) => day)],
    trace,
  );
  return inKeyOrder(keys, rows, (row) => row.key);
}
