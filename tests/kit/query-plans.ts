import type pg from 'pg';

interface Query {
  readonly text: string;
  readonly values: readonly unknown[];
}

interface PlanNode {
  readonly 'Node Type': string;
  readonly 'Index Name'?: string;
  readonly Plans?: readonly PlanNode[];
}

/** Runs work and returns the prepared statements that it sent to the pool. */
export async function recordQueries(pool: pg.Pool, work: () => Promise<unknown>): Promise<Query[]> {
  const recorded: Query[] = [];
  const send = pool.query;
  const recording = (...args: unknown[]) => {
    const [query] = args;
    if (typeof query === 'object' && query !== null && 'values' in query) recorded.push(query as Query);
    return Reflect.apply(send, pool, args);
  };
  pool.query = recording as typeof pool.query;
  try {
    await work();
  } finally {
    pool.query = send;
  }
  return recorded;
}

/** Names of the indexes and of other ways of reading a table that Postgres plans for a statement. */
export async function plannedReads(pool: pg.Pool, { text, values }: Query): Promise<string[]> {
  const { rows } = await pool.query(`EXPLAIN (FORMAT JSON) ${text}`, [...values]);
  const reads: string[] = [];
  const visit = (node: PlanNode): void => {
    if (node['Index Name'] !== undefined) reads.push(node['Index Name']);
    else if (node['Node Type'] === 'Seq Scan' || node['Node Type'] === 'Sort') reads.push(node['Node Type']);
    node.Plans?.forEach(visit);
  };
  visit(rows[0]['QUERY PLAN'][0].Plan);
  return reads;
}
