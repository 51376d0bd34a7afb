/** The figure of an indicator: a count, or a share in percent with two decimals; null for a share of nothing. */
export function indicatorValue(above: number, below: number | undefined): number | null {
  if (below === undefined) return above;
  return below === 0 ? null : Math.round((above / below) * 10_000) / 100;
}

/** Whether a figure meets its target; null for no figure. */
export function isMet(
  target: { readonly operator: 'AT_LEAST' | 'AT_MOST' | 'EQUAL'; readonly value: number },
  figure: number | null,
): boolean | null {
  if (figure === null) return null;
  if (target.operator === 'EQUAL') return figure === target.value;
  return target.operator === 'AT_LEAST' ? figure >= target.value : figure <= target.value;
}
