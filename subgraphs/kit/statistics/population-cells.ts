import type { CountLine } from './count-line.ts';
import { noWork, withheldCells } from './suppress-small-counts.ts';
import { headOf, withheldFigures } from './withheld-figures.ts';

/**
 * 年龄段 — bands that law and services ask for: from a year up to the one given, the last one open. They cut wherever
 * the bands of `KEPT_BANDS_FROM` do, and so does whatever else counts people by age: where two tables cut differently,
 * their difference is a band that neither declares, and may be small.
 */
export const ageBands = [
  { code: 'AGE_0_5', from: 0, below: 6 },
  { code: 'AGE_6_14', from: 6, below: 15 },
  { code: 'AGE_15_17', from: 15, below: 18 },
  { code: 'AGE_18_34', from: 18, below: 35 },
  { code: 'AGE_35_59', from: 35, below: 60 },
  { code: 'AGE_60_64', from: 60, below: 65 },
  { code: 'AGE_65_79', from: 65, below: 80 },
  { code: 'AGE_80_UP', from: 80, below: null },
] as const;
/** 年龄段 — from which age each band of a place's kept figures begins. */
export const KEPT_BANDS_FROM = [0, 15, 60, 65, 80] as const;
export type AgeBand = (typeof ageBands)[number]['code'] | 'ALL';

/** SQL that gives the band of a date of birth on a day (both SQL expressions of type date). */
export function ageBandSql(birthDate: string, day: string): string {
  const cases = ageBands.flatMap(({ code, below }) =>
    below === null ? [] : [`WHEN ${birthDate} > (${day} - interval '${below} years') THEN '${code}'`],
  );
  return `CASE ${cases.join(' ')} ELSE 'AGE_80_UP' END`;
}

/** How many people of a sex and an age live in a grid. */
export interface GridCount {
  readonly gridCode: string;
  readonly sexCode: string;
  readonly ageBand: string;
  readonly count: number;
}

export interface PopulationCell {
  readonly areaCode: string;
  /** `ALL` for both. */
  readonly sexCode: string;
  readonly ageBand: string;
  /** Null where it is withheld. */
  readonly count: number | null;
}

const TIERS = [15, 12, 9, 6, 4] as const;
const ALL = 'ALL';

/**
 * The cells of a release of a city's population by area, sex and age: every grid and everything above it, every sex and
 * both, every age and all. Small counts are withheld, and whatever any combination of cells would give them away by.
 *
 * Some of it is also counted live: how many people live in an area as `Population`, by sex and by age, too, as the
 * figures of a place. Nothing hides behind what is shown there, and what is withheld there is withheld here.
 */
export function populationCells(counts: readonly GridCount[], floor: number, work = noWork()): PopulationCell[] {
  const sexes = [...new Set(['1', '2', ...counts.map(({ sexCode }) => sexCode)])].sort();
  const bands = ageBands.map(({ code }) => code);
  const { parts, sums } = summedUp(counts);
  const areas = [...new Set(counts.flatMap(({ gridCode }) => TIERS.map((digits) => gridCode.slice(0, digits))))].sort();
  const cells = areas.flatMap((area) =>
    [ALL, ...sexes].flatMap((sex) => [ALL, ...bands].map((band) => ({ area, sex, band, key: keyOf(area, sex, band) }))),
  );
  const counted = cells.map(({ key }) => ({ key, count: sums.get(key) ?? 0 }));

  const residents = [...parts].flatMap(([parent, below]) =>
    parent.length === 12
      ? [{ total: keyOf(parent, ALL, ALL), parts: [...below].map((area) => keyOf(area, ALL, ALL)) }]
      : [],
  );
  const totals = counted.filter(({ key }) => key.endsWith(`|${ALL}|${ALL}`));
  const withheldLive = withheldCells(totals, residents, floor);
  const shown = new Set(totals.map(({ key }) => key).filter((key) => !withheldLive.has(key)));
  const kept = keptFigures(areas, sexes, sums, floor);
  for (const { key, withheld } of kept) if (!withheld) shown.add(key);
  const alsoWithheld = new Set([...withheldLive, ...kept.flatMap(({ key, withheld }) => (withheld ? [key] : []))]);
  for (const key of shown) alsoWithheld.delete(key);
  const lines: CountLine[] = [
    ...residents,
    ...areas.flatMap((area) => [...linesWithin(area, sexes, bands), ...linesOfKept(area)]),
    ...[...parts].flatMap(([parent, below]) => linesBetween(parent, [...below], sexes, bands)),
  ];
  const known = new Set(counted.map(({ key }) => key));
  const sumsOfBands = kept.filter(({ key }) => !known.has(key));
  const withheld = withheldCells(
    [...counted, ...sumsOfBands],
    lines,
    floor,
    { shownElsewhere: shown, alsoWithheld },
    work,
  );
  return cells.map(({ area, sex, band, key }) => ({
    areaCode: area,
    sexCode: sex,
    ageBand: band,
    count: withheld.has(key) ? null : (sums.get(key) ?? 0),
  }));
}

/** The sum of every cell that holds anybody, and the areas directly below each: grids first, then what they add up to. */
function summedUp(counts: readonly GridCount[]): {
  readonly sums: ReadonlyMap<string, number>;
  readonly parts: ReadonlyMap<string, ReadonlySet<string>>;
} {
  const parts = new Map<string, Set<string>>();
  const sums = new Map<string, number>();
  let tier = new Map<string, Map<string, number>>();
  const add = (area: string, column: string, count: number) => {
    const own = tier.get(area) ?? new Map<string, number>();
    if (own.size === 0) tier.set(area, own);
    own.set(column, (own.get(column) ?? 0) + count);
  };
  for (const { gridCode, sexCode, ageBand, count } of counts) {
    for (const sex of [sexCode, ALL]) for (const band of [ageBand, ALL]) add(gridCode, `${sex}|${band}`, count);
  }
  TIERS.forEach((_digits, index) => {
    const below = tier;
    tier = new Map();
    for (const [area, own] of below) {
      const above = TIERS[index + 1];
      const parent = above === undefined ? undefined : area.slice(0, above);
      if (parent !== undefined) parts.set(parent, (parts.get(parent) ?? new Set()).add(area));
      for (const [column, count] of own) {
        sums.set(`${area}|${column}`, count);
        if (parent !== undefined) add(parent, column, count);
      }
    }
  });
  return { parts, sums };
}

/** Bands of a release that a kept band is made of. */
const KEPT_BANDS = KEPT_BANDS_FROM.map((from, index) => {
  const next = KEPT_BANDS_FROM[index + 1] ?? Number.POSITIVE_INFINITY;
  return { from, codes: ageBands.filter((band) => band.from >= from && band.from < next).map(({ code }) => code) };
});

/** The cell of a kept band: the release's own where they are the same, a sum of the release's otherwise. */
function keptBandKey(area: string, { from, codes }: (typeof KEPT_BANDS)[number]): string {
  const [only] = codes;
  return keyOf(area, ALL, codes.length === 1 && only !== undefined ? only : `FROM_${from}`);
}

/** What the kept figures of all places show and withhold of the release's cells and of sums of them. */
function keptFigures(
  areas: readonly string[],
  sexes: readonly string[],
  sums: ReadonlyMap<string, number>,
  floor: number,
): { readonly key: string; readonly count: number; readonly withheld: boolean }[] {
  const known = sexes.filter((sex) => sex === '1' || sex === '2');
  const others = sexes.filter((sex) => sex !== '1' && sex !== '2');
  const sum = (keys: readonly string[]) => keys.reduce((all, key) => all + (sums.get(key) ?? 0), 0);
  const figuresOf = (area: string) => [
    { figure: 'resident', key: keyOf(area, ALL, ALL), count: sum([keyOf(area, ALL, ALL)]) },
    ...known.map((sex) => ({ figure: `sex.${sex}`, key: keyOf(area, sex, ALL), count: sum([keyOf(area, sex, ALL)]) })),
    { figure: 'sex.other', key: '', count: sum(others.map((sex) => keyOf(area, sex, ALL))) },
    ...KEPT_BANDS.map((band) => ({
      figure: `age.${band.from}`,
      key: keptBandKey(area, band),
      count: sum(band.codes.map((code) => keyOf(area, ALL, code))),
    })),
  ];
  const figures = new Map(areas.map((area) => [area, figuresOf(area)]));
  const places = new Map(
    [...figures].map(([area, own]) => [
      area,
      new Map(own.filter(({ count }) => count > 0).map(({ figure, count }) => [figure, count])),
    ]),
  );
  const withheldUnder = withheldFigures(places, floor);
  return [...figures].flatMap(([area, own]) =>
    own
      .filter(({ key }) => key !== '')
      .map(({ figure, key, count }) => ({
        key,
        count,
        withheld: withheldUnder(headOf(area)).has(`${area}|${figure}`),
      })),
  );
}

/** A kept band that is made of several of the release's adds up to them. */
function linesOfKept(area: string): CountLine[] {
  return KEPT_BANDS.filter(({ codes }) => codes.length > 1).map((band) => ({
    total: keptBandKey(area, band),
    parts: band.codes.map((code) => keyOf(area, ALL, code)),
  }));
}

function keyOf(area: string, sex: string, band: string): string {
  return `${area}|${sex}|${band}`;
}

/** The sums that hold inside one area: over the sexes of each age, over the ages of each sex. */
function linesWithin(area: string, sexes: readonly string[], bands: readonly string[]): CountLine[] {
  return [
    ...[ALL, ...bands].map((band) => ({
      total: keyOf(area, ALL, band),
      parts: sexes.map((sex) => keyOf(area, sex, band)),
    })),
    ...[ALL, ...sexes].map((sex) => ({
      total: keyOf(area, sex, ALL),
      parts: bands.map((band) => keyOf(area, sex, band)),
    })),
  ];
}

/** The sums over the areas directly below one; those of all people are counted live, and weighed there. */
function linesBetween(
  parent: string,
  below: readonly string[],
  sexes: readonly string[],
  bands: readonly string[],
): CountLine[] {
  return [ALL, ...sexes].flatMap((sex) =>
    [ALL, ...bands].flatMap((band) =>
      sex === ALL && band === ALL
        ? []
        : [{ total: keyOf(parent, sex, band), parts: below.map((area) => keyOf(area, sex, band)) }],
    ),
  );
}
