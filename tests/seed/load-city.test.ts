import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { isLoaded, type LoadCityOptions, loadCity, readLoadedCity } from '../../prisma/seed/load-city.ts';
import type { LoadProgress } from '../../prisma/seed/loading/load-progress.ts';
import { freshDatabase, type TestDatabase } from '../kit/test-database.ts';

const sha = (plain: string) => createHash('sha256').update(plain).digest();
const options: LoadCityOptions = {
  city: 'sanya',
  scale: 0.001,
  seal: (plain) => Buffer.from(plain.split('').reverse().join('')),
  keyedHash: sha,
  now: () => new Date('2026-07-01T00:00:00Z'),
};

async function indexes(database: TestDatabase): Promise<string[]> {
  const { rows } = await database.pool.query<{ indexdef: string }>(
    `SELECT indexdef FROM pg_indexes
     WHERE schemaname IN ('people', 'organizations', 'services', 'party', 'catalog') ORDER BY indexdef`,
  );
  return rows.map(({ indexdef }) => indexdef);
}

async function counts(database: TestDatabase, tables: readonly string[]): Promise<Record<string, number>> {
  const found: Record<string, number> = {};
  for (const table of tables) {
    const { rows } = await database.pool.query<{ count: number }>(`SELECT count(*)::int AS count FROM ${table}`);
    found[table] = rows[0]?.count ?? -1;
  }
  return found;
}

test('a city is loaded with every row counted, its indexes as before, and noted as loaded', async () => {
  await using database = await freshDatabase();
  expect(await readLoadedCity(database.pool)).toBeNull();
  const before = await indexes(database);
  const progress: LoadProgress[] = [];
  const result = await loadCity(database.pool, { ...options, onProgress: (step) => progress.push(step) });

  expect(await indexes(database)).toEqual(before);
  expect(await counts(database, Object.keys(result.tables))).toEqual(result.tables);
  expect(Object.values(result.tables).reduce((sum, count) => sum + count, 0)).toBe(result.rows);
  // Examples of the flows, and the chain of systems, datasets and scenarios are written with two batches after the copied rows that are counted.
  const chain = ['catalog.department_system', 'catalog.dataset', 'catalog.scenario'];
  const examples = Object.values(result.examples).reduce((sum, count) => sum + count, 0);
  const copied = result.rows - examples - chain.reduce((sum, table) => sum + (result.tables[table] ?? 0), 0) - 2;
  expect(progress.at(-1)).toMatchObject({ rows: copied, expectedRows: copied });
  const loaded = await readLoadedCity(database.pool);
  expect(loaded).toMatchObject({
    city: 'sanya',
    scale: 0.001,
    seed: 'yiyun-1',
    generatorVersion: '1',
    state: 'LOADED',
    rowCount: result.rows,
    referenceInstant: new Date('2026-06-30T02:00:00Z'),
    loadedAt: new Date('2026-07-01T00:00:00Z'),
  });
  expect(isLoaded(loaded, options)).toBe(true);
  expect(isLoaded(loaded, { city: 'sanya', scale: 0.002 })).toBe(false);
});

test('the rows of a large table lie in the order of their ids, whichever connection wrote them', async () => {
  await using database = await freshDatabase();
  const { tables } = await loadCity(database.pool, options);
  for (const table of ['people.residence', 'people.household', 'services.incident_transition']) {
    const key = table === 'services.incident_transition' ? 'incident_id' : 'id';
    const { rows } = await database.pool.query<{ rows: number; back: number }>(
      `SELECT count(*)::int AS rows, count(*) FILTER (WHERE back)::int AS back
         FROM (SELECT ${key} < lag(${key}) OVER (ORDER BY ctid) AS back FROM ${table}) walked`,
    );
    expect([table, rows[0]?.rows]).toEqual([table, tables[table]]);
    // Examples are added behind the copied rows.
    expect([table, (rows[0]?.back ?? -1) <= 20]).toEqual([table, true]);
  }
});

test('a loaded person carries sealed numbers that the keyed hash finds', async () => {
  await using database = await freshDatabase();
  await loadCity(database.pool, options);
  const { rows } = await database.pool.query<{
    citizen_id_sealed: Buffer;
    citizen_id_hash: Buffer;
    birth_date: string;
  }>(
    `SELECT citizen_id_sealed, citizen_id_hash, to_char(birth_date, 'YYYYMMDD') AS birth_date
     FROM people.person ORDER BY id LIMIT 1`,
  );
  const number = rows[0]?.citizen_id_sealed.toString().split('').reverse().join('') ?? '';
  expect(number.slice(0, 14)).toBe(`330499${rows[0]?.birth_date}`);
  expect(rows[0]?.citizen_id_hash).toEqual(sha(number));
});

test('provenance counts the rows of its dataset, and seed rows write no events', async () => {
  await using database = await freshDatabase();
  const { tables } = await loadCity(database.pool, options);
  const { rows } = await database.pool.query<{ dataset: string; row_count: number; rows: number }>(
    `SELECT p.dataset, p.row_count, (SELECT count(*)::int FROM people.person WHERE provenance_id = p.id) AS rows
     FROM people.provenance p WHERE dataset = 'person'`,
  );
  const people = tables['people.person'];
  expect(rows).toEqual([{ dataset: 'person', row_count: people, rows: people }]);
  expect(await counts(database, ['people.outbox', 'organizations.outbox', 'services.outbox', 'party.outbox'])).toEqual({
    'people.outbox': 0,
    'organizations.outbox': 0,
    'services.outbox': 0,
    'party.outbox': 0,
  });
});

test('an interrupted load stays LOADING, and the next one brings rows and indexes back', async () => {
  await using database = await freshDatabase();
  const before = await indexes(database);
  let sealed = 0;
  const failing = (plain: string) => {
    if (++sealed > 5_000) throw new Error('The key is gone');
    return Buffer.from(plain);
  };
  await expect(loadCity(database.pool, { ...options, seal: failing })).rejects.toThrow('The key is gone');
  expect((await readLoadedCity(database.pool))?.state).toBe('LOADING');
  expect(isLoaded(await readLoadedCity(database.pool), options)).toBe(false);
  expect((await indexes(database)).length).toBeLessThan(before.length);

  const result = await loadCity(database.pool, options);
  expect((await readLoadedCity(database.pool))?.state).toBe('LOADED');
  expect(await indexes(database)).toEqual(before);
  expect(await counts(database, ['people.person'])).toEqual({ 'people.person': result.tables['people.person'] });
});

test("loading another city replaces the first and keeps what is known about the hub's callers", async () => {
  await using database = await freshDatabase();
  await loadCity(database.pool, options);
  await database.pool.query(
    `INSERT INTO catalog.schema_version (id, graph, hash, sdl, published_at)
     VALUES ('0197bcc0-0000-7000-8000-000000000000', 'people', 'h', 'type Query', now())`,
  );
  await loadCity(database.pool, { ...options, city: 'jiaxing' });
  const { rows } = await database.pool.query<{ city_code: string }>('SELECT DISTINCT city_code FROM people.person');
  expect(rows).toEqual([{ city_code: '3304' }]);
  expect(await counts(database, ['catalog.schema_version'])).toEqual({ 'catalog.schema_version': 1 });
});
