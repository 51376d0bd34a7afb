/**
 * Calendar days in China as plain numbers (days since 1970-01-01), so that counting them needs no time zone: China keeps
 * one zone (UTC+8) and no summer time.
 */
export type DayNumber = number;

const DAY_MILLISECONDS = 86_400_000;
const CHINA_OFFSET_MILLISECONDS = 8 * 3_600_000;

/** The number of a day written `YYYY-MM-DD`. Throws on anything that is not a calendar date. */
export function dayNumber(date: string): DayNumber {
  const time = Date.parse(`${date}T00:00:00Z`);
  if (!/^\d{4}-\d{2}-\d{2}$/.test(date) || Number.isNaN(time) || dateText(time / DAY_MILLISECONDS) !== date) {
    throw new RangeError(`${date} is not a calendar date`);
  }
  return time / DAY_MILLISECONDS;
}

/** `YYYY-MM-DD` of a day's number. */
export function dateText(day: DayNumber): string {
  return new Date(day * DAY_MILLISECONDS).toISOString().slice(0, 10);
}

/** Saturday or Sunday. 1970-01-01 was a Thursday. */
export function isWeekend(day: DayNumber): boolean {
  const weekday = (((day + 4) % 7) + 7) % 7;
  return weekday === 0 || weekday === 6;
}

/** The end of a day in China (24:00), as an instant: the first moment that is too late. */
export function endOfDay(date: string): Date {
  return new Date((dayNumber(date) + 1) * DAY_MILLISECONDS - CHINA_OFFSET_MILLISECONDS);
}
