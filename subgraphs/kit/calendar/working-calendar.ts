import type { CalendarYear } from './calendar-year.ts';
import { type DayNumber, dateText, dayNumber, isWeekend } from './china-day.ts';
import { computedYears } from './computed-years.ts';
import { publishedYears } from './published-years.ts';

/** FINAL: only published years were counted. PROVISIONAL: a notice still to come may move it. */
export type Certainty = 'FINAL' | 'PROVISIONAL';

/**
 * 工作日历 — counts working days over the years it was given. Days are `YYYY-MM-DD` in China. A day outside those years is
 * refused loudly: a deadline on a guessed calendar would be a wrong deadline.
 */
export class WorkingCalendar {
  readonly years: readonly CalendarYear[];
  readonly #first: DayNumber;
  /** Per day since `#first`: working days up to and including it. */
  readonly #counted: Int32Array;
  /** The working days themselves, ascending. */
  readonly #working: readonly DayNumber[];

  /** Of several versions of a year the published one of the highest version counts. */
  constructor(years: readonly CalendarYear[]) {
    this.years = newestVersions(years);
    const [first] = this.years;
    const last = this.years.at(-1);
    if (first === undefined || last === undefined) throw new RangeError('a calendar needs at least one year');
    this.#first = dayNumber(`${first.year}-01-01`);
    const end = dayNumber(`${last.year}-12-31`);
    const off = new Set<DayNumber>();
    const on = new Set<DayNumber>();
    for (const { holidays, makeUpDays } of this.years) {
      for (const { from, to } of holidays) {
        for (let day = dayNumber(from); day <= dayNumber(to); day++) off.add(day);
      }
      for (const day of makeUpDays) on.add(dayNumber(day));
    }
    this.#counted = new Int32Array(end - this.#first + 1);
    const working: DayNumber[] = [];
    for (let day = this.#first; day <= end; day++) {
      if (on.has(day) || (!isWeekend(day) && !off.has(day))) working.push(day);
      this.#counted[day - this.#first] = working.length;
    }
    this.#working = working;
  }

  isWorkingDay(date: string): boolean {
    const day = dayNumber(date);
    return this.#upTo(day) > (day === this.#first ? 0 : this.#upTo(day - 1));
  }

  /** The `count`-th working day after `date`, which itself is not counted; the nearest one from `date` on for 0. */
  addWorkingDays(date: string, count: number): string {
    if (!Number.isInteger(count) || count < 0) throw new RangeError('working days are counted in whole days, from 0');
    if (count === 0 && this.isWorkingDay(date)) return date;
    const found = this.#working[this.#upTo(dayNumber(date)) + Math.max(count, 1) - 1];
    if (found === undefined) throw this.#outside(`${count} working days after ${date}`);
    return dateText(found);
  }

  /** Working days after `after` up to and including `until`; negative when `until` lies before `after`. */
  workingDaysBetween(after: string, until: string): number {
    return this.#upTo(dayNumber(until)) - this.#upTo(dayNumber(after));
  }

  /** Whether any year between the two days is only computed. */
  certaintyOf(from: string, until: string): Certainty {
    const [low, high] = [Number(from.slice(0, 4)), Number(until.slice(0, 4))];
    const touched = this.years.filter(({ year }) => year >= low && year <= high);
    return touched.every(({ status }) => status === 'PUBLISHED') ? 'FINAL' : 'PROVISIONAL';
  }

  /** Names the calendars between two days, e.g. `2026.1+2027.0`, for the row that was counted on them. */
  versionOf(from: string, until: string): string {
    const [low, high] = [Number(from.slice(0, 4)), Number(until.slice(0, 4))];
    return this.years
      .filter(({ year }) => year >= low && year <= high)
      .map(({ year, version }) => `${year}.${version}`)
      .join('+');
  }

  #upTo(day: DayNumber): number {
    const count = this.#counted[day - this.#first];
    if (count === undefined) throw this.#outside(dateText(day));
    return count;
  }

  #outside(what: string): RangeError {
    return new RangeError(
      `${what} lies outside the working calendars of ${this.years[0]?.year} to ${this.years.at(-1)?.year}`,
    );
  }
}

function newestVersions(years: readonly CalendarYear[]): CalendarYear[] {
  const byYear = new Map<number, CalendarYear>();
  for (const candidate of years) {
    const known = byYear.get(candidate.year);
    if (known === undefined || rank(candidate) > rank(known)) byYear.set(candidate.year, candidate);
  }
  const sorted = [...byYear.values()].sort((a, b) => a.year - b.year);
  sorted.forEach(({ year }, index) => {
    if (index > 0 && year !== (sorted[index - 1]?.year ?? 0) + 1) {
      throw new RangeError(`the working calendar lacks a year before ${year}`);
    }
  });
  return sorted;
}

function rank({ status, version }: CalendarYear): number {
  return (status === 'PUBLISHED' ? 1_000_000 : 0) + version;
}

/** The years that come with the code: published notices, and computed years up to 2035. */
export const builtInYears: readonly CalendarYear[] = [...publishedYears, ...computedYears];

/** The calendar of those years alone. */
export const builtInCalendar = new WorkingCalendar(builtInYears);
