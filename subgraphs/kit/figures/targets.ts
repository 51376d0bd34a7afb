export type TargetOperator = 'AT_LEAST' | 'AT_MOST' | 'EQUAL';

export interface TargetValue {
  readonly operator: TargetOperator;
  readonly value: number;
}

/** Whether a figure meets its target; null for no figure. */
export function isMet({ operator, value }: TargetValue, figure: number | null): boolean | null {
  if (figure === null) return null;
  if (operator === 'EQUAL') return figure === value;
  return operator === 'AT_LEAST' ? figure >= value : figure <= value;
}
