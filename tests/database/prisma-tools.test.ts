import { execFileSync } from 'node:child_process';
import { appendFileSync, cpSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { expect, test } from 'vitest';
import { migrate } from '../../prisma/database/migrate.ts';
import { freshDatabase } from '../kit/test-database.ts';
import { temporaryFolder } from './temporary-folder.ts';

const repository = join(import.meta.dirname, '../..');

const schema = `
generator client {
  provider               = "prisma-client"
  output                 = "./client"
  runtime                = "nodejs"
  moduleFormat           = "esm"
  generatedFileExtension = "ts"
  importFileExtension    = "ts"
}

datasource db {
  provider = "postgresql"
}

model Tree {
  id      String    @id @db.Uuid
  name    String
  height  Int
  kinds   String[]
  felled  DateTime? @db.Date

  @@index([name(ops: raw("gin_trgm_ops"))], type: Gin, map: "tree_name_trgm")
  @@map("tree")
}
`;

const indexesByHand = `
create unique index tree_live_key on tree (name) where felled is null;
create index tree_lower on tree (lower(name));
create index tree_covering on tree (height) include (name);
create unique index "tree_nulls_key" on tree (felled, id) nulls not distinct;
alter table tree add constraint tree_height_positive check (height > 0);
`;

/** The part of the repository that the tools need, with a subgraph of the test's own. */
function repositoryWithOrchard(path: string): void {
  for (const part of ['package.json', 'prisma/tools', 'prisma/database', 'subgraphs/kit/codes/startup-problem.ts']) {
    cpSync(join(repository, part), join(path, part), { recursive: true });
  }
  symlinkSync(join(repository, 'node_modules'), join(path, 'node_modules'));
  mkdirSync(join(path, 'prisma/orchard'));
  writeFileSync(join(path, 'prisma/orchard/schema.prisma'), schema);
}

function run(folder: string, tool: string, ...args: string[]): string {
  const env = { PATH: process.env.PATH };
  return execFileSync(process.execPath, [join(folder, 'prisma/tools', tool), ...args], {
    encoding: 'utf8',
    env,
    stdio: 'pipe',
  });
}

function migrationOf(folder: string, purpose: string): string {
  const migrations = join(folder, 'prisma/orchard/migrations');
  const name = readdirSync(migrations).find((entry) => entry.endsWith(`_${purpose}`)) ?? '';
  return join(migrations, name, 'migration.sql');
}

test('schema to client: migrations keep what was made by hand, and the client shares a pool that has no session state', async () => {
  await using temporary = temporaryFolder();
  const folder = temporary.path;
  repositoryWithOrchard(folder);

  run(folder, 'new-migration.mjs', 'orchard', 'create_trees');
  const first = migrationOf(folder, 'create_trees');
  expect(readFileSync(first, 'utf8')).toContain('CREATE TABLE "tree"');
  expect(readFileSync(first, 'utf8')).toContain('USING GIN ("name" gin_trgm_ops)');
  appendFileSync(first, indexesByHand);

  writeFileSync(
    join(folder, 'prisma/orchard/schema.prisma'),
    schema.replace('@@map', '@@index([height, id])\n  @@map'),
  );
  run(folder, 'new-migration.mjs', 'orchard', 'index_height');
  const statements = readFileSync(migrationOf(folder, 'index_height'), 'utf8').match(/^[A-Z].*/gm);
  expect(statements).toEqual(['CREATE INDEX "tree_height_id_idx" ON "tree"("height", "id");']);

  await using database = await freshDatabase();
  const directory = join(folder, 'prisma/orchard/migrations');
  expect(await migrate({ connectionString: database.url }, [{ schema: 'orchard', directory }])).toHaveLength(2);

  run(folder, 'generate.mjs');
  const generated = join(folder, 'prisma/orchard/client');
  const stamp = readFileSync(join(generated, '.fingerprint'), 'utf8');
  run(folder, 'generate.mjs');
  expect(readFileSync(join(generated, '.fingerprint'), 'utf8')).toBe(stamp);

  const pool = new pg.Pool({ connectionString: database.url, max: 2 });
  const { PrismaClient } = await import(join(generated, 'client.ts'));
  const client = new PrismaClient({ adapter: new PrismaPg(pool, { schema: 'orchard' }) });
  const oak = { id: '01890000-0000-7000-8000-000000000001', name: '香樟', height: 12, kinds: ['evergreen'] };
  expect(await client.tree.create({ data: oak })).toEqual({ ...oak, felled: null });
  const second = { ...oak, id: '01890000-0000-7000-8000-000000000002' };
  const attempt = client.$transaction(async (transaction: typeof client) => {
    await transaction.tree.update({ where: { id: oak.id }, data: { height: 13 } });
    await transaction.tree.create({ data: second });
  });
  // The index made by hand speaks, the whole transaction is undone, and plain SQL on the same pool sees that.
  await expect(attempt).rejects.toMatchObject({
    code: 'P2002',
    meta: { driverAdapterError: { cause: { constraint: { index: 'tree_live_key' } } } },
  });
  expect((await pool.query('select name, height from orchard.tree')).rows).toEqual([{ name: '香樟', height: 12 }]);
  expect((await pool.query('show search_path')).rows).toEqual([{ search_path: '"$user", public' }]);
  await client.$disconnect();
  expect((await pool.query('select 1 as alive')).rows).toEqual([{ alive: 1 }]);
  await pool.end();
});
