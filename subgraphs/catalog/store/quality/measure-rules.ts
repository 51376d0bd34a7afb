import type { QualityExpectation, QualityRule } from '../../../kit/quality/quality-rule.ts';
import type { SqlConnection } from '../../../kit/store/sql-database.ts';

/** What came of a rule: of how many rows that it speaks of, how many keep it. */
export interface RuleMeasured {
  readonly ruleCode: string;
  readonly sampleSize: number;
  readonly passedCount: number;
}

/** A share of 20,000 rows is right to within 0.7 % nineteen times of twenty, and costs some milliseconds. */
const SAMPLE_ROWS = 20_000;

/** Measures the rules of one table by one statement over a sample of its rows; nothing where it is in no schema here. */
export async function measureRules(
  pool: SqlConnection,
  table: string,
  rules: readonly QualityRule[],
  codesOf: ReadonlyMap<string, readonly string[]>,
  today: string,
): Promise<RuleMeasured[]> {
  const share = await sampledShare(pool, table);
  if (share === undefined) return [];
  const values: unknown[] = [];
  const counts = rules.map((rule, index) => {
    const { applies, holds } = conditions(rule, codesOf, today, (value) => `$${values.push(value)}`);
    return `count(*) FILTER (WHERE ${applies})::int AS "sampled${index}",
            count(*) FILTER (WHERE ${applies} AND ${holds})::int AS "passed${index}"`;
  });
  const { rows } = await pool.query<Record<string, number>>(
    `SELECT ${counts.join(',\n            ')} FROM ${table} t TABLESAMPLE SYSTEM (${share})`,
    values,
  );
  return rules.map(({ code }, index) => ({
    ruleCode: code,
    sampleSize: rows[0]?.[`sampled${index}`] ?? 0,
    passedCount: rows[0]?.[`passed${index}`] ?? 0,
  }));
}

/** In percent; all of a small table. */
async function sampledShare(pool: SqlConnection, table: string): Promise<number | undefined> {
  const { rows } = await pool.query<{ rows: number | null }>(
    `SELECT sum(greatest(c.reltuples, 0))::float8 AS rows FROM pg_class c
      WHERE c.oid = to_regclass($1) OR c.oid IN (SELECT relid FROM pg_partition_tree(to_regclass($1)) WHERE isleaf)`,
    [table],
  );
  const count = rows[0]?.rows;
  return count == null
    ? undefined
    : Math.min(100, Math.round((100 * SAMPLE_ROWS * 1_000) / Math.max(count, 1)) / 1_000);
}

/** Of which rows a rule speaks, and which of them keep it. Columns are the declaration's, values are bound. */
function conditions(
  { column, expectation }: QualityRule,
  codesOf: ReadonlyMap<string, readonly string[]>,
  today: string,
  bind: (value: unknown) => string,
): { readonly applies: string; readonly holds: string } {
  const value = `t."${column}"`;
  const given = `${value} IS NOT NULL`;
  switch (expectation.kind) {
    case 'PRESENT':
      return { applies: 'true', holds: `${given} AND ${value}::text <> ''` };
    case 'MATCHES':
      return { applies: given, holds: `${value}::text ~ ${bind(`^(?:${expectation.pattern})$`)}` };
    case 'IN_DICTIONARY':
      return { applies: given, holds: `${value} = ANY(${bind(codes(expectation, codesOf))}::text[])` };
    case 'NOT_FUTURE':
      return { applies: given, holds: `${value}::date <= ${bind(today)}::date` };
    case 'NOT_BEFORE':
      return {
        applies: `${given} AND t."${expectation.column}" IS NOT NULL`,
        holds: `${value} >= t."${expectation.column}"`,
      };
    case 'STARTS_WITH':
      return {
        applies: `${given} AND t."${expectation.column}" IS NOT NULL`,
        holds: `starts_with(${value}, t."${expectation.column}")`,
      };
    case 'TOGETHER':
      return { applies: 'true', holds: `(${value} IS NULL) = (t."${expectation.column}" IS NULL)` };
    case 'WITHIN_DAYS':
      return { applies: given, holds: `${value}::date >= ${bind(today)}::date - ${bind(expectation.days)}::int` };
  }
}

function codes(
  { dictionary }: Extract<QualityExpectation, { kind: 'IN_DICTIONARY' }>,
  codesOf: ReadonlyMap<string, readonly string[]>,
): readonly string[] {
  return codesOf.get(dictionary) ?? [];
}
