import { existsSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { type DataFolder, openDataFolder } from '../../prisma/database/data-folder.ts';
import { startEmbeddedPostgres } from '../../prisma/database/embedded-postgres.ts';
import { ensureDatabase } from '../../prisma/database/ensure-database.ts';
import { migrate } from '../../prisma/database/migrate.ts';
import { listMigrationDirectories } from '../../prisma/database/migration-directories.ts';
import { findPostmaster, stopPostmaster } from '../../prisma/database/postmaster.ts';
import { StartupProblem } from '../../subgraphs/kit/codes/startup-problem.ts';
import { buildPrograms } from './built-programs.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** A connection string without a database; append its name. */
    postgresUrl: string;
  }
}

const folderPrefix = 'yiyun-tests-';

/** The migrated database that every `freshDatabase()` is a copy of. */
const template = 'yiyun_template';

/** One embedded Postgres for the whole run, with nothing written durably, and the migrated template in it. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  await removeLeftovers();
  await buildPrograms();
  const temporary = mkdtempSync(join(tmpdir(), folderPrefix));
  const folder = await openDataFolder(join(temporary, 'data'));
  const postgres = await startEmbeddedPostgres(folder, {
    settings: {
      ...{ fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', autovacuum: 'off' },
      ...{ max_connections: '120', shared_buffers: '128MB' },
    },
  });
  const tearDown = async (): Promise<void> => {
    await postgres.stop();
    await remove(folder, temporary);
  };
  try {
    await ensureDatabase(postgres.url('postgres'), template);
    await migrate({ connectionString: postgres.url(template) }, listMigrationDirectories());
  } catch (error) {
    await tearDown();
    throw error;
  }
  project.provide('postgresUrl', postgres.url(''));
  return tearDown;
}

/** A run that was killed leaves its server and its folder behind. */
async function removeLeftovers(): Promise<void> {
  for (const name of readdirSync(tmpdir()).filter((entry) => entry.startsWith(folderPrefix))) {
    const temporary = join(tmpdir(), name);
    try {
      // A younger one may be another run that has not taken its lock yet.
      if (Date.now() - statSync(temporary).mtimeMs < 60_000 || !existsSync(join(temporary, 'data'))) continue;
      const folder = await openDataFolder(join(temporary, 'data'));
      const server = await findPostmaster(join(folder.postgresPath, 'cluster'));
      if (server !== undefined) await stopPostmaster(server);
      await remove(folder, temporary);
    } catch (error) {
      // In use by another run, or another user's.
      if (!(error instanceof StartupProblem)) throw error;
    }
  }
}

async function remove(folder: DataFolder, temporary: string): Promise<void> {
  await folder.close();
  rmSync(folder.postgresPath, { recursive: true, force: true });
  rmSync(temporary, { recursive: true, force: true });
}
