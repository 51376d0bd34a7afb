import { expect, test } from 'vitest';
import { type ListDeclaration, readPages, TOTAL_CAP } from '../../../subgraphs/kit/store/keyset-list.ts';
import { LargeTotals } from '../../../subgraphs/kit/store/large-totals.ts';
import { testCaller } from '../../kit/open-test-subgraph.ts';
import { freshDatabase } from '../../kit/test-database.ts';

interface Row {
  readonly id: number;
}

const LIST: ListDeclaration<Row> = {
  name: 'test.rows',
  from: 'public.row t',
  columns: 't.id',
  place: { alias: 't', hasGridCode: false },
  sorts: { ID: { columns: [{ expression: 't.id', property: 'id', cast: 'int' }], direction: 'ASC', filters: ['odd'] } },
  filters: { odd: (value, values) => `t.id % 2 = $${values.push(value === true ? 1 : 0)}` },
};

test('a list that was far beyond the cap a moment ago is not counted again, for its own area and filter alone', async () => {
  await using database = await freshDatabase();
  const { pool } = database;
  await pool.query(`CREATE TABLE public.row (id int PRIMARY KEY, city_code text, county_code text);
    INSERT INTO public.row SELECT n, '3304', '330401' FROM generate_series(1, ${TOTAL_CAP * 1.1}) n`);
  let now = 0;
  const totals = new LargeTotals(() => now);
  let counted = 0;
  const totalFor = async (area: string, filter: Readonly<Record<string, unknown>> = {}) => {
    const request = { first: 2, sort: 'ID', filter, wantsTotal: true };
    const run = async (_name: string, text: string, values: unknown[]) => {
      if (text.includes('count(*)')) counted += 1;
      return (await pool.query(text, values)).rows;
    };
    const [page] = await readPages(LIST, request, undefined, testCaller([area]), Buffer.alloc(32), run, totals);
    return [page?.total, page?.rows.length, counted];
  };

  expect(await totalFor('3304')).toEqual([TOTAL_CAP, 2, 1]);
  expect(await totalFor('3304')).toEqual([TOTAL_CAP, 2, 1]);
  expect(await totalFor('330401')).toEqual([TOTAL_CAP, 2, 2]);
  expect(await totalFor('330402')).toEqual([0, 0, 3]);
  expect(await totalFor('330402')).toEqual([0, 0, 4]);
  expect(await totalFor('3304', { odd: true })).toEqual([TOTAL_CAP * 0.55, 2, 5]);

  now = 9_999;
  expect(await totalFor('3304')).toEqual([TOTAL_CAP, 2, 5]);
  await pool.query('DELETE FROM public.row WHERE id > $1', [TOTAL_CAP + 1]);
  now = 10_000;
  // At the cap, and too near to it to be remembered.
  expect(await totalFor('3304')).toEqual([TOTAL_CAP, 2, 6]);
  await pool.query('DELETE FROM public.row WHERE id > $1', [TOTAL_CAP - 1]);
  expect(await totalFor('3304')).toEqual([TOTAL_CAP - 1, 2, 7]);
});

test('as many lists are remembered as there is room for, the last ones', () => {
  const totals = new LargeTotals(() => 0);
  for (let n = 0; n <= 1_000; n++) totals.note(`list ${n}`);
  expect([totals.has('list 0'), totals.has('list 1'), totals.has('list 1000')]).toEqual([false, true, true]);
});
