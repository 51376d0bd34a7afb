/** 等式 — a sum and the cells that add up to it, by key. Whoever reads all but one of them reads that one, too. */
export interface CountLine {
  readonly total: string;
  readonly parts: readonly string[];
}
