import { globalId } from '../../../kit/global-id.ts';
import type { ChangeEvent } from '../../../kit/store/write-request.ts';
import type { TimedWork } from '../../../kit/timed-work.ts';
import type { ServicesStore } from '../../store/services-store.ts';
import { markPassed, type RunningTermRow, readHandlers } from '../../store/terms/term-clock-writes.ts';
import { writeByClock } from '../clock-write.ts';
import { getTermSubject } from './term-subjects.ts';

/** A run that has more to do leaves the rest to the next one, and its locks are short. */
const BATCH = 500;

/** Terms whose passing means something else than that the thing is late; all others are told of as `overdue`. */
const TOLD_AS: Readonly<Record<string, string>> = {
  SERVICE_LEGAL_TERM: 'legal-term-passed',
  ONE_TIME_NOTICE: 'notice-overdue',
  BAD_RATING_RECTIFICATION: 'rectification-overdue',
  MEDIATION_CONFIRMATION: 'confirmation-lapsed',
};

/** 超期提醒 — tells, once each, of running terms that have passed. Whether something is overdue never waits for this. */
export const tellPassed: TimedWork<ServicesStore> = {
  name: 'terms that have passed',
  run: (call) =>
    writeByClock(call, 'running_term', async (transaction, now) => {
      const passed = await markPassed(transaction, now, BATCH);
      const events: ChangeEvent[] = [];
      for (const entityType of new Set(passed.map((term) => term.entityType))) {
        const terms = passed.filter((term) => term.entityType === entityType);
        const ids = terms.map(({ subjectId }) => subjectId);
        const handlers = await readHandlers(transaction, getTermSubject(entityType), ids);
        events.push(...terms.map((term) => eventOf(term, handlers)));
      }
      return events;
    }),
};

function eventOf(term: RunningTermRow, handlers: ReadonlyMap<string, string | null>): ChangeEvent {
  const { subjectId, entityType, ruleCode, dueAt } = term;
  const { events, key, handlerColumn } = getTermSubject(entityType);
  const entityId = globalId(entityType, subjectId);
  const handler = handlerColumn === undefined ? {} : { handlerDepartmentCode: handlers.get(subjectId) ?? null };
  return {
    ...{ eventType: `${events}.${TOLD_AS[ruleCode] ?? 'overdue'}`, entityType, entityId, place: term },
    payload: { [key]: entityId, ...handler, ruleCode, dueAt: dueAt.toISOString() },
  };
}
