import type { Place } from '../../../kit/store/place-scope.ts';
import type { ServicesTransaction } from '../services-transaction.ts';

/** What a term is counted in; AGREED: an end that was agreed on, which no calendar moves. */
export type TermUnit = 'WORKING_DAY' | 'CALENDAR_DAY' | 'AGREED';

export interface NewTerm {
  readonly subjectId: string;
  readonly ruleCode: string;
  readonly entityType: string;
  readonly startedOn: string;
  readonly amount: number;
  readonly unit: TermUnit;
  readonly dueAt: Date;
  readonly calendarVersion: string | null;
  readonly place: Place;
}

/** Starts a term, or the same one anew. The caller holds the thing's row locked, or has just made it. */
export async function insertTerm(transaction: ServicesTransaction, term: NewTerm): Promise<void> {
  const { place, startedOn, ...columns } = term;
  const { cityCode, countyCode, townshipCode, communityCode } = place;
  const data = {
    ...columns,
    ...{ startedOn: new Date(startedOn), extraWorkingDays: 0, toldAt: null },
    ...{ cityCode, countyCode, townshipCode, communityCode },
  };
  const { subjectId, ruleCode } = term;
  await transaction.runningTerm.upsert({
    where: { subjectId_ruleCode: { subjectId, ruleCode } },
    create: data,
    update: data,
  });
}

/** Stops the terms of a thing, all or those of some rules. */
export async function deleteTerms(
  transaction: ServicesTransaction,
  subjectId: string,
  ruleCodes?: readonly string[],
): Promise<void> {
  await transaction.runningTerm.deleteMany({
    where: { subjectId, ...(ruleCodes === undefined ? {} : { ruleCode: { in: [...ruleCodes] } }) },
  });
}

/** Puts off the terms of a thing by working days. */
export async function extendTerms(
  transaction: ServicesTransaction,
  subjectId: string,
  { workingDays, dueAt, calendarVersion }: { workingDays: number; dueAt: Date; calendarVersion: string },
): Promise<void> {
  await transaction.runningTerm.updateMany({
    where: { subjectId },
    data: { extraWorkingDays: { increment: workingDays }, dueAt, calendarVersion, toldAt: null },
  });
}
