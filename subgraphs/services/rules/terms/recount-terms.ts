import type { WorkingCalendar } from '../../../kit/calendar/working-calendar.ts';
import { dateInChina } from '../../../kit/clock.ts';
import { globalId } from '../../../kit/global-id.ts';
import type { ChangeEvent } from '../../../kit/store/write-request.ts';
import type { TimedWork } from '../../../kit/timed-work.ts';
import type { ServicesStore } from '../../store/services-store.ts';
import type { ServicesTransaction } from '../../store/services-transaction.ts';
import {
  findCountedOn,
  insertRecountSteps,
  lockTerms,
  type RecountedTerm,
  type RunningTermRow,
  readCalendarVersions,
  writeDue,
  writeRecounted,
} from '../../store/terms/term-clock-writes.ts';
import { writeByClock } from '../clock-write.ts';
import { type Counted, countTerm } from './run-term.ts';
import { getTermSubject, type TermSubject } from './term-subjects.ts';

/** A run that has more to do leaves the rest to the next one, and its locks are short. */
const BATCH = 500;
/** Terms of before the ledger of terms: their first count sets their last day and tells nobody. */
const UNCOUNTED = 'UNCOUNTED';
const HUB = 'data-authority';

/**
 * 期限重算 — when a year's calendar was published or corrected, counts every running term anew that touches it: requests,
 * incidents, demands, projects, reports, rectifications, contracts, mediations. What moved is told of with the day from
 * which and to which, what became certain without moving as well, and both stand in the thing's history.
 */
export const recountTerms: TimedWork<ServicesStore> = {
  name: 'terms on a new calendar',
  run: (call) =>
    writeByClock(call, 'running_term', async (transaction, now, provenanceId) => {
      const { calendar } = call;
      const events: ChangeEvent[] = [];
      for (const version of await readCalendarVersions(transaction)) {
        if (!isNewer(calendar, version)) continue;
        const found = await findCountedOn(transaction, version, BATCH);
        for (const [entityType, ids] of groupByType(found)) {
          const subject = getTermSubject(entityType);
          const terms = await lockTerms(transaction, subject, ids, version);
          const written = { version, at: now, provenanceId };
          events.push(...(await recount(calendar, transaction, subject, terms, written)));
        }
      }
      return events;
    }),
};

interface Recounted extends RecountedTerm {
  readonly before: RunningTermRow;
  readonly counted: Counted;
  readonly change: 'MOVED' | 'CONFIRMED' | 'NONE';
}

async function recount(
  calendar: WorkingCalendar,
  transaction: ServicesTransaction,
  subject: TermSubject,
  terms: readonly RunningTermRow[],
  { version, at, provenanceId }: { version: string; at: Date; provenanceId: string },
): Promise<ChangeEvent[]> {
  if (terms.length === 0) return [];
  const counted = terms.map((before): Recounted => {
    const now = countTerm(calendar, before);
    const moved = now.dueAt.getTime() !== before.dueAt.getTime();
    const confirmed = !moved && now.certainty === 'FINAL' && wasProvisional(version, before);
    const { subjectId, ruleCode } = before;
    return {
      ...{ subjectId, ruleCode, before, counted: now, change: moved ? 'MOVED' : confirmed ? 'CONFIRMED' : 'NONE' },
      ...{ dueAt: now.dueAt, dueOn: now.dueOn, calendarVersion: now.calendarVersion },
    };
  });
  await writeRecounted(transaction, counted, at);
  const moved = counted.filter(({ change }) => change === 'MOVED');
  const queued = moved.filter(({ ruleCode }) => subject.queuedBy?.includes(ruleCode) ?? true);
  await writeDue(transaction, subject, queued);
  if (version === UNCOUNTED) return [];
  const told = counted.filter(({ change }) => change !== 'NONE');
  const notes = told.map((term) => ({ subjectId: term.subjectId, note: noteOf(term) }));
  await insertRecountSteps(transaction, subject, notes, { at, actorDepartmentCode: HUB, provenanceId });
  return told.map((term) => eventOf(subject, term));
}

function eventOf({ events, key }: TermSubject, { before, counted, change }: Recounted): ChangeEvent {
  const entityId = globalId(before.entityType, before.subjectId);
  return {
    eventType: `${events}.term-${change === 'MOVED' ? 'moved' : 'confirmed'}`,
    entityType: before.entityType,
    entityId,
    payload: {
      ...{ [key]: entityId, ruleCode: before.ruleCode, from: before.dueAt.toISOString() },
      ...{ to: counted.dueAt.toISOString(), calendarVersion: counted.calendarVersion, certainty: counted.certainty },
    },
    place: before,
  };
}

/** In the history: which term, from which last day to which, how sure it is now. */
function noteOf({ before, counted, change }: Recounted): string {
  const from = lastDay(before);
  const sure = counted.certainty === 'FINAL' ? '确定 FINAL' : '暂定 PROVISIONAL';
  return change === 'MOVED'
    ? `${before.ruleCode}：${from} → ${counted.dueOn}，${sure}`
    : `${before.ruleCode}：${counted.dueOn} 不变 unchanged，${sure}`;
}

/** Whether a year between its beginning and its end was only computed, by the versions that it was counted on. */
function wasProvisional(version: string, term: RunningTermRow): boolean {
  const [first, last] = [Number(term.startedOn.slice(0, 4)), Number(lastDay(term).slice(0, 4))];
  return version.split('+').some((part) => {
    const [year = '', counted] = part.split('.');
    return counted === '0' && Number(year) >= first && Number(year) <= last;
  });
}

/** The end of a term is 24:00 of its last day. */
function lastDay({ dueAt }: Pick<RunningTermRow, 'dueAt'>): string {
  return dateInChina(new Date(dueAt.getTime() - 1));
}

function groupByType(found: readonly { subjectId: string; entityType: string }[]): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const { subjectId, entityType } of found) {
    const ids = groups.get(entityType);
    if (ids === undefined) groups.set(entityType, [subjectId]);
    else ids.push(subjectId);
  }
  return groups;
}

/**
 * Whether this calendar knows more of a year than that on which something was counted (`2026.1+2027.0`). One that knows
 * less, of a process that has not heard of a publication yet, leaves it alone, so that two never take turns.
 */
function isNewer(calendar: WorkingCalendar, version: string): boolean {
  if (version === UNCOUNTED) return true;
  const years = version.split('+').map((part) => {
    const [year = '', counted = ''] = part.split('.');
    return (calendar.years.find((known) => String(known.year) === year)?.version ?? -1) - Number(counted);
  });
  return years.every((ahead) => ahead >= 0) && years.some((ahead) => ahead > 0);
}
