import { dateInChina } from '../clock.ts';
import { dateText, dayNumber, endOfDay } from './china-day.ts';
import type { DeadlineRule } from './deadline-rule.ts';
import type { Certainty, WorkingCalendar } from './working-calendar.ts';

/** What a row keeps of its deadline: the last day, and how sure it is. */
export interface DueDate {
  /** Last day (`YYYY-MM-DD` in China) on which the duty is met in time. */
  readonly dueOn: string;
  readonly certainty: Certainty;
  /** Calendars it was counted on, e.g. `2026.1+2027.0`. */
  readonly calendarVersion: string;
}

/** A deadline as it stands at one moment. */
export interface Deadline extends DueDate {
  /** 24:00 of the last day: the first moment that is too late. */
  readonly dueAt: Date;
  readonly overdue: boolean;
  /** Working days after today up to the last day; 0 on the last day, negative when late. */
  readonly workingDaysLeft: number;
  readonly rule: DeadlineRule;
}

/**
 * The last day of a term that begins on `startedOn`. The day on which it begins is not counted (Civil Code art. 201). A
 * term of calendar days that would end on a day off ends on the next working day (art. 203).
 */
export function dueDate(
  calendar: WorkingCalendar,
  startedOn: string,
  { amount, unit }: Pick<DeadlineRule, 'amount' | 'unit'>,
): DueDate {
  const dueOn =
    unit === 'WORKING_DAY'
      ? calendar.addWorkingDays(startedOn, amount)
      : calendar.addWorkingDays(dateText(dayNumber(startedOn) + amount), 0);
  return {
    dueOn,
    certainty: calendar.certaintyOf(startedOn, dueOn),
    calendarVersion: calendar.versionOf(startedOn, dueOn),
  };
}

/** The last day of a term that begins at an instant. */
export function dueAt(calendar: WorkingCalendar, startedAt: Date, rule: DeadlineRule): DueDate {
  return dueDate(calendar, dateInChina(startedAt), rule);
}

/** A kept due date as it stands at `now` (or at the moment when the duty was met). */
export function deadlineAt(calendar: WorkingCalendar, due: DueDate, rule: DeadlineRule, now: Date): Deadline {
  const moment = endOfDay(due.dueOn);
  return {
    dueOn: due.dueOn,
    certainty: due.certainty,
    calendarVersion: due.calendarVersion,
    dueAt: moment,
    overdue: now >= moment,
    workingDaysLeft: calendar.workingDaysBetween(dateInChina(now), due.dueOn),
    rule,
  };
}
