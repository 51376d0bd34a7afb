import type { PoolClient } from 'pg';
import { endOfDay } from '../../../subgraphs/kit/calendar/china-day.ts';
import { dueDate } from '../../../subgraphs/kit/calendar/deadline.ts';
import { builtInCalendar } from '../../../subgraphs/kit/calendar/working-calendar.ts';
import { REFERENCE_MILLISECONDS } from '../reference-instant.ts';

const PLACE = 'city_code, county_code, township_code, community_code';
const day = (instant: string) => `(${instant} AT TIME ZONE 'Asia/Shanghai')::date`;
const entered = (first: string) =>
  day(
    `coalesce((SELECT max(s.at) FROM services.transition_step s WHERE s.subject_id = t.id AND s.from_state IS DISTINCT FROM s.to_state), ${first})`,
  );

/** What of the examples has a clock that runs: thing, rule, first day; how long where the thing itself says it. */
const RUNNING = `
SELECT id, 'ServiceRequest' AS type, 'SERVICE_PROMISE' AS rule, started_on AS start, promised_working_days AS own, ${PLACE}
  FROM services.service_request WHERE closed_at IS NULL AND started_on IS NOT NULL AND slot_ends_at IS NULL
UNION ALL SELECT id, 'ServiceRequest', 'SERVICE_LEGAL_TERM', started_on, legal_working_days, ${PLACE}
  FROM services.service_request WHERE closed_at IS NULL AND started_on IS NOT NULL AND slot_ends_at IS NULL
UNION ALL SELECT id, 'ServiceRequest', 'ONE_TIME_NOTICE', ${day('submitted_at')}, NULL, ${PLACE}
  FROM services.service_request WHERE state = 'SUBMITTED' AND slot_ends_at IS NULL AND submitted_at IS NOT NULL
UNION ALL SELECT id, 'ServiceRequest', 'BAD_RATING_RECTIFICATION', rated_on, NULL, ${PLACE} FROM services.service_request WHERE state = 'RECTIFYING'
UNION ALL SELECT id, 'Demand', 'DEMAND_ANSWER', ${day('found_at')}, NULL, ${PLACE} FROM services.demand WHERE state = 'FOUND'
UNION ALL SELECT id, 'DemandProject', 'DEMAND_PROJECT_STEP', ${entered('t.opened_at')}, NULL, ${PLACE}
  FROM services.demand_project t WHERE state IN ('FOUND', 'CONSOLIDATED', 'DESIGNED', 'EVALUATING')
UNION ALL SELECT id, 'FormalismReport', CASE state WHEN 'FILED' THEN 'REPORT_ACCEPT' WHEN 'ACCEPTED' THEN 'REPORT_HANDLE' ELSE 'REPORT_RECTIFY' END,
       ${entered('t.filed_at')}, NULL, ${PLACE} FROM services.formalism_report t WHERE state IN ('FILED', 'ACCEPTED', 'TALKED')
UNION ALL SELECT id, 'BurdenItem', 'BURDEN_REVIEW', registered_on, NULL, ${PLACE} FROM services.burden_item WHERE state = 'REGISTERED'
UNION ALL SELECT id, 'Contract', 'CONTRACT_ACCEPTANCE', ends_on, NULL, ${PLACE} FROM services.contract WHERE state = 'PERFORMING'
UNION ALL SELECT id, 'Contract', 'CONTRACT_PAYMENT', accepted_on, NULL, ${PLACE} FROM services.contract WHERE state = 'ACCEPTED' AND paid_yuan < amount_yuan
UNION ALL SELECT id, 'CertificateCheck', 'CERTIFICATE_CHECK', ${day('asked_at')}, NULL, ${PLACE} FROM services.certificate_check WHERE state = 'ASKED'
UNION ALL SELECT id, 'Mediation', 'MEDIATION_CONFIRMATION', agreed_on, NULL, ${PLACE} FROM services.mediation WHERE state = 'AGREED'`;

/** Where the last day of a term is kept with the thing, too. */
const KEPT = [
  ['demand', 'answer_due_on'],
  ['demand_project', 'step_due_on'],
  ['formalism_report', 'due_on'],
  ['burden_item', 'review_due_on'],
] as const;

interface RunningRow {
  readonly id: string;
  readonly type: string;
  readonly rule: string;
  readonly start: string;
  readonly amount: number;
  readonly unit: 'WORKING_DAY' | 'CALENDAR_DAY';
  readonly city_code: string;
  readonly county_code: string;
  readonly township_code: string;
  readonly community_code: string;
}

/**
 * Starts the clocks of the examples, counted on the working calendar by the rules in force, as the hub does it; what has
 * passed was told of. Orders and tasks keep the end that was agreed on. Returns how many.
 */
export async function startRunningTerms(client: PoolClient): Promise<number> {
  const { rows } = await client.query<RunningRow>(`-- what-runs
SELECT r.id, r.type, r.rule, r.start::text AS start, coalesce(r.own, g.amount)::int AS amount, coalesce(g.unit, 'WORKING_DAY') AS unit, ${PLACE}
  FROM (${RUNNING}) r LEFT JOIN LATERAL (SELECT amount, unit FROM services.governance_rule
         WHERE code = r.rule AND effective_from <= r.start ORDER BY effective_from DESC LIMIT 1) g ON true ORDER BY r.id, r.rule`);
  const counted = rows.map((row) => {
    const { dueOn, calendarVersion } = dueDate(builtInCalendar, row.start, row);
    const dueAt = endOfDay(dueOn);
    return { ...row, calendarVersion, dueAt: dueAt.toISOString(), told: dueAt.getTime() <= REFERENCE_MILLISECONDS };
  });
  await client.query(
    `-- running-terms
INSERT INTO services.running_term (subject_id, rule_code, entity_type, started_on, amount, unit, due_at, calendar_version, told_at, ${PLACE})
SELECT id, rule, type, start, amount, unit, "dueAt", "calendarVersion", CASE WHEN told THEN "dueAt" END, ${PLACE}
  FROM jsonb_to_recordset($1::jsonb) AS r(id uuid, rule text, type text, start date, amount int, unit text, "dueAt" timestamptz,
       "calendarVersion" text, told boolean, city_code text, county_code text, township_code text, community_code text)`,
    [JSON.stringify(counted)],
  );
  const agreed = await client.query(`-- agreed-ends
INSERT INTO services.running_term (subject_id, rule_code, entity_type, started_on, amount, unit, due_at, told_at, ${PLACE})
SELECT id, 'ORDERED_SLOT', 'ServiceRequest', started_on, 1, 'AGREED', slot_ends_at, NULL::timestamptz, ${PLACE}
  FROM services.service_request WHERE closed_at IS NULL AND slot_ends_at IS NOT NULL
UNION ALL
SELECT id, 'ASSIGNED_TERM', 'CommunityTask', ${day('assigned_at')}, 1, 'AGREED', (due_on + 1)::timestamp AT TIME ZONE 'Asia/Shanghai',
       CASE WHEN due_on < date '2026-06-30' THEN (due_on + 1)::timestamp AT TIME ZONE 'Asia/Shanghai' END, ${PLACE}
  FROM services.community_task WHERE state IN ('ASSIGNED', 'ACCEPTED')`);
  for (const [table, column] of KEPT) {
    await client.query(
      `UPDATE services.${table} t SET ${column} = ((r.due_at AT TIME ZONE 'Asia/Shanghai') - interval '1 day')::date
         FROM services.running_term r WHERE r.subject_id = t.id`,
    );
  }
  await client.query(
    'UPDATE services.certificate_check t SET due_at = r.due_at FROM services.running_term r WHERE r.subject_id = t.id',
  );
  return counted.length + (agreed.rowCount ?? 0);
}
