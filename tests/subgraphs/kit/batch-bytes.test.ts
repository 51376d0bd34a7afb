import { expect, test } from 'vitest';
import { uuidLists } from '../../../subgraphs/kit/store/batch-bytes.ts';
import { PipelinedPool } from '../../../subgraphs/kit/store/pipelined-pool.ts';
import { freshDatabase } from '../../kit/test-database.ts';

const ids = ['019f1641-3500-7000-a11b-58b3976eb16c', '00000000-0000-0000-0000-000000000000'];

test('lists of uuids are told by what a statement says of its parameters', () => {
  expect([...uuidLists('select $1::uuid[], $12::uuid [], $2::text[], $3::uuid, $10::uuid[]')]).toEqual([0, 9]);
  expect(uuidLists('select 1').size).toBe(0);
});

test('every kind of value arrives as it was given', async () => {
  await using database = await freshDatabase();
  const pool = new PipelinedPool({ connectionString: database.url });
  const read = async (text: string, ...values: unknown[]) => {
    const rows = (await pool.read({}, text, `select ${text} as value`, values)) as { readonly value: unknown }[];
    return rows[0]?.value;
  };
  const long = '一云'.repeat(40_000);
  for (const list of [ids, [], [ids[0]], [ids[0]?.toUpperCase()], ids.map((id) => `{${id}}`), [ids[0], null]]) {
    const written = list.map((id) => id?.toLowerCase().replace(/[{}]/g, '') ?? null);
    expect(await read('$1::uuid[]::text[]', list), String(list)).toEqual(written);
  }
  expect(await read('$1::uuid[]::text[]', null)).toBeNull();
  expect(await read('$1::uuid[]::text[]', `{${ids.join()}}`)).toEqual(ids);
  expect(
    await read(
      'cardinality($1::uuid[])',
      Array.from({ length: 5_000 }, () => ids[1]),
    ),
  ).toBe(5_000);
  expect(await read('$1::text', '')).toBe('');
  expect(await read('$1::text', '社区 a"\\')).toBe('社区 a"\\');
  expect(await read('$1::text', long)).toBe(long);
  expect(await read('$1::text', undefined)).toBeNull();
  expect(await read('$1::int4 + $2::int4', 20, '22')).toBe(42);
  expect(await read('encode($1::bytea, $2)', Buffer.from([0, 255]), 'hex')).toBe('00ff');
  expect(await read('$1::text[]', ['a,b', '"', null, '安'])).toEqual(['a,b', '"', null, '安']);
  expect(await read('$1::timestamptz', new Date('2026-06-30T02:00:00.000Z'))).toEqual(
    new Date('2026-06-30T02:00:00.000Z'),
  );
  expect(await read('$1::jsonb', { name: '安' })).toEqual({ name: '安' });
  await pool.end();
});

test('who gives what is no uuid is told so, and a value that cannot be written fails its own statement alone', async () => {
  await using database = await freshDatabase();
  const pool = new PipelinedPool({ connectionString: database.url });
  const operation = {};
  const circle: { self?: unknown } = {};
  circle.self = circle;
  // Of as many characters as a uuid has: no digit, and one whose lower half is the code of a digit.
  const bads = ['g', '\u0130'].map((last) => `${ids[0]?.slice(0, -1)}${last}`);
  for (const list of [...bads.map((bad) => [bad]), [...ids, ...bads], [...bads, ...ids]]) {
    const refused = pool.read({}, 'bad', 'select $1::uuid[] as ids', [list]);
    await expect(refused, String(list)).rejects.toThrow('invalid input syntax for type uuid');
  }
  const [bad, unwritable, good] = await Promise.allSettled([
    pool.read({}, 'bad', 'select $1::uuid[] as ids', [[`${ids[0]?.slice(0, -1)}g`]]),
    pool.read(operation, 'unwritable', 'select $1::jsonb as value', [circle]),
    pool.read(operation, 'good', 'select $1::uuid[]::text[] as ids', [ids]),
  ]);
  expect(bad.status === 'rejected' && String(bad.reason)).toContain('invalid input syntax for type uuid');
  expect(unwritable.status === 'rejected' && String(unwritable.reason)).toContain('circular');
  expect(good).toEqual({ status: 'fulfilled', value: [{ ids }] });
  await pool.end();
});
