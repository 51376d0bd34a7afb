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

/**
 * 小计数抑制 — which cells of a release are withheld: every count above zero and below `floor`, and then as many
 * others as it takes that no sum, difference or other combination of published cells gives a withheld one.
 *
 * `lines` are all sums that hold between cells of the release: a community's parts and its total, a township and its
 * communities, per column. A withheld cell is given away where the equations determine it, so the equations are solved:
 * where a cell has one solution only, the smallest published cell of its line is withheld as well, until none has.
 * The same release always withholds the same cells: ties are broken by key.
 */
export function withheldCells(
  cells: readonly CountCell[],
  lines: readonly CountLine[],
  floor: number,
): ReadonlySet<string> {
  const counts = new Map(cells.map(({ key, count }) => [key, count]));
  const withheld = new Set(cells.filter(({ count }) => count > 0 && count < floor).map(({ key }) => key));
  const published = lines.map(({ total, parts }) => [total, ...parts].filter((key) => counts.has(key)));
  for (;;) {
    const given = determined(lines, withheld, counts);
    if (given.size === 0) return withheld;
    // One at a time: what is withheld for one cell often hides the others, too.
    const next = [...given]
      .flatMap((key) => companion(key, published, withheld, counts) ?? [])
      .sort((a, b) => a.rank - b.rank || (a.key < b.key ? -1 : 1))[0];
    if (next !== undefined) {
      withheld.add(next.key);
      continue;
    }
    // Nothing is left to hide behind: then nothing is published.
    return new Set(counts.keys());
  }
}

/** The smallest published cell that shares a line with a cell, zero ones last, totals after their parts. */
function companion(
  key: string,
  lines: readonly (readonly string[])[],
  withheld: ReadonlySet<string>,
  counts: ReadonlyMap<string, number>,
): { readonly key: string; readonly rank: number } | undefined {
  const rank = (other: string, isTotal: boolean) => {
    const count = counts.get(other) ?? 0;
    return (count === 0 ? 2e15 : count) + (isTotal ? 1e15 : 0);
  };
  const candidates = lines
    .filter((line) => line.includes(key))
    .flatMap((line) => line.map((other, index) => ({ key: other, rank: rank(other, index === 0) })))
    .filter((candidate) => !withheld.has(candidate.key));
  candidates.sort((a, b) => a.rank - b.rank || (a.key < b.key ? -1 : 1));
  return candidates[0];
}

/** Coefficients of unknowns by key. */
type Equation = Map<string, number>;

/**
 * The withheld cells that the published ones determine: Gaussian elimination to reduced form over the withheld cells;
 * a row with one unknown left has one solution.
 */
function determined(
  lines: readonly CountLine[],
  withheld: ReadonlySet<string>,
  counts: ReadonlyMap<string, number>,
): ReadonlySet<string> {
  const pivots = new Map<string, Equation>();
  for (const { total, parts } of lines) {
    if (!counts.has(total) || parts.some((part) => !counts.has(part))) continue;
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
