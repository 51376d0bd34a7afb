import type { MappingSource } from '../../subgraphs/kit/ingest/mapping/source-mapping.ts';
import { GROUP_ROWS, type SourceRequest, type SourceRows } from './source-rows.ts';

/** What this file uses of `mysql2`, which is only loaded where a city has such a source. */
interface Driver {
  createConnection(options: object): DriverConnection;
}
interface DriverConnection {
  on(event: 'error', listener: (error: unknown) => void): void;
  connect(done: (error: unknown) => void): void;
  query(options: { sql: string; values: unknown[] }): { stream(options: object): AsyncIterable<unknown> };
  destroy(): void;
}
const DRIVER = 'mysql2';
const CURSOR_COLUMN = 'yiyun_cursor';

const quoted = (name: string) => `\`${name.replaceAll('`', '``')}\``;

/** Rows of a MySQL or MariaDB table or view, streamed row by row with backpressure; values come as text. */
export async function* mysqlRows({
  source,
  connection,
  fields,
  cursor,
  signal,
  onCursor,
}: SourceRequest<Extract<MappingSource, { kind: 'MYSQL' }>>): SourceRows {
  const { default: driver } = (await import(DRIVER)) as { default: Driver }; // its documented entry
  const client = driver.createConnection({
    uri: connection.url,
    connectTimeout: 10_000,
    dateStrings: true,
    supportBigNumbers: true,
    bigNumberStrings: true,
    rowsAsArray: false,
  });
  client.on('error', () => {});
  const stop = () => client.destroy();
  signal.addEventListener('abort', stop, { once: true });
  try {
    // A query that waits for a connection is never told that there is none.
    await new Promise<void>((resolve, reject) => {
      client.connect((error) => (error == null ? resolve() : reject(error)));
    });
    const selected = fields.map((field) => `CAST(${quoted(field)} AS CHAR) AS ${quoted(field)}`);
    const by = source.cursor === undefined ? undefined : quoted(source.cursor);
    if (by !== undefined) selected.push(`CAST(${by} AS CHAR) AS ${quoted(CURSOR_COLUMN)}`);
    const where = by === undefined || cursor === null ? '' : `WHERE ${by} >= ?`;
    const sql = `SELECT ${selected.join(', ')} FROM ${source.table.split('.').map(quoted).join('.')} ${where} ${by === undefined ? '' : `ORDER BY ${by}`}`;
    const rows = client.query({ sql, values: where === '' ? [] : [cursor] }).stream({ highWaterMark: GROUP_ROWS });
    let group: Record<string, unknown>[] = [];
    let last: unknown;
    for await (const row of rows) {
      const { [CURSOR_COLUMN]: at, ...values } = row as Record<string, unknown>; // rows are objects by name
      last = at ?? last;
      group.push(values);
      if (group.length < GROUP_ROWS) continue;
      yield group;
      group = [];
      if (typeof last === 'string') onCursor(last);
    }
    if (group.length > 0) yield group;
    if (typeof last === 'string') onCursor(last);
  } finally {
    signal.removeEventListener('abort', stop);
    client.destroy();
  }
}
