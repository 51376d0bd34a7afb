import { createHash } from 'node:crypto';
import type pg from 'pg';
import type { OperationTrace } from '../operation-trace.ts';
import { PipelinedPool } from './pipelined-pool.ts';
import type { RowsOfKeys } from './read-statement.ts';

/** Anything that runs statements: the shared pool, or one of its connections. */
export type SqlConnection = Pick<pg.Pool, 'query'>;

/**
 * Runs named prepared statements for one subgraph on the shared pool and tells the operation's trace.
 *
 * Every statement is schema-qualified, because in one process all subgraphs share the pool and a session's
 * `search_path` would be somebody else's.
 */
export class SqlDatabase {
  readonly subgraph: string;
  readonly #connection: SqlConnection;

  constructor(subgraph: string, connection: SqlConnection) {
    this.subgraph = subgraph;
    this.#connection = connection;
  }

  /**
   * Runs one prepared statement. `name` says what it is for; the prepared name also carries a digest of the text,
   * so that two shapes of one list never collide.
   *
   * @param rowsOf for a statement whose first value is an array of keys: what tells the rows of one key from another's. What several operations ask at once is then one statement, and rows come key by key.
   */
  rows<Row>(
    name: string,
    text: string,
    values: readonly unknown[],
    trace: OperationTrace,
    rowsOf?: RowsOfKeys,
  ): Promise<Row[]> {
    trace.recordStatement(this.subgraph, name);
    const prepared = preparedName(name, text);
    return this.#connection instanceof PipelinedPool
      ? (this.#connection.read(trace, prepared, text, values, rowsOf) as Promise<Row[]>)
      : this.#rowsByQuery(prepared, text, values);
  }

  async #rowsByQuery<Row>(name: string, text: string, values: readonly unknown[]): Promise<Row[]> {
    const result = await this.#connection.query({ name, text, values: [...values] });
    return result.rows as Row[];
  }
}

const preparedNames = new Map<string, string>();
const MAX_PREPARED_NAMES = 5_000;

/** Postgres cuts statement names at 63 bytes. */
function preparedName(name: string, text: string): string {
  const known = preparedNames.get(text);
  if (known !== undefined) return known;
  const digest = createHash('sha256').update(text).digest('base64url').slice(0, 16);
  const prepared = `${name.slice(0, 44)}_${digest}`;
  if (preparedNames.size >= MAX_PREPARED_NAMES) preparedNames.clear();
  preparedNames.set(text, prepared);
  return prepared;
}
