import { createHash, randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectRoot } from '../../subgraphs/kit/project-root.ts';
import { copyCluster } from './copy-cluster.ts';
import { startEmbeddedPostgres } from './embedded-postgres.ts';
import { ensureDatabase } from './ensure-database.ts';
import { migrate, readMigrations } from './migrate.ts';
import { listMigrationDirectories } from './migration-directories.ts';

/** Where a build leaves a cluster whose database has all migrations and no rows. */
export const clusterTemplateFolder: string = join(projectRoot, 'dist', 'cluster');

/** What the first start would do for seconds: initdb and every migration. Its password is thrown away. */
export interface ClusterTemplateOptions {
  readonly folder: string;
  /** Version of the embedded Postgres that makes it, see `PostgresBinaries`. */
  readonly database: string;
}

const STAMP = 'made-of';
const CLUSTER = 'files';

/** Makes the template anew; nothing is left of one that could not be finished. */
export async function makeClusterTemplate({ folder, database }: ClusterTemplateOptions): Promise<void> {
  rmSync(folder, { recursive: true, force: true });
  const workshop = mkdtempSync(join(tmpdir(), 'yiyun-cluster-'));
  try {
    chmodSync(workshop, 0o711); // the account that runs Postgres for root must pass
    const password = randomBytes(24);
    const postgres = await startEmbeddedPostgres(
      { postgresPath: workshop, readSecret: () => password },
      { settings: { fsync: 'off', full_page_writes: 'off' } },
    );
    try {
      await ensureDatabase(postgres.url('postgres'), database);
      await migrate({ connectionString: postgres.url(database) }, listMigrationDirectories());
    } finally {
      await postgres.stop();
    }
    mkdirSync(folder, { recursive: true });
    copyCluster(join(workshop, 'cluster'), join(folder, CLUSTER), undefined);
    writeFileSync(join(folder, STAMP), await templateStamp(postgres.version));
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  } finally {
    rmSync(workshop, { recursive: true, force: true });
  }
}

/**
 * The template's files, where there is one for this very Postgres on this platform with these very migrations; a
 * migration that was edited since would otherwise be met as applied.
 */
export async function findClusterTemplate(
  version: string,
  folder: string = clusterTemplateFolder,
): Promise<string | undefined> {
  const stamp = join(folder, STAMP);
  if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== (await templateStamp(version))) return undefined;
  return join(folder, CLUSTER);
}

async function templateStamp(version: string): Promise<string> {
  const hash = createHash('sha256').update(`${version} ${process.platform} ${process.arch}`);
  for (const { schema, directory } of listMigrationDirectories()) {
    for (const { name, checksum } of await readMigrations(directory)) hash.update(`\n${schema}/${name} ${checksum}`);
  }
  return hash.digest('hex');
}
