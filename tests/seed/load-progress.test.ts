import { expect, test } from 'vitest';
import { LoadMeter, type LoadProgress } from '../../prisma/seed/loading/load-progress.ts';

test('what is left is told from what is done: of the rows, then of the indexes, then of the whole', () => {
  const told: LoadProgress[] = [];
  let now = 0;
  const meter = new LoadMeter(
    1_000,
    (progress) => told.push(progress),
    () => now,
  );
  meter.copied('people.person', 1);
  now = 10_000;
  meter.copied('people.person', 499);
  now = 10_050;
  meter.copied('people.household', 250);
  now = 20_000;
  meter.copied('people.household', 350);
  meter.indexing(10_000);
  now = 25_000;
  meter.indexed('people.person', 5_000);
  meter.enter('FIGURES');
  meter.enter('STATISTICS');
  meter.finish();

  expect(told.map(({ phase, rows, expectedRows, table }) => [phase, rows, expectedRows, table])).toEqual([
    ['ROWS', 1, 1_000, 'people.person'],
    ['ROWS', 500, 1_000, 'people.person'],
    ['ROWS', 1_100, 1_100, 'people.household'],
    ['INDEXES', 1_100, 1_100, 'people.household'],
    ['INDEXES', 1_100, 1_100, 'people.person'],
    ['FIGURES', 1_100, 1_100, 'people.person'],
    ['STATISTICS', 1_100, 1_100, 'people.person'],
    ['STATISTICS', 1_100, 1_100, 'people.person'],
  ]);
  const shares = told.map(({ share }) => share);
  expect(shares).toEqual([...shares].sort((a, b) => a - b));
  expect(shares[1]).toBeCloseTo(0.225, 3);
  expect(shares.at(-1)).toBe(1);
  expect(told[0]?.secondsLeft).toBeUndefined();
  expect(told[1]?.secondsLeft).toBe(35);
  expect(told.at(-1)?.secondsLeft).toBe(0);
});
