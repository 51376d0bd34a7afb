import type { PoolClient, QueryResult } from 'pg';
import { firstStepsSql } from '../loading/first-steps.ts';
import { burdenExamplesSql } from './burden-examples.ts';
import { deliberationExamplesSql } from './deliberation-examples.ts';
import { facilityExamplesSql } from './facility-examples.ts';
import { incidentExamplesSql } from './incident-examples.ts';
import { projectExamplesSql } from './project-examples.ts';
import { startRunningTerms } from './running-terms.ts';
import { windowExamplesSql } from './window-examples.ts';

/**
 * Examples of every flow, live, closed, overdue and contested, made out of the city's own rows in a few statements:
 * hundreds of rows, the same at every load. Returns how many by table.
 */
export async function deriveFlowExamples(client: PoolClient): Promise<Record<string, number>> {
  const statements = [
    ...incidentExamplesSql(),
    ...deliberationExamplesSql(),
    ...windowExamplesSql(),
    ...facilityExamplesSql(),
    ...projectExamplesSql(),
    ...burdenExamplesSql(),
    ...firstStepsSql(),
  ];
  // One message: each round trip costs, and several statements in one answer with a list of results.
  const answers = (await client.query(statements.join(';\n'))) as unknown as QueryResult[];
  const rows: Record<string, number> = {};
  for (const [index, statement] of statements.entries()) {
    const table = /INSERT INTO (\S+)/.exec(statement)?.[1];
    if (table !== undefined) rows[table] = (rows[table] ?? 0) + (answers[index]?.rowCount ?? 0);
  }
  rows['services.running_term'] = (rows['services.running_term'] ?? 0) + (await startRunningTerms(client));
  return rows;
}
