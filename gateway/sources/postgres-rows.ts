import pg from 'pg';
import type { MappingSource } from '../../subgraphs/kit/ingest/mapping/source-mapping.ts';
import { GROUP_ROWS, type SourceRequest, type SourceRows } from './source-rows.ts';

const CURSOR_COLUMN = 'yiyun_cursor';
/** A table that is locked, or a server that has gone, is not waited for all night. */
const STATEMENT_MILLISECONDS = 120_000;

/**
 * Rows of a Postgres table or view by a cursor of the server, in one read-only transaction: the source sees one
 * connection and small fetches, the hub holds one group. Values come as text, as the source writes them.
 */
export async function* postgresRows({
  source,
  connection,
  fields,
  cursor,
  signal,
  onCursor,
}: SourceRequest<Extract<MappingSource, { kind: 'POSTGRES' }>>): SourceRows {
  const client = new pg.Client({
    connectionString: connection.url,
    application_name: 'yiyun',
    connectionTimeoutMillis: 10_000,
    statement_timeout: STATEMENT_MILLISECONDS,
  });
  // A connection that breaks between two statements is told by the next one.
  client.on('error', () => {});
  await client.connect();
  try {
    await client.query('BEGIN TRANSACTION READ ONLY');
    const selected = fields.map((field) => `${pg.escapeIdentifier(field)}::text AS ${pg.escapeIdentifier(field)}`);
    const by = source.cursor === undefined ? undefined : pg.escapeIdentifier(source.cursor);
    if (by !== undefined) selected.push(`${by}::text AS ${CURSOR_COLUMN}`);
    const table = source.table.split('.').map(pg.escapeIdentifier).join('.');
    // Rows with the very last value are read once more: others may have got it since, and equal rows change nothing.
    const where = by === undefined || cursor === null ? '' : `WHERE ${by} >= $1`;
    await client.query(
      `DECLARE yiyun NO SCROLL CURSOR FOR SELECT ${selected.join(', ')} FROM ${table} ${where} ${by === undefined ? '' : `ORDER BY ${by}`}`,
      where === '' ? [] : [cursor],
    );
    for (;;) {
      signal.throwIfAborted();
      const { rows } = await client.query<Record<string, string | null>>(`FETCH ${GROUP_ROWS} FROM yiyun`);
      if (rows.length === 0) return;
      const last = rows.at(-1)?.[CURSOR_COLUMN];
      yield rows.map(({ [CURSOR_COLUMN]: _cursor, ...row }) => row);
      if (last != null) onCursor(last);
    }
  } finally {
    await client.end();
  }
}
