import { z } from 'zod';
import type { CalendarYear } from '../../../kit/calendar/calendar-year.ts';
import type { DeadlineRule } from '../../../kit/calendar/deadline-rule.ts';
import type { SqlConnection } from '../../../kit/store/sql-database.ts';
import type { CatalogTransaction } from '../department-system-rows.ts';

const holidays = z.array(z.object({ name: z.string(), from: z.string(), to: z.string() }));

/** The years that were published since the code was built. */
export async function findPublishedYears(connection: SqlConnection): Promise<CalendarYear[]> {
  const { rows } = await connection.query<StoredYear>(PUBLISHED_YEARS);
  return rows.map(toCalendarYear);
}

/** The same, within a transaction. */
export async function readPublishedYears(transaction: CatalogTransaction): Promise<CalendarYear[]> {
  const rows = await transaction.$queryRawUnsafe<StoredYear[]>(PUBLISHED_YEARS);
  return rows.map(toCalendarYear);
}

const PUBLISHED_YEARS = `SELECT year, version, source, holidays, make_up_days AS "makeUpDays"
  FROM catalog.working_calendar_year ORDER BY year, version`;

interface StoredYear {
  readonly year: number;
  readonly version: number;
  readonly source: string;
  readonly holidays: unknown;
  readonly makeUpDays: string[];
}

function toCalendarYear({ holidays: stored, ...year }: StoredYear): CalendarYear {
  return { ...year, status: 'PUBLISHED', holidays: holidays.parse(stored) };
}

export async function insertCalendarYear(
  transaction: CatalogTransaction,
  calendarYear: Omit<CalendarYear, 'status'>,
  publishedAt: Date,
  provenanceId: string,
): Promise<void> {
  const { year, version, source, holidays: days, makeUpDays } = calendarYear;
  await transaction.workingCalendarYear.create({
    data: {
      year,
      version,
      source,
      holidays: days.map((day) => ({ ...day })),
      makeUpDays: [...makeUpDays],
      publishedAt,
      provenanceId,
    },
  });
}

/** A running duty with the term it was counted by. */
export interface CountedDuty {
  readonly id: string;
  readonly subjectType: string;
  readonly subjectId: string;
  readonly startedOn: string;
  readonly dueOn: string;
  readonly calendarVersion: string;
  readonly amount: number;
  readonly unit: DeadlineRule['unit'];
}

/** Running duties whose term touches a year, locked until the transaction ends. */
export function lockDutiesTouching(transaction: CatalogTransaction, year: number): Promise<CountedDuty[]> {
  return transaction.$queryRaw<CountedDuty[]>`
    SELECT t.id, t.subject_type AS "subjectType", t.subject_id AS "subjectId", t.started_on::text AS "startedOn",
           t.due_on::text AS "dueOn", t.calendar_version AS "calendarVersion", r.amount, r.unit
      FROM catalog.duty t JOIN catalog.deadline_rule r
        ON r.code = t.rule_code AND r.effective_from = t.rule_effective_from
     WHERE t.met_at IS NULL AND t.due_on >= make_date(${year}::int, 1, 1) AND t.started_on <= make_date(${year}::int, 12, 31)
     ORDER BY t.id FOR UPDATE OF t`;
}

export async function moveDuty(
  transaction: CatalogTransaction,
  id: string,
  due: { readonly dueOn: string; readonly certainty: string; readonly calendarVersion: string },
): Promise<void> {
  await transaction.duty.update({ where: { id }, data: { ...due, dueOn: new Date(due.dueOn) } });
}
