import type { OperationTrace } from '../../../kit/operation-trace.ts';
import type { SqlConnection } from '../../../kit/store/sql-database.ts';
import { groupByKey } from '../../../kit/subgraph-context.ts';
import type { CatalogStore } from '../catalog-store.ts';
import type { RuleMeasured } from './measure-rules.ts';

/** What came of a rule on one day: its last measuring of that day. */
export interface QualityMeasureRow extends RuleMeasured {
  readonly day: string;
  readonly measuredAt: Date;
}

/** Days that a rule shows; what is older is kept for a year. */
const SHOWN_DAYS = 30;
const KEPT_DAYS = 400;

/** Each rule's measures of the last days on which it was measured, newest first; of all rules one statement. */
export async function findQualityMeasures(
  { database }: Pick<CatalogStore, 'database'>,
  ruleCodes: readonly string[],
  trace: OperationTrace,
): Promise<QualityMeasureRow[][]> {
  const rows = await database.rows<QualityMeasureRow>(
    'quality_measures',
    `SELECT m.rule_code AS "ruleCode", m.day::text AS day, m.sample_size AS "sampleSize",
            m.passed_count AS "passedCount", m.measured_at AS "measuredAt"
       FROM unnest($1::text[]) AS k(code)
      CROSS JOIN LATERAL (SELECT * FROM catalog.quality_measure q WHERE q.rule_code = k.code
                           ORDER BY q.day DESC LIMIT ${SHOWN_DAYS}) m
      ORDER BY m.rule_code, m.day DESC`,
    [ruleCodes],
    trace,
  );
  return groupByKey(ruleCodes, rows, ({ ruleCode }) => ruleCode);
}

/** When rules were measured last; undefined when never. */
export async function lastMeasuredAt(pool: SqlConnection): Promise<Date | undefined> {
  const { rows } = await pool.query<{ at: Date | null }>('SELECT max(measured_at) AS at FROM catalog.quality_measure');
  return rows[0]?.at ?? undefined;
}

/** Codes by dictionary, as published now. */
export async function readDictionaryCodes(
  pool: SqlConnection,
  names: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const { rows } = await pool.query<{ name: string; codes: string[] }>(
    `SELECT name, ARRAY(SELECT e->>'code' FROM jsonb_array_elements(entries::jsonb) e) AS codes
       FROM catalog.dictionary WHERE replaced_at IS NULL AND name = ANY($1::text[])`,
    [names],
  );
  return new Map(rows.map(({ codes, name }) => [name, codes]));
}

/** Keeps what was measured as that day's, in the place of what was measured earlier that day. */
export async function keepMeasures(
  pool: SqlConnection,
  measures: readonly RuleMeasured[],
  day: string,
  now: Date,
): Promise<void> {
  await pool.query(
    `WITH old AS (DELETE FROM catalog.quality_measure WHERE day < $2::date - ${KEPT_DAYS})
     INSERT INTO catalog.quality_measure (rule_code, day, sample_size, passed_count, measured_at)
     SELECT "ruleCode", $2::date, "sampleSize", "passedCount", $3
       FROM jsonb_to_recordset($1::jsonb) AS r("ruleCode" text, "sampleSize" int, "passedCount" int)
      ORDER BY "ruleCode"
     ON CONFLICT (rule_code, day) DO UPDATE
        SET sample_size = excluded.sample_size, passed_count = excluded.passed_count, measured_at = excluded.measured_at`,
    [JSON.stringify(measures), day, now],
  );
}
