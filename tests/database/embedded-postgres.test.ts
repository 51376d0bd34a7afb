import { readdirSync, readFileSync, realpathSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type DataFolder, openDataFolder } from '../../prisma/database/data-folder.ts';
import { type RunningPostgres, startEmbeddedPostgres } from '../../prisma/database/embedded-postgres.ts';
import { findPostmaster } from '../../prisma/database/postmaster.ts';
import { findProcessIdentity } from '../../prisma/database/process-identity.ts';
import { StartupProblem } from '../../subgraphs/kit/codes/startup-problem.ts';
import { ask } from './ask.ts';
import { temporaryFolder, usedDataFolder } from './temporary-folder.ts';
import { testSettings } from './test-settings.ts';

function start(folder: DataFolder, port?: number): Promise<RunningPostgres> {
  return startEmbeddedPostgres(folder, { settings: testSettings, ...(port === undefined ? {} : { port }) });
}

test('a server started with no settings is durable, local, UTF-8 and asks for its password', async () => {
  await using temporary = temporaryFolder();
  await using folder = await openDataFolder(temporary.dataPath);
  const postgres = await startEmbeddedPostgres(folder);
  const url = postgres.url('postgres');
  const settings = ['fsync', 'synchronous_commit', 'full_page_writes', 'listen_addresses', 'unix_socket_directories'];
  const shown = await ask(url, `select ${settings.map((name) => `current_setting('${name}')`).join()}`);
  // Its socket lies where nobody else can reach it, and asks for the password, too.
  const cluster = join(realpathSync(folder.postgresPath), 'cluster');
  expect(shown).toEqual([['on', 'on', 'on', '127.0.0.1', cluster]]);
  expect(statSync(cluster).mode & 0o077).toBe(0);
  expect(new URL(postgres.socketUrl('postgres')).searchParams.get('host')).toBe(cluster);
  expect(await ask(postgres.socketUrl('postgres'), 'select inet_server_addr() is null')).toEqual([[true]]);
  await expect(ask(postgres.socketUrl('postgres').replace(postgres.password, 'guess'), 'select 1')).rejects.toThrow();
  await ask(url, 'create extension pg_trgm');
  expect(await ask(url, `select array_length(show_trgm('一云'), 1), 'Z' < 'a'`)).toEqual([[3, true]]);
  await expect(ask(url.replace(postgres.password, 'guess'), 'select 1')).rejects.toMatchObject({ code: '28P01' });
  expect(readdirSync(folder.postgresPath).sort()).toEqual(['cluster', 'server.log']);
  await postgres.stop();
  await postgres.stop();
  expect(findProcessIdentity(postgres.pid)).toBeUndefined();
});

test('a postmaster.pid whose pid now belongs to another program does not block the start', async () => {
  await using temporary = await usedDataFolder();
  await using folder = await openDataFolder(temporary.dataPath);
  const cluster = join(folder.postgresPath, 'cluster');
  const pidFile = [process.pid, cluster, 0, 1, '', '127.0.0.1', '', 'ready'].join('\n');
  writeFileSync(join(cluster, 'postmaster.pid'), `${pidFile}\n`);
  const postgres = await start(folder);
  expect(postgres).toMatchObject({ adopted: false });
  await postgres.stop();
});

test('a port that is taken is named; a chosen one is used', async () => {
  await using temporary = await usedDataFolder();
  await using folder = await openDataFolder(temporary.dataPath);
  const blocker = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => blocker.once('listening', resolve));
  const address = blocker.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  await expect(start(folder, port)).rejects.toThrow(`Port ${port} is taken`);
  await new Promise((resolve) => blocker.close(resolve));
  const postgres = await start(folder, port);
  expect(postgres.port).toBe(port);
  await postgres.stop();
});

test('a lost password is told, and the server does not stay behind', async () => {
  await using temporary = await usedDataFolder();
  await using folder = await openDataFolder(temporary.dataPath);
  writeFileSync(join(folder.path, 'secrets', 'postgres-password'), `${'ab'.repeat(24)}\n`);
  await expect(start(folder)).rejects.toThrow('restore secrets/postgres-password');
  expect(await findPostmaster(join(folder.postgresPath, 'cluster'))).toBeUndefined();
});

test('damaged data end the start with the server’s own reason', async () => {
  await using temporary = await usedDataFolder();
  await using folder = await openDataFolder(temporary.dataPath);
  truncateSync(join(folder.postgresPath, 'cluster', 'global', 'pg_control'), 0);
  const refusal = await start(folder).catch((error: unknown) => error);
  expect(refusal).toBeInstanceOf(StartupProblem);
  expect(String(refusal)).toContain('pg_control');
});

test('data of another major version are refused and left alone', async () => {
  await using temporary = await usedDataFolder();
  await using folder = await openDataFolder(temporary.dataPath);
  writeFileSync(join(folder.postgresPath, 'cluster', 'PG_VERSION'), '17\n');
  await expect(start(folder)).rejects.toThrow('was written by PostgreSQL 17');
});

test('rejected values do not reach the log, which is cut when it has grown past 10 MB', async () => {
  await using temporary = await usedDataFolder();
  await using folder = await openDataFolder(temporary.dataPath);
  const first = await start(folder);
  await expect(ask(first.url('postgres'), `select '330499199001010000X'::int`)).rejects.toThrow();
  await first.stop();
  const log = join(folder.postgresPath, 'server.log');
  expect(readFileSync(log, 'utf8')).toContain('ready to accept connections');
  expect(readFileSync(log, 'utf8')).not.toContain('330499');
  writeFileSync(log, Buffer.alloc(11 * 1024 * 1024, 'x'));
  await (await start(folder)).stop();
  expect(statSync(log).size).toBeLessThan(10_000);
});
