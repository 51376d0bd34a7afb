import { type CountLine, withheldCells } from './suppress-small-counts.ts';

/** 年龄段 — bands that law and services ask for: up to the year given, the last one open. */
export const ageBands = [
  { code: 'AGE_0_5', below: 6 },
  { code: 'AGE_6_13', below: 14 },
  { code: 'AGE_14_17', below: 18 },
  { code: 'AGE_18_34', below: 35 },
  { code: 'AGE_35_59', below: 60 },
  { code: 'AGE_60_79', below: 80 },
  { code: 'AGE_80_UP', below: null },
] as const;
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
 * How many people live in an area is also counted live, as `Population`; nothing hides behind those counts, save the
 * ones that are withheld there as well.
 */
export function populationCells(counts: readonly GridCount[], floor: number): PopulationCell[] {
  const sexes = [...new Set(['1', '2', ...counts.map(({ sexCode }) => sexCode)])].sort();
  const bands = ageBands.map(({ code }) => code);
  const sums = new Map<string, number>();
  const parts = new Map<string, Set<string>>();
  for (const { gridCode, sexCode, ageBand, count } of counts) {
    TIERS.forEach((digits, index) => {
      const area = gridCode.slice(0, digits);
      const above = TIERS[index + 1];
      if (above !== undefined) {
        const parent = gridCode.slice(0, above);
        parts.set(parent, (parts.get(parent) ?? new Set()).add(area));
      }
      for (const sex of [sexCode, ALL]) {
        for (const band of [ageBand, ALL]) {
          const key = keyOf(area, sex, band);
          sums.set(key, (sums.get(key) ?? 0) + count);
        }
      }
    });
  }
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
  const shownLive = new Set(totals.map(({ key }) => key).filter((key) => !withheldLive.has(key)));
  const lines: CountLine[] = [
    ...residents,
    ...areas.flatMap((area) => linesWithin(area, sexes, bands)),
    ...[...parts].flatMap(([parent, below]) => linesBetween(parent, [...below], sexes, bands)),
  ];
  const withheld = withheldCells(counted, lines, floor, { shownElsewhere: shownLive, alsoWithheld: withheldLive });
  return cells.map(({ area, sex, band, key }) => ({
    areaCode: area,
    sexCode: sex,
    ageBand: band,
    count: withheld.has(key) ? null : (sums.get(key) ?? 0),
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
