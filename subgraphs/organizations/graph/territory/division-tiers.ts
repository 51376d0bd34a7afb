import { statCodeOf } from '../../../kit/store/division-filter.ts';

const TIER_DIGITS = [2, 4, 6, 9, 12] as const;

/**
 * Statistical codes from the province down to a division itself, each once. Where a tier is missing (a city without
 * counties, a county below no city) its code is that of the tier above, or of no real division.
 */
export function statCodesDownTo(code: string): string[] {
  return [
    ...new Set(
      TIER_DIGITS.filter((digits) => digits <= code.length).map((digits) => statCodeOf(code.slice(0, digits))),
    ),
  ];
}
