import { afterAll, expect, test } from 'vitest';
import {
  ageBands,
  type GridCount,
  KEPT_BANDS_FROM,
  populationCells,
} from '../../../../subgraphs/kit/statistics/population-cells.ts';
import { noWork } from '../../../../subgraphs/kit/statistics/suppress-small-counts.ts';
import { headOf, withheldFigures } from '../../../../subgraphs/kit/statistics/withheld-figures.ts';

const FLOOR = 5;
const TIERS = [15, 12, 9, 6, 4];

/** The sum of each figure over the grids of every place above them. */
function summedUp(grids: ReadonlyMap<string, Readonly<Record<string, number>>>) {
  const places = new Map<string, Map<string, number>>();
  for (const [grid, figures] of grids) {
    for (const digits of TIERS) {
      const code = grid.slice(0, digits);
      const own = places.get(code) ?? new Map<string, number>();
      places.set(code, own);
      for (const [figure, count] of Object.entries(figures)) {
        if (count > 0) own.set(figure, (own.get(figure) ?? 0) + count);
      }
    }
  }
  return places;
}

/** What every place shows of itself, as a screen reads it; null where it is withheld, zero where there is nothing. */
function shown(places: ReturnType<typeof summedUp>, figures: readonly string[]) {
  const withheldUnder = withheldFigures(places, FLOOR);
  return new Map(
    [...places].flatMap(([code, own]) =>
      figures.map((figure) => {
        const key = `${code}|${figure}`;
        return [key, withheldUnder(headOf(code)).has(key) ? null : (own.get(figure) ?? 0)] as const;
      }),
    ),
  );
}

/** What somebody finds who fills in, again and again, the one gap of every sum that he knows. */
function subtracted(cells: ReadonlyMap<string, number | null>, sums: readonly (readonly [string, ...string[]])[]) {
  const known = new Map([...cells].flatMap(([key, count]) => (count === null ? [] : [[key, count] as const])));
  const found: string[] = [];
  for (let again = true; again; ) {
    again = false;
    for (const [total, ...parts] of sums) {
      const gaps = [total, ...parts].filter((key) => !known.has(key));
      const [gap] = gaps;
      if (gaps.length !== 1 || gap === undefined) continue;
      const rest = parts.filter((key) => key !== gap).reduce((sum, key) => sum + (known.get(key) ?? 0), 0);
      known.set(gap, gap === total ? rest : (known.get(total) ?? 0) - rest);
      found.push(gap);
      again = true;
    }
  }
  return { known, found };
}

const childrenOf = (codes: readonly string[], code: string) =>
  codes.filter((other) => other !== code && headOf(other) === code);

test('what a township withholds of a community to hide another is not to be had by adding up its grids', () => {
  const places = summedUp(
    new Map([
      ['330402001001001', { veteran: 6 }],
      ['330402001001002', { veteran: 7 }],
      ['330402001002001', { veteran: 3 }],
      ['330402001003001', { veteran: 40 }],
    ]),
  );
  const cells = shown(places, ['veteran']);
  expect(cells.get('330402001002|veteran')).toBeNull();
  expect(cells.get('330402001001|veteran')).toBeNull();
  expect(cells.get('330402001|veteran')).toBe(56);
  expect([cells.get('330402001001001|veteran'), cells.get('330402001001002|veteran')]).toContain(null);
  const codes = [...places.keys()];
  const sums = codes.flatMap((code): [string, ...string[]][] => {
    const below = childrenOf(codes, code).map((child) => `${child}|veteran`);
    return below.length === 0 ? [] : [[`${code}|veteran`, ...below]];
  });
  expect(subtracted(cells, sums).found).toEqual([]);
});

function randomFrom(seed: number) {
  let state = seed;
  return (below: number) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * below);
  };
}

/** A pseudo-random city of two counties, with communities of one to four grids; most cells are small. */
function city(seed: number): GridCount[] {
  const next = randomFrom(seed);
  const communities = ['330402001001', '330402001002', '330402002001', '330402002002', '330411001001', '330411001002'];
  return communities.flatMap((community) =>
    Array.from({ length: 1 + next(4) }, (_, grid) =>
      ['1', '2'].flatMap((sexCode) =>
        ageBands.map(({ code: ageBand }) => ({
          gridCode: `${community}00${grid + 1}`,
          sexCode,
          ageBand,
          count: next(10) < 3 ? next(6) : next(60),
        })),
      ),
    ).flat(),
  );
}

test('the bands of a release cut wherever those of kept figures do', () => {
  const cuts = new Set<number>(ageBands.map(({ from }) => from));
  expect(KEPT_BANDS_FROM.filter((from) => !cuts.has(from))).toEqual([]);
});

let withheldOfPlaces = 0;
afterAll(() => expect(withheldOfPlaces).toBeGreaterThan(0));

test.each(Array.from({ length: 12 }, (_, seed) => 7_919 * (seed + 1)))(
  'of city %i, neither from its places’ figures, nor from them and a release together, is a small count to be had',
  (seed) => {
    const counts = city(seed);
    const bandsOf = (from: number) => {
      const next = KEPT_BANDS_FROM[KEPT_BANDS_FROM.indexOf(from as 0) + 1] ?? Number.POSITIVE_INFINITY;
      return ageBands.filter((band) => band.from >= from && band.from < next).map(({ code }) => code as string);
    };
    const grids = new Map<string, Record<string, number>>();
    for (const { gridCode, sexCode, ageBand, count } of counts) {
      const own = grids.get(gridCode) ?? {};
      grids.set(gridCode, own);
      const age = KEPT_BANDS_FROM.find((from) => bandsOf(from).includes(ageBand));
      for (const figure of ['resident', `sex.${sexCode}`, `age.${age}`]) own[figure] = (own[figure] ?? 0) + count;
    }
    const places = summedUp(grids);
    const ages = KEPT_BANDS_FROM.map((from) => `age.${from}`);
    const sexes = ['sex.1', 'sex.2'];
    const live = shown(places, ['resident', ...sexes, ...ages]);
    const codes = [...places.keys()];
    const liveSums = codes.flatMap((code): [string, ...string[]][] => [
      [`${code}|resident`, ...sexes.map((figure) => `${code}|${figure}`)],
      [`${code}|resident`, ...ages.map((figure) => `${code}|${figure}`)],
      ...['resident', ...sexes, ...ages].flatMap((figure): [string, ...string[]][] => {
        const below = childrenOf(codes, code).map((child) => `${child}|${figure}`);
        return below.length === 0 ? [] : [[`${code}|${figure}`, ...below]];
      }),
    ]);
    withheldOfPlaces += [...live.values()].filter((count) => count === null).length;
    expect(subtracted(live, liveSums).found).toEqual([]);

    const released = populationCells(counts, FLOOR);
    const release = new Map(
      released.map(({ areaCode, sexCode, ageBand, count }) => [`${areaCode}/${sexCode}/${ageBand}`, count] as const),
    );
    const there = [...release.values()].filter((count) => count !== null).length;
    expect(there).toBeGreaterThan(release.size / 5);
    expect(there).toBeLessThan(release.size);
    const bands = ageBands.map(({ code }) => code);
    const key = (area: string, sex: string, band: string) => `${area}/${sex}/${band}`;
    const releaseSums = codes.flatMap((code): [string, ...string[]][] => [
      ...['ALL', ...bands].map((band): [string, ...string[]] => [
        key(code, 'ALL', band),
        key(code, '1', band),
        key(code, '2', band),
      ]),
      ...['ALL', '1', '2'].map((sex): [string, ...string[]] => [
        key(code, sex, 'ALL'),
        ...bands.map((band) => key(code, sex, band)),
      ]),
      ...['ALL', '1', '2'].flatMap((sex) =>
        ['ALL', ...bands].flatMap((band): [string, ...string[]][] => {
          const below = childrenOf(codes, code).map((child) => key(child, sex, band));
          return below.length === 0 ? [] : [[key(code, sex, band), ...below]];
        }),
      ),
      [`${code}|resident`, key(code, 'ALL', 'ALL')],
      ...['1', '2'].map((sex): [string, ...string[]] => [`${code}|sex.${sex}`, key(code, sex, 'ALL')]),
      ...KEPT_BANDS_FROM.map((from): [string, ...string[]] => [
        `${code}|age.${from}`,
        ...bandsOf(from).map((band) => key(code, 'ALL', band)),
      ]),
    ]);
    const { known } = subtracted(new Map([...live, ...release]), [...liveSums, ...releaseSums]);
    const small = [...known].filter(([, count]) => count > 0 && count < FLOOR);
    expect(small).toEqual([]);
  },
);

const SHARES = [5, 8, 3, 22, 38, 7, 12, 3];

/** A city of so many grids, four to a community, with some hundred people in each: nearly half of the cells are withheld. */
function sparseCity(grids: number): GridCount[] {
  const next = randomFrom(20_260_630);
  return Array.from({ length: grids }, (_, grid) => {
    const community = Math.floor(grid / 4);
    const township = Math.floor(community / 16);
    const digits = (value: number, length: number) => String(value).padStart(length, '0');
    const gridCode = `3304${digits(1 + Math.floor(township / 10), 2)}${digits(1 + (township % 10), 3)}${digits(1 + (community % 16), 3)}${digits(1 + (grid % 4), 3)}`;
    const people = 40 + next(160);
    return ['1', '2'].flatMap((sexCode) =>
      ageBands.map(({ code: ageBand }, band) => ({
        gridCode,
        sexCode,
        ageBand,
        count: Math.floor((people * (SHARES[band] ?? 0) * (50 + next(100))) / 20_000),
      })),
    );
  }).flat();
}

test.each([200, 1_000])(
  'what a release of %i thin grids takes to solve grows with its cells, and not with their square',
  (grids) => {
    const work = noWork();
    const cells = populationCells(sparseCity(grids), FLOOR, work);
    const withheld = cells.filter(({ count }) => count === null).length;
    expect(withheld).toBeGreaterThan(cells.length / 4);
    expect(withheld).toBeLessThan((cells.length * 3) / 4);
    expect(work.steps).toBeGreaterThan(0);
    expect(work.steps).toBeLessThan(10 * cells.length);
    expect(work.systems).toBeLessThan(grids);
  },
);
