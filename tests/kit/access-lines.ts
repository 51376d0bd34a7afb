import type pg from 'pg';
import type { LedgerAccess, LedgerLine } from '../../subgraphs/catalog/store/ledger/ledger-line.ts';

export interface WrittenAccess extends LedgerAccess, Omit<LedgerLine, 'subjects'> {
  readonly client: string;
  readonly department: string;
  /** Hashed. */
  readonly subjects: readonly string[];
  readonly operationName: string | null;
  readonly given: readonly string[];
  readonly masked: readonly string[];
  readonly unmasked: readonly string[];
  readonly refused: readonly string[];
}

/** Lines that the access log has of one request, by its id, in the order in which they were chained. */
export async function accessLinesOf(pool: Pick<pg.Pool, 'query'>, request: string): Promise<WrittenAccess[]> {
  const { rows } = await pool.query(
    `SELECT t.client_id AS client, t.department, t.line, s.text::json AS scope,
            ARRAY(SELECT t.subjects[p.place::int + 1]
                    FROM jsonb_array_elements_text(t.line->'subjects') AS p(place))::text[] AS subjects
       FROM catalog.access_line t JOIN catalog.access_scope s ON s.digest = t.line->>'scope'
      WHERE t.line->>'request' = $1 ORDER BY t.writer, t.sequence`,
    [request],
  );
  return rows.map(({ client, department, line, scope, subjects }) => ({
    ...scope,
    ...line,
    client,
    department,
    subjects,
  }));
}
