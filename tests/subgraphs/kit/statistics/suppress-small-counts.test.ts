import { expect, test } from 'vitest';
import type { CountLine } from '../../../../subgraphs/kit/statistics/count-line.ts';
import { type CountCell, withheldCells } from '../../../../subgraphs/kit/statistics/suppress-small-counts.ts';

const FLOOR = 5;
const withheld = (counts: Record<string, number>, lines: readonly CountLine[]) =>
  [
    ...withheldCells(
      Object.entries(counts).map(([key, count]) => ({ key, count })),
      lines,
      FLOOR,
    ),
  ].sort();

test('a small count takes the smallest of its line with it, or the total would give it away', () => {
  const lines = [{ total: 'all', parts: ['a', 'b', 'c'] }];
  expect(withheld({ all: 63, a: 3, b: 20, c: 40 }, lines)).toEqual(['a', 'b']);
});

test.each([
  ['nothing small', { all: 60, a: 20, b: 40 }, []],
  ['nobody at all', { all: 40, a: 0, b: 40 }, []],
  ['two small ones hide each other', { all: 47, a: 3, b: 4, c: 40 }, ['a', 'b']],
  ['four is small, five is not', { all: 45, a: 5, b: 40 }, []],
  ['only zeros beside it: the total goes, too', { all: 3, a: 3, b: 0 }, ['a', 'all']],
] as const)('%s', (_case, counts, expected) => {
  expect(withheld(counts, [{ total: 'all', parts: ['a', 'b', ...('c' in counts ? ['c'] : [])] }])).toEqual(expected);
});

test('a sum over two tiers does not give a small count away either', () => {
  const lines = [
    { total: 'county', parts: ['east', 'west'] },
    { total: 'east', parts: ['e1', 'e2'] },
    { total: 'west', parts: ['w1', 'w2'] },
  ];
  const counts = { county: 4, east: 3, west: 1, e1: 3, e2: 0, w1: 1, w2: 0 };
  expect(attack(counts, lines)).toEqual([]);
});

test('by no combination of published cells is a withheld one found, in two hundred tables of three tiers', () => {
  const random = mulberry(20_260_630);
  for (let table = 0; table < 200; table++) {
    const columns = ['men', 'women', 'young', 'old'].slice(0, 2 + Math.floor(random() * 3));
    const areas = Array.from({ length: 2 + Math.floor(random() * 4) }, (_, index) => `t${index}`);
    const counts: Record<string, number> = {};
    const lines: CountLine[] = [];
    for (const column of columns) {
      for (const area of areas) {
        const parts = Array.from({ length: 2 + Math.floor(random() * 3) }, (_, index) => `${area}.${index}:${column}`);
        // Few people: every second cell is small.
        for (const part of parts) counts[part] = Math.floor(random() ** 2 * 30);
        counts[`${area}:${column}`] = parts.reduce((sum, part) => sum + (counts[part] ?? 0), 0);
        lines.push({ total: `${area}:${column}`, parts });
      }
      counts[`city:${column}`] = areas.reduce((sum, area) => sum + (counts[`${area}:${column}`] ?? 0), 0);
      lines.push({ total: `city:${column}`, parts: areas.map((area) => `${area}:${column}`) });
    }
    for (const area of [...areas, 'city']) {
      counts[`${area}:all`] = columns.reduce((sum, column) => sum + (counts[`${area}:${column}`] ?? 0), 0);
      lines.push({ total: `${area}:all`, parts: columns.map((column) => `${area}:${column}`) });
    }
    expect(attack(counts, lines), `table ${table}`).toEqual([]);
  }
});

test('the same release withholds the same cells, whatever their order', () => {
  const lines = [{ total: 'all', parts: ['a', 'b', 'c', 'd'] }];
  const cells: CountCell[] = Object.entries({ all: 53, a: 3, b: 20, c: 20, d: 10 }).map(([key, count]) => ({
    key,
    count,
  }));
  expect([...withheldCells(cells, lines, FLOOR)].sort()).toEqual(
    [...withheldCells([...cells].reverse(), lines, FLOOR)].sort(),
  );
});

/**
 * What an attacker finds: he changes one withheld cell and asks whether any table with the same published cells has
 * that value. He solves in another way than the rule does: with whole numbers modulo a prime, by rank. A cell is found
 * when the equation "this cell" adds nothing to what the lines say.
 */
function attack(counts: Record<string, number>, lines: readonly CountLine[]): string[] {
  const hidden = withheld(counts, lines);
  for (const [key, count] of Object.entries(counts)) if (count > 0 && count < FLOOR) expect(hidden).toContain(key);
  const rows = lines.map(({ total, parts }) =>
    hidden.map((key) => (key === total ? -1 : 0) + (parts.includes(key) ? 1 : 0)),
  );
  const known = rank(rows);
  return hidden.filter((_, index) => rank([...rows, hidden.map((_key, other) => (other === index ? 1 : 0))]) === known);
}

const PRIME = 1_000_003;

function rank(rows: readonly (readonly number[])[]): number {
  const work = rows.map((row) => row.map((value) => ((value % PRIME) + PRIME) % PRIME));
  let found = 0;
  for (let column = 0; column < (work[0]?.length ?? 0); column++) {
    const pivot = work.findIndex((row, index) => index >= found && row[column] !== 0);
    if (pivot < 0) continue;
    const [row] = work.splice(pivot, 1) as [number[]];
    work.splice(found, 0, row);
    const inverse = power(row[column] ?? 1, PRIME - 2);
    for (let index = found + 1; index < work.length; index++) {
      const other = work[index] as number[];
      const factor = ((other[column] ?? 0) * inverse) % PRIME;
      if (factor !== 0)
        for (let at = column; at < other.length; at++)
          other[at] = ((other[at] ?? 0) + (PRIME - factor) * (row[at] ?? 0)) % PRIME;
    }
    found++;
  }
  return found;
}

function power(base: number, exponent: number): number {
  let result = 1;
  for (let square = base % PRIME, left = exponent; left > 0; left = Math.floor(left / 2)) {
    if (left % 2 === 1) result = (result * square) % PRIME;
    square = (square * square) % PRIME;
  }
  return result;
}

/** A small seeded generator, so that a failure comes again. */
function mulberry(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
