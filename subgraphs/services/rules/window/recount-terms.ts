import type { WorkingCalendar } from '../../../kit/calendar/working-calendar.ts';
import { globalId } from '../../../kit/global-id.ts';
import type { ChangeEvent } from '../../../kit/store/write-request.ts';
import type { TimedWork } from '../../../kit/timed-work.ts';
import type { ServicesStore } from '../../store/services-store.ts';
import { lockCountedOn, moveTerm, readCalendarVersions } from '../../store/window/clock-writes.ts';
import { writeByClock } from '../clock-write.ts';
import { term } from '../term.ts';
import { requestEvent } from './open-request.ts';

/**
 * 期限重算 — when a year's calendar was published or corrected, counts the terms of open requests anew, for the queues that
 * are ordered by them, and tells of each one that moved. What a request shows is counted on the new calendar at once.
 */
export const recountTerms: TimedWork<ServicesStore> = {
  name: 'terms of requests on a new calendar',
  run: (call) =>
    writeByClock(call, 'service_request', async (transaction, now) => {
      const { calendar } = call;
      const events: ChangeEvent[] = [];
      for (const version of await readCalendarVersions(transaction)) {
        if (isCurrent(calendar, version)) continue;
        for (const request of await lockCountedOn(transaction, version)) {
          const { id, startedOn, promisedWorkingDays, legalWorkingDays } = request;
          const promised = term(calendar, startedOn, { amount: promisedWorkingDays, unit: 'WORKING_DAY' });
          const legal = term(calendar, startedOn, { amount: legalWorkingDays, unit: 'WORKING_DAY' });
          const calendarVersion = calendar.versionOf(startedOn, legal.dueOn);
          await moveTerm(transaction, id, { dueAt: promised.dueAt, calendarVersion }, now);
          if (promised.dueAt.getTime() === request.dueAt.getTime()) continue;
          events.push(
            requestEvent('term-moved', globalId('ServiceRequest', id), request, {
              ...{ from: request.dueAt.toISOString(), to: promised.dueAt.toISOString(), calendarVersion },
              certainty: promised.certainty,
            }),
          );
        }
      }
      return events;
    }),
};

/** Whether all years of `2026.1+2027.0` stand in these versions. */
function isCurrent(calendar: WorkingCalendar, version: string): boolean {
  return version.split('+').every((part) => {
    const [year = '', counted = ''] = part.split('.');
    return calendar.years.some((known) => String(known.year) === year && String(known.version) === counted);
  });
}
