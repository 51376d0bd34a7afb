import type { DictionaryEntry, PublishedDictionary } from '../../../kit/catalog-port.ts';
import type { OperationTrace } from '../../../kit/operation-trace.ts';
import type { ListDeclaration } from '../../../kit/store/keyset-list.ts';
import type { SqlConnection } from '../../../kit/store/sql-database.ts';
import { statementText } from '../../../kit/store/statement-text.ts';
import { groupByKey } from '../../../kit/subgraph-context.ts';
import type { CatalogStore } from '../catalog-store.ts';

export interface DictionaryRow {
  readonly name: string;
  readonly version: string;
  readonly kind: PublishedDictionary['kind'];
  readonly nameZh: string;
  readonly nameEn: string | null;
  readonly standard: string | null;
  readonly edition: string | null;
  readonly source: string | null;
  readonly entries: readonly DictionaryEntry[];
  readonly publishedAt: Date;
  readonly replacedAt: Date | null;
}

const COLUMNS = `t.name, t.version, t.kind, t.name_zh AS "nameZh", t.name_en AS "nameEn", t.standard, t.edition,
  t.source, t.entries, t.published_at AS "publishedAt", t.replaced_at AS "replacedAt"`;

/** The current versions. */
export const dictionaryList: ListDeclaration<DictionaryRow> = {
  name: 'catalog.dictionaries',
  from: 'catalog.dictionary t',
  columns: COLUMNS,
  always: 't.replaced_at IS NULL',
  sorts: {
    NAME: {
      columns: [{ expression: 't.name', property: 'name', cast: 'text' }],
      direction: 'ASC',
      filters: ['kind', 'search'],
    },
  },
  filters: {
    kind: (value, values) => `t.kind = $${values.push(value)}`,
    search: (value, values) =>
      `strpos(lower(t.name || ' ' || t.name_zh || ' ' || coalesce(t.name_en, '')), lower($${values.push(value)})) > 0`,
  },
};

/** The current version, or the one that is named. */
export async function findDictionary(
  store: CatalogStore,
  name: string,
  version: string | undefined,
  trace: OperationTrace,
): Promise<DictionaryRow | null> {
  const [row] = await store.database.rows<DictionaryRow>(
    'dictionary_by_name',
    `SELECT ${COLUMNS} FROM catalog.dictionary t
      WHERE t.name = $1 AND ($2::text IS NULL AND t.replaced_at IS NULL OR t.version = $2)`,
    [name, version ?? null],
    trace,
  );
  return row ?? null;
}

/** All versions of dictionaries, the newest first. */
export async function findDictionaryVersions(
  store: CatalogStore,
  names: readonly string[],
  trace: OperationTrace,
): Promise<DictionaryRow[][]> {
  const rows = await store.database.rows<DictionaryRow>(
    'dictionary_versions',
    statementText`SELECT ${COLUMNS} FROM catalog.dictionary t WHERE t.name = ANY($1::text[])
      ORDER BY t.name, t.replaced_at DESC NULLS FIRST, t.published_at DESC`,
    [names],
    trace,
    { key: 'name' },
  );
  return groupByKey(names, rows, (row) => row.name);
}

/** Names and versions of what is current, `name version`. */
export async function readCurrentVersions(pool: SqlConnection): Promise<ReadonlySet<string>> {
  const { rows } = await pool.query<{ label: string }>(
    "SELECT name || ' ' || version AS label FROM catalog.dictionary WHERE replaced_at IS NULL",
  );
  return new Set(rows.map(({ label }) => label));
}

/**
 * Makes these the current versions of their names; what was current before is kept. A version that was replaced and
 * comes back is current again. With `whole`, a dictionary that is not among them has none any more.
 */
export async function replaceDictionaries(
  pool: SqlConnection,
  dictionaries: readonly PublishedDictionary[],
  now: Date,
  whole: boolean,
): Promise<void> {
  const rows = JSON.stringify(dictionaries);
  await pool.query(
    `WITH given AS (
       SELECT * FROM jsonb_to_recordset($1::jsonb)
           AS r(name text, version text, kind text, "nameZh" text, "nameEn" text, standard text, edition text,
                source text, entries jsonb)
     ), replaced AS (
       UPDATE catalog.dictionary t SET replaced_at = $2::timestamptz
        WHERE t.replaced_at IS NULL
          AND ($3::boolean OR t.name IN (SELECT name FROM given))
          AND NOT EXISTS (SELECT 1 FROM given g WHERE g.name = t.name AND g.version = t.version)
     )
     INSERT INTO catalog.dictionary
            (name, version, kind, name_zh, name_en, standard, edition, source, entries, published_at)
     SELECT name, version, kind, "nameZh", "nameEn", standard, edition, source, entries, $2::timestamptz FROM given
         ON CONFLICT (name, version) DO UPDATE SET replaced_at = NULL`,
    [rows, now, whole],
  );
}
