import type { CountLine } from '../../kit/statistics/count-line.ts';
import { withheldCells } from '../../kit/statistics/suppress-small-counts.ts';

/** A count of an area, or nothing where it is withheld. */
export interface AreaCount {
  readonly code: string;
  readonly count: number | null;
}

const TIERS = [12, 9, 6, 4] as const;

/**
 * Counts of a city's communities and of everything above them, small ones withheld. The cells are always those of the
 * whole city, whatever part of it is asked for, so that no two answers differ by a count that neither shows.
 */
export function areaCounts(
  communities: readonly { readonly communityCode: string; readonly count: number }[],
  floor: number,
): ReadonlyMap<string, number | null> {
  const counts = new Map<string, number>();
  const parts = new Map<string, Set<string>>();
  for (const { communityCode, count } of communities) {
    TIERS.forEach((digits, index) => {
      const code = communityCode.slice(0, digits);
      counts.set(code, (counts.get(code) ?? 0) + count);
      const above = TIERS[index + 1];
      if (above === undefined) return;
      const parent = communityCode.slice(0, above);
      parts.set(parent, (parts.get(parent) ?? new Set()).add(code));
    });
  }
  const lines: CountLine[] = [...parts].map(([total, below]) => ({ total, parts: [...below] }));
  const cells = [...counts].map(([key, count]) => ({ key, count }));
  const withheld = withheldCells(cells, lines, floor);
  return new Map(cells.map(({ key, count }) => [key, withheld.has(key) ? null : count]));
}

/** Of those counts, a division's own and those directly below it. */
export function divisionAndParts(counts: ReadonlyMap<string, number | null>, code: string) {
  const index = TIERS.findIndex((digits) => digits === code.length);
  const below = TIERS[index - 1];
  const rows = (found: Iterable<[string, number | null]>): AreaCount[] =>
    [...found].map(([area, count]) => ({ code: area, count }));
  return {
    own: { code, count: counts.get(code) === undefined ? 0 : (counts.get(code) ?? null) },
    parts: rows([...counts].filter(([area]) => area.length === below && area.startsWith(code))),
  };
}
