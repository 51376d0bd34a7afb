import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import { inject } from 'vitest';
import { loadCity } from '../../prisma/seed/load-city.ts';
import type { DemoCity } from '../../prisma/seed/vocabulary.ts';
import { PipelinedPool } from '../../subgraphs/kit/store/pipelined-pool.ts';
import { deriveSealingKeys, keyedHash, type SealingKeys, seal } from '../../subgraphs/kit/store/sealing.ts';
import { administer, freshDatabase, type TestDatabase } from './test-database.ts';

/** The secret of all test hubs, so that one sealed city serves them all. */
export const TEST_SECRET: Buffer = Buffer.alloc(32, 7);
export const TEST_KEYS: SealingKeys = deriveSealingKeys(TEST_SECRET);

const SCALE = 0.001;

/** A copy of the migrated database that holds one real-size community of a city, loaded once for the whole run. */
export function cityDatabase(city: DemoCity = 'jiaxing'): Promise<TestDatabase> {
  return copyOf(`yiyun_city_${city}`, async (template) => {
    await buildTemplate('yiyun_template', template, (pool) => load(pool, city));
  });
}

/** The same, with what a start of the hub leaves in the catalogue; `publish` does it, once for the whole run. */
export function publishedCityDatabase(
  city: DemoCity,
  publish: (pool: pg.Pool) => Promise<void>,
): Promise<TestDatabase> {
  return copyOf(`yiyun_published_${city}`, async (template) => {
    await using database = await cityDatabase(city);
    await database.pool.end();
    await buildTemplate(new URL(database.url).pathname.slice(1), template, publish);
  });
}

async function copyOf(template: string, build: (template: string) => Promise<void>): Promise<TestDatabase> {
  try {
    return await freshDatabase(template);
  } catch (error) {
    if ((error as { code?: unknown }).code !== INVALID_CATALOG_NAME) throw error;
  }
  await build(template);
  return freshDatabase(template);
}

const INVALID_CATALOG_NAME = '3D000';
const DUPLICATE_DATABASE = '42P04';

async function buildTemplate(base: string, template: string, fill: (pool: pg.Pool) => Promise<void>): Promise<void> {
  const draft = `${template}_${randomUUID().replaceAll('-', '')}`;
  await administer(`create database ${draft} template ${base}`);
  const pool = new PipelinedPool({ connectionString: `${inject('postgresUrl')}${draft}`, max: 6 });
  pool.on('error', () => {}); // the draft may be dropped before its last connection has gone
  try {
    await fill(pool);
  } finally {
    await pool.end();
  }
  try {
    await administer(`alter database ${draft} rename to ${template}`);
  } catch (error) {
    // Another test file was quicker; its template is as good.
    if ((error as { code?: unknown }).code !== DUPLICATE_DATABASE) throw error;
    await administer(`drop database ${draft} with (force)`);
  }
}

async function load(pool: pg.Pool, city: DemoCity): Promise<void> {
  await loadCity(pool, {
    city,
    scale: SCALE,
    seal: (plain) => seal(TEST_KEYS.field, plain),
    keyedHash: (plain) => keyedHash(TEST_KEYS.lookup, plain),
    now: () => new Date(),
  });
}
