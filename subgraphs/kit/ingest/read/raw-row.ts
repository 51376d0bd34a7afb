/** One row as it stands in a file; `line` counts from 1. The first row of a file is its header. */
export interface RawRow {
  readonly line: number;
  readonly cells: readonly string[];
}
