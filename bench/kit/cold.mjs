import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { post } from './load.mjs';
import { residentMebibytes } from './processes.mjs';
import { median, quantile } from './statistics.mjs';

const DISTINCT = 500;

/**
 * Operations that the hub has never seen, one after another: from the request to its whole answer, which includes
 * parsing, validating, planning and compiling. Then what the hub's process weighs with all of them remembered.
 *
 * @param {{ target: import('./load.mjs').Target, root: string, hubPid: number, personId: string }} options
 */
export async function measureCold({ target, root, hubPid, personId }) {
  const text = readFileSync(join(root, 'bench/operations/person-dossier.graphql'), 'utf8');
  const run = Math.random().toString(36).slice(2, 8);
  const milliseconds = [];
  for (let index = 0; index < DISTINCT; index++) {
    // An alias that nobody has used makes another document, another plan and another program.
    const query = text.replace('    birthDate\n', `    born${run}x${index}: birthDate\n`);
    const body = JSON.stringify({ query, variables: { id: `Person:${personId}` } });
    const started = performance.now();
    await post(target, body);
    milliseconds.push(performance.now() - started);
  }
  return {
    p50: median(milliseconds),
    p99: quantile(milliseconds, 0.99),
    residentMebibytes: residentMebibytes([hubPid]),
    distinct: DISTINCT,
  };
}
