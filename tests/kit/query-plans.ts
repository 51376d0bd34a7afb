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
export async function plannedReads(pool: pg.Pool, query: Pick<Query, 'text'>): Promise<string[]> {
  return (await plannedNodes(pool, query)).flatMap((node) => {
    if (node['Index Name'] !== undefined) return node['Index Name'];
    return node['Node Type'] === 'Seq Scan' || node['Node Type'] === 'Sort' ? node['Node Type'] : [];
  });
}

/** What the same plan does, from its end on. */
export async function plannedSteps(pool: pg.Pool, query: Pick<Query, 'text'>): Promise<string[]> {
  return (await plannedNodes(pool, query)).map((node) => node['Node Type']);
}

async function plannedNodes(pool: pg.Pool, { text }: Pick<Query, 'text'>): Promise<PlanNode[]> {
  const { rows } = await pool.query(`EXPLAIN (GENERIC_PLAN, FORMAT JSON) ${text}`);
  const nodes: PlanNode[] = [];
  const visit = (node: PlanNode): void => {
    nodes.push(node);
    node.Plans?.forEach(visit);
  };
  visit(rows[0]['QUERY PLAN'][0].Plan);
  return nodes;
}

/**
 * Rows that a statement reads from tables and indexes, those that a filter then throws away included, when it runs with
 * the plan that serves all values.
 */
export async function rowsRead(pool: pg.Pool, query: Query): Promise<number> {
  return (await measuredReads(pool, query)).rows;
}

/** The same, with the pages that it touches, in memory or not. */
export async function measuredReads(
  pool: pg.Pool,
  { text, values }: Query,
): Promise<{ readonly rows: number; readonly pages: number }> {
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    await client.query('SET LOCAL plan_cache_mode = force_generic_plan');
    await client.query(`PREPARE rows_read AS ${text}`);
    const literals = values.map((value) => literalOf(client, value)).join(', ');
    const { rows } = await client.query(
      `EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) EXECUTE rows_read${literals === '' ? '' : `(${literals})`}`,
    );
    const plan: MeasuredNode = rows[0]['QUERY PLAN'][0].Plan;
    return { rows: rowsOf(plan), pages: plan['Shared Hit Blocks'] + plan['Shared Read Blocks'] };
  } finally {
    await client.query('ROLLBACK');
    await client.query('DEALLOCATE ALL');
    client.release();
  }
}

interface MeasuredNode extends PlanNode {
  readonly 'Relation Name'?: string;
  readonly 'Actual Rows': number;
  readonly 'Actual Loops': number;
  readonly 'Rows Removed by Filter'?: number;
  readonly 'Shared Hit Blocks': number;
  readonly 'Shared Read Blocks': number;
  readonly Plans?: readonly MeasuredNode[];
}

function rowsOf(node: MeasuredNode): number {
  const own =
    node['Relation Name'] === undefined
      ? 0
      : (node['Actual Rows'] + (node['Rows Removed by Filter'] ?? 0)) * node['Actual Loops'];
  return (node.Plans ?? []).reduce((sum, child) => sum + rowsOf(child), own);
}

function literalOf(client: pg.PoolClient, value: unknown): string {
  if (value === null || value === undefined) return 'NULL';
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (Array.isArray(value))
    return client.escapeLiteral(`{${value.map((item) => JSON.stringify(String(item))).join(',')}}`);
  return client.escapeLiteral(value instanceof Date ? value.toISOString() : String(value));
}
