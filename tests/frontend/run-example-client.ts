import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { projectRoot } from '../../subgraphs/kit/project-root.ts';

const run = promisify(execFile);

/** Does what the README says: generates the client, checks the application's types, runs it. Returns what it prints. */
export async function runExampleClient(url: string, token: string): Promise<string[]> {
  const folder = join('docs', 'example-client');
  const node = (...args: string[]) => run(process.execPath, args, { cwd: projectRoot });
  const out = join(folder, 'client');
  await node('--import', 'tsx', 'gateway/print-client.ts', '--documents', join(folder, 'operations'), '--out', out);
  const [, { stdout }] = await Promise.all([
    run('npx', ['tsc', '-p', join(folder, 'tsconfig.json')], { cwd: projectRoot }),
    node('--import', 'tsx', join(folder, 'main.ts'), '--url', url, '--token', token),
  ]);
  return stdout.trim().split('\n');
}
