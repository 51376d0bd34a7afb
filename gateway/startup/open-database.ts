import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { findClusterTemplate } from '../../prisma/database/cluster-template.ts';
import type { DataFolder } from '../../prisma/database/data-folder.ts';
import { CITY_DATABASE, ensureDatabase } from '../../prisma/database/ensure-database.ts';
import { startGuardedPostgres } from '../../prisma/database/guarded-postgres.ts';
import { findForeignSchema, migrate } from '../../prisma/database/migrate.ts';
import { listMigrationDirectories } from '../../prisma/database/migration-directories.ts';
import { StartupProblem } from '../../subgraphs/kit/codes/startup-problem.ts';
import { PipelinedPool } from '../../subgraphs/kit/store/pipelined-pool.ts';
import type { Closers } from './closers.ts';

export interface OpenDatabaseOptions {
  /** Absent: the embedded Postgres of the data folder. */
  readonly databaseUrl: string | undefined;
  /** Needed for the embedded Postgres only. */
  readonly folder: DataFolder | undefined;
  readonly log: (line: string) => void;
  /** Told of connections that break while nobody uses them. */
  readonly onConnectionLost: (error: Error) => void;
  /** Told when the embedded Postgres has died and cannot be brought back. */
  readonly onDatabaseLost: (problem: StartupProblem) => void;
  /** Called when programs of Postgres are at work, and waited for. */
  readonly onWaiting?: () => void;
}

const CONNECT_MILLISECONDS = 10_000;
/** More backends than that only wait for each other on the machines this is meant for. */
const POOL_SIZE = 16;
const OLDEST_POSTGRES = 15;
const PATIENCE_MILLISECONDS = 1_000;

/**
 * Opens the database with all migrations applied: the embedded one, or a server of one's own.
 *
 * @throws StartupProblem when it cannot be reached, is too old, or holds tables that are not ours; nothing is changed.
 */
export async function openDatabase(options: OpenDatabaseOptions, closers: Closers): Promise<pg.Pool> {
  const { databaseUrl, folder, log, onConnectionLost, onDatabaseLost, onWaiting = () => {} } = options;
  let connectionString = databaseUrl;
  let poolUrl = databaseUrl;
  if (connectionString === undefined) {
    if (folder === undefined) throw new Error('neither a database nor a data folder');
    const postgres = await startGuardedPostgres(folder, {
      ...{ log, onWaiting, onGivenUp: onDatabaseLost },
      findTemplate: (version) => findClusterTemplate(version),
    });
    closers.add('postgres', () => postgres.stop(), 60_000);
    await ensureDatabase(postgres.url('postgres'), CITY_DATABASE);
    connectionString = postgres.url(CITY_DATABASE);
    poolUrl = postgres.socketUrl(CITY_DATABASE);
  }
  const client = await connect(connectionString);
  try {
    await refuseForeignDatabase(client, connectionString);
    for (const { schema, name, milliseconds } of await migrate(client, listMigrationDirectories())) {
      log(`migrated ${schema}/${name} in ${milliseconds} ms`);
    }
  } finally {
    await client.end();
  }
  const pool = new PipelinedPool({
    connectionString: poolUrl ?? connectionString,
    max: POOL_SIZE,
    connectionTimeoutMillis: CONNECT_MILLISECONDS,
  });
  let closing = false;
  pool.on('error', (error) => {
    if (!closing) onConnectionLost(error);
  });
  closers.add('connections', () => {
    closing = true;
    // A load that is interrupted holds its connections; the server, or the end of the process, takes them from it.
    return Promise.race([pool.end(), delay(PATIENCE_MILLISECONDS, undefined, { ref: false })]);
  });
  return pool;
}

async function connect(connectionString: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: CONNECT_MILLISECONDS });
  // An error between two statements would otherwise end the process without a word.
  client.on('error', () => {});
  try {
    await client.connect();
    return client;
  } catch (error) {
    const where = describeDatabase(connectionString);
    const code = (error as { code?: unknown } | null)?.code;
    const reason = typeof code === 'string' ? code : 'timeout';
    throw new StartupProblem(
      `无法连接数据库 ${where}（${reason}）：请确认服务器在运行，并检查 DATABASE_URL 的主机、端口、用户、密码和库名。`,
      `Cannot connect to the database ${where} (${reason}): make sure that the server runs, and check host, port, user, password and database in DATABASE_URL.`,
      { cause: error },
    );
  }
}

/** Schemas of our names that we did not make belong to somebody else, and loading a city empties schemas. */
async function refuseForeignDatabase(client: pg.Client, connectionString: string): Promise<void> {
  const { rows } = await client.query<{ version: number }>(
    `select current_setting('server_version_num')::int / 10000 as version`,
  );
  const where = describeDatabase(connectionString);
  const { version = 0 } = rows[0] ?? {};
  if (version < OLDEST_POSTGRES) {
    throw new StartupProblem(
      `数据库 ${where} 的 Postgres 版本为 ${version}，本程序需要 ${OLDEST_POSTGRES} 或更高版本：请升级服务器，或换用其他服务器。`,
      `The database ${where} runs Postgres ${version}, and ${OLDEST_POSTGRES} or later is needed: upgrade it, or use another server.`,
    );
  }
  const foreign = await findForeignSchema(client, listMigrationDirectories());
  if (foreign !== undefined) {
    throw new StartupProblem(
      `数据库 ${where} 中已有不属于一云的模式“${foreign}”：请另建一个空数据库，并写入 DATABASE_URL。`,
      `The database ${where} already holds a schema "${foreign}" that is not Yiyun's: create an empty database and name it in DATABASE_URL.`,
    );
  }
}

/** Host, port and name, without user and password. */
export function describeDatabase(connectionString: string): string {
  const { host, pathname } = new URL(connectionString);
  return `${host}${pathname}`;
}
