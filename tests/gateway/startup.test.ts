import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import pg from 'pg';
import { describe, expect, test } from 'vitest';
import { demoBanner } from '../../gateway/startup/banner.ts';
import { checkPort } from '../../gateway/startup/check-port.ts';
import { Closers } from '../../gateway/startup/closers.ts';
import { createLoadDisplay } from '../../gateway/startup/load-display.ts';
import { openDatabase } from '../../gateway/startup/open-database.ts';
import { type PrepareCityOptions, prepareCity } from '../../gateway/startup/prepare-city.ts';
import { StartupProblem } from '../../subgraphs/kit/codes/startup-problem.ts';
import { deriveSealingKeys } from '../../subgraphs/kit/store/sealing.ts';
import { administer, freshDatabase } from '../kit/test-database.ts';

async function problemOf(started: Promise<unknown>): Promise<StartupProblem> {
  const error = await started.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (error instanceof StartupProblem) return error;
  throw error ?? new Error('no problem was reported');
}

const wanted = (changes: Partial<PrepareCityOptions> = {}): PrepareCityOptions => ({
  city: 'jiaxing',
  scale: 0.001,
  keys: deriveSealingKeys(Buffer.alloc(32, 7)),
  onLoadStarted: () => {},
  onProgress: () => {},
  ...changes,
});

const open = (databaseUrl: string, closers: Closers) =>
  openDatabase(
    { databaseUrl, folder: undefined, log: () => {}, onConnectionLost: () => {}, onDatabaseLost: () => {} },
    closers,
  );

describe('the port', () => {
  test('that is free is left free, and one that is taken is told', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;

    const { messageZh, messageEn } = await problemOf(checkPort({ host: '127.0.0.1', port }));
    await new Promise((resolve) => server.close(resolve));

    expect(messageZh).toContain(`端口 ${port} 已被占用`);
    expect(messageEn).toContain('choose another with --port');
    await checkPort({ host: '127.0.0.1', port });
    await checkPort({ host: '127.0.0.1', port });
  });

  test('of a host that is not this machine is told', async () => {
    expect((await problemOf(checkPort({ host: '192.0.2.1', port: 0 }))).messageEn).toContain('check --host and --port');
  });
});

describe('the database', () => {
  test('that does not answer is named without its password', async () => {
    const url = 'postgresql://yiyun:s3cret@127.0.0.1:1/city';

    const { message } = await problemOf(open(url, new Closers()));

    expect(message).toContain('127.0.0.1:1/city');
    expect(message).toContain('ECONNREFUSED');
    expect(message).not.toContain('s3cret');
  });

  test('that does not exist is told with the reason', async () => {
    await using database = await freshDatabase();

    expect((await problemOf(open(`${database.url}_none`, new Closers()))).messageEn).toContain('3D000');
  });

  test('with a schema of ours that is somebody else’s is left as it is', async () => {
    await administer('create database test_foreign');
    try {
      await using database = await freshDatabase();
      const url = database.url.replace(/[^/]+$/, 'test_foreign');
      const client = new pg.Client({ connectionString: url });
      await client.connect();
      await client.query(
        'create schema people; create table people.staff (name text); insert into people.staff values (1)',
      );

      const { messageEn } = await problemOf(open(url, new Closers()));

      expect(messageEn).toContain('holds a schema "people" that is not Yiyun\'s');
      const { rows } = await client.query("select nspname from pg_namespace where nspname in ('people', 'catalog')");
      await client.end();
      expect(rows).toEqual([{ nspname: 'people' }]);
    } finally {
      await administer('drop database test_foreign with (force)');
    }
  });

  test('with a schema of ours that another Prisma project keeps its books in is left as it is', async () => {
    await administer('create database test_foreign_prisma');
    try {
      await using database = await freshDatabase();
      const url = database.url.replace(/[^/]+$/, 'test_foreign_prisma');
      const client = new pg.Client({ connectionString: url });
      await client.connect();
      await client.query(
        `create schema people; create table people.staff (name text); insert into people.staff values ('x');
         create table people._prisma_migrations (id text, checksum text, finished_at timestamptz, migration_name text,
           rolled_back_at timestamptz);
         insert into people._prisma_migrations values ('1', 'c', now(), '20200101000000_init', null)`,
      );

      const { messageEn } = await problemOf(open(url, new Closers()));

      expect(messageEn).toContain('holds a schema "people" that is not Yiyun\'s');
      const { rows } = await client.query(
        `select schemaname, tablename from pg_tables where schemaname not in ('pg_catalog', 'information_schema')
          order by tablename`,
      );
      const { rows: extensions } = await client.query("select extname from pg_extension where extname = 'pg_trgm'");
      await client.end();
      expect(rows).toEqual([
        { schemaname: 'people', tablename: '_prisma_migrations' },
        { schemaname: 'people', tablename: 'staff' },
      ]);
      expect(extensions).toEqual([]);
    } finally {
      await administer('drop database test_foreign_prisma with (force)');
    }
  });

  test('whose migration was edited is refused before any schema is changed', async () => {
    await using database = await freshDatabase();
    const { pool } = database;
    await pool.query('drop schema catalog cascade');
    await pool.query("update services._prisma_migrations set checksum = 'other'");

    const { messageEn } = await problemOf(open(database.url, new Closers()));

    expect(messageEn).toMatch(/services\/\S+ was edited/);
    expect((await pool.query("select to_regnamespace('catalog') as made")).rows).toEqual([{ made: null }]);
  });

  test('is migrated once and opened again as it is', async () => {
    await using database = await freshDatabase();
    for (let time = 0; time < 2; time++) {
      const closers = new Closers();
      const pool = await open(database.url, closers);
      expect((await pool.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
      await closers.close();
    }
  });
});

describe('the demo city', () => {
  test('is loaded by one of two hubs that start at once, found by the other, and never replaced', async () => {
    await using database = await freshDatabase();
    const { pool } = database;
    let loads = 0;
    const onLoadStarted = () => {
      loads += 1;
    };

    const [one, other] = await Promise.all([
      prepareCity(pool, wanted({ onLoadStarted })),
      prepareCity(pool, wanted({ onLoadStarted })),
    ]);

    expect(loads).toBe(1);
    expect(one.loaded).toEqual(other.loaded);
    expect(one).toMatchObject({ name: '嘉兴市', area: { cityCode: '3304' } });
    expect(one.firstCommunity.startsWith(one.area.countyCode)).toBe(true);

    const count = async () => (await pool.query('select count(*)::int as people from people.person')).rows[0].people;
    const people = await count();
    const otherCity = await problemOf(prepareCity(pool, wanted({ city: 'sanya' })));
    const otherScale = await problemOf(prepareCity(pool, wanted({ scale: 0.002 })));
    expect(otherCity.messageEn).toContain('already holds jiaxing at scale 0.001, not sanya at scale 0.001');
    expect(otherScale.messageZh).toContain('--city jiaxing --scale 0.001');

    await pool.query(`update catalog.loaded_city set generator_version = '0'`);
    expect((await problemOf(prepareCity(pool, wanted()))).messageEn).toContain('another version of the generator (0)');
    expect(await count()).toBe(people);
    expect(people).toBeGreaterThan(1_000);
  });

  test('starts over when its load was interrupted', async () => {
    await using database = await freshDatabase();
    const { pool } = database;
    await pool.query(
      `insert into catalog.loaded_city (id, city, scale, seed, generator_version, reference_instant, state, started_at)
       values (1, 'sanya', '1', 'x', '0', now(), 'LOADING', now())`,
    );

    const { loaded } = await prepareCity(pool, wanted());

    expect(loaded).toMatchObject({ city: 'jiaxing', scale: 0.001, state: 'LOADED' });
  });

  test('does not come over data that is no demo city’s', async () => {
    await using database = await freshDatabase();
    const { pool } = database;
    await pool.query(
      `insert into catalog.client
         (id, name, kind, department_code, jurisdiction_codes, rights, cost_budget_per_minute, created_at)
       values ('real', '公安局', 'SYSTEM', 'public-security', '{3304}', '{}', 1, now())`,
    );

    const { messageEn } = await problemOf(prepareCity(pool, wanted()));

    expect(messageEn).toContain('the table catalog.client has rows');
    expect((await pool.query('select id from catalog.client')).rows).toEqual([{ id: 'real' }]);
  });
});

describe('closing', () => {
  test('goes backwards, past what fails or hangs', async () => {
    const closers = new Closers();
    const closed: string[] = [];
    const step = (name: string) => async () => closed.push(name);
    closers.add('first', step('first'));
    closers.add('hangs', () => new Promise(() => {}), 20);
    closers.add('fails', async () => {
      throw new Error('no');
    });
    closers.add('last', step('last'));
    const problems: string[] = [];

    await Promise.all([closers.close((name) => problems.push(name)), closers.close()]);

    expect(closed).toEqual(['last', 'first']);
    expect(problems).toEqual(['fails', 'hangs']);
  });
});

describe('what is shown', () => {
  test('a load is a bar on a terminal and a few lines elsewhere', () => {
    const show = (isTTY: boolean) => {
      let text = '';
      const write = (part: string | Uint8Array) => {
        text += String(part);
        return true;
      };
      const display = createLoadDisplay({ isTTY, write });
      const of = { expectedRows: 1_000, table: 't' };
      for (let rows = 0; rows < 1_000; rows += 10) {
        const secondsLeft = rows < 100 ? undefined : 300 - Math.floor((rows * 3) / 10);
        display.show({ ...of, phase: 'ROWS', rows, share: rows / 2_000, secondsLeft });
      }
      for (let share = 0.5; share <= 1; share += 0.005) {
        display.show({ ...of, phase: 'INDEXES', rows: 1_000, share, secondsLeft: 5 });
      }
      display.show({ ...of, phase: 'STATISTICS', rows: 1_000, share: 1, secondsLeft: 0 });
      display.finish();
      return text;
    };

    expect(show(true)).toContain(
      '\r[########----------------------]  25 % 写入数据 rows：500 / 1,000 行 rows，剩余 left 2:30',
    );
    expect(show(false).split('\n')[0]).toBe('装载 loading 0 % 写入数据 rows：0 / 1,000 行 rows');
    expect(show(false)).toContain('装载 loading 60 % 建立索引 indexes：1,000 / 1,000 行 rows，剩余 left 0:05\n');
    expect(show(false)).toContain('装载 loading 100 % 收集统计 statistics');
    expect(show(true).endsWith('\n')).toBe(true);
    expect(show(false).split('\n')).toHaveLength(12);
    expect(show(false)).not.toContain('\r');
  });

  test('the banner has a request that a shell takes as it is', () => {
    const loaded = { city: 'jiaxing', scale: 0.01, rowCount: 292_787 } as Parameters<typeof demoBanner>[1]['loaded'];
    const text = demoBanner(
      'http://127.0.0.1:4000/graphql',
      { loaded, name: '嘉兴市', firstCommunity: '330402007024', area: { cityCode: '3304', countyCode: '330402' } },
      { system: 'a.b.c', frontend: 'd.e.f', steward: 'g.h.i' },
    );

    const curl = text.split('\n').find((line) => line.startsWith('curl')) ?? '';
    expect(JSON.parse(/-d '(.*)'$/.exec(curl)?.[1] ?? '')).toEqual({
      query: '{ community(statCode: "330402007024") { statCode name } }',
    });
    expect(curl).toContain("'authorization: Bearer a.b.c'");
    expect(text).toContain('292,787');
  });
});
