import type { Holiday } from '../../../kit/calendar/calendar-year.ts';
import { dayNumber, isWeekend } from '../../../kit/calendar/china-day.ts';
import { dueDate } from '../../../kit/calendar/deadline.ts';
import { builtInYears, WorkingCalendar } from '../../../kit/calendar/working-calendar.ts';
import { type Refusal, refuse } from '../../../kit/codes/refusals.ts';
import { globalId } from '../../../kit/global-id.ts';
import type { ChangeEvent } from '../../../kit/store/write-request.ts';
import {
  insertCalendarYear,
  lockDutiesTouching,
  moveDuty,
  readPublishedYears,
} from '../../store/calendar/calendar-rows.ts';
import { writeCatalog } from '../catalog-write.ts';
import type { Act } from '../matters/act.ts';
import { textFault } from '../matters/text-fault.ts';

export interface PublishCalendarYearInput {
  readonly year: number;
  readonly source: string;
  readonly holidays: readonly Holiday[];
  readonly makeUpDays: readonly string[];
  readonly idempotencyKey: string;
}

export interface CalendarYearPublished {
  readonly year: number;
  readonly version: number;
  /** Running duties that were counted anew, and how many of them got another last day. */
  readonly recounted: number;
  readonly moved: number;
}

/**
 * Loads the published working calendar of a year (or corrects it, as its next version). Every running duty that touches
 * the year is counted anew in the same transaction; each one whose last day moves says so in an event of its own.
 */
export function publishCalendarYear(
  act: Act,
  input: PublishCalendarYearInput,
): Promise<CalendarYearPublished | Refusal> {
  const { clock } = act;
  return writeCatalog(
    act,
    'publishWorkingCalendarYear',
    'working_calendar_year',
    input,
    async (transaction, provenanceId) => {
      const fault = textFault('input.source', input.source, { max: 200 }) ?? calendarFault(input);
      if (fault !== undefined) return fault;
      const published = await readPublishedYears(transaction);
      const versions = [...builtInYears, ...published].filter(({ year }) => year === input.year);
      const version = 1 + Math.max(...versions.map((known) => known.version));
      const { year, source, holidays, makeUpDays } = input;
      const calendarYear = { year, version, source: source.trim(), holidays, makeUpDays };
      await insertCalendarYear(transaction, calendarYear, clock.now(), provenanceId);
      const calendar = new WorkingCalendar([...builtInYears, ...published, { ...calendarYear, status: 'PUBLISHED' }]);
      const duties = await lockDutiesTouching(transaction, year);
      const events: ChangeEvent[] = [];
      for (const duty of duties) {
        const due = dueDate(calendar, duty.startedOn, duty);
        await moveDuty(transaction, duty.id, due);
        if (due.dueOn === duty.dueOn) continue;
        events.push({
          eventType: 'duty.moved',
          entityType: duty.subjectType,
          entityId: globalId(duty.subjectType, duty.subjectId),
          payload: { from: duty.dueOn, to: due.dueOn, calendarVersion: due.calendarVersion },
          place: undefined,
        });
      }
      const answer = { year, version, recounted: duties.length, moved: events.length };
      const event = {
        eventType: 'working-calendar.published',
        entityType: 'WorkingCalendarYear',
        entityId: String(year),
        payload: answer,
        place: undefined,
      };
      return { answer, rowCount: 1 + duties.length, events: [event, ...events] };
    },
  );
}

/** A day of the year that is off must be a date in it, and a day that is worked instead a Saturday or Sunday of it. */
function calendarFault({ year, holidays, makeUpDays }: PublishCalendarYearInput): Refusal | undefined {
  const invalid = (culprit: string, reasonZh: string, reasonEn: string) =>
    refuse('CALENDAR_YEAR_INVALID', culprit, { reasonZh, reasonEn });
  if (!builtInYears.some((known) => known.year === year)) {
    return invalid('input.year', '年份超出范围', 'the year is out of range');
  }
  if (holidays.length === 0) return invalid('input.holidays', '没有节假日', 'there is no holiday');
  const inYear = (date: string) => date.startsWith(`${year}-`);
  for (const [index, { name, from, to }] of holidays.entries()) {
    const culprit = `input.holidays[${index}]`;
    if (textFault(culprit, name, { max: 20 }) !== undefined) return invalid(culprit, '名称有误', 'its name is wrong');
    if (!inYear(from) || !inYear(to) || dayNumber(to) < dayNumber(from) || dayNumber(to) - dayNumber(from) > 14) {
      return invalid(culprit, '起止日期有误', 'its first and last day are wrong');
    }
  }
  for (const [index, date] of makeUpDays.entries()) {
    const off = holidays.some(({ from, to }) => date >= from && date <= to);
    if (!inYear(date) || !isWeekend(dayNumber(date)) || off) {
      const reason = [
        '调休上班日应为当年不放假的周六或周日',
        'a make-up day is a Saturday or Sunday that is not off',
      ] as const;
      return invalid(`input.makeUpDays[${index}]`, ...reason);
    }
  }
  return undefined;
}
