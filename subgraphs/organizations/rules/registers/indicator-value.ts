/** Whether a figure meets its target; null for no figure. */
export function isMet(
  target: { readonly operator: 'AT_LEAST' | 'AT_MOST' | 'EQUAL'; readonly value: number },
  figure: number | null,
): boolean | null {
  if (figure === null) return null;
  if (target.operator === 'EQUAL') return figure === target.value;
  return target.operator === 'AT_LEAST' ? figure >= target.value : figure <= target.value;
}
