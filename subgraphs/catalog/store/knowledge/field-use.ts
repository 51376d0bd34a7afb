import type { OperationTrace } from '../../../kit/operation-trace.ts';
import { groupByKey, inKeyOrder } from '../../../kit/subgraph-context.ts';
import type { CatalogStore } from '../catalog-store.ts';
import type { DataFieldRow } from '../data-field-rows.ts';

/** What is compared of a field. */
export interface ComparedField
  extends Pick<DataFieldRow, 'coordinate' | 'fieldName' | 'fieldType' | 'descriptionZh' | 'sourceDepartment'> {
  /** Hashes of its frequent values, where it has few. */
  readonly valueHashes: readonly string[];
}

/** What one client has read of a field within a year. */
export interface FieldReaderRow {
  readonly coordinate: string;
  readonly clientId: string;
  readonly clientName: string | null;
  readonly departmentCode: string | null;
  readonly requestCount: number;
  readonly lastReadAt: Date;
}

export interface LastReadRow {
  readonly coordinate: string;
  readonly lastReadAt: Date;
}

/** Who has read each field since a day, the latest first. */
export async function findFieldReaders(
  { database }: Pick<CatalogStore, 'database'>,
  coordinates: readonly string[],
  sinceDay: string,
  trace: OperationTrace,
): Promise<FieldReaderRow[][]> {
  const rows = await database.rows<FieldReaderRow>(
    'field_readers',
    `SELECT u.coordinate, u.client_id AS "clientId", max(c.name) AS "clientName",
            max(c.department_code) AS "departmentCode", sum(u.request_count)::float8 AS "requestCount",
            max(u.last_seen_at) AS "lastReadAt"
       FROM catalog.field_usage u LEFT JOIN catalog.client c ON c.id = u.client_id
      WHERE u.coordinate = ANY($1::text[]) AND u.day >= $2::date
      GROUP BY u.coordinate, u.client_id ORDER BY u.coordinate, max(u.last_seen_at) DESC, u.client_id`,
    [coordinates, sinceDay],
    trace,
  );
  return groupByKey(coordinates, rows, ({ coordinate }) => coordinate);
}

/** When anybody read each field last; null for one that nobody has. */
export async function findLastReads(
  { database }: Pick<CatalogStore, 'database'>,
  coordinates: readonly string[],
  trace: OperationTrace,
): Promise<(LastReadRow | null)[]> {
  const rows = await database.rows<LastReadRow>(
    'field_last_reads',
    `SELECT coordinate, max(last_seen_at) AS "lastReadAt" FROM catalog.field_usage
      WHERE coordinate = ANY($1::text[]) GROUP BY coordinate`,
    [coordinates],
    trace,
  );
  return inKeyOrder(coordinates, rows, ({ coordinate }) => coordinate);
}

export interface PermittedClientRow {
  readonly right: string;
  readonly clientId: string;
  readonly clientName: string;
  readonly departmentCode: string;
}

/** The active clients that hold each right; those of the empty right are all. */
export async function findPermittedClients(
  { database }: Pick<CatalogStore, 'database'>,
  rights: readonly string[],
  trace: OperationTrace,
): Promise<PermittedClientRow[][]> {
  const rows = await database.rows<PermittedClientRow>(
    'permitted_clients',
    `SELECT k.key AS right, c.id AS "clientId", c.name AS "clientName", c.department_code AS "departmentCode"
       FROM unnest($1::text[]) AS k(key) JOIN catalog.client c ON c.active AND (k.key = '' OR k.key = ANY(c.rights))
      ORDER BY k.key, c.id LIMIT 10000`,
    [rights],
    trace,
  );
  return groupByKey(rights, rows, ({ right }) => right);
}

/**
 * Every live field that holds a value, with what is known of its values; some thousand. A field that leads to another
 * type is that type's affair, but for values with code and name.
 */
export function findComparedFields(
  { database }: Pick<CatalogStore, 'database'>,
  trace: OperationTrace,
): Promise<ComparedField[]> {
  return database.rows<ComparedField>(
    'compared_fields',
    `SELECT t.coordinate, t.field_name AS "fieldName", t.field_type AS "fieldType",
            t.description_zh AS "descriptionZh", t.source_department AS "sourceDepartment",
            coalesce(s.value_hashes, '{}') AS "valueHashes"
       FROM catalog.data_field t LEFT JOIN catalog.field_statistic s ON s.coordinate = t.coordinate
      WHERE t.removed_at IS NULL AND t.category <> 'GRAPH' AND t.type_name NOT IN ('Query', 'Mutation', 'Subscription')
        AND (t.field_type LIKE '%CodeValue%' OR translate(t.field_type, '[]!', '') NOT IN
              (SELECT type_name FROM catalog.data_field WHERE removed_at IS NULL))
      ORDER BY t.coordinate`,
    [],
    trace,
  );
}
