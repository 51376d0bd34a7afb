import { createHash, randomUUID } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { StartupProblem } from '../../subgraphs/kit/codes/startup-problem.ts';
import { errorCode } from './atomic-file.ts';
import type { MigrationDirectory } from './migration-directories.ts';

export interface AppliedMigration {
  readonly schema: string;
  readonly name: string;
  readonly milliseconds: number;
}

export interface Migration {
  readonly name: string;
  readonly sql: string;
  readonly checksum: string;
}

interface BookkeepingRow {
  migration_name: string;
  checksum: string;
  finished_at: Date | null;
}

/**
 * Brings the schemas of all subgraphs up to date and returns what was applied, in order.
 *
 * Each migration runs in one transaction together with its row in Prisma's own `_prisma_migrations` table (one per
 * schema), so Prisma's `migrate status` and `migrate deploy` agree with it. Inside, `search_path` is the subgraph's
 * schema, then `public`, where `pg_trgm` lies. Several processes may migrate at once: a table lock, held within each
 * transaction, lets one go first. Works through a pooler in transaction mode.
 *
 * @param connection an open connection (left open), or how to make one.
 * @throws StartupProblem when an applied migration was edited, one failed earlier or fails now (nothing of it stays),
 *   or the database user may not do what is needed.
 */
export async function migrate(
  connection: pg.ClientBase | pg.ClientConfig,
  subgraphs: readonly MigrationDirectory[],
): Promise<AppliedMigration[]> {
  if ('query' in connection) return migrateAll(connection, subgraphs);
  const client = new pg.Client(connection);
  await client.connect();
  try {
    return await migrateAll(client, subgraphs);
  } finally {
    await client.end();
  }
}

async function migrateAll(
  client: pg.ClientBase,
  subgraphs: readonly MigrationDirectory[],
): Promise<AppliedMigration[]> {
  // All of them are looked at before the first is changed: nothing is half made when one is refused.
  for (const { schema, directory } of subgraphs) {
    const known = (await hasBookkeeping(client, schema)) ? await readBookkeeping(client, schema) : [];
    for (const migration of await readMigrations(directory)) isApplied(schema, migration, known);
  }
  await ensureTrigrams(client);
  const applied: AppliedMigration[] = [];
  for (const { schema, directory } of subgraphs) {
    const migrations = await readMigrations(directory);
    await ensureBookkeeping(client, schema);
    const known = await readBookkeeping(client, schema);
    for (const migration of migrations) {
      if (isApplied(schema, migration, known)) continue;
      const started = performance.now();
      if (!(await apply(client, schema, migration))) continue;
      applied.push({ schema, name: migration.name, milliseconds: Math.round(performance.now() - started) });
    }
  }
  return applied;
}

/**
 * A schema of one of the names that holds tables which our migrations did not make: without Prisma's bookkeeping, with
 * one that is not Prisma's, or with one that knows none of our migrations. Undefined when there is none.
 */
export async function findForeignSchema(
  client: pg.ClientBase,
  subgraphs: readonly MigrationDirectory[],
): Promise<string | undefined> {
  for (const { schema, directory } of subgraphs) {
    const { rows } = await client.query<{ name: string }>(
      'select tablename as name from pg_tables where schemaname = $1',
      [schema],
    );
    const tables = rows.map(({ name }) => name);
    // An interruption may have left the bookkeeping alone, and empty.
    const ownTables = tables.filter((name) => name !== '_prisma_migrations');
    if (tables.length === 0) continue;
    const known = tables.includes('_prisma_migrations') ? await findBookkeeping(client, schema) : undefined;
    const ours = new Set((await readMigrations(directory)).map(({ name }) => name));
    const isOurs = known?.some(({ migration_name }) => ours.has(migration_name)) ?? false;
    const isUntouched = known?.length === 0 && ownTables.length === 0;
    if (!isOurs && !isUntouched) return schema;
  }
  return undefined;
}

/** Undefined where the table of that name is not Prisma's, or not for us to read. */
async function findBookkeeping(client: pg.ClientBase, schema: string): Promise<BookkeepingRow[] | undefined> {
  try {
    return await readBookkeeping(client, schema);
  } catch (error) {
    if (error instanceof pg.DatabaseError) return undefined;
    throw error;
  }
}

/** The migrations of a folder, in order; none where there is no such folder. */
export async function readMigrations(directory: string): Promise<Migration[]> {
  let names: string[];
  try {
    names = await readdir(directory);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return []; // a subgraph that stores nothing
    throw error;
  }
  const migrations: Migration[] = [];
  for (const name of names.filter((entry) => /^\d/.test(entry)).sort()) {
    const sql = await readFile(join(directory, name, 'migration.sql'), 'utf8');
    migrations.push({ name, sql, checksum: createHash('sha256').update(sql).digest('hex') });
  }
  return migrations;
}

async function ensureTrigrams(client: pg.ClientBase): Promise<void> {
  const find = 'select nspname from pg_extension join pg_namespace n on n.oid = extnamespace where extname = $1';
  const found = await client.query<{ nspname: string }>(find, ['pg_trgm']);
  const schema = found.rows[0]?.nspname;
  if (schema === 'public') return;
  if (schema !== undefined) {
    throw new StartupProblem(
      `扩展 pg_trgm 装在模式 ${schema} 中：请管理员执行 alter extension pg_trgm set schema public。`,
      `The extension pg_trgm lies in schema ${schema}: have an administrator run alter extension pg_trgm set schema public.`,
    );
  }
  try {
    await toleratingRivals(client, 'create extension if not exists pg_trgm with schema public');
  } catch (error) {
    throw new StartupProblem(
      `无法创建扩展 pg_trgm（${textOf(error)}）：请管理员在该数据库中执行 create extension pg_trgm with schema public。`,
      `Cannot create the extension pg_trgm (${textOf(error)}): have an administrator run create extension pg_trgm with schema public in this database.`,
      { cause: error },
    );
  }
}

/** Looks before it creates: `create … if not exists` asks for the right to create even when nothing is missing. */
async function ensureBookkeeping(client: pg.ClientBase, schema: string): Promise<void> {
  const table = bookkeepingTable(schema);
  const find = 'select to_regnamespace($1) is not null as has_schema, to_regclass($2) is not null as has_table';
  const { rows } = await client.query<{ has_schema: boolean; has_table: boolean }>(find, [
    pg.escapeIdentifier(schema),
    table,
  ]);
  if (rows[0]?.has_table) return;
  try {
    if (!rows[0]?.has_schema) {
      await toleratingRivals(client, `create schema if not exists ${pg.escapeIdentifier(schema)}`);
    }
    await toleratingRivals(
      client,
      `create table if not exists ${table} (
         id varchar(36) primary key not null,
         checksum varchar(64) not null,
         finished_at timestamptz,
         migration_name varchar(255) not null,
         logs text,
         rolled_back_at timestamptz,
         started_at timestamptz not null default now(),
         applied_steps_count integer not null default 0
       )`,
    );
  } catch (error) {
    throw new StartupProblem(
      `无法在数据库中建立模式 ${schema}（${textOf(error)}）：请管理员为该用户授予 create 权限，或预先建立该模式。`,
      `Cannot set up the schema ${schema} (${textOf(error)}): have an administrator grant this user create on the database, or create the schema for it.`,
      { cause: error },
    );
  }
}

/** `if not exists` does not see what another session has created but not committed; the second try does. */
async function toleratingRivals(client: pg.ClientBase, statement: string): Promise<void> {
  try {
    await client.query(statement);
  } catch (error) {
    const isRivalry = error instanceof pg.DatabaseError && /^(23505|42P0[67]|42710)$/.test(error.code ?? '');
    if (!isRivalry) throw error;
    await client.query(statement);
  }
}

async function hasBookkeeping(client: pg.ClientBase, schema: string): Promise<boolean> {
  const { rows } = await client.query<{ found: boolean }>('select to_regclass($1) is not null as found', [
    bookkeepingTable(schema),
  ]);
  return rows[0]?.found ?? false;
}

async function readBookkeeping(client: pg.ClientBase, schema: string): Promise<BookkeepingRow[]> {
  const { rows } = await client.query<BookkeepingRow>(
    `select migration_name, checksum, finished_at from ${bookkeepingTable(schema)} where rolled_back_at is null`,
  );
  return rows;
}

function isApplied(schema: string, { name, checksum }: Migration, known: readonly BookkeepingRow[]): boolean {
  const row = known.find(({ migration_name }) => migration_name === name);
  if (row === undefined) return false;
  if (row.finished_at === null) {
    throw new StartupProblem(
      `迁移 ${schema}/${name} 先前由 Prisma 执行失败且未处理：请修复后执行 npm run prisma -- ${schema} migrate resolve。`,
      `The migration ${schema}/${name} failed earlier under Prisma and was not resolved: repair the database, then run npm run prisma -- ${schema} migrate resolve.`,
    );
  }
  if (row.checksum !== checksum) {
    throw new StartupProblem(
      `迁移 ${schema}/${name} 在执行之后被修改：请恢复原文件，并以新的迁移表达改动。`,
      `The migration ${schema}/${name} was edited after it had been applied: restore the file and put the change into a new migration.`,
    );
  }
  return true;
}

/** False when another process applied it while we waited for the lock. */
async function apply(client: pg.ClientBase, schema: string, migration: Migration): Promise<boolean> {
  const table = bookkeepingTable(schema);
  await client.query('begin');
  try {
    await client.query(`lock table ${table} in share row exclusive mode`);
    if (isApplied(schema, migration, await readBookkeeping(client, schema))) {
      await client.query('rollback');
      return false;
    }
    await client.query(`set local search_path to ${pg.escapeIdentifier(schema)}, public`);
    await client.query(migration.sql);
    await client.query(
      `insert into ${table} (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
       values ($1, $2, $3, now(), clock_timestamp(), 1)`,
      [randomUUID(), migration.checksum, migration.name],
    );
    await client.query('commit');
    return true;
  } catch (error) {
    await client.query('rollback').catch(() => {}); // a lost connection rolls back by itself
    if (error instanceof StartupProblem) throw error;
    throw new StartupProblem(
      `迁移 ${schema}/${migration.name} 执行失败（${textOf(error)}），未留下任何改动：请修正该迁移后重新启动。`,
      `The migration ${schema}/${migration.name} failed (${textOf(error)}) and left no change: correct it and start again.`,
      { cause: error },
    );
  }
}

function bookkeepingTable(schema: string): string {
  return `${pg.escapeIdentifier(schema)}._prisma_migrations`;
}

function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
