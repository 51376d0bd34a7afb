import type pg from 'pg';
import { PipelinedPool } from '../../subgraphs/kit/store/pipelined-pool.ts';

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
  const reading = pool instanceof PipelinedPool ? pool : undefined;
  const read = reading?.read;
  if (reading !== undefined && read !== undefined) {
    reading.read = (operation, name, text, values) => {
      recorded.push({ text, values });
      return read.call(reading, operation, name, text, values);
    };
  }
  try {
    await work();
  } finally {
    pool.query = send;
    if (reading !== undefined && read !== undefined) reading.read = read;
  }
  return recorded;
}

/**
 * Names of the indexes and of other ways of reading a table in the plan that serves all values of a statement, which is
 * the one that the hub's reads run.
 */
export async function plannedReads(pool: pg.Pool, { text }: Pick<Query, 'text'>): Promise<string[]> {
  const { rows } = await pool.query(`EXPLAIN (GENERIC_PLAN, FORMAT JSON) ${text}`);
  const reads: string[] = [];
  const visit = (node: PlanNode): void => {
    if (node['Index Name'] !== undefined) reads.push(node['Index Name']);
    else if (node['Node Type'] === 'Seq Scan' || node['Node Type'] === 'Sort') reads.push(node['Node Type']);
    node.Plans?.forEach(visit);
  };
  visit(rows[0]['QUERY PLAN'][0].Plan);
  return reads;
}
