import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openDataFolder } from '../../prisma/database/data-folder.ts';
import { startEmbeddedPostgres } from '../../prisma/database/embedded-postgres.ts';
import { findPostmaster } from '../../prisma/database/postmaster.ts';
import { findProcessIdentity, waitForEnd } from '../../prisma/database/process-identity.ts';
import { ask } from './ask.ts';
import { spawnHub, startHub } from './hub-process.ts';
import { temporaryFolder, usedDataFolder } from './temporary-folder.ts';
import { testSettings } from './test-settings.ts';

const isRoot = process.getuid?.() === 0;
const isLinux = process.platform === 'linux';

/** `daemon` on every Linux and macOS; initdb refuses a user who is in no user table. */
const ordinaryUid = 1;

/** Kills a server that is not our child and waits until it is gone. */
async function killProcess(pid: number): Promise<void> {
  const identity = findProcessIdentity(pid) ?? '';
  process.kill(pid, 'SIGKILL');
  await waitForEnd(pid, identity, 5_000);
}

test('a hub adopts the server of a killed predecessor, rows and all', async () => {
  await using temporary = await usedDataFolder();
  const first = await startHub(temporary.dataPath);
  await ask(first.report.url, 'create table kept as select 7 as value');
  await first.kill();
  await using second = await startHub(temporary.dataPath);
  expect(second.report).toEqual({ ...first.report, adopted: true });
  expect(await ask(second.report.url, 'select value from kept')).toEqual([[7]]);
});

test('a living hub keeps a second one out, which names its pid', async () => {
  await using temporary = await usedDataFolder();
  await using hub = await startHub(temporary.dataPath);
  await expect(startHub(temporary.dataPath)).rejects.toThrow(`in use by process ${hub.pid}`);
  expect(await ask(hub.report.url, 'select 1')).toEqual([[1]]);
});

test('a leftover server with other settings is stopped and replaced', async () => {
  await using temporary = await usedDataFolder();
  const hub = await startHub(temporary.dataPath);
  await ask(hub.report.url, 'create table kept as select 7 as value');
  await hub.kill();
  await using folder = await openDataFolder(temporary.dataPath);
  const lines: string[] = [];
  const settings = { ...testSettings, max_connections: '11' };
  const postgres = await startEmbeddedPostgres(folder, { settings, log: (line) => lines.push(line) });
  expect(postgres.adopted).toBe(false);
  expect(lines).toEqual([`stopping the running Postgres ${hub.report.pid}, which cannot be adopted`]);
  expect(findProcessIdentity(hub.report.pid)).toBeUndefined();
  expect(await ask(postgres.url('postgres'), 'select value from kept')).toEqual([[7]]);
  await postgres.stop();
});

test('after hub and server were both killed the next start recovers', async () => {
  await using temporary = await usedDataFolder();
  const hub = await startHub(temporary.dataPath);
  await ask(hub.report.url, 'create table kept as select 7 as value');
  await hub.kill();
  await killProcess(hub.report.pid);
  await using next = await startHub(temporary.dataPath);
  expect(next.report.adopted).toBe(false);
  expect(await ask(next.report.url, 'select value from kept')).toEqual([[7]]);
});

test('an initdb that was killed half-way does not block the next start', async () => {
  await using temporary = temporaryFolder();
  const hub = spawnHub(temporary.dataPath);
  const postgresPath = join(temporary.dataPath, 'postgres');
  const isHalfWay = (): boolean =>
    existsSync(postgresPath) &&
    readdirSync(postgresPath).some((name) => existsSync(join(postgresPath, name, 'cluster', 'base')));
  while (!isHalfWay()) await new Promise((resolve) => setTimeout(resolve, 5));
  hub.kill('SIGKILL');
  await using next = await startHub(temporary.dataPath);
  expect(next.report.adopted).toBe(false);
  expect(readdirSync(postgresPath).sort()).toEqual(['cluster', 'server.log']);
});

test('a hub killed while its server starts leaves nothing that blocks the next start', async () => {
  await using temporary = await usedDataFolder();
  const hub = spawnHub(temporary.dataPath);
  const cluster = join(temporary.dataPath, 'postgres', 'cluster');
  while (!existsSync(join(cluster, 'postmaster.pid'))) await new Promise((resolve) => setTimeout(resolve, 1));
  hub.kill('SIGKILL');
  await using next = await startHub(temporary.dataPath);
  expect((await findPostmaster(cluster))?.pid).toBe(next.report.pid);
});

test.runIf(isLinux)(
  'the server lives in a session of its own, where the terminal’s Ctrl-C does not reach',
  async () => {
    await using temporary = await usedDataFolder();
    await using hub = await startHub(temporary.dataPath);
    const stat = readFileSync(`/proc/${hub.report.pid}/stat`, 'utf8');
    const [, , group, session] = stat
      .slice(stat.lastIndexOf(')') + 2)
      .split(' ')
      .map(Number);
    expect([group, session]).toEqual([hub.report.pid, hub.report.pid]);
  },
);

test.runIf(isRoot)(
  'started by root below a closed home, Postgres runs as nobody and finds its data again',
  async () => {
    await using temporary = temporaryFolder({ mode: 0o700 });
    const first = await startHub(temporary.dataPath);
    expect(first.report.postgresPath).toMatch(/^\/var\/lib\/yiyun\/postgres-data-[0-9a-f]{24}$/);
    expect(statSync(`/proc/${first.report.pid}`).uid).toBe(65534);
    await ask(first.report.url, 'create table kept as select 7 as value');
    await first.stop();
    await using second = await startHub(temporary.dataPath);
    expect(await ask(second.report.url, 'select value from kept')).toEqual([[7]]);
  },
);

test.runIf(isRoot)('started by an ordinary user, Postgres runs as that user in a folder closed to others', async () => {
  await using temporary = temporaryFolder({ uid: ordinaryUid });
  const first = await startHub(temporary.dataPath, ordinaryUid);
  expect(statSync(`/proc/${first.report.pid}`).uid).toBe(ordinaryUid);
  expect(first.report.postgresPath).toBe(join(temporary.dataPath, 'postgres'));
  const modes = ['', 'postgres', 'secrets'].map((name) => statSync(join(temporary.dataPath, name)).mode & 0o777);
  expect(modes).toEqual([0o700, 0o700, 0o700]);
  await first.kill();
  const second = await startHub(temporary.dataPath, ordinaryUid);
  expect(second.report).toEqual({ ...first.report, adopted: true });
  await second.stop();
  await expect(startHub(temporary.dataPath)).rejects.toThrow(`belongs to user ${ordinaryUid}, but this is user 0`);
});
