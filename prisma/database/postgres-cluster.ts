import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import { StartupProblem } from '../../subgraphs/kit/codes/startup-problem.ts';
import { syncFolder } from './atomic-file.ts';
import { copyCluster } from './copy-cluster.ts';
import { findPostgresAccount } from './postgres-account.ts';
import type { PostgresBinaries } from './postgres-binaries.ts';

export interface NewCluster {
  /** The folder in which `cluster/` is made. */
  readonly postgresPath: string;
  readonly binaries: PostgresBinaries;
  readonly password: string;
  /** False skips the wait for the disk (tests). */
  readonly durable: boolean;
  /** Finds the files of a cluster of this Postgres that does not run, to be copied instead of made by `initdb`. */
  readonly findTemplate?: () => Promise<string | undefined>;
  /** Called when initdb has been started and is waited for. */
  readonly onWaiting?: () => void;
}

/**
 * Creates the cluster when there is none, UTF-8 with code point order and SCRAM passwords.
 *
 * It is made in a sibling folder and renamed when complete, so that an interruption at any point leaves nothing that
 * could be taken for a cluster.
 *
 * @throws StartupProblem when initdb fails or the cluster belongs to another major version of Postgres.
 */
export async function ensureCluster({
  postgresPath,
  binaries,
  password,
  durable,
  findTemplate,
  onWaiting,
}: NewCluster): Promise<void> {
  const cluster = join(postgresPath, 'cluster');
  for (const name of readdirSync(postgresPath)) {
    if (name.startsWith('initdb-')) rmSync(join(postgresPath, name), { recursive: true, force: true, maxRetries: 5 });
  }
  if (existsSync(cluster)) return refuseOtherMajor(cluster, binaries.majorVersion);

  const account = findPostgresAccount();
  const workshop = join(postgresPath, `initdb-${randomBytes(6).toString('hex')}`);
  const passwordFile = join(workshop, 'password');
  mkdirSync(workshop, { mode: 0o700 });
  try {
    if (account !== undefined) chownSync(workshop, account.uid, account.gid);
    const template = await findTemplate?.();
    if (
      template === undefined ||
      !(await adoptTemplate({ template, workshop, binaries, password, durable, onWaiting }))
    ) {
      writeFileSync(passwordFile, password, { mode: 0o600 });
      if (account !== undefined) chownSync(passwordFile, account.uid, account.gid);
      const made = runInitdb(binaries.initdb, [
        ...['-D', join(workshop, 'cluster'), '-U', 'postgres', '-A', 'scram-sha-256', `--pwfile=${passwordFile}`],
        // A UTF-8 locale of libc as well: with LC_CTYPE=C pg_trgm finds no letters in Chinese text.
        ...['-E', 'UTF8', `--locale=${libcLocale}`, '--locale-provider=builtin', '--builtin-locale=C.UTF-8'],
        ...(durable ? [] : ['--no-sync']),
      ]);
      onWaiting?.();
      await made;
    }
    renameSync(join(workshop, 'cluster'), cluster);
    if (durable) syncFolder(postgresPath);
  } finally {
    rmSync(workshop, { recursive: true, force: true });
  }
}

interface AdoptedTemplate extends Pick<NewCluster, 'binaries' | 'password' | 'durable'> {
  readonly template: string;
  /** The folder in which `cluster/` is made. */
  readonly workshop: string;
  readonly onWaiting: (() => void) | undefined;
}

/** Copies the template and gives it this cluster's password, before anybody could connect. False when it cannot. */
async function adoptTemplate({
  template,
  workshop,
  binaries,
  password,
  durable,
  onWaiting,
}: AdoptedTemplate): Promise<boolean> {
  const cluster = join(workshop, 'cluster');
  try {
    copyCluster(template, cluster, findPostgresAccount());
    const alone = runProgram(
      binaries.postgres,
      ['--single', '-j', '-D', cluster, '-c', 'shared_buffers=16MB', 'postgres'],
      `ALTER ROLE postgres PASSWORD '${password}';\n\n`,
    );
    onWaiting?.();
    await alone;
    if (durable) await runProgram(binaries.initdb, ['--sync-only', '-D', cluster]);
    return true;
  } catch {
    rmSync(cluster, { recursive: true, force: true });
    return false;
  }
}

function refuseOtherMajor(cluster: string, major: string): void {
  const found = readFileSync(join(cluster, 'PG_VERSION'), 'utf8').trim();
  if (found === major) return;
  throw new StartupProblem(
    `${cluster} 是 PostgreSQL ${found} 的数据，而内置的是 ${major}：请用写入它的版本导出（pg_dump）后导入新的数据目录。`,
    `${cluster} was written by PostgreSQL ${found}, the embedded one is ${major}: dump it with the release that wrote it (pg_dump) and restore into a new data folder.`,
  );
}

async function runInitdb(program: string, args: string[]): Promise<void> {
  let complaint: string;
  try {
    await runProgram(program, args);
    return;
  } catch (error) {
    if (!(error instanceof ProgramFailure)) throw error;
    complaint = error.message;
  }
  if (complaint.includes('could not look up effective user ID')) {
    const uid = findPostgresAccount()?.uid ?? process.getuid?.();
    throw new StartupProblem(
      `运行数据库的用户 ${uid} 在本机用户表（/etc/passwd）中没有条目，initdb 拒绝运行：请为其添加条目，或用 DATABASE_URL 指定已有的 PostgreSQL。`,
      `User ${uid}, who is to run the database, has no entry in this machine's user table (/etc/passwd), so initdb refuses: add one, or name an existing PostgreSQL in DATABASE_URL.`,
    );
  }
  const reason = complaint.split('\n').at(-1);
  throw new StartupProblem(
    `无法建立内置数据库（${reason}）：请检查磁盘空间与权限，或用 DATABASE_URL 指定已有的 PostgreSQL。`,
    `Cannot create the embedded database (${reason}): check disk space and permissions, or name an existing PostgreSQL in DATABASE_URL.`,
  );
}

/** What a program wrote before it failed. */
class ProgramFailure extends Error {}

/** Runs a program of Postgres under its account; its complaints are the failure's message. */
async function runProgram(program: string, args: readonly string[], input = ''): Promise<void> {
  const child = spawn(program, args, {
    ...findPostgresAccount(),
    cwd: '/',
    env: postgresEnvironment,
    stdio: ['pipe', 'ignore', 'pipe'],
  });
  let complaint = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaint += text;
  });
  child.stdin.on('error', () => {}).end(input); // a program that ends early says why by its code
  const code = await new Promise<number | string | null>((resolve, reject) => {
    child.on('error', reject).on('close', (status, signal) => resolve(status ?? signal));
  });
  if (code !== 0) throw new ProgramFailure(complaint.trim() || `${basename(program)}: ${code}`);
}

/** macOS has had no C.UTF-8 for most of its life. */
const libcLocale = process.platform === 'darwin' ? 'en_US.UTF-8' : 'C.UTF-8';

/** Nothing of the hub's environment: it holds secrets, and PG* variables would change what Postgres does. */
export const postgresEnvironment: NodeJS.ProcessEnv = { PATH: '/usr/bin:/bin', LC_ALL: libcLocale, TZ: 'UTC' };
