import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { projectRoot } from '../../subgraphs/kit/project-root.ts';
import { cityDatabase, TEST_SECRET } from '../kit/city-database.ts';

test('the monolith and the floor that the hub is measured against answer as it does', async () => {
  await using database = await cityDatabase();
  const { stdout } = await promisify(execFile)(process.execPath, [join(projectRoot, 'bench', 'check-answers.mjs')], {
    env: { ...process.env, BENCH_DATABASE_URL: database.url, BENCH_SECRET: TEST_SECRET.toString('hex') },
  });
  const compared = JSON.parse(stdout) as Record<string, { readonly stacks: string[]; readonly answers: number }>;
  expect(Object.entries(compared).map(([name, { stacks }]) => [name, stacks])).toEqual([
    ['person-dossier', ['executor', 'monolith', 'floor']],
    ['community-page', ['executor', 'monolith', 'floor']],
    ['incident-queue', ['executor', 'monolith']],
    ['name-search', ['executor', 'monolith']],
  ]);
  expect(compared['person-dossier']?.answers).toBe(40);
  expect(compared['community-page']?.answers).toBeGreaterThan(0);
}, 240_000);
