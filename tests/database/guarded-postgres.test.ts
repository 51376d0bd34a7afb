import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { openDataFolder } from '../../prisma/database/data-folder.ts';
import { startGuardedPostgres } from '../../prisma/database/guarded-postgres.ts';
import { findPostmaster } from '../../prisma/database/postmaster.ts';
import { findProcessIdentity } from '../../prisma/database/process-identity.ts';
import { StartupProblem } from '../../subgraphs/kit/codes/startup-problem.ts';
import { ask } from './ask.ts';
import { usedDataFolder } from './temporary-folder.ts';
import { testSettings } from './test-settings.ts';

test('a server that is killed comes back on its port with what was committed, and is stopped in the end', async () => {
  await using temporary = await usedDataFolder();
  await using folder = await openDataFolder(temporary.dataPath);
  const problems: StartupProblem[] = [];
  const postgres = await startGuardedPostgres(folder, {
    settings: testSettings,
    onGivenUp: (problem) => problems.push(problem),
  });
  const url = postgres.url('postgres');
  await ask(url, 'create table kept as select 1 as one');
  const killed = postgres.pid;

  process.kill(killed, 'SIGKILL');
  while (postgres.pid === killed) await delay(20);

  expect(await ask(url, 'select one from kept')).toEqual([[1]]);
  expect(problems).toEqual([]);
  await postgres.stop();
  expect(findProcessIdentity(postgres.pid)).toBeUndefined();
});

test('a server that cannot be brought back is given up in one clear sentence, and stays away', async () => {
  await using temporary = await usedDataFolder();
  await using folder = await openDataFolder(temporary.dataPath);
  const given = new Promise<StartupProblem>((resolve, reject) => {
    startGuardedPostgres(folder, { settings: testSettings, backOffMilliseconds: [], onGivenUp: resolve })
      .then(({ pid }) => process.kill(pid, 'SIGKILL'))
      .catch(reject);
  });

  const problem = await given;

  expect(problem).toBeInstanceOf(StartupProblem);
  expect(problem.messageEn).toContain('cannot be started again');
  expect(await findPostmaster(`${folder.postgresPath}/cluster`)).toBeUndefined();
});
