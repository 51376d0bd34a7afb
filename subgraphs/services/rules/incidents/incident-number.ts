import { dateInChina } from '../../../kit/clock.ts';

/** Crockford's base 32: no I, L, O or U, so that a number survives being read out on the telephone. */
const DIGITS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/**
 * 事件编号 — SJ, the day, the county and eight characters out of the incident's own id (40 of its random bits), for
 * instance `SJ20260630330402K7M2Q9TX`. Needs no sequence; the unique index refuses the repetition that chance would
 * bring about once in 10¹² on one day.
 */
export function incidentNumber(id: string, reportedAt: Date, countyCode: string): string {
  let rest = Number.parseInt(id.slice(-10), 16);
  let suffix = '';
  for (let i = 0; i < 8; i++) {
    suffix = DIGITS.charAt(rest % 32) + suffix;
    rest = Math.floor(rest / 32);
  }
  return `SJ${dateInChina(reportedAt).replaceAll('-', '')}${countyCode}${suffix}`;
}
