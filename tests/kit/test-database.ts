import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';
import { PipelinedPool } from '../../subgraphs/kit/store/pipelined-pool.ts';
import type {} from './global-setup.ts';

/** A database of the test's own, removed when it is disposed of: `await using database = await freshDatabase()`. */
export interface TestDatabase extends AsyncDisposable {
  readonly url: string;
  readonly pool: pg.Pool;
}

/** Copies the migrated template database; holds the schemas of all subgraphs and no rows. */
export async function freshDatabase(template = 'yiyun_template'): Promise<TestDatabase> {
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await administer(`create database ${name} template ${template}`);
  const url = `${inject('postgresUrl')}${name}`;
  const pool = new PipelinedPool({ connectionString: url, max: 8 });
  pool.on('error', () => {}); // a test may cut its connections
  return {
    url,
    pool,
    [Symbol.asyncDispose]: async () => {
      if (!pool.ended) await pool.end();
      await administer(`drop database ${name} with (force)`);
    },
  };
}

/** Runs one statement as the server's owner, outside of any test's database. */
export async function administer(statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: `${inject('postgresUrl')}postgres` });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
