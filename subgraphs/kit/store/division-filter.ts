import { graphProblem } from '../codes/problems.ts';
import type { FilterDeclaration } from './keyset-list.ts';
import { CODE_DIGITS, PLACE_COLUMNS, significantCode } from './place-scope.ts';

const PROVINCE_DIGITS = 2;

/** 330402 → 330402000000: the 12-digit statistical code of a division. */
export function statCodeOf(code: string): string {
  return code.padEnd(12, '0');
}

/** The code that a filter was given, cut to its significant digits. Throws FILTER_INVALID. */
export function requireDivisionCode(filter: string, value: unknown, digits: readonly number[]): string {
  const code = significantCode(String(value));
  if (code === undefined || !digits.includes(code.length)) {
    throw graphProblem('FILTER_INVALID', {
      filter,
      reasonZh: `应为 ${digits.join('、')} 位区划代码`,
      reasonEn: `expected a division code of ${digits.join(', ')} digits`,
    });
  }
  return code;
}

/**
 * The filter `divisionCode` of a table with the place columns: an equality on the tier's own column, city to community
 * (to grid, where the table has `grid_code`).
 */
export function divisionFilter(alias: string, hasGridCode: boolean): FilterDeclaration {
  const digits = hasGridCode ? [4, 6, 9, 12, 15] : [4, 6, 9, 12];
  return (value, values) => {
    const code = requireDivisionCode('divisionCode', value, digits);
    const column = PLACE_COLUMNS[code.length as keyof typeof PLACE_COLUMNS];
    return `${alias}.${column} = $${values.push(code)}`;
  };
}

/**
 * The filter of a table that is sorted by a code which begins with the division's: an equality where a column of the tier
 * leads an index on the code, and the range of the code where a division has no column (a province) or is the row itself.
 */
export function tierOrRangeFilter(alias: string, column: string, keyDigits: number): FilterDeclaration {
  const inTier = divisionFilter(alias, false);
  const inRange = codeRangeFilter(`${alias}.${column}`, keyDigits);
  return (value, values) => {
    const digits = significantCode(String(value))?.length;
    return digits === 4 || digits === 6 || digits === 9 ? inTier(value, values) : inRange(value, values);
  };
}

/**
 * The same filter for a table whose own key is a code that begins with the division's: a range of the key, which serves
 * every tier, province included. The range's beginning is compared as a row: of a plain range between unknown values
 * Postgres expects fewer rows than a page has, and gathers them all to sort them. A province is named in the statement,
 * so that Postgres knows how much of the table lies in it; there are 34, and a hub is asked for one.
 */
export function codeRangeFilter(column: string, keyDigits: number): FilterDeclaration {
  const digits = [...CODE_DIGITS].filter((count) => count <= keyDigits);
  return (value, values) => {
    const code = requireDivisionCode('divisionCode', value, digits);
    const last = code.padEnd(keyDigits, '9');
    if (code.length === PROVINCE_DIGITS) return `${column} BETWEEN '${code}' AND '${last}'`; // digits, as was required
    const [from, to] = [`$${values.push(code)}`, `$${values.push(last)}`];
    return `(${column}, ${column}) >= (${from}, ${from}) AND ${column} <= ${to}`;
  };
}
