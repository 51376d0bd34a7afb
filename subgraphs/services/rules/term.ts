import { endOfDay } from '../../kit/calendar/china-day.ts';
import { type DueDate, dueDate } from '../../kit/calendar/deadline.ts';
import type { DeadlineRule } from '../../kit/calendar/deadline-rule.ts';
import type { WorkingCalendar } from '../../kit/calendar/working-calendar.ts';
import type { GovernanceRuleRow } from '../store/governance-rule-rows.ts';

/** A governance rule of kind DEADLINE as the working calendar reads it. */
export function deadlineRule(rule: GovernanceRuleRow): DeadlineRule {
  const { code, titleZh, titleEn, amount, unit, legalBasis, effectiveFrom, basisConfirmed } = rule;
  if (amount === null || (unit !== 'WORKING_DAY' && unit !== 'CALENDAR_DAY')) {
    throw new Error(`the governance rule ${code} is no deadline`);
  }
  return { code, titleZh, titleEn, amount, unit, legalBasis, effectiveFrom, basisConfirmed };
}

/** A term that begins on a day: its last day, and the instant from which it is late. */
export function term(
  calendar: WorkingCalendar,
  startedOn: string,
  length: Pick<DeadlineRule, 'amount' | 'unit'>,
): DueDate & { readonly dueAt: Date } {
  const due = dueDate(calendar, startedOn, length);
  return { ...due, dueAt: endOfDay(due.dueOn) };
}
