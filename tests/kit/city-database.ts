import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';
import { loadCity } from '../../prisma/seed/load-city.ts';
import type { DemoCity } from '../../prisma/seed/vocabulary.ts';
import { deriveSealingKeys, keyedHash, type SealingKeys, seal } from '../../subgraphs/kit/store/sealing.ts';
import { administer, freshDatabase, type TestDatabase } from './test-database.ts';

/** The secret of all test hubs, so that one sealed city serves them all. */
export const TEST_SECRET: Buffer = Buffer.alloc(32, 7);
export const TEST_KEYS: SealingKeys = deriveSealingKeys(TEST_SECRET);

const SCALE = 0.001;

/** A copy of the migrated database that holds one real-size community of a city, loaded once for the whole run. */
export async function cityDatabase(city: DemoCity = 'jiaxing'): Promise<TestDatabase> {
  const template = `yiyun_city_${city}`;
  try {
    return await freshDatabase(template);
  } catch (error) {
    if ((error as { code?: unknown }).code !== INVALID_CATALOG_NAME) throw error;
  }
  await buildTemplate(city, template);
  return freshDatabase(template);
}

const INVALID_CATALOG_NAME = '3D000';
const DUPLICATE_DATABASE = '42P04';

async function buildTemplate(city: DemoCity, template: string): Promise<void> {
  const draft = `${template}_${randomUUID().replaceAll('-', '')}`;
  await administer(`create database ${draft} template yiyun_template`);
  const pool = new pg.Pool({ connectionString: `${inject('postgresUrl')}${draft}`, max: 6 });
  try {
    await loadCity(pool, {
      city,
      scale: SCALE,
      seal: (plain) => seal(TEST_KEYS.field, plain),
      keyedHash: (plain) => keyedHash(TEST_KEYS.lookup, plain),
      now: () => new Date(),
    });
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
