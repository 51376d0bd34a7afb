import type { CountLine } from './count-line.ts';

/** How much solving a release took, on whatever machine. */
export interface SolvingWork {
  /** Systems of equations that were solved. */
  systems: number;
  /** Coefficients that were touched in solving them. */
  steps: number;
}

/** Where a cell stands among the unknowns: the finest areas first, so that eliminating them ties few others together. */
export type CellOrder = (a: string, b: string) => number;

/**
 * A prime below 2^26, so that products of residues are exact. What is determined in whole numbers is determined here, too,
 * unless a minor of the equations is a multiple of it; minors of tables of sums are small.
 */
const PRIME = 67_108_859;
const SEED = 0x59_69_79_75;

/**
 * The withheld cells that the published ones determine.
 *
 * A cell is determined where every solution of the homogeneous equations is zero. Instead of reducing the equations until
 * each unknown stands alone, they are brought to echelon form only, one solution is drawn by chance and filled in from
 * behind: an undetermined cell is zero in it once in 67 million, and then no more than a cell too many is withheld.
 */
export function determinedCells(
  lines: readonly CountLine[],
  withheld: ReadonlySet<string>,
  order: CellOrder,
  work: SolvingWork,
): string[] {
  const gaps = lines.map((line) => [line.total, ...line.parts].filter((key) => withheld.has(key)));
  const keys = [...new Set(gaps.flat())].sort(order);
  const columns = new Map(keys.map((key, column) => [key, column]));
  const rows = lines
    .map(({ total }, index) =>
      (gaps[index] ?? []).map((key) => ({ column: columns.get(key) ?? 0, value: key === total ? PRIME - 1 : 1 })),
    )
    .filter((row) => row.length > 0)
    .map((row) => row.sort((a, b) => a.column - b.column))
    // Short rows make short pivots.
    .sort((a, b) => a.length - b.length || (a[0]?.column ?? 0) - (b[0]?.column ?? 0));
  const echelon = new Echelon(keys.length);
  for (const row of rows) echelon.add(row);
  work.systems += 1;
  work.steps += echelon.steps;
  const solution = echelon.someSolution();
  return keys.filter((_key, column) => solution[column] === 0);
}

interface PivotRow {
  /** Behind the pivot, ascending; the pivot's own value is one. */
  readonly columns: Int32Array;
  readonly values: Float64Array;
}

/** Equations in echelon form, modulo `PRIME`: no two begin in the same column. */
class Echelon {
  steps = 0;
  private readonly pivots: (PivotRow | undefined)[];
  /** The row under way: its values, and the columns that it has touched. */
  private readonly row: Float64Array;
  private readonly touched: Uint8Array;
  private readonly open = new ColumnHeap();

  constructor(columns: number) {
    this.pivots = new Array<PivotRow | undefined>(columns);
    this.row = new Float64Array(columns);
    this.touched = new Uint8Array(columns);
  }

  add(entries: readonly { readonly column: number; readonly value: number }[]): void {
    for (const { column, value } of entries) this.note(column, value);
    for (let first = this.open.pop(); first !== undefined; first = this.open.pop()) {
      const value = this.leave(first);
      if (value === 0) continue;
      const pivot = this.pivots[first];
      if (pivot === undefined) {
        this.pivots[first] = this.rest(inverse(value));
        return;
      }
      const factor = PRIME - value;
      for (let index = 0; index < pivot.columns.length; index++) {
        this.note(pivot.columns[index] as number, ((pivot.values[index] as number) * factor) % PRIME);
      }
    }
  }

  private note(column: number, value: number): void {
    this.steps += 1;
    this.row[column] = ((this.row[column] as number) + value) % PRIME;
    if (this.touched[column] === 1) return;
    this.touched[column] = 1;
    this.open.push(column);
  }

  private leave(column: number): number {
    const value = this.row[column] as number;
    this.row[column] = 0;
    this.touched[column] = 0;
    return value;
  }

  /** Everything behind the pivot, multiplied by a factor. */
  private rest(factor: number): PivotRow {
    const columns: number[] = [];
    const values: number[] = [];
    for (let column = this.open.pop(); column !== undefined; column = this.open.pop()) {
      const value = this.leave(column);
      if (value === 0) continue;
      columns.push(column);
      values.push((value * factor) % PRIME);
    }
    return { columns: Int32Array.from(columns), values: Float64Array.from(values) };
  }

  /** A solution drawn by chance, the same for the same equations. */
  someSolution(): Float64Array {
    const solution = new Float64Array(this.pivots.length);
    let state = SEED;
    for (let column = solution.length - 1; column >= 0; column--) {
      const pivot = this.pivots[column];
      if (pivot === undefined) {
        state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
        solution[column] = 1 + (state % (PRIME - 1));
        continue;
      }
      let sum = 0;
      for (let index = 0; index < pivot.columns.length; index++) {
        const other = solution[pivot.columns[index] as number] as number;
        sum = (sum + (pivot.values[index] as number) * other) % PRIME;
      }
      solution[column] = sum === 0 ? 0 : PRIME - sum;
    }
    return solution;
  }
}

/** By Euclid; the value is not zero. */
function inverse(value: number): number {
  let [remainder, next] = [PRIME, value];
  let [factor, nextFactor] = [0, 1];
  while (next !== 0) {
    const times = Math.floor(remainder / next);
    [remainder, next] = [next, remainder - times * next];
    [factor, nextFactor] = [nextFactor, factor - times * nextFactor];
  }
  return factor < 0 ? factor + PRIME : factor;
}

/** Columns, the first of them at hand. */
class ColumnHeap {
  private readonly heap: number[] = [];

  push(column: number): void {
    const { heap } = this;
    let at = heap.length;
    heap.push(column);
    while (at > 0) {
      const above = (at - 1) >> 1;
      const other = heap[above] as number;
      if (other <= column) break;
      heap[at] = other;
      at = above;
    }
    heap[at] = column;
  }

  pop(): number | undefined {
    const { heap } = this;
    const first = heap[0];
    const last = heap.pop();
    if (heap.length === 0 || last === undefined) return first;
    let at = 0;
    for (let below = 1; below < heap.length; below = 2 * at + 1) {
      const right = below + 1;
      const smaller = right < heap.length && (heap[right] as number) < (heap[below] as number) ? right : below;
      if ((heap[smaller] as number) >= last) break;
      heap[at] = heap[smaller] as number;
      at = smaller;
    }
    heap[at] = last;
    return first;
  }
}
