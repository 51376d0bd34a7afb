import type { Place } from '../../../kit/store/place-scope.ts';
import type { ServicesTransaction } from '../services-transaction.ts';

/** A run that has more to do leaves the rest to the next one, and its locks are short. */
const BATCH = 500;

export interface ToldRequest extends Place {
  readonly id: string;
  readonly handlerDepartmentCode: string;
  readonly dueAt: Date;
}

/** Marks open requests whose term has passed and that the change feed was not told of yet. */
export function markOverdue(transaction: ServicesTransaction, now: Date): Promise<ToldRequest[]> {
  return transaction.$queryRaw<ToldRequest[]>`
    UPDATE services.service_request SET overdue_told_at = ${now}::timestamptz
     WHERE id IN (SELECT id FROM services.service_request
                   WHERE closed_at IS NULL AND due_at IS NOT NULL AND overdue_told_at IS NULL AND due_at <= ${now}::timestamptz
                   ORDER BY due_at, id LIMIT ${BATCH} FOR UPDATE SKIP LOCKED)
    RETURNING id, handler_department_code AS "handlerDepartmentCode", due_at AS "dueAt", city_code AS "cityCode",
              county_code AS "countyCode", township_code AS "townshipCode", community_code AS "communityCode"`;
}

/** The calendars on which open requests were counted: a handful, each found by one step through their index. */
export async function readCalendarVersions(transaction: ServicesTransaction): Promise<string[]> {
  const rows = await transaction.$queryRaw<{ version: string | null }[]>`
    WITH RECURSIVE versions AS (
      SELECT min(calendar_version) AS version FROM services.service_request WHERE closed_at IS NULL AND due_at IS NOT NULL
      UNION ALL
      SELECT (SELECT min(calendar_version) FROM services.service_request
               WHERE closed_at IS NULL AND due_at IS NOT NULL AND calendar_version > v.version)
        FROM versions v WHERE v.version IS NOT NULL)
    SELECT version FROM versions`;
  return rows.flatMap(({ version }) => (version === null ? [] : [version]));
}

export interface CountedRequest extends Place {
  readonly id: string;
  readonly startedOn: string;
  readonly promisedWorkingDays: number;
  readonly legalWorkingDays: number;
  readonly dueAt: Date;
}

/** Open administrative requests that were counted on these calendars, locked. */
export function lockCountedOn(transaction: ServicesTransaction, version: string): Promise<CountedRequest[]> {
  return transaction.$queryRaw<CountedRequest[]>`
    SELECT id, started_on::text AS "startedOn", promised_working_days AS "promisedWorkingDays",
           legal_working_days AS "legalWorkingDays", due_at AS "dueAt", city_code AS "cityCode",
           county_code AS "countyCode", township_code AS "townshipCode", community_code AS "communityCode"
      FROM services.service_request
     WHERE calendar_version = ${version} AND closed_at IS NULL AND due_at IS NOT NULL AND slot_starts_at IS NULL
     ORDER BY id LIMIT ${BATCH} FOR UPDATE SKIP LOCKED`;
}

/** A term that moved into the future may be told of as overdue once more. */
export async function moveTerm(
  transaction: ServicesTransaction,
  id: string,
  term: { readonly dueAt: Date; readonly calendarVersion: string },
  now: Date,
): Promise<void> {
  await transaction.serviceRequest.update({
    where: { id },
    data: { ...term, ...(term.dueAt > now ? { overdueToldAt: null } : {}) },
  });
}
