import type pg from 'pg';
import { listMigrationDirectories } from '../../prisma/database/migration-directories.ts';
import { MIGRATED_TABLES } from '../../prisma/seed/kept-tables.ts';
import { isLoaded, type LoadedCity, readLoadedCity } from '../../prisma/seed/loaded-city.ts';
import type { CityChunk } from '../../prisma/seed/loading/city-chunks.ts';
import type { LoadProgress } from '../../prisma/seed/loading/load-progress.ts';
import { cityProfiles } from '../../prisma/seed/profile/profiles.ts';
import type { DemoCity } from '../../prisma/seed/vocabulary.ts';
import { StartupProblem } from '../../subgraphs/kit/codes/startup-problem.ts';
import { keyedHash, type SealingKeys, seal, unseal } from '../../subgraphs/kit/store/sealing.ts';
import type { DemoArea } from '../identity/demo-clients.ts';

export interface PrepareCityOptions {
  readonly city: DemoCity;
  readonly scale: number;
  readonly keys: SealingKeys;
  readonly onLoadStarted: () => void;
  readonly onProgress: (progress: LoadProgress) => void;
  /** This very city's chunks, which somebody has begun to make. */
  readonly chunks?: AsyncIterable<CityChunk> | undefined;
}

/** The demo city that the hub serves. */
export interface PreparedCity {
  readonly loaded: LoadedCity;
  readonly area: DemoArea;
  /** 12-digit code of the first community that has people. */
  readonly firstCommunity: string;
  readonly name: string;
}

/**
 * Makes sure that the database holds the demo city that was asked for, and loads it into an empty one. A load that was
 * interrupted starts over; a whole city is never replaced.
 *
 * @throws StartupProblem when the database holds another city, scale or generation, or data that is no demo city's.
 */
export async function prepareCity(pool: pg.Pool, options: PrepareCityOptions): Promise<PreparedCity> {
  const { city } = options;
  const loaded = (await needsNoLoad(pool, options)) ?? (await loadAlone(pool, options));
  await refuseOtherSecret(pool, options.keys);
  const first = await findFirstCommunity(pool);
  const { name } = cityProfiles[city];
  return {
    loaded,
    name,
    area: { cityCode: first.city, countyCode: first.county },
    firstCommunity: first.community,
  };
}

/** Ids ascend in the order in which the communities were populated, and committees stay where they are. */
async function findFirstCommunity(pool: pg.Pool): Promise<{ city: string; county: string; community: string }> {
  const { rows } = await pool.query<{ city: string; county: string; community: string }>(
    `select city_code as city, county_code as county, community_code as community
       from organizations.committee order by id limit 1`,
  );
  const [first] = rows;
  if (first === undefined) throw new Error('the demo city has no community');
  return first;
}

async function needsNoLoad(pool: pg.Pool, { city, scale }: PrepareCityOptions): Promise<LoadedCity | undefined> {
  const loaded = await readLoadedCity(pool);
  if (loaded === null) {
    const table = await findFilledTable(pool);
    if (table === undefined) return undefined;
    throw new StartupProblem(
      `数据库中没有演示城市，但表 ${table} 已有数据，装载会将其清空，因此不予启动：请换一个空数据库，或以 YIYUN_MODE=production 运行。`,
      `The database holds no demo city, yet the table ${table} has rows, which a load would erase, so nothing is started: use an empty database, or run with YIYUN_MODE=production.`,
    );
  }
  if (loaded.state === 'LOADING') return undefined;
  if (isLoaded(loaded, { city, scale })) return loaded;
  if (loaded.city !== city || loaded.scale !== scale) {
    throw new StartupProblem(
      `这里已装载 ${loaded.city}，规模 ${loaded.scale}，与所选的 ${city}，规模 ${scale} 不同：请改用 --city ${loaded.city} --scale ${loaded.scale}，或另选 --data-dir（或数据库）。`,
      `This already holds ${loaded.city} at scale ${loaded.scale}, not ${city} at scale ${scale}: start with --city ${loaded.city} --scale ${loaded.scale}, or choose another --data-dir (or database).`,
    );
  }
  throw new StartupProblem(
    `这里的 ${city} 由另一版本的生成器（${loaded.generatorVersion}）装载：请改用相应版本的一云，或另选 --data-dir（或数据库）。`,
    `The ${city} held here was made by another version of the generator (${loaded.generatorVersion}): use the Yiyun release that made it, or choose another --data-dir (or database).`,
  );
}

/** Two hubs may start on one database server at once; the second waits here and then finds the city loaded. */
async function loadAlone(pool: pg.Pool, options: PrepareCityOptions): Promise<LoadedCity> {
  const { city, scale, keys, onLoadStarted, onProgress } = options;
  const guard = await pool.connect();
  try {
    await guard.query('begin');
    // The load may well take longer than the server lets an ordinary transaction rest.
    await guard.query('set local idle_in_transaction_session_timeout = 0');
    // Conflicts with itself and with migrations, but not with reading or writing rows.
    await guard.query('lock table catalog._prisma_migrations in share update exclusive mode');
    const meanwhile = await needsNoLoad(pool, options);
    if (meanwhile !== undefined) return meanwhile;
    onLoadStarted();
    // The generator is only needed once in a city's life.
    const [{ loadCity }, { ChunksAhead }] = await Promise.all([
      import('../../prisma/seed/load-city.ts'),
      import('../../prisma/seed/loading/chunks-ahead.ts'),
    ]);
    const chunks = options.chunks ?? new ChunksAhead({ city, scale }, keys);
    try {
      await loadCity(pool, {
        city,
        scale,
        seal: (plain) => seal(keys.field, plain),
        keyedHash: (plain) => keyedHash(keys.lookup, plain),
        chunks,
        onProgress,
        now: () => new Date(),
      });
    } finally {
      if (chunks instanceof ChunksAhead) await chunks.stop();
    }
    const loaded = await readLoadedCity(pool);
    if (loaded === null) throw new Error('the loaded city is gone');
    return loaded;
  } finally {
    // Ends the transaction with the connection, whatever state either is in.
    guard.release(true);
  }
}

/** A database of its own outlives a data folder, and with the folder goes the secret that its numbers are sealed with. */
async function refuseOtherSecret(pool: pg.Pool, keys: SealingKeys): Promise<void> {
  const { rows } = await pool.query<{ sealed: Buffer }>(
    'select citizen_id_sealed as sealed from people.person limit 1',
  );
  try {
    if (rows[0] !== undefined) unseal(keys.field, rows[0].sealed);
  } catch (error) {
    throw new StartupProblem(
      '数据库中的证件号是用另一把密钥加密的：请用装载它的数据目录启动，或设置当时的 YIYUN_SECRET，或换一个空数据库。',
      'The numbers in this database were sealed with another secret: start with the data folder that loaded it, set the YIYUN_SECRET of that time, or use an empty database.',
      { cause: error },
    );
  }
}

async function findFilledTable(pool: pg.Pool): Promise<string | undefined> {
  const { rows: tables } = await pool.query<{ name: string }>(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables
      where schemaname = any($1) and tablename <> '_prisma_migrations'
        and schemaname || '.' || tablename <> all($2)
      order by 1`,
    [listMigrationDirectories().map(({ schema }) => schema), MIGRATED_TABLES],
  );
  for (const { name } of tables) {
    const { rows } = await pool.query<{ filled: boolean }>(`select exists (select from ${name}) as filled`);
    if (rows[0]?.filled) return name;
  }
  return undefined;
}
