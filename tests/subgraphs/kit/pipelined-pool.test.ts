import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { PipelinedPool } from '../../../subgraphs/kit/store/pipelined-pool.ts';
import { freshDatabase, type TestDatabase } from '../../kit/test-database.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database[Symbol.asyncDispose]());

function openPool(): PipelinedPool {
  const pool = new PipelinedPool({ connectionString: database.url, max: 4 });
  pool.on('error', () => {});
  return pool;
}

interface Stamp {
  readonly at: string;
  readonly v: number;
}

const BACKEND = 'select pg_backend_pid() as pid';
const pidOf = (rows: object[]) => (rows[0] as { pid: number }).pid;

test('statements that an operation makes together share a connection and are answered in their order', async () => {
  const pool = openPool();
  const operation = {};
  const answers = await Promise.all(
    [1, 2, 3].map((value) =>
      pool.read(operation, `v${value}`, `select $1::int as v, pg_backend_pid() as pid`, [value]),
    ),
  );
  expect(answers.map((rows) => (rows[0] as { v: number }).v)).toEqual([1, 2, 3]);
  expect(new Set(answers.map(pidOf)).size).toBe(1);
  await pool.end();
});

test('statements that an operation makes together are answered together, also when one is slow', async () => {
  const pool = openPool();
  const operation = {};
  const quick = pool.read(operation, 'quick', 'select 1 as v', []);
  const slow = pool.read(operation, 'slow', 'select pg_sleep(0.3)', []).then(() => 'together');
  await quick;
  const nextTurn = new Promise((resolve) => setImmediate(() => resolve('apart')));
  expect(await Promise.race([slow, nextTurn])).toBe('together');
  await pool.end();
});

test('rows are read as pg reads them, the first time and every other', async () => {
  const pool = openPool();
  const text = `select 1 as "anInt", 2::bigint as "aBig", 1.5::numeric as n, 2.5::float8 as f, true as b, null::text as nil,
    'Ü 中文' as t, '2026-06-30'::date as d, '2026-06-30T10:00:00.123+08'::timestamptz as ts, '\\x00ff'::bytea as bytes,
    '{"a":[1]}'::jsonb as j, array['x','y"z'] as "list", $1::uuid as id, $2::text[] as given, $3::timestamptz as at`;
  const values = ['019f1641-3500-7000-a000-0496d53a3e6e', ['a', 'b,"c'], new Date('2026-01-01T00:00:00Z')];
  const expected = (await pool.query(text, values)).rows;
  for (let round = 0; round < 3; round++) expect(await pool.read({}, 'all_types', text, values)).toEqual(expected);
  expect(Object.keys(expected[0])).toEqual(Object.keys((await pool.read({}, 'all_types', text, values))[0] ?? {}));
  await pool.end();
});

test('a statement that fails takes none of its neighbours with it, and works again when its cause is gone', async () => {
  const pool = openPool();
  const operation = {};
  const settled = await Promise.allSettled([
    pool.read(operation, 'one', 'select 1 as v', []),
    pool.read(operation, 'divide', 'select 1 / $1::int as v', [0]),
    pool.read(operation, 'two', 'select 2 as v', []),
  ]);
  expect(settled.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  expect(settled[1]).toMatchObject({ reason: { code: '22012' } });
  expect(await pool.read(operation, 'divide', 'select 1 / $1::int as v', [1])).toEqual([{ v: 1 }]);
  await pool.end();
});

test('an operation does not wait behind the slow statement of another', async () => {
  const pool = openPool();
  const slow = pool.read({}, 'slow', 'select pg_sleep(1), pg_backend_pid() as pid', []);
  const quick = await pool.read({}, 'backend', BACKEND, []);
  expect(pidOf(quick)).not.toBe(pidOf(await slow));
  await pool.end();
});

test('quick statements of several operations share a transaction, and the failure of one is its own', async () => {
  const pool = openPool();
  // The server's clock stands still within a transaction.
  const [stamp, divide] = ['select now()::text as at, $1::int as v', 'select now()::text as at, 1 / $1::int as v'];
  await pool.read({}, 'stamp', stamp, [0]);
  await pool.read({}, 'divide', divide, [1]);
  const read = (name: string, text: string, value: number) => pool.read({}, name, text, [value]) as Promise<Stamp[]>;
  // On a busy machine what is quick may seem slow, until it is run again.
  await expect
    .poll(async () => {
      const together = await Promise.all([1, 2, 3].map((value) => read('stamp', stamp, value)));
      expect(together.map(([row]) => row?.v)).toEqual([1, 2, 3]);
      return new Set(together.map(([row]) => row?.at)).size;
    })
    .toBe(1);
  const settled = await Promise.allSettled([
    read('stamp', stamp, 4),
    read('divide', divide, 0),
    read('stamp', stamp, 5),
    read('wrong number of values', 'select 6 as v', 6),
  ]);
  expect(settled.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'rejected']);
  expect((settled[2] as PromiseFulfilledResult<Stamp[]>).value[0]?.v).toBe(5);
  await pool.end();
});

test('a statement that has been slow keeps nobody waiting the next time', async () => {
  const pool = openPool();
  const sleep = () => pool.read({}, 'sleep', 'select pg_sleep(0.4)', []).then(() => 'slow');
  const quick = () => pool.read({}, 'quick', 'select 1', []).then(() => 'quick');
  await quick();
  await sleep();
  const slow = sleep();
  expect(await Promise.race([slow, quick()])).toBe('quick');
  await slow;
  await pool.end();
});

test('nothing can be written where reads share a transaction', async () => {
  const pool = openPool();
  const write = pool.read({}, 'write', 'delete from people.person', []);
  await expect(write).rejects.toMatchObject({ code: '25006' });
  await pool.end();
});

test('what is committed by itself is there for everybody, and a failure keeps nothing from being written', async () => {
  const pool = openPool();
  await pool.query('create table public.committed (v int primary key)');
  const write = (v: number) => pool.commit('write', 'insert into public.committed values ($1) returning v', [v]);
  const settled = await Promise.allSettled([write(1), write(1), write(2)]);
  expect(settled.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  const { rows } = await pool.query('select v from public.committed order by v');
  expect(rows).toEqual([{ v: 1 }, { v: 2 }]);
  const last = write(3);
  await pool.end();
  expect(await last).toEqual([{ v: 3 }]);
  expect(() => write(4)).toThrow();
});

test('a connection that is cut fails what runs on it, and the next read has another one', async () => {
  const pool = openPool();
  const operation = {};
  const pid = pidOf(await pool.read(operation, 'backend', BACKEND, []));
  const running = pool.read(operation, 'sleep', 'select pg_sleep(10)', []);
  const refused = expect(running).rejects.toThrow();
  const active = "select 1 from pg_stat_activity where pid = $1 and query like '%pg_sleep(10)%' and state = 'active'";
  await expect.poll(async () => (await pool.query(active, [pid])).rowCount).toBe(1);
  await pool.query('select pg_terminate_backend($1)', [pid]);
  await refused;
  expect(pidOf(await pool.read(operation, 'backend', BACKEND, []))).not.toBe(pid);
  await pool.end();
});

test('statements run on one plan for all values', async () => {
  const pool = openPool();
  const operation = {};
  const text = 'select count(*)::int as v from people.person t where t.id = any($1::uuid[])';
  for (let round = 0; round < 3; round++) await pool.read(operation, 'planned', text, [[]]);
  const counts = 'select generic_plans::int as g, custom_plans::int as c from pg_prepared_statements where name = $1';
  expect(await pool.read(operation, 'counts', counts, ['planned'])).toEqual([{ g: 3, c: 0 }]);
  await pool.end();
});

test('after its end nothing is connected, and nothing can be read', async () => {
  const pool = openPool();
  await pool.read({}, 'backend', BACKEND, []);
  await pool.end();
  expect(() => pool.read({}, 'backend', BACKEND, [])).toThrow();
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  const others =
    'select count(*)::int as n from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()';
  // A backend takes a moment to go.
  await expect.poll(async () => (await client.query(others)).rows[0].n).toBe(0);
  await client.end();
});

test('what cannot be connected to fails the read', async () => {
  const pool = new PipelinedPool({ connectionString: 'postgresql://nobody@127.0.0.1:1/none' });
  await expect(pool.read({}, 'backend', BACKEND, [])).rejects.toThrow();
  await pool.end();
});

test('a connection that is lost while it is checked out and idle fails its next statement and nothing else', async () => {
  const pool = openPool();
  const client = await pool.connect();
  const { rows } = await client.query(BACKEND);
  const lost = new Promise((resolve) => client.once('error', resolve));
  await pool.query('select pg_terminate_backend($1)', [pidOf(rows)]);
  await lost;
  await expect(client.query('select 1')).rejects.toThrow();
  client.release(true);
  expect((await pool.query('select 1 as v')).rows).toEqual([{ v: 1 }]);
  await pool.end();
});

interface Keyed {
  readonly id: string;
  readonly area: string;
  /** Keys that the statement was run with. */
  readonly asked: number;
}

const keyed = 'select k as id, $2::text as area, cardinality($1::text[]) as asked from unnest($1::text[]) as k';
const readKeyed = (pool: PipelinedPool, keys: string[], area: string) =>
  pool.read({}, 'keyed', keyed, [keys, area], { key: 'id' }) as Promise<Keyed[]>;

test('operations that ask one statement for several keys at once run it once, and each gets the rows of its own', async () => {
  const pool = openPool();
  await readKeyed(pool, ['first'], '3304');
  await expect
    .poll(async () => {
      const [one, two, other] = await Promise.all([
        readKeyed(pool, ['a', 'b'], '3304'),
        readKeyed(pool, ['b', 'c'], '3304'),
        readKeyed(pool, ['a'], '3301'),
      ]);
      expect(one.map(({ id }) => id)).toEqual(['a', 'b']);
      expect(two.map(({ id }) => id)).toEqual(['b', 'c']);
      expect(other).toEqual([{ id: 'a', area: '3301', asked: 1 }]);
      expect([...one, ...two].every(({ area }) => area === '3304')).toBe(true);
      // What one operation does to its rows is nothing to another.
      expect(two.some((row) => one.includes(row))).toBe(false);
      return one[0]?.asked;
    })
    .toBe(3);
  await pool.end();
});

test('keys that another asked for give nobody a row, and whoever asked for nothing that is there gets nothing', async () => {
  const pool = openPool();
  const text = `select t.id from (values ('a'), ('b')) as t(id) where t.id = any($1::text[])`;
  const read = (keys: string[]) => pool.read({}, 'present', text, [keys], { key: 'id' });
  await read(['a']);
  for (let round = 0; round < 20; round++) {
    expect(await Promise.all([read(['a']), read(['x']), read([])])).toEqual([[{ id: 'a' }], [], []]);
  }
  await pool.end();
});

test('pages below the parents of several operations are counted from each one’s first parent', async () => {
  const pool = openPool();
  const text = `select k.ordinal as "pageOrdinal", k.key || n as row, cardinality($1::text[]) as asked
    from unnest($1::text[]) with ordinality as k(key, ordinal), generate_series(1, 2) as n order by k.ordinal, n`;
  const read = async (keys: string[]) =>
    (await pool.read({}, 'pages', text, [keys], { ordinal: 'pageOrdinal' })) as {
      pageOrdinal: unknown;
      row: string;
      asked: number;
    }[];
  await read(['first']);
  await expect
    .poll(async () => {
      const pages = await Promise.all([read(['a', 'b']), read([]), read(['c']), read(['a'])]);
      expect(pages.map((rows) => rows.map(({ pageOrdinal, row }) => `${Number(pageOrdinal)}${row}`))).toEqual([
        ['1a1', '1a2', '2b1', '2b2'],
        [],
        ['1c1', '1c2'],
        ['1a1', '1a2'],
      ]);
      return pages[3]?.[0]?.asked;
    })
    .toBe(4);
  await pool.end();
});

test('a key that its statement cannot stand fails who asked for it, and nobody else', async () => {
  const pool = openPool();
  const text = 'select k as id, 12 / k::int as v from unnest($1::text[]) as k';
  const read = (keys: string[]) => pool.read({}, 'divide keys', text, [keys], { key: 'id' });
  await read(['1']);
  for (let round = 0; round < 20; round++) {
    const settled = await Promise.allSettled([read(['2']), read(['0']), read(['3', '4']), read(['5'])]);
    expect(settled.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'fulfilled']);
    expect(settled[1]).toMatchObject({ reason: { code: '22012' } });
    expect(settled[2]).toMatchObject({
      value: [
        { id: '3', v: 4 },
        { id: '4', v: 3 },
      ],
    });
  }
  await pool.end();
});
