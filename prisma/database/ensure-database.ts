import pg from 'pg';

/** Name of the city's database in an embedded Postgres. */
export const CITY_DATABASE = 'yiyun';

/**
 * Creates the database when the server does not have it yet.
 *
 * @param adminUrl connection to another database of the same server, by a user who may create databases.
 */
export async function ensureDatabase(adminUrl: string, database: string): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [database]);
    if (rowCount === 0) await client.query(`create database ${pg.escapeIdentifier(database)}`);
  } catch (error) {
    // Another process was quicker.
    if (!(error instanceof pg.DatabaseError && ['42P04', '23505'].includes(error.code ?? ''))) throw error;
  } finally {
    await client.end();
  }
}
