/**
 * What a hub does with its database, as a process of its own that tests can kill: opens the data folder named by its
 * first argument, starts Postgres with the settings in its second (JSON), reports one JSON line, ends on SIGTERM.
 */
import { openDataFolder } from '../../prisma/database/data-folder.ts';
import { startEmbeddedPostgres } from '../../prisma/database/embedded-postgres.ts';
import { StartupProblem } from '../../subgraphs/kit/codes/startup-problem.ts';
import { testSettings } from './test-settings.ts';

try {
  const folder = await openDataFolder(process.argv[2] ?? '');
  const postgres = await startEmbeddedPostgres(folder, { settings: testSettings });
  process.on('SIGTERM', async () => {
    await postgres.stop();
    await folder.close();
    process.exit();
  });
  setInterval(() => {}, 60_000); // a hub lives until it is told to stop
  const { postgresPath } = folder;
  const { pid, port, adopted } = postgres;
  console.log(JSON.stringify({ postgresPath, pid, port, adopted, url: postgres.url('postgres') }));
} catch (error) {
  if (!(error instanceof StartupProblem)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
