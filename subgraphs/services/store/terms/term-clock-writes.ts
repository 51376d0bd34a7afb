import { Prisma } from '../../../../prisma/services/client/client.ts';
import type { Place } from '../../../kit/store/place-scope.ts';
import type { ServicesTransaction } from '../services-transaction.ts';
import type { TermUnit } from './running-term-writes.ts';

/** Where the thing that a term is of is kept, and which of its columns follows the term. */
export interface TermTable {
  readonly table: string;
  /** Its last day or its end, kept with the thing for lists and queues. */
  readonly due?: { readonly column: string; readonly form: 'date' | 'instant' };
  readonly steps: 'transition_step' | 'incident_transition';
  /** Who has to act. */
  readonly handlerColumn?: string;
}

export interface RunningTermRow extends Place {
  readonly subjectId: string;
  readonly ruleCode: string;
  readonly entityType: string;
  readonly startedOn: string;
  readonly amount: number;
  readonly unit: TermUnit;
  readonly extraWorkingDays: number;
  readonly dueAt: Date;
}

const COLUMNS = Prisma.raw(
  `t.subject_id AS "subjectId", t.rule_code AS "ruleCode", t.entity_type AS "entityType", t.started_on::text AS "startedOn",
   t.amount, t.unit, t.extra_working_days AS "extraWorkingDays", t.due_at AS "dueAt", t.city_code AS "cityCode",
   t.county_code AS "countyCode", t.township_code AS "townshipCode", t.community_code AS "communityCode"`,
);

/** Marks terms that have passed and that the change feed was not told of yet, the earliest first, as many as given. */
export function markPassed(transaction: ServicesTransaction, now: Date, limit: number): Promise<RunningTermRow[]> {
  return transaction.$queryRaw<RunningTermRow[]>(Prisma.sql`
    UPDATE services.running_term t SET told_at = ${now}::timestamptz
      FROM (SELECT subject_id, rule_code FROM services.running_term
             WHERE told_at IS NULL AND due_at <= ${now}::timestamptz
             ORDER BY due_at, subject_id LIMIT ${limit}::int FOR UPDATE SKIP LOCKED) passed
     WHERE t.subject_id = passed.subject_id AND t.rule_code = passed.rule_code
    RETURNING ${COLUMNS}`);
}

/** Who has to act on each of these things. */
export async function readHandlers(
  transaction: ServicesTransaction,
  { table, handlerColumn }: TermTable,
  ids: readonly string[],
): Promise<Map<string, string | null>> {
  if (handlerColumn === undefined || ids.length === 0) return new Map();
  const rows = await transaction.$queryRaw<{ id: string; code: string | null }[]>(Prisma.sql`
    SELECT id, ${Prisma.raw(handlerColumn)} AS code FROM ${Prisma.raw(`services.${table}`)} WHERE id = ANY(${ids}::uuid[])`);
  return new Map(rows.map(({ id, code }) => [id, code]));
}

/** The calendars on which running terms were counted: a handful, each found by one step through their index. */
export async function readCalendarVersions(transaction: ServicesTransaction): Promise<string[]> {
  const rows = await transaction.$queryRaw<{ version: string | null }[]>`
    WITH RECURSIVE versions AS (
      SELECT min(calendar_version) AS version FROM services.running_term
      UNION ALL
      SELECT (SELECT min(calendar_version) FROM services.running_term WHERE calendar_version > v.version)
        FROM versions v WHERE v.version IS NOT NULL)
    SELECT version FROM versions`;
  return rows.flatMap(({ version }) => (version === null ? [] : [version]));
}

/** Some of the things whose terms were counted on these calendars. */
export function findCountedOn(
  transaction: ServicesTransaction,
  version: string,
  limit: number,
): Promise<{ subjectId: string; entityType: string }[]> {
  return transaction.$queryRaw(Prisma.sql`
    SELECT DISTINCT subject_id AS "subjectId", entity_type AS "entityType" FROM (
      SELECT subject_id, entity_type FROM services.running_term
       WHERE calendar_version = ${version} ORDER BY subject_id LIMIT ${limit}::int) t`);
}

/**
 * Their terms, locked together with the things themselves. A thing is locked before its terms, as whoever takes a step
 * with it does; one that is locked by somebody else is left to the next run.
 */
export async function lockTerms(
  transaction: ServicesTransaction,
  { table }: TermTable,
  ids: readonly string[],
  version: string,
): Promise<RunningTermRow[]> {
  const locked = await transaction.$queryRaw<{ id: string }[]>(Prisma.sql`
    SELECT id FROM ${Prisma.raw(`services.${table}`)} WHERE id = ANY(${ids}::uuid[]) ORDER BY id FOR UPDATE SKIP LOCKED`);
  const keys = locked.map(({ id }) => id);
  return transaction.$queryRaw<RunningTermRow[]>(Prisma.sql`
    SELECT ${COLUMNS} FROM services.running_term t
     WHERE t.subject_id = ANY(${keys}::uuid[]) AND t.calendar_version = ${version} ORDER BY t.subject_id, t.rule_code FOR UPDATE`);
}

export interface RecountedTerm {
  readonly subjectId: string;
  readonly ruleCode: string;
  readonly dueAt: Date;
  readonly dueOn: string;
  readonly calendarVersion: string;
}

/** Writes terms as they are counted now. One that moved into the future may be told of as passed once more. */
export async function writeRecounted(
  transaction: ServicesTransaction,
  terms: readonly RecountedTerm[],
  now: Date,
): Promise<void> {
  await transaction.$executeRaw(Prisma.sql`
    UPDATE services.running_term t SET due_at = n.due_at, calendar_version = n.version,
           told_at = CASE WHEN n.due_at > ${now}::timestamptz THEN NULL ELSE t.told_at END
      FROM unnest(${terms.map(({ subjectId }) => subjectId)}::uuid[], ${terms.map(({ ruleCode }) => ruleCode)}::text[],
                  ${terms.map(({ dueAt }) => dueAt)}::timestamptz[], ${terms.map(({ calendarVersion }) => calendarVersion)}::text[])
             AS n(subject_id, rule_code, due_at, version)
     WHERE t.subject_id = n.subject_id AND t.rule_code = n.rule_code`);
}

/** Has the things' own columns follow terms that moved. */
export async function writeDue(
  transaction: ServicesTransaction,
  { table, due }: TermTable,
  terms: readonly RecountedTerm[],
): Promise<void> {
  if (due === undefined || terms.length === 0) return;
  const value = due.form === 'date' ? Prisma.raw('n.due_on') : Prisma.raw('n.due_at');
  await transaction.$executeRaw(Prisma.sql`
    UPDATE ${Prisma.raw(`services.${table}`)} t SET ${Prisma.raw(due.column)} = ${value}
      FROM unnest(${terms.map(({ subjectId }) => subjectId)}::uuid[], ${terms.map(({ dueAt }) => dueAt)}::timestamptz[],
                  ${terms.map(({ dueOn }) => dueOn)}::date[]) AS n(id, due_at, due_on)
     WHERE t.id = n.id`);
}

/** The step that says so in the history of each thing, whose state stays. */
export async function insertRecountSteps(
  transaction: ServicesTransaction,
  { table, steps }: TermTable,
  notes: readonly { readonly subjectId: string; readonly note: string }[],
  written: { readonly at: Date; readonly actorDepartmentCode: string; readonly provenanceId: string },
): Promise<void> {
  if (notes.length === 0) return;
  const key = Prisma.raw(steps === 'transition_step' ? 'subject_id' : 'incident_id');
  const target = Prisma.raw(`services.${steps}`);
  await transaction.$executeRaw(Prisma.sql`
    INSERT INTO ${target} (${key}, ordinal, event, from_state, to_state, at, actor_department_code, note, provenance_id)
    SELECT t.id, (SELECT coalesce(max(s.ordinal), 0) FROM ${target} s WHERE s.${key} = t.id)
             + row_number() OVER (PARTITION BY t.id ORDER BY n.note), 'RECOUNT_TERM', t.state, t.state,
           ${written.at}::timestamptz, ${written.actorDepartmentCode}, n.note, ${written.provenanceId}::uuid
      FROM unnest(${notes.map(({ subjectId }) => subjectId)}::uuid[], ${notes.map(({ note }) => note)}::text[]) AS n(id, note)
      JOIN ${Prisma.raw(`services.${table}`)} t ON t.id = n.id`);
}
