import { dateInChina } from '../../kit/clock.ts';

/** Crockford's base 32: no I, L, O or U, so that a number survives being read out on the telephone. */
const DIGITS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/**
 * A number that people quote: what it is, the day, the county and eight characters out of the thing's own id (40 of its
 * random bits), for instance `SJ20260630330402K7M2Q9TX`. Needs no sequence; a unique index refuses the repetition that
 * chance would bring about once in 10¹² on one day.
 */
export function shortNumber(prefix: string, id: string, at: Date, countyCode: string): string {
  let rest = Number.parseInt(id.slice(-10), 16);
  let suffix = '';
  for (let i = 0; i < 8; i++) {
    suffix = DIGITS.charAt(rest % 32) + suffix;
    rest = Math.floor(rest / 32);
  }
  return `${prefix}${dateInChina(at).replaceAll('-', '')}${countyCode}${suffix}`;
}
