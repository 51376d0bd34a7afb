import type { CountLine } from './count-line.ts';
import { type CellOrder, determinedCells, type SolvingWork } from './determined-cells.ts';

/** One published count. Zero tells of nobody and is never small. */
export interface CountCell {
  readonly key: string;
  readonly count: number;
}

/** The same counts in other publications, by key. */
export interface OtherPublications {
  /** Shown there: it would be of no use to withhold them, and nothing hides behind them. */
  readonly shownElsewhere?: ReadonlySet<string>;
  /** Withheld there: withheld here as well. */
  readonly alsoWithheld?: ReadonlySet<string>;
}

/** What is measured of the solving, for whoever wants to know. */
export const noWork = (): SolvingWork => ({ systems: 0, steps: 0 });

const NOTHING_SHOWN: ReadonlySet<string> = new Set();

/**
 * 小计数抑制 — which cells of a release are withheld: every count above zero and below `floor`, and then as many
 * others as it takes that no sum, difference or other combination of published cells gives a withheld one.
 *
 * `lines` are all sums that hold between cells of the release: a community's parts and its total, a township and its
 * communities, per column. A withheld cell is given away where the equations determine it, so the equations are solved:
 * where a cell has one solution only, the smallest published cell of its line is withheld as well, until none has. A line
 * with one gap gives it away at once, so that such lines get a second gap before anything is solved, each time again: of a
 * whole city, what is left to be solved is little. Cells that no withheld one ties together are solved apart. The same
 * release always withholds the same cells: ties are broken by key.
 *
 * @param also what other publications show and withhold of the same cells.
 * @param work is added to what was measured of the solving.
 */
export function withheldCells(
  cells: readonly CountCell[],
  lines: readonly CountLine[],
  floor: number,
  { shownElsewhere = NOTHING_SHOWN, alsoWithheld = NOTHING_SHOWN }: OtherPublications = {},
  work: SolvingWork = noWork(),
): ReadonlySet<string> {
  const counts = new Map(cells.map(({ key, count }) => [key, count]));
  const small = cells.filter(({ key, count }) => count > 0 && count < floor && !shownElsewhere.has(key));
  const linesOf = linesByCell(lines, counts);
  const order = finestFirst(linesOf);
  const withheld = new Set<string>();
  const withhold = withholder(withheld, linesOf, counts, shownElsewhere);
  let unsettled = withhold(new Set([...small.map(({ key }) => key), ...alsoWithheld]));
  while (unsettled.length > 0) {
    const next: string[] = [];
    for (const tied of tiedLines(unsettled, withheld, linesOf)) {
      const given = determinedCells(tied, withheld, order, work);
      if (given.length === 0) continue;
      const found = companionsApart(given, linesOf, withheld, counts, shownElsewhere);
      // Nothing is left to hide behind: then nothing is published that is not shown elsewhere.
      if (found.length === 0) return new Set([...counts.keys()].filter((key) => !shownElsewhere.has(key)));
      next.push(...found);
    }
    unsettled = withhold(next);
  }
  return withheld;
}

/**
 * Withholds cells, and a second one of every line that lacks one only, line by line, as long as there are any: the
 * smallest, as everywhere. Most of a city is settled by it without solving anything; where a line has nothing to withhold,
 * it is left as it is.
 */
function withholder(
  withheld: Set<string>,
  linesOf: LinesOf,
  counts: ReadonlyMap<string, number>,
  shownElsewhere: ReadonlySet<string>,
): (keys: Iterable<string>) => readonly string[] {
  const gaps = new Map<CountLine, number>();
  return (keys) => {
    const added = [...keys];
    const open: CountLine[] = [];
    const note = (key: string) => {
      withheld.add(key);
      for (const line of linesOf.get(key) ?? []) {
        const known = gaps.get(line) ?? 0;
        gaps.set(line, known + 1);
        if (known === 0) open.push(line);
      }
    };
    for (const key of added) note(key);
    for (const line of open) {
      if (gaps.get(line) !== 1) continue;
      const key = [line.total, ...line.parts].find((cell) => withheld.has(cell));
      const found = key === undefined ? undefined : companion(key, [line], withheld, counts, shownElsewhere);
      if (found === undefined) continue;
      added.push(found.key);
      note(found.key);
    }
    return added;
  };
}

type LinesOf = ReadonlyMap<string, readonly CountLine[]>;

/** The lines of each cell. A line with a cell that the release does not hold says nothing. */
function linesByCell(lines: readonly CountLine[], counts: ReadonlyMap<string, number>): LinesOf {
  const found = new Map<string, CountLine[]>();
  for (const line of lines) {
    if (!counts.has(line.total) || line.parts.some((part) => !counts.has(part))) continue;
    for (const key of [line.total, ...line.parts]) {
      const own = found.get(key);
      if (own === undefined) found.set(key, [line]);
      else own.push(line);
    }
  }
  return found;
}

/** The lines that withheld cells tie together, one group for all that can be reached from some of the given cells. */
function* tiedLines(
  from: readonly string[],
  withheld: ReadonlySet<string>,
  linesOf: LinesOf,
): Generator<readonly CountLine[]> {
  const seenCells = new Set<string>();
  for (const start of from) {
    if (seenCells.has(start)) continue;
    const group = new Set<CountLine>();
    const open = [start];
    seenCells.add(start);
    for (let key = open.pop(); key !== undefined; key = open.pop()) {
      for (const line of linesOf.get(key) ?? []) {
        if (group.has(line)) continue;
        group.add(line);
        for (const other of [line.total, ...line.parts]) {
          if (!withheld.has(other) || seenCells.has(other)) continue;
          seenCells.add(other);
          open.push(other);
        }
      }
    }
    yield [...group];
  }
}

/** Cells further below every total first; those that stand side by side by key, which begins with their area. */
function finestFirst(linesOf: LinesOf): CellOrder {
  const depths = new Map<string, number>();
  const depthOf = (key: string): number => {
    const known = depths.get(key);
    if (known !== undefined) return known;
    // Sums that go round in a circle end here.
    depths.set(key, 0);
    const above = (linesOf.get(key) ?? []).filter(({ total }) => total !== key);
    const depth = above.reduce((deepest, { total }) => Math.max(deepest, depthOf(total) + 1), 0);
    depths.set(key, depth);
    return depth;
  };
  return (a, b) => depthOf(b) - depthOf(a) || (a < b ? -1 : a > b ? 1 : 0);
}

/**
 * Companions of cells that are given away, the smallest first, none of them on a line of another one or of its cell: what
 * is withheld for one cell often hides its neighbours, too.
 */
function companionsApart(
  given: readonly string[],
  linesOf: LinesOf,
  withheld: ReadonlySet<string>,
  counts: ReadonlyMap<string, number>,
  shownElsewhere: ReadonlySet<string>,
): readonly string[] {
  const settled = new Set<CountLine>();
  const candidates = given
    .flatMap((cell) => {
      const found = companion(cell, linesOf.get(cell) ?? [], withheld, counts, shownElsewhere);
      return found === undefined ? [] : [{ ...found, cell }];
    })
    .sort((a, b) => a.rank - b.rank || (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
  return candidates.flatMap(({ cell, key }) => {
    const lines = [...(linesOf.get(cell) ?? []), ...(linesOf.get(key) ?? [])];
    if (lines.some((line) => settled.has(line))) return [];
    for (const line of lines) settled.add(line);
    return [key];
  });
}

/** The smallest published cell that shares a line with a cell, zero ones last, totals after their parts. */
function companion(
  key: string,
  lines: readonly CountLine[],
  withheld: ReadonlySet<string>,
  counts: ReadonlyMap<string, number>,
  shownElsewhere: ReadonlySet<string>,
): { readonly key: string; readonly rank: number } | undefined {
  const rank = (other: string, isTotal: boolean) => {
    const count = counts.get(other) ?? 0;
    return (count === 0 ? 2e15 : count) + (isTotal ? 1e15 : 0);
  };
  const candidates = lines
    .flatMap(({ total, parts }) =>
      [total, ...parts].map((other, index) => ({ key: other, rank: rank(other, index === 0) })),
    )
    .filter((candidate) => candidate.key !== key && !withheld.has(candidate.key) && !shownElsewhere.has(candidate.key));
  candidates.sort((a, b) => a.rank - b.rank || (a.key < b.key ? -1 : 1));
  return candidates[0];
}
