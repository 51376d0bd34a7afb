import type { CatalogTransaction } from '../department-system-rows.ts';
import type { MatterType } from './duty-rows.ts';

/** A run that has more to tell leaves the rest to the next one, and its locks are short. */
const BATCH = 500;

export interface EscalatedDuty {
  readonly subjectType: MatterType;
  readonly subjectId: string;
  readonly departmentCode: string;
  readonly ruleCode: string;
  readonly dueOn: string;
}

/** Marks running duties whose last day lies before `today` and that were not marked yet. */
export function escalateDuties(transaction: CatalogTransaction, now: Date, today: string): Promise<EscalatedDuty[]> {
  return transaction.$queryRaw<EscalatedDuty[]>`
    UPDATE catalog.duty SET escalated_at = ${now}::timestamptz
     WHERE id IN (SELECT id FROM catalog.duty
                   WHERE met_at IS NULL AND escalated_at IS NULL AND due_on < ${today}::date
                   ORDER BY due_on, id LIMIT ${BATCH} FOR UPDATE SKIP LOCKED)
    RETURNING subject_type AS "subjectType", subject_id AS "subjectId", department_code AS "departmentCode",
              rule_code AS "ruleCode", due_on::text AS "dueOn"`;
}

/** Marks grants that have ended and were not marked yet. */
export function noteEndedGrants(
  transaction: CatalogTransaction,
  now: Date,
): Promise<{ id: string; clientId: string }[]> {
  return transaction.$queryRaw<{ id: string; clientId: string }[]>`
    UPDATE catalog.sharing_grant SET end_noted_at = ${now}::timestamptz
     WHERE id IN (SELECT id FROM catalog.sharing_grant
                   WHERE end_noted_at IS NULL AND ends_at <= ${now}::timestamptz
                   ORDER BY ends_at, id LIMIT ${BATCH} FOR UPDATE SKIP LOCKED)
    RETURNING id, client_id AS "clientId"`;
}
