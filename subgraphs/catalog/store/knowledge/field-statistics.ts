import { createHash } from 'node:crypto';
import type { OperationTrace } from '../../../kit/operation-trace.ts';
import type { QualityRule } from '../../../kit/quality/quality-rule.ts';
import type { SqlConnection } from '../../../kit/store/sql-database.ts';
import { statementText } from '../../../kit/store/statement-text.ts';
import { inKeyOrder } from '../../../kit/subgraph-context.ts';
import type { CatalogStore } from '../catalog-store.ts';

/** What is known of a field's values. */
export interface FieldStatisticRow {
  readonly coordinate: string;
  readonly tableName: string;
  readonly columnName: string;
  readonly rowCount: number;
  readonly nullFraction: number;
  readonly distinctCount: number;
  readonly valueHashes: readonly string[];
  readonly sampledAt: Date;
}

const COLUMNS = `coordinate, table_name AS "tableName", column_name AS "columnName", row_count::float8 AS "rowCount",
  null_fraction AS "nullFraction", distinct_count AS "distinctCount", value_hashes AS "valueHashes",
  sampled_at AS "sampledAt"`;

export async function findFieldStatistics(
  { database }: Pick<CatalogStore, 'database'>,
  coordinates: readonly string[],
  trace: OperationTrace,
): Promise<(FieldStatisticRow | null)[]> {
  const rows = await database.rows<FieldStatisticRow>(
    'field_statistics',
    statementText`SELECT ${COLUMNS} FROM catalog.field_statistic WHERE coordinate = ANY($1::text[])`,
    [coordinates],
    trace,
  );
  return inKeyOrder(coordinates, rows, ({ coordinate }) => coordinate);
}

/** When fields were sampled last; undefined when never. */
export async function lastSampledAt(pool: SqlConnection): Promise<Date | undefined> {
  const { rows } = await pool.query<{ at: Date | null }>('SELECT max(sampled_at) AS at FROM catalog.field_statistic');
  return rows[0]?.at ?? undefined;
}

interface SampledColumn {
  readonly coordinate: string;
  readonly tableName: string;
  readonly columnName: string;
  readonly rowCount: number;
  readonly nullFraction: number;
  readonly distinctCount: number;
  /** Its frequent values, of open fields of few values only. */
  readonly values: string | null;
}

type KnownColumn = Omit<SampledColumn, 'coordinate'>;

interface KnownField {
  readonly coordinate: string;
  readonly typeName: string;
  readonly fieldName: string;
  readonly subgraphs: readonly string[];
  /** Whether its values may be looked at. */
  readonly isOpen: boolean;
}

/** A code list or the like; what has more values is not one. */
const FEW_VALUES = 64;

/**
 * What the database knows by itself (`ANALYZE`) of the columns that fields are stored in: of a field `Type.someField`,
 * the column `some_field` of a table `type` in the schema of a subgraph that serves it, or the one that a quality rule
 * names. Fields that are stored in another way are not sampled. Frequent values are read only of fields up to grade 2
 * that are about no person, and kept as hashes.
 */
export async function sampleColumns(
  pool: SqlConnection,
  rules: readonly QualityRule[] = [],
): Promise<(Omit<SampledColumn, 'values'> & { valueHashes: string[] })[]> {
  const [fields, columns] = await Promise.all([
    pool.query<KnownField>(
      `SELECT coordinate, type_name AS "typeName", field_name AS "fieldName", subgraphs,
              grade <= 2 AND category IN ('PUBLIC', 'GOVERNMENT') AS "isOpen"
         FROM catalog.data_field WHERE removed_at IS NULL ORDER BY coordinate`,
    ),
    pool.query<KnownColumn>(
      `SELECT s.schemaname || '.' || s.tablename AS "tableName", s.attname AS "columnName",
              greatest(c.reltuples, 0)::float8 AS "rowCount", s.null_frac AS "nullFraction",
              CASE WHEN s.n_distinct < 0 THEN round(-s.n_distinct * greatest(c.reltuples, 0)) ELSE s.n_distinct END::float8
                AS "distinctCount",
              CASE WHEN s.n_distinct BETWEEN 1 AND $1 THEN s.most_common_vals::text END AS values
         FROM pg_stats s
         JOIN pg_namespace n ON n.nspname = s.schemaname
         JOIN pg_class c ON c.relnamespace = n.oid AND c.relname = s.tablename
        WHERE NOT s.inherited AND s.schemaname = ANY($2::text[])`,
      [FEW_VALUES, await servedSchemas(pool)],
    ),
  ]);
  const placeOf = new Map(rules.map(({ column, coordinates: [first], table }) => [first, `${table}.${column}`]));
  const byPlace = new Map(columns.rows.map((column) => [`${column.tableName}.${column.columnName}`, column]));
  return fields.rows.flatMap(({ coordinate, fieldName, isOpen, subgraphs, typeName }) => {
    const places = subgraphs.map((subgraph) => `${subgraph}.${snake(typeName)}.${snake(fieldName)}`);
    places.push(placeOf.get(coordinate) ?? '');
    const column = places.map((place) => byPlace.get(place)).find((found) => found !== undefined);
    if (column === undefined) return [];
    const { values, ...known } = column;
    return [{ coordinate, ...known, valueHashes: isOpen ? readValues(values).map(hashOf) : [] }];
  });
}

async function servedSchemas(pool: SqlConnection): Promise<string[]> {
  const { rows } = await pool.query<{ name: string }>(
    'SELECT DISTINCT unnest(subgraphs) AS name FROM catalog.data_field WHERE removed_at IS NULL',
  );
  return rows.map(({ name }) => name);
}

function snake(name: string): string {
  return name.replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2').toLowerCase();
}

/** Puts what was sampled in the place of what was known. */
export async function replaceFieldStatistics(
  pool: SqlConnection,
  statistics: Awaited<ReturnType<typeof sampleColumns>>,
  now: Date,
): Promise<void> {
  await pool.query(
    `WITH sampled AS (
       SELECT r.*, ARRAY(SELECT jsonb_array_elements_text("valueHashes")) AS hashes
         FROM jsonb_to_recordset($1::jsonb)
           AS r(coordinate text, "tableName" text, "columnName" text, "rowCount" float8, "nullFraction" float8,
                "distinctCount" float8, "valueHashes" jsonb)
     ), gone AS (
       DELETE FROM catalog.field_statistic WHERE coordinate NOT IN (SELECT coordinate FROM sampled)
     )
     INSERT INTO catalog.field_statistic
            (coordinate, table_name, column_name, row_count, null_fraction, distinct_count, value_hashes, sampled_at)
     SELECT coordinate, "tableName", "columnName", "rowCount"::bigint, "nullFraction", "distinctCount", hashes, $2
       FROM sampled ORDER BY coordinate
     ON CONFLICT (coordinate) DO UPDATE
        SET table_name = excluded.table_name, column_name = excluded.column_name, row_count = excluded.row_count,
            null_fraction = excluded.null_fraction, distinct_count = excluded.distinct_count,
            value_hashes = excluded.value_hashes, sampled_at = excluded.sampled_at`,
    [JSON.stringify(statistics), now],
  );
}

/** Elements of a Postgres array in its text form. */
function readValues(text: string | null): string[] {
  if (text === null) return [];
  return [...text.slice(1, -1).matchAll(/"((?:[^"\\]|\\.)*)"|([^,]+)/g)].map(([, quoted, plain]) =>
    quoted === undefined ? (plain ?? '') : quoted.replace(/\\(.)/g, '$1'),
  );
}

function hashOf(value: string): string {
  return createHash('sha256').update(value).digest('base64url').slice(0, 16);
}
