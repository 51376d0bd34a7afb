import { endOfDay } from '../../../kit/calendar/china-day.ts';
import { type DueDate, dueDate } from '../../../kit/calendar/deadline.ts';
import type { WorkingCalendar } from '../../../kit/calendar/working-calendar.ts';
import type { Place } from '../../../kit/store/place-scope.ts';
import { getRuleInForce } from '../../store/governance-rule-rows.ts';
import type { ServicesTransaction } from '../../store/services-transaction.ts';
import { deleteTerms, extendTerms, insertTerm, type TermUnit } from '../../store/terms/running-term-writes.ts';
import { deadlineRule } from '../term.ts';
import type { TermSubjectType } from './term-subjects.ts';

interface Subject {
  readonly entityType: TermSubjectType;
  readonly id: string;
  readonly place: Place;
}

interface TermStart {
  readonly ruleCode: string;
  readonly startedOn: string;
  /** How long, where the thing says it; otherwise the rule in force when the term begins, or on `ruleOn`. */
  readonly length?: { readonly amount: number; readonly unit: 'WORKING_DAY' | 'CALENDAR_DAY' };
  readonly ruleOn?: string;
}

export interface Counted extends DueDate {
  /** 24:00 of the last day. */
  readonly dueAt: Date;
}

/** A term as it is counted on a calendar, with the working days by which it was put off. */
export function countTerm(
  calendar: WorkingCalendar,
  term: {
    readonly startedOn: string;
    readonly amount: number;
    readonly unit: TermUnit;
    readonly extraWorkingDays: number;
  },
): Counted {
  const { startedOn, amount, unit, extraWorkingDays } = term;
  if (unit === 'AGREED') throw new Error('an end that was agreed on is not counted');
  const due = dueDate(calendar, startedOn, { amount, unit });
  if (extraWorkingDays === 0) return { ...due, dueAt: endOfDay(due.dueOn) };
  const dueOn = calendar.addWorkingDays(due.dueOn, extraWorkingDays);
  return {
    ...{ dueOn, dueAt: endOfDay(dueOn), certainty: calendar.certaintyOf(startedOn, dueOn) },
    calendarVersion: calendar.versionOf(startedOn, dueOn),
  };
}

/** Starts the clock of a thing, whose row the caller has locked or just made: from now on the hub watches the term. */
export async function startTerm(
  calendar: WorkingCalendar,
  transaction: ServicesTransaction,
  { entityType, id, place }: Subject,
  { ruleCode, startedOn, length, ruleOn = startedOn }: TermStart,
): Promise<Counted> {
  const { amount, unit } = length ?? deadlineRule(await getRuleInForce(transaction, ruleCode, ruleOn));
  const counted = countTerm(calendar, { startedOn, amount, unit, extraWorkingDays: 0 });
  const { dueAt, calendarVersion } = counted;
  const row = { subjectId: id, ruleCode, entityType, startedOn, amount, unit, dueAt, calendarVersion, place };
  await insertTerm(transaction, row);
  return counted;
}

/** Keeps an end that was agreed on, which no calendar moves, so that the hub tells when it has passed. */
export function keepAgreedEnd(
  transaction: ServicesTransaction,
  { entityType, id, place }: Subject,
  { ruleCode, startedOn, dueAt }: { readonly ruleCode: string; readonly startedOn: string; readonly dueAt: Date },
): Promise<void> {
  const fixed = { amount: 1, unit: 'AGREED', calendarVersion: null } as const;
  return insertTerm(transaction, { subjectId: id, ruleCode, entityType, startedOn, dueAt, ...fixed, place });
}

export const stopTerms = deleteTerms;
export const putOffTerms = extendTerms;
