import type { RightCode } from '../codes/rights.ts';
import type { OperationTrace } from '../operation-trace.ts';
import type { SqlDatabase } from '../store/sql-database.ts';

/**
 * 口径 — what an indicator may measure of a subgraph's rows. A name in the city's register may carry an argument,
 * `FUNDING:VENTURE_GRANT.2016`: programmes, years and rules are data, and no measure of their own.
 */
export interface Measure {
  /**
   * SQL expression: the number in a division (`k.code`, 4 to 12 digits) on a day (`k.day`), for what stands behind the
   * colon (`k.argument`). Null where there is none.
   */
  readonly sql: string;
  /** Kept figures that sum to the same today; `*` stands for the argument. */
  readonly kept?: readonly string[];
  /** Without this right it is null. */
  readonly right?: RightCode;
  /** Over its denominator it gives a mean, not a share in percent. */
  readonly mean?: boolean;
}

export type Measures = Readonly<Record<string, Measure>>;

const COLON = ':';

export function splitMeasure(name: string): { readonly code: string; readonly argument: string } {
  const [code = '', ...rest] = name.split(COLON);
  return { code, argument: rest.join(COLON) };
}

export function findMeasure(measures: Measures, name: string): Measure | undefined {
  const { code } = splitMeasure(name);
  return Object.hasOwn(measures, code) ? measures[code] : undefined;
}

/** Names of the kept figures of a measure; undefined where it is counted each time. */
export function keptFigures(measures: Measures, name: string): readonly string[] | undefined {
  const { argument } = splitMeasure(name);
  return findMeasure(measures, name)?.kept?.map((figure) => figure.replace('*', argument));
}

/** Whether no rows have to be counted for it today: it is kept, or it is another subgraph's. */
export function isKept(measures: Measures, name: string): boolean {
  const measure = findMeasure(measures, name);
  return measure === undefined || measure.kept !== undefined;
}

/** SQL conditions of measures: rows of communities in the division, and rows that may lie in any division. */
export const IN_COMMUNITIES = "t.community_code BETWEEN k.code AND rpad(k.code, 12, '9')";
export const IN_DIVISIONS =
  "(t.city_code = left(k.code, 4) AND coalesce(t.community_code, t.township_code, t.county_code, t.city_code) LIKE k.code || '%')";
/** Rows that hold from a day until before another. */
export const HELD = '(t.valid_from <= k.day AND (t.valid_to IS NULL OR t.valid_to > k.day))';
/** The first instant after the day, in China. */
export const DAY_ENDS = "((k.day + 1)::timestamp AT TIME ZONE 'Asia/Shanghai')";

/**
 * Rows of a table of the subgraph without a day of their own (or whose day nobody knows) stand since they were brought:
 * a figure of the time before knows nothing of them. For what is brought once and hardly changes.
 */
export function recordedIn(subgraph: string, alias = 't'): string {
  return `EXISTS (SELECT FROM ${subgraph}.provenance p WHERE p.id = ${alias}.provenance_id AND p.recorded_at < ${DAY_ENDS})`;
}

export interface AskedMeasure {
  readonly name: string;
  readonly code: string;
  readonly day: string;
  /** Takes the kept figures where there are any; they are as of now. */
  readonly kept: boolean;
}

const SEPARATOR = '|';
const LONGEST_CODE = 12;

export function measureKey({ name, code, day, kept }: AskedMeasure): string {
  return [name, code, day, kept ? 'kept' : ''].join(SEPARATOR);
}

/** Numbers of measures by their keys, all of a step in one statement; null where there is none. */
export async function countMeasures(
  database: SqlDatabase,
  measures: Measures,
  keys: readonly string[],
  trace: OperationTrace,
): Promise<(number | null)[]> {
  const { subgraph } = database;
  const asked = keys.map((key) => {
    const [name = '', code = '', day = '', kept = ''] = key.split(SEPARATOR);
    const figures = kept === '' ? undefined : keptFigures(measures, name);
    return { ...splitMeasure(name), place: code, day, figures: figures?.join(',') ?? null };
  });
  const keptOnes = Object.values(measures).some(({ kept }) => kept !== undefined);
  const fromKept = `WHEN k.figures IS NOT NULL AND EXISTS (SELECT FROM ${subgraph}.place_figure_state s WHERE s.id = 1 AND s.declaration <> '')
         THEN (SELECT coalesce(sum(f.total), 0)::float8 FROM ${subgraph}.place_figure f
                WHERE f.place_code = k.code AND f.figure = ANY(string_to_array(k.figures, ',')))`;
  const cases = Object.entries(measures).map(([code, { sql }]) => `WHEN '${code}' THEN (${sql})::float8`);
  const rows = await database.rows<{ readonly key: string; readonly value: number | null }>(
    'measures',
    `SELECT k.key, (CASE
         ${keptOnes ? fromKept : ''}
         WHEN length(k.code) > ${LONGEST_CODE} THEN NULL
         ELSE CASE k.measure ${cases.join(' ')} END END) AS value
       FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::date[], $6::text[])
            AS k(key, measure, argument, code, day, figures)`,
    [
      keys,
      asked.map(({ code }) => code),
      asked.map(({ argument }) => argument),
      asked.map(({ place }) => place),
      asked.map(({ day }) => day),
      asked.map(({ figures }) => figures),
    ],
    trace,
  );
  const found = new Map(rows.map(({ key, value }) => [key, value]));
  return keys.map((key) => found.get(key) ?? null);
}
