import type pg from 'pg';
import type { RowScope } from '../../../subgraphs/kit/graph/row-scope.ts';
import { subgraphs } from '../../../subgraphs/registry.ts';
import { cityDatabase } from '../../kit/city-database.ts';
import type { TestDatabase } from '../../kit/test-database.ts';

/** The test city's one community, and one of another county that half of its rows are moved to. */
export const DISTRICT_A = '330402';
export const DISTRICT_B = '330411';
const COMMUNITY_A = '330402007024';
const COMMUNITY_B = '330411001001';

interface Table {
  readonly name: string;
  readonly columns: readonly string[];
  readonly keyColumns: readonly string[];
}

/**
 * The test city with half of the rows of every place-scoped table moved to another district, without regard to what
 * belongs together: a household of A with members in B, a case of A reported by somebody of B. Whatever leads from row
 * to row now leads across the border, too.
 */
export async function twoDistricts(): Promise<TestDatabase> {
  const database = await cityDatabase();
  for (const table of await placeTables(database.pool)) {
    if (table.keyColumns.some((column) => column.endsWith('_code'))) await copyAcross(database.pool, table);
    else await moveHalf(database.pool, table);
  }
  return database;
}

async function placeTables(pool: pg.Pool): Promise<Table[]> {
  const { rows } = await pool.query<Table>(
    `SELECT c.table_schema || '.' || c.table_name AS name, array_agg(DISTINCT c.column_name::text) AS columns,
            array(SELECT a.attname::text FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = ANY(i.indkey)
                   WHERE i.indisprimary AND i.indrelid = format('%I.%I', c.table_schema, c.table_name)::regclass) AS "keyColumns"
       FROM information_schema.columns c JOIN information_schema.tables t USING (table_schema, table_name)
      WHERE c.table_schema = ANY($1) AND t.table_type = 'BASE TABLE' AND c.table_name NOT IN ('outbox', 'division')
      GROUP BY c.table_schema, c.table_name HAVING bool_or(c.column_name LIKE '%county_code') ORDER BY 1`,
    [subgraphs.map(({ name }) => name)],
  );
  return rows;
}

/** Territory and what is counted by it: B gets the same as A. */
async function copyAcross(pool: pg.Pool, { name }: Table): Promise<void> {
  const text = [
    [COMMUNITY_A, COMMUNITY_B],
    [`"${COMMUNITY_A.slice(0, 9)}"`, `"${COMMUNITY_B.slice(0, 9)}"`],
    [`"${DISTRICT_A}"`, `"${DISTRICT_B}"`],
  ].reduce((sql, [from, to]) => `replace(${sql}, '${from}', '${to}')`, 'to_jsonb(t)::text');
  await pool.query(
    `INSERT INTO ${name} SELECT (jsonb_populate_record(NULL::${name}, (${text})::jsonb)).* FROM ${name} t
      WHERE to_jsonb(t)::text LIKE '%${COMMUNITY_A}%' ON CONFLICT DO NOTHING`,
  );
}

async function moveHalf(pool: pg.Pool, { name, columns, keyColumns }: Table): Promise<void> {
  const prefixes = columns.filter((column) => column.endsWith('county_code')).map((column) => column.slice(0, -11));
  for (const prefix of prefixes) {
    const sets = [
      [`${prefix}county_code`, `'${DISTRICT_B}'`],
      [`${prefix}township_code`, `'${COMMUNITY_B.slice(0, 9)}'`],
      [`${prefix}community_code`, `'${COMMUNITY_B}'`],
      ...['grid_code', 'micro_grid_code'].map((column) => [
        `${prefix}${column}`,
        `'${COMMUNITY_B}' || substr(${prefix}${column}, 13)`,
      ]),
    ].filter(([column]) => columns.includes(column ?? ''));
    const key = keyColumns.map((column) => `${column}::text`).join(" || '/' || ");
    const half = `get_byte(decode(md5(${key} || '${prefix}'), 'hex'), 0) % 2 = 0`;
    // A row without a county (a city's own) stays; a tier that is empty stays empty.
    const values = sets.map(([column, value]) => `${column} = CASE WHEN ${column} IS NULL THEN NULL ELSE ${value} END`);
    await pool.query(
      `UPDATE ${name} SET ${values.join(', ')} WHERE ${prefix}county_code = '${DISTRICT_A}' AND ${half}`,
    );
  }
}

/** Global ids of a type's rows: those that a caller of district A may see, and those he may not. */
export async function idsBySide(
  pool: pg.Pool,
  typeName: string,
  rows: Exclude<RowScope, { scope: 'REFERENCE' }>,
): Promise<{ readonly a: string[]; readonly b: string[] }> {
  const inA = rows.prefixes.map((prefix) => `coalesce(${prefix}county_code = '${DISTRICT_A}', false)`).join(' OR ');
  const { rows: found } = await pool.query<{ id: string; a: boolean }>(
    `SELECT $1 || ':' || ${rows.key} AS id, (${inA}) AS a FROM ${rows.table} ORDER BY ${rows.key}`,
    [typeName],
  );
  return {
    a: found.filter(({ a }) => a).map(({ id }) => id),
    b: found.filter(({ a }) => !a).map(({ id }) => id),
  };
}
