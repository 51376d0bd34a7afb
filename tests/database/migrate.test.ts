import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { expect, test } from 'vitest';
import { migrate } from '../../prisma/database/migrate.ts';
import { StartupProblem } from '../../subgraphs/kit/codes/startup-problem.ts';
import { administer, freshDatabase, type TestDatabase } from '../kit/test-database.ts';
import { type TemporaryFolder, temporaryFolder } from './temporary-folder.ts';

/** Writes migrations as they lie in the repository and returns what `migrate` is told about them. */
function subgraph(folder: TemporaryFolder, migrations: Record<string, string>): { schema: string; directory: string } {
  for (const [name, sql] of Object.entries(migrations)) {
    mkdirSync(join(folder.path, name), { recursive: true });
    writeFileSync(join(folder.path, name, 'migration.sql'), sql);
  }
  writeFileSync(join(folder.path, 'migration_lock.toml'), 'provider = "postgresql"\n');
  return { schema: 'orchard', directory: folder.path };
}

async function rowsOf(database: TestDatabase, text: string): Promise<unknown[][]> {
  return (await database.pool.query({ text, rowMode: 'array' })).rows;
}

const bookkeeping =
  'select migration_name, finished_at is not null, applied_steps_count from orchard._prisma_migrations';
const create = { '20260101000000_create': 'create table tree (name text not null);' };
const index = { '20260102000000_index': 'create index tree_name on tree using gin (name gin_trgm_ops);' };

test('migrations run in order inside the subgraph’s schema, and once', async () => {
  await using folder = temporaryFolder();
  await using database = await freshDatabase();
  const first = await migrate({ connectionString: database.url }, [subgraph(folder, create)]);
  expect(first).toEqual([{ schema: 'orchard', name: '20260101000000_create', milliseconds: expect.any(Number) }]);
  const second = await migrate({ connectionString: database.url }, [subgraph(folder, index)]);
  expect(second.map(({ name }) => name)).toEqual(['20260102000000_index']);
  expect(await migrate({ connectionString: database.url }, [subgraph(folder, {})])).toEqual([]);
  expect(await rowsOf(database, `${bookkeeping} order by 1`)).toEqual([
    ['20260101000000_create', true, 1],
    ['20260102000000_index', true, 1],
  ]);
  expect(await rowsOf(database, `select schemaname from pg_indexes where indexname = 'tree_name'`)).toEqual([
    ['orchard'],
  ]);
});

test('an open connection is used, left open, and its search path is what it was', async () => {
  await using folder = temporaryFolder();
  await using database = await freshDatabase();
  const client = await database.pool.connect();
  try {
    await migrate(client, [subgraph(folder, create)]);
    expect((await client.query('show search_path')).rows).toEqual([{ search_path: '"$user", public' }]);
  } finally {
    client.release();
  }
});

test('a migration that was edited after it had been applied is refused, and nothing after it runs', async () => {
  await using folder = temporaryFolder();
  await using database = await freshDatabase();
  await migrate({ connectionString: database.url }, [subgraph(folder, create)]);
  const edited = subgraph(folder, { ...index, '20260101000000_create': 'create table bush (name text);' });
  const refusal = migrate({ connectionString: database.url }, [edited]);
  await expect(refusal).rejects.toThrow('orchard/20260101000000_create was edited after it had been applied');
  await expect(refusal).rejects.toBeInstanceOf(StartupProblem);
  expect(await rowsOf(database, bookkeeping)).toEqual([['20260101000000_create', true, 1]]);
});

test('a failing migration leaves nothing of itself, keeps those before it, and runs when it is corrected', async () => {
  await using folder = temporaryFolder();
  await using database = await freshDatabase();
  const broken = { '20260103000000_break': 'create table half (id int); insert into nowhere values (1);' };
  const refusal = migrate({ connectionString: database.url }, [subgraph(folder, { ...create, ...broken })]);
  await expect(refusal).rejects.toThrow('orchard/20260103000000_break failed (relation "nowhere" does not exist)');
  expect(await rowsOf(database, bookkeeping)).toEqual([['20260101000000_create', true, 1]]);
  expect(await rowsOf(database, `select to_regclass('orchard.half')::text`)).toEqual([[null]]);
  const corrected = subgraph(folder, { '20260103000000_break': 'create table half (id int);' });
  expect(await migrate({ connectionString: database.url }, [corrected])).toHaveLength(1);
});

test('a migration that failed under Prisma is refused until it is resolved', async () => {
  await using folder = temporaryFolder();
  await using database = await freshDatabase();
  const orchard = subgraph(folder, create);
  await migrate({ connectionString: database.url }, [orchard]);
  await database.pool.query('update orchard._prisma_migrations set finished_at = null');
  await expect(migrate({ connectionString: database.url }, [orchard])).rejects.toThrow('failed earlier under Prisma');
});

test('of several processes that migrate at once, each migration is applied by one', async () => {
  await using folder = temporaryFolder();
  await using database = await freshDatabase();
  const orchard = subgraph(folder, { ...create, ...index });
  const runs = Array.from({ length: 6 }, () => migrate({ connectionString: database.url }, [orchard]));
  const applied = (await Promise.all(runs)).flat();
  expect(applied.map(({ name }) => name).sort()).toEqual(['20260101000000_create', '20260102000000_index']);
  expect(await rowsOf(database, 'select count(*)::int from orchard._prisma_migrations')).toEqual([[2]]);
});

test('a database user who may not create pg_trgm is told who should; one who finds all in place needs no right', async () => {
  await using folder = temporaryFolder();
  await using database = await freshDatabase();
  const orchard = subgraph(folder, create);
  const name = new URL(database.url).pathname.slice(1);
  const role = `gardener_${name}`;
  await administer(`create role ${role} login password 'plants'`);
  try {
    const connection = { connectionString: database.url.replace(/\/\/[^@]+@/, `//${role}:plants@`) };
    await database.pool.query('drop extension pg_trgm cascade');
    await expect(migrate(connection, [orchard])).rejects.toThrow('have an administrator run create extension pg_trgm');
    await database.pool.query('create extension pg_trgm with schema public');
    await expect(migrate(connection, [orchard])).rejects.toThrow('Cannot set up the schema orchard');
    await database.pool.query(`create schema orchard authorization ${role}`);
    expect(await migrate(connection, [orchard])).toHaveLength(1);
    expect(await migrate(connection, [orchard])).toEqual([]);
    await database.pool.query(`drop owned by ${role}`);
  } finally {
    await administer(`drop role ${role}`);
  }
});

test('pg_trgm in another schema than public is refused, because migrations would not find it', async () => {
  await using folder = temporaryFolder();
  await using database = await freshDatabase();
  await database.pool.query('create schema extensions; alter extension pg_trgm set schema extensions');
  const refusal = migrate({ connectionString: database.url }, [subgraph(folder, create)]);
  await expect(refusal).rejects.toThrow('pg_trgm lies in schema extensions');
});

test('a subgraph without migrations gets its schema', async () => {
  await using folder = temporaryFolder();
  await using database = await freshDatabase();
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  const orchard = { schema: 'orchard', directory: join(folder.path, 'none') };
  expect(await migrate(client, [orchard])).toEqual([]);
  expect(await rowsOf(database, bookkeeping)).toEqual([]);
  await client.end();
});
