/** One published count. Zero tells of nobody and is never small. */
export interface CountCell {
  readonly key: string;
  readonly count: number;
}

/** 等式 — a sum and the cells that add up to it, by key. Whoever reads all but one of them reads that one, too. */
export interface CountLine {
  readonly total: string;
  readonly parts: readonly string[];
}

/** The same counts in other publications, by key. */
export interface OtherPublications {
  /** Shown there: it would be of no use to withhold them, and nothing hides behind them. */
  readonly shownElsewhere?: ReadonlySet<string>;
  /** Withheld there: withheld here as well. */
  readonly alsoWithheld?: ReadonlySet<string>;
}

const NOTHING_SHOWN: ReadonlySet<string> = new Set();

/**
 * 小计数抑制 — which cells of a release are withheld: every count above zero and below `floor`, and then as many
 * others as it takes that no sum, difference or other combination of published cells gives a withheld one.
 *
 * A line with one gap gives it away at once, so that such lines get a second gap first. `lines` are all sums that hold between cells of the release: a community's parts and its total, a township and its
 * communities, per column. A withheld cell is given away where the equations determine it, so the equations are solved:
 * where a cell has one solution only, the smallest published cell of its line is withheld as well, until none has.
 * Cells that no withheld one ties together are solved apart, so that a whole city's release is. The same release always
 * withholds the same cells: ties are broken by key.
 *
 * @param also what other publications show and withhold of the same cells.
 */
export function withheldCells(
  cells: readonly CountCell[],
  lines: readonly CountLine[],
  floor: number,
  { shownElsewhere = NOTHING_SHOWN, alsoWithheld = NOTHING_SHOWN }: OtherPublications = {},
): ReadonlySet<string> {
  const counts = new Map(cells.map(({ key, count }) => [key, count]));
  const small = cells.filter(({ key, count }) => count > 0 && count < floor && !shownElsewhere.has(key));
  const withheld = new Set([...small.map(({ key }) => key), ...alsoWithheld]);
  const linesOf = linesByCell(lines, counts);
  hideLonelyCells(withheld, linesOf, counts, shownElsewhere);
  let unsettled: readonly string[] = [...withheld];
  while (unsettled.length > 0) {
    const next: string[] = [];
    for (const tied of tiedLines(unsettled, withheld, linesOf)) {
      // One at a time: what is withheld for one cell often hides the others, too.
      const given = [...determined(tied, withheld)];
      if (given.length === 0) continue;
      const found = given
        .flatMap((key) => companion(key, linesOf.get(key) ?? [], withheld, counts, shownElsewhere) ?? [])
        .sort((a, b) => a.rank - b.rank || (a.key < b.key ? -1 : 1))[0];
      // Nothing is left to hide behind: then nothing is published that is not shown elsewhere.
      if (found === undefined) return new Set([...counts.keys()].filter((key) => !shownElsewhere.has(key)));
      next.push(found.key);
    }
    for (const key of next) withheld.add(key);
    unsettled = next;
  }
  return withheld;
}

/**
 * Withholds a second cell of every line that lacks one only, line by line, as long as there are any: the smallest, as
 * everywhere. Most of a city is settled by it without solving anything; where a line has nothing to withhold, it is left
 * as it is.
 */
function hideLonelyCells(
  withheld: Set<string>,
  linesOf: LinesOf,
  counts: ReadonlyMap<string, number>,
  shownElsewhere: ReadonlySet<string>,
): void {
  const gaps = new Map<CountLine, number>();
  const open: CountLine[] = [];
  const note = (key: string) => {
    for (const line of linesOf.get(key) ?? []) {
      const known = gaps.get(line) ?? 0;
      gaps.set(line, known + 1);
      if (known === 0) open.push(line);
    }
  };
  for (const key of withheld) note(key);
  for (let index = 0; index < open.length; index++) {
    const line = open[index] as CountLine;
    if (gaps.get(line) !== 1) continue;
    const [key] = [line.total, ...line.parts].filter((cell) => withheld.has(cell));
    const found = key === undefined ? undefined : companion(key, [line], withheld, counts, shownElsewhere);
    if (found === undefined) continue;
    withheld.add(found.key);
    note(found.key);
  }
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

/** Coefficients of unknowns by key. */
type Equation = Map<string, number>;

/**
 * The withheld cells that the published ones determine: Gaussian elimination to reduced form over the withheld cells;
 * a row with one unknown left has one solution.
 */
function determined(lines: readonly CountLine[], withheld: ReadonlySet<string>): ReadonlySet<string> {
  const pivots = new Map<string, Equation>();
  for (const { total, parts } of lines) {
    const equation: Equation = new Map();
    for (const [key, sign] of [[total, -1] as const, ...parts.map((part) => [part, 1] as const)]) {
      if (withheld.has(key)) equation.set(key, sign);
    }
    for (const [key, row] of pivots) subtract(equation, row, equation.get(key) ?? 0);
    const pivot = equation.keys().next();
    if (pivot.done === true) continue;
    scale(equation, equation.get(pivot.value) ?? 1);
    for (const row of pivots.values()) subtract(row, equation, row.get(pivot.value) ?? 0);
    pivots.set(pivot.value, equation);
  }
  return new Set([...pivots].filter(([, row]) => row.size === 1).map(([key]) => key));
}

/** Coefficients are small fractions of ones; what is nearer to zero than this is zero. */
const NOTHING = 1e-9;

function subtract(from: Equation, row: Equation, factor: number): void {
  if (factor === 0) return;
  for (const [key, value] of row) {
    const left = (from.get(key) ?? 0) - factor * value;
    if (Math.abs(left) < NOTHING) from.delete(key);
    else from.set(key, left);
  }
}

function scale(row: Equation, by: number): void {
  for (const [key, value] of row) row.set(key, value / by);
}
