import { PLACE_COLUMNS } from '../../kit/store/place-scope.ts';

const PLACES = Object.values(PLACE_COLUMNS).join(', ');

/** Incidents like the cause, in its rule's place and window; each tier has its own index by report time. */
const INCIDENT_COUNT = Object.entries(PLACE_COLUMNS)
  .map(
    ([digits, column]) => `WHEN ${digits} THEN (
        SELECT count(*)::int FROM services.incident o
         WHERE o.${column} = c.scope_code AND o.reported_at >= c.since
           AND (c.category IS NULL OR o.category = c.category) AND (c.severity IS NULL OR o.severity = c.severity))`,
  )
  .join(' ');

/**
 * What `raiseAlerts` does for one incident, for all new ones of a batch: the alert rules in force are held against them
 * once per rule and place. What was reported before a rule's window raises nothing. A live alert grows by as many
 * incidents as the batch brings.
 */
export const ALERTS_OF_NEW = `
  WITH rule AS (
    SELECT * FROM (
      SELECT DISTINCT ON (code) * FROM services.governance_rule
       WHERE kind = 'ALERT' AND effective_from <= ({at}::timestamptz AT TIME ZONE 'Asia/Shanghai')::date
       ORDER BY code, effective_from DESC) newest
     WHERE NOT parameters ? 'timed'
  ), watched AS (
    SELECT code, effective_from, amount, parameters ->> 'level' AS level, parameters ->> 'category' AS category,
           parameters ->> 'severity' AS severity, (parameters ->> 'scopeDigits')::int AS digits,
           {at}::timestamptz - (parameters ->> 'windowHours')::float8 * interval '1 hour' AS since
      FROM rule
  ), brought AS (
    SELECT w.*, left(p.grid_code, w.digits) AS scope_code, p.id AS incident_id, ${PLACES}, p.reported_at
      FROM {new} n JOIN services.incident p ON p.id = n.id
      JOIN watched w ON p.reported_at >= w.since
       AND (w.category IS NULL OR w.category = p.category) AND (w.severity IS NULL OR w.severity = p.severity)
  ), cause AS (
    SELECT DISTINCT ON (code, scope_code) *, count(*) OVER (PARTITION BY code, scope_code) AS added
      FROM brought ORDER BY code, scope_code, reported_at DESC, incident_id DESC
  ), counted AS (
    SELECT c.*, CASE c.digits ${INCIDENT_COUNT} END AS incident_count FROM cause c
  ), raised AS (
    INSERT INTO services.alert (id, rule_code, rule_effective_from, level, state, scope_code, incident_id,
      incident_count, raised_at, last_seen_at, ${PLACES}, provenance_id)
    SELECT gen_random_uuid(), code, effective_from, level, 'RAISED', scope_code, incident_id,
           incident_count, {at}::timestamptz, {at}::timestamptz, ${PLACES}, {batch}::uuid
      FROM counted WHERE incident_count >= amount ORDER BY code, scope_code
    ON CONFLICT (rule_code, scope_code) WHERE closed_at IS NULL
    DO UPDATE SET last_seen_at = excluded.last_seen_at, incident_id = excluded.incident_id,
      incident_count = alert.incident_count + (SELECT c.added FROM cause c
        WHERE c.code = excluded.rule_code AND c.scope_code = excluded.scope_code)
    RETURNING id, rule_code, scope_code, provenance_id = {batch}::uuid AS is_new
  )
  INSERT INTO services.outbox (id, ordinal, event_type, entity_type, entity_id, payload, ${PLACES}, occurred_at, provenance_id)
  SELECT gen_random_uuid(), {ordinal}::int + row_number() OVER (ORDER BY c.code, c.scope_code) - 1,
         CASE WHEN r.is_new THEN 'alert.raised' ELSE 'alert.grown' END, 'Alert', 'Alert:' || r.id,
         json_build_object('alertId', 'Alert:' || r.id, 'ruleCode', c.code, 'level', c.level, 'scopeCode', c.scope_code,
                           'incidentCount', c.incident_count, 'incidentId', 'Incident:' || c.incident_id)::text,
         ${PLACES}, {at}::timestamptz, {batch}::uuid
    FROM raised r JOIN counted c ON c.code = r.rule_code AND c.scope_code = r.scope_code`;
