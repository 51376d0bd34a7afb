import { realpathSync, statfsSync } from 'node:fs';
import { totalmem } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { StartupProblem } from '../../subgraphs/kit/codes/startup-problem.ts';
import type { DataFolder } from './data-folder.ts';
import { preparePostgresBinaries } from './postgres-binaries.ts';
import { ensureCluster } from './postgres-cluster.ts';
import { findFreePort, launchPostgres } from './postgres-launch.ts';
import { findPostmaster, type Postmaster, removeStalePidFile, stopPostmaster } from './postmaster.ts';

export interface EmbeddedPostgresOptions {
  /** A free port is chosen when it is not given. */
  readonly port?: number;
  /** Receives one line per event worth telling an operator. */
  readonly log?: (line: string) => void;
  /** Server settings over the defaults, for instance `{ fsync: 'off' }` for tests. Durability is on by default. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Finds the files of a cluster for a new data folder, by the version of the embedded Postgres. */
  readonly findTemplate?: (version: string) => Promise<string | undefined>;
  /** Called whenever a program of Postgres has been started and is waited for: time for work of one's own. */
  readonly onWaiting?: () => void;
}

/** A Postgres server of our own that answers on the loopback interface. */
export interface RunningPostgres {
  readonly host: '127.0.0.1';
  readonly port: number;
  readonly user: 'postgres';
  readonly password: string;
  /** True when it was left running by a hub that was killed, and taken over. */
  readonly adopted: boolean;
  readonly pid: number;
  /** Of the package with its programs. */
  readonly version: string;
  url(database: string): string;
  /** The same through the socket in its folder, which spares both sides TCP; through TCP where there is no socket. */
  socketUrl(database: string): string;
  /** Ends all sessions, writes everything to disk and waits until the server is gone; may be called twice. */
  stop(): Promise<void>;
}

const MEBIBYTE = 2 ** 20;
const LEAST_BUFFERS = 256;
const MOST_BUFFERS = 8_192;

/**
 * A quarter of the memory that there is, as Postgres recommends: a person has some thirty entries in indexes, all over
 * them, and with too few buffers each of them is a page read and one written. What is not used is not taken.
 */
function bufferMebibytes(): number {
  // Zero or more than there is where no limit is set.
  const limit = process.constrainedMemory();
  const memory = limit > 0 && limit < totalmem() ? limit : totalmem();
  return Math.min(Math.max(Math.floor(memory / MEBIBYTE / 4), LEAST_BUFFERS), MOST_BUFFERS);
}

const defaultSettings: Readonly<Record<string, string>> = {
  listen_addresses: '127.0.0.1',
  // A hub takes 23 at most, a subgraph that runs apart 15; several hubs may share one database.
  max_connections: '200',
  shared_buffers: `${bufferMebibytes()}MB`,
  // After each checkpoint every page is written to the log whole once more; a large file would make one a minute.
  max_wal_size: '4GB',
  checkpoint_timeout: '15min',
  // No server follows this one. What is loaded into a table just emptied is then written once, not to the log as well.
  wal_level: 'minimal',
  max_wal_senders: '0',
  shared_preload_libraries: 'pg_stat_statements',
  // For discs that do not turn; the default makes indexes look four times as dear as they are.
  random_page_cost: '1.1',
  // A forgotten transaction holds back every reader of the outbox.
  idle_in_transaction_session_timeout: '60s',
  timezone: 'UTC',
  log_timezone: 'UTC',
  // The rejected statements and their values are personal data, and their sender is told about them anyway.
  log_min_messages: 'log',
  log_error_verbosity: 'terse',
  log_checkpoints: 'off',
};

/**
 * Starts the embedded Postgres of a data folder, or adopts the one that a killed hub left running.
 *
 * The caller holds the data folder. The server runs in a session of its own: Ctrl-C reaches only the hub, which then
 * calls `stop()`.
 *
 * @throws StartupProblem when Postgres cannot run here, its data is damaged, or the port asked for is taken.
 */
export async function startEmbeddedPostgres(
  folder: Pick<DataFolder, 'postgresPath' | 'readSecret'>,
  options: EmbeddedPostgresOptions = {},
): Promise<RunningPostgres> {
  const { log = () => {}, settings = {}, onWaiting = () => {} } = options;
  const postgresPath = realpathSync(folder.postgresPath);
  const binaries = preparePostgresBinaries(postgresPath);
  const password = folder.readSecret('postgres-password', 24).toString('hex');
  await ensureCluster({
    ...{ postgresPath, binaries, password, onWaiting },
    durable: settings.fsync !== 'off',
    findTemplate: async () => options.findTemplate?.(binaries.version),
  });

  const cluster = join(postgresPath, 'cluster');
  const merged = {
    ...defaultSettings,
    ...socketSettings(cluster),
    ...(hasRoomyShm() ? {} : { dynamic_shared_memory_type: 'mmap' }),
    ...settings,
  };
  const args = ['-D', cluster, ...Object.entries(merged).flatMap(([name, value]) => ['-c', `${name}=${value}`])];
  const launchable = {
    program: binaries.postgres,
    args,
    cluster,
    logFile: join(postgresPath, 'server.log'),
    log,
    onWaiting,
  };
  for (let attempt = 1; ; attempt += 1) {
    const leftover = await findPostmaster(cluster);
    if (leftover !== undefined) {
      const fits = (options.port ?? leftover.port) === leftover.port && leftover.hasArguments(args);
      if (fits && (await findRefusal(leftover.port, password)) === undefined) {
        log(`adopted the running Postgres ${leftover.pid} on port ${leftover.port}`);
        return describeRunning(leftover, password, true, cluster, binaries.version);
      }
      log(`stopping the running Postgres ${leftover.pid}, which cannot be adopted`);
      await stopPostmaster(leftover);
    }
    removeStalePidFile(cluster);
    const launched = await launchPostgres({ ...launchable, port: options.port ?? (await findFreePort()) });
    if ('problem' in launched) {
      const mayPass = launched.obstacle === 'port' ? options.port === undefined : launched.obstacle === 'predecessor';
      if (!mayPass || attempt === 50) throw launched.problem;
      await delay(100);
      continue;
    }
    const refusal = await findRefusal(launched.port, password);
    if (refusal === undefined) return describeRunning(launched, password, false, cluster, binaries.version);
    await stopPostmaster(launched);
    throw wrongPassword(refusal);
  }
}

/** The address of a socket has room for 104 bytes (108 on Linux), its zero included. */
function hasSocket(cluster: string): boolean {
  return process.platform !== 'win32' && Buffer.byteLength(join(cluster, '.s.PGSQL.65535')) < 104;
}

/** The socket lies in the cluster's own folder, which is closed to all but the server's account and root. */
function socketSettings(cluster: string): Readonly<Record<string, string>> {
  if (!hasSocket(cluster)) return { unix_socket_directories: '' };
  return { unix_socket_directories: cluster, unix_socket_permissions: '0700' };
}

/** Containers usually get 64 MB, which parallel queries overrun ("could not resize shared memory segment"). */
function hasRoomyShm(): boolean {
  try {
    const { bsize, blocks } = statfsSync('/dev/shm');
    return bsize * blocks >= 256 * 1024 * 1024;
  } catch {
    return process.platform !== 'linux';
  }
}

function wrongPassword(refusal: string): StartupProblem {
  return new StartupProblem(
    `内置数据库拒绝了数据目录中的密码（${refusal}）：请从备份恢复 secrets/postgres-password。`,
    `The embedded database refuses the password in the data folder (${refusal}): restore secrets/postgres-password from a backup.`,
  );
}

/** Undefined when the server lets us in with the password; otherwise why not. */
async function findRefusal(port: number, password: string): Promise<string | undefined> {
  const client = new pg.Client({
    ...{ host: '127.0.0.1', port, user: 'postgres', password, database: 'postgres' },
    connectionTimeoutMillis: 5_000,
    query_timeout: 5_000,
  });
  client.on('error', () => {}); // a connection cut later is told by the query or by end()
  try {
    await client.connect();
    await client.query('select 1');
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  } finally {
    await client.end().catch(() => {});
  }
}

function describeRunning(
  server: Postmaster,
  password: string,
  adopted: boolean,
  cluster: string,
  version: string,
): RunningPostgres {
  const { pid, port } = server;
  let stopping: Promise<void> | undefined;
  const url = (database: string) =>
    `postgresql://postgres:${password}@127.0.0.1:${port}/${encodeURIComponent(database)}`;
  return {
    host: '127.0.0.1',
    port,
    user: 'postgres',
    password,
    adopted,
    pid,
    version,
    url,
    socketUrl: (database) =>
      hasSocket(cluster) ? `${url(database)}?host=${encodeURIComponent(cluster)}` : url(database),
    stop: () => (stopping ??= stopPostmaster(server)),
  };
}
