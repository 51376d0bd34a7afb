import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  statSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { StartupProblem } from '../../subgraphs/kit/codes/startup-problem.ts';
import { createFile, errorCode, temporaryFileName } from './atomic-file.ts';
import { type FolderLock, lockFileName, lockFolder } from './folder-lock.ts';
import {
  canReach,
  createSystemSubfolder,
  findPostgresAccount,
  isOnlyRootWritable,
  systemFolder,
} from './postgres-account.ts';

/** The layout that this code reads and writes; a change that older code would misread raises it. */
const formatVersion = '1';

const versionFileName = 'VERSION';
const locationFileName = 'POSTGRES_LOCATION';

/** The one folder that holds all state of a hub: its embedded Postgres and its secrets. */
export interface DataFolder extends AsyncDisposable {
  /** Absolute, links resolved. */
  readonly path: string;
  /** Where the embedded Postgres keeps its cluster and its log; inside `path` unless its user cannot reach that. */
  readonly postgresPath: string;
  /**
   * The random secret of this name, created at the first call and the same ever after.
   *
   * @throws StartupProblem when the stored secret is damaged or of another length.
   */
  readSecret(name: string, bytes: number): Buffer;
  /** Gives the folder free for another process; may be called twice. */
  close(): Promise<void>;
}

/** Whether Postgres has been set up in the folder. */
export function hasCluster({ postgresPath }: Pick<DataFolder, 'postgresPath'>): boolean {
  return existsSync(join(postgresPath, 'cluster'));
}

/**
 * Opens the data folder for this process alone and creates it when it is missing.
 *
 * @throws StartupProblem when another process uses it, when it is of another format or not ours at all (nothing in
 *   it is touched then), or when this user may not use it.
 */
export async function openDataFolder(path: string): Promise<DataFolder> {
  const folder = createFolder(resolve(path));
  refuseForeign(folder);
  const lock = takeFolder(folder);
  try {
    createFile(join(folder, versionFileName), `${formatVersion}\n`, 0o644);
    // Read again under the lock: another version may have moved in between the first look and the lock.
    refuseForeign(folder);
    const postgresPath = placePostgres(folder);
    // A copied data folder names the same cluster as its original.
    const clusterLock = dirname(postgresPath) === folder ? undefined : lockFolder(postgresPath);
    const close = async (): Promise<void> => {
      clusterLock?.release();
      lock.release();
    };
    return {
      path: folder,
      postgresPath,
      readSecret: (name, bytes) => readSecret(folder, name, bytes),
      close,
      [Symbol.asyncDispose]: close,
    };
  } catch (error) {
    lock.release();
    throw error;
  }
}

function createFolder(path: string): string {
  try {
    mkdirSync(dirname(path), { recursive: true });
    mkdirSync(path, { mode: 0o700 });
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw cannotUse(path, error);
  }
  try {
    if (!statSync(path).isDirectory()) throw foreign(path);
    return realpathSync(path);
  } catch (error) {
    throw error instanceof StartupProblem ? error : cannotUse(path, error);
  }
}

function takeFolder(folder: string): FolderLock {
  try {
    // An unprivileged Postgres must pass through the folder; what lies in it stays closed to everybody.
    chmodSync(folder, findPostgresAccount() === undefined ? 0o700 : 0o711);
    return lockFolder(folder);
  } catch (error) {
    throw error instanceof StartupProblem ? error : cannotUse(folder, error);
  }
}

function refuseForeign(folder: string): void {
  let names: string[];
  let version: string | undefined;
  let owner = statSync(folder).uid;
  try {
    names = readdirSync(folder);
    if (names.includes(versionFileName)) {
      const path = join(folder, versionFileName);
      owner = lstatSync(path).uid;
      version = readFileSync(path, 'utf8').trim();
    }
  } catch (error) {
    throw cannotUse(folder, error);
  }
  if (version === undefined) {
    // A hub that was killed while it created the folder leaves these.
    if (names.every((name) => name === lockFileName || temporaryFileName.test(name))) return;
    throw foreign(folder);
  }
  if (version !== formatVersion) {
    throw new StartupProblem(
      `数据目录 ${folder} 的格式版本为“${version}”，本程序只支持“${formatVersion}”：请改用相应版本的一云，或另选数据目录。`,
      `The data folder ${folder} has format version "${version}", this program reads "${formatVersion}": use the Yiyun release that wrote it, or choose another folder.`,
    );
  }
  const user = process.getuid?.();
  if (user !== undefined && owner !== user) {
    throw new StartupProblem(
      `数据目录 ${folder} 属于用户 ${owner}，而当前用户是 ${user}：请以用户 ${owner} 启动，或另选数据目录。`,
      `The data folder ${folder} belongs to user ${owner}, but this is user ${user}: start as user ${owner}, or choose another folder.`,
    );
  }
}

/** Decides once where the cluster lies; from then on the location file, or the folder itself, says so. */
function placePostgres(folder: string): string {
  const account = findPostgresAccount();
  const inside = join(folder, 'postgres');
  const locationFile = join(folder, locationFileName);
  const recorded = readLocation(locationFile);
  if (recorded !== undefined) return recorded;
  const exists = readdirSync(folder).includes('postgres');
  if (account !== undefined && !canReach(inside, account)) {
    // Only the folders above can be in the way: the data folder itself was opened for the account.
    if (!exists) return recordLocation(locationFile, createSystemSubfolder('postgres-data'));
    throw new StartupProblem(
      `用户 ${account.uid} 无法进入 ${inside} 的上级目录，而数据库已在其中：请把数据目录移到可进入的位置，或放开上级目录的执行权限。`,
      `User ${account.uid}, which runs Postgres, cannot pass the folders above ${inside}, where the database already lies: move the data folder, or allow others to pass (chmod o+x).`,
    );
  }
  mkdirSync(inside, { recursive: true });
  chmodSync(inside, account === undefined ? 0o700 : 0o711);
  return inside;
}

function readLocation(file: string): string | undefined {
  let location: string;
  try {
    location = readFileSync(file, 'utf8').trim();
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
  try {
    // Only what createSystemSubfolder makes: the file must not be able to lead Postgres elsewhere.
    if (dirname(location) === systemFolder && isOnlyRootWritable(location)) return location;
  } catch {
    // Missing or unreadable: told below.
  }
  throw new StartupProblem(
    `${file} 所指的数据库目录 ${location} 不存在或不可信：请恢复该目录；若确定不再需要其中数据，删除该文件即可重新开始。`,
    `The database folder ${location} named by ${file} is missing or not trustworthy: restore it, or delete that file to start with an empty database.`,
  );
}

function recordLocation(file: string, location: string): string {
  createFile(file, `${location}\n`);
  return location;
}

function readSecret(folder: string, name: string, bytes: number): Buffer {
  if (!/^[a-z0-9-]{1,64}$/.test(name)) throw new RangeError(`not a secret's name: ${name}`);
  const secrets = join(folder, 'secrets');
  mkdirSync(secrets, { recursive: true, mode: 0o700 });
  const path = join(secrets, name);
  if (!existsSync(path)) createFile(path, `${randomBytes(bytes).toString('hex')}\n`);
  const text = readFileSync(path, 'utf8').trim();
  if (!/^([0-9a-f]{2})*$/.test(text) || text.length !== bytes * 2) {
    throw new StartupProblem(
      `密钥文件 ${path} 已损坏（应为 ${bytes * 2} 位十六进制）：请从备份恢复。`,
      `The secret ${path} is damaged (${bytes * 2} hexadecimal digits expected): restore it from a backup.`,
    );
  }
  return Buffer.from(text, 'hex');
}

function foreign(path: string): StartupProblem {
  return new StartupProblem(
    `${path} 不是一云的数据目录，且不为空：请选择空目录或不存在的目录。`,
    `${path} is not a data folder of Yiyun and is not empty: choose an empty folder, or one that does not exist yet.`,
  );
}

function cannotUse(path: string, error: unknown): StartupProblem {
  const code = errorCode(error) ?? '';
  return new StartupProblem(
    `无法使用数据目录 ${path}（${code}）：请检查权限，或另选数据目录。`,
    `Cannot use the data folder ${path} (${code}): check its permissions, or choose another folder.`,
    { cause: error },
  );
}
