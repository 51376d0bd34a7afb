import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, cpSync, existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { openDataFolder } from '../../prisma/database/data-folder.ts';
import { StartupProblem } from '../../subgraphs/kit/codes/startup-problem.ts';
import { temporaryFolder } from './temporary-folder.ts';

const isRoot = process.getuid?.() === 0;

function modeOf(path: string): string {
  return (lstatSync(path).mode & 0o777).toString(8);
}

async function refusalOf(path: string): Promise<StartupProblem> {
  const error = await openDataFolder(path).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof StartupProblem)) throw new Error(`not refused: ${String(error)}`);
  return error;
}

test('a missing folder is created with its format version and closed to everybody else', async () => {
  await using temporary = temporaryFolder();
  await using folder = await openDataFolder(join(temporary.dataPath, 'deeper', 'data'));
  expect(readFileSync(join(folder.path, 'VERSION'), 'utf8')).toBe('1\n');
  expect(modeOf(folder.path)).toBe(isRoot ? '711' : '700');
  expect(folder.postgresPath).toBe(join(folder.path, 'postgres'));
  expect(modeOf(join(folder.path, 'LOCK'))).toBe('600');
});

test('a secret is made once, and only its owner may read it', async () => {
  await using temporary = temporaryFolder();
  const first = await openDataFolder(temporary.dataPath);
  const secret = first.readSecret('hash-key', 32);
  await first.close();
  await using again = await openDataFolder(temporary.dataPath);
  expect(secret).toHaveLength(32);
  expect(again.readSecret('hash-key', 32)).toEqual(secret);
  expect(again.readSecret('other-key', 32)).not.toEqual(secret);
  expect(modeOf(join(again.path, 'secrets'))).toBe('700');
  expect(modeOf(join(again.path, 'secrets', 'hash-key'))).toBe('600');
});

test('a damaged secret is refused and left as it is', async () => {
  await using temporary = temporaryFolder();
  await using folder = await openDataFolder(temporary.dataPath);
  folder.readSecret('hash-key', 32);
  const path = join(folder.path, 'secrets', 'hash-key');
  writeFileSync(path, 'abcd\n');
  expect(() => folder.readSecret('hash-key', 32)).toThrow(StartupProblem);
  expect(readFileSync(path, 'utf8')).toBe('abcd\n');
});

test('a folder in use is refused with the pid of its user, and free again after close', async () => {
  await using temporary = temporaryFolder();
  const folder = await openDataFolder(temporary.dataPath);
  const refusal = await refusalOf(temporary.dataPath);
  expect(refusal.messageEn).toContain(`in use by process ${process.pid}`);
  expect(refusal.messageZh).toContain(`${process.pid}`);
  await folder.close();
  await folder.close();
  await using _ = await openDataFolder(temporary.dataPath);
});

test('the lock of a process that ended is replaced silently', async () => {
  await using temporary = temporaryFolder();
  await (await openDataFolder(temporary.dataPath)).close();
  const child = spawn('/bin/sleep', ['60']);
  const content = { pid: child.pid, identity: 'whatever it was', token: 'feed' };
  child.kill('SIGKILL');
  await once(child, 'exit');
  writeFileSync(join(temporary.dataPath, 'LOCK'), JSON.stringify(content));
  await using folder = await openDataFolder(temporary.dataPath);
  expect(JSON.parse(readFileSync(join(folder.path, 'LOCK'), 'utf8'))).toMatchObject({ pid: process.pid });
});

test('a recycled pid does not look alive', async () => {
  await using temporary = temporaryFolder();
  await (await openDataFolder(temporary.dataPath)).close();
  // This very process lives, but it did not start when the lock's holder did.
  const lock = { pid: process.pid, identity: 'an earlier boot:1', token: 'feed' };
  writeFileSync(join(temporary.dataPath, 'LOCK'), JSON.stringify(lock));
  await using _ = await openDataFolder(temporary.dataPath);
});

test('a lock that was torn by a power cut is replaced', async () => {
  await using temporary = temporaryFolder();
  await (await openDataFolder(temporary.dataPath)).close();
  writeFileSync(join(temporary.dataPath, 'LOCK'), '');
  await using _ = await openDataFolder(temporary.dataPath);
});

test('a folder of another format version is refused and not touched', async () => {
  await using temporary = temporaryFolder();
  mkdirSync(temporary.dataPath, { mode: 0o750 });
  writeFileSync(join(temporary.dataPath, 'VERSION'), '2\n');
  expect((await refusalOf(temporary.dataPath)).messageEn).toContain('format version "2", this program reads "1"');
  expect(readdirSync(temporary.dataPath)).toEqual(['VERSION']);
  expect(modeOf(temporary.dataPath)).toBe('750');
});

test('a folder with somebody else’s files is refused and not touched', async () => {
  await using temporary = temporaryFolder();
  mkdirSync(temporary.dataPath);
  writeFileSync(join(temporary.dataPath, 'thesis.txt'), 'mine');
  expect((await refusalOf(temporary.dataPath)).messageEn).toContain('is not a data folder of Yiyun');
  expect((await refusalOf(join(temporary.dataPath, 'thesis.txt'))).messageEn).toContain(
    'is not a data folder of Yiyun',
  );
  expect(readdirSync(temporary.dataPath)).toEqual(['thesis.txt']);
});

test('a creation that was interrupted before the version was written is completed', async () => {
  await using temporary = temporaryFolder();
  mkdirSync(temporary.dataPath);
  writeFileSync(join(temporary.dataPath, 'LOCK'), JSON.stringify({ pid: 0, identity: '', token: 'feed' }));
  writeFileSync(join(temporary.dataPath, '.VERSION.0123456789ab'), '');
  await using folder = await openDataFolder(temporary.dataPath);
  expect(existsSync(join(folder.path, 'VERSION'))).toBe(true);
});

test.runIf(isRoot)('a folder of another user is refused', async () => {
  await using temporary = temporaryFolder();
  await (await openDataFolder(temporary.dataPath)).close();
  chownSync(join(temporary.dataPath, 'VERSION'), 1234, 1234);
  expect((await refusalOf(temporary.dataPath)).messageEn).toContain('belongs to user 1234, but this is user 0');
});

test.runIf(isRoot)('below a closed home the cluster lies in the system folder, and stays there', async () => {
  await using temporary = temporaryFolder({ mode: 0o700 });
  const first = await openDataFolder(temporary.dataPath);
  await first.close();
  await using folder = await openDataFolder(temporary.dataPath);
  expect(dirname(folder.postgresPath)).toBe('/var/lib/yiyun');
  expect(folder.postgresPath).toBe(first.postgresPath);
  expect(modeOf(folder.postgresPath)).toBe('711');
  expect(readFileSync(join(folder.path, 'POSTGRES_LOCATION'), 'utf8')).toBe(`${folder.postgresPath}\n`);
});

test.runIf(isRoot)('a copy of a data folder in use does not get at the same cluster', async () => {
  await using temporary = temporaryFolder({ mode: 0o700 });
  await using folder = await openDataFolder(temporary.dataPath);
  const copy = join(temporary.path, 'copy');
  cpSync(folder.path, copy, { recursive: true, filter: (path) => !path.endsWith('LOCK') });
  expect((await refusalOf(copy)).messageEn).toContain(`${folder.postgresPath} is in use by process ${process.pid}`);
  expect(readdirSync(copy)).not.toContain('LOCK');
});

test.runIf(isRoot)('a location outside of the system folder, or one that is gone, is refused', async () => {
  await using temporary = temporaryFolder();
  await (await openDataFolder(temporary.dataPath)).close();
  for (const location of [temporary.path, '/var/lib/yiyun/postgres-data-missing', '/var/lib/yiyun/../elsewhere']) {
    writeFileSync(join(temporary.dataPath, 'POSTGRES_LOCATION'), location);
    expect((await refusalOf(temporary.dataPath)).messageEn).toContain('missing or not trustworthy');
  }
});
