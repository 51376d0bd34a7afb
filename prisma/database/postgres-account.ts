import { randomBytes } from 'node:crypto';
import { chmodSync, lstatSync, mkdirSync, realpathSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { StartupProblem } from '../../subgraphs/kit/codes/startup-problem.ts';
import { syncFolder } from './atomic-file.ts';

/** The user that Postgres runs as. */
export interface PostgresAccount {
  readonly uid: number;
  readonly gid: number;
}

/** Where a hub that runs as root keeps what its unprivileged Postgres must reach. */
export const systemFolder = '/var/lib/yiyun';

/**
 * The account that Postgres is given: 65534 ("nobody", which needs no entry in any user table) when the hub runs as
 * root, because Postgres refuses root; undefined (the hub's own user) otherwise.
 */
export function findPostgresAccount(): PostgresAccount | undefined {
  return process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : undefined;
}

/** Whether the account may pass through every folder above `path`; the path itself need not exist. */
export function canReach(path: string, account: PostgresAccount): boolean {
  for (let folder = realpathSync(dirname(path)); ; folder = dirname(folder)) {
    const { mode, uid, gid } = statSync(folder);
    const mayPass = uid === account.uid ? 0o100 : gid === account.gid ? 0o010 : 0o001;
    if ((mode & mayPass) === 0) return false;
    if (folder === dirname(folder)) return true;
  }
}

/**
 * Creates {@link systemFolder} when it is missing and returns it.
 *
 * @throws StartupProblem when somebody other than root could change what lies in it.
 */
export function prepareSystemFolder(): string {
  try {
    mkdirSync(systemFolder, { recursive: true, mode: 0o755 });
  } catch (error) {
    throw new StartupProblem(
      `无法创建 ${systemFolder}：请以普通用户启动，或用 DATABASE_URL 指定已有的 PostgreSQL。`,
      `Cannot create ${systemFolder}: start as an ordinary user, or name an existing PostgreSQL in DATABASE_URL.`,
      { cause: error },
    );
  }
  if (!isOnlyRootWritable(systemFolder)) {
    throw new StartupProblem(
      `${systemFolder} 不是仅 root 可写的目录：请执行 chown root ${systemFolder} && chmod 755 ${systemFolder}。`,
      `${systemFolder} is not a folder that only root can write: run chown root ${systemFolder} && chmod 755 ${systemFolder}.`,
    );
  }
  chmodSync(systemFolder, 0o755); // the umask under which it was made may keep Postgres out
  return systemFolder;
}

/** Creates a folder with an unguessable name inside {@link systemFolder}. */
export function createSystemSubfolder(prefix: string): string {
  const parent = prepareSystemFolder();
  const path = join(parent, `${prefix}-${randomBytes(12).toString('hex')}`);
  mkdirSync(path, { mode: 0o711 });
  chmodSync(path, 0o711); // the process's umask may have taken bits away
  syncFolder(parent);
  return path;
}

/** Whether the path is a real folder (no link) of root that neither its group nor others can write. */
export function isOnlyRootWritable(path: string): boolean {
  const { mode, uid } = lstatSync(path);
  return (mode & 0o170000) === 0o040000 && uid === 0 && (mode & 0o022) === 0;
}
