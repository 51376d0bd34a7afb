import { execFileSync } from 'node:child_process';
import { chmodSync, chownSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDataFolder } from '../../prisma/database/data-folder.ts';
import { startEmbeddedPostgres } from '../../prisma/database/embedded-postgres.ts';
import { findPostmaster, stopPostmaster } from '../../prisma/database/postmaster.ts';
import { testSettings } from './test-settings.ts';

/** A folder that disappears after the test, together with a Postgres that was left running for its data folder. */
export interface TemporaryFolder extends AsyncDisposable {
  /** Where a test puts its data folder; does not exist yet. */
  readonly dataPath: string;
  readonly path: string;
}

/** @param owner.mode 0700 makes it a home that an unprivileged Postgres cannot enter. */
export function temporaryFolder(owner: { uid?: number; mode?: number } = {}): TemporaryFolder {
  const path = mkdtempSync(join(tmpdir(), 'yiyun-database-'));
  if (owner.uid !== undefined) chownSync(path, owner.uid, owner.uid);
  chmodSync(path, owner.mode ?? 0o755);
  const dataPath = join(path, 'data');
  return {
    path,
    dataPath,
    [Symbol.asyncDispose]: async () => {
      const location = join(dataPath, 'POSTGRES_LOCATION');
      const elsewhere = existsSync(location) ? readFileSync(location, 'utf8').trim() : undefined;
      const postgresPath = elsewhere ?? join(dataPath, 'postgres');
      const leftover = await findPostmaster(join(postgresPath, 'cluster'));
      if (leftover !== undefined) await stopPostmaster(leftover);
      // Never what a test wrote into the file on purpose.
      if (elsewhere !== undefined && /^\/var\/lib\/yiyun\/postgres-data-[0-9a-f]+$/.test(elsewhere))
        rmSync(elsewhere, { recursive: true, force: true });
      rmSync(path, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

let template: Promise<TemporaryFolder> | undefined;

/** A temporary folder whose data folder was used before and closed properly; ten times quicker than an initdb. */
export async function usedDataFolder(): Promise<TemporaryFolder> {
  template ??= makeTemplate();
  const temporary = temporaryFolder();
  execFileSync('cp', ['-a', (await template).dataPath, temporary.dataPath]); // keeps the owners, unlike Node's own
  return temporary;
}

async function makeTemplate(): Promise<TemporaryFolder> {
  const made = temporaryFolder();
  const folder = await openDataFolder(made.dataPath);
  const postgres = await startEmbeddedPostgres(folder, { settings: testSettings });
  await postgres.stop();
  await folder.close();
  // All files of a worker share it.
  process.once('exit', () => rmSync(made.path, { recursive: true, force: true }));
  return made;
}
