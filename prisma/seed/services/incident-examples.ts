import { provenanceIds } from '../provenance.ts';
import { derivedIdSql, exampleId, NOW_SQL } from './example-ids.ts';

const PROVENANCE = `'${provenanceIds['services.incident']}'::uuid`;
const PLACE = 'city_code, county_code, township_code, community_code';

/** Incidents that operations name: where the loop of the first grid stands when it is tried. */
const EXAMPLES = [
  ['incident/reported', 'NOISE', 'REPORTED', 'GENERAL', null, null],
  ['incident/dispatched', 'HAZARD', 'DISPATCHED', 'MAJOR', 'public-security', '2026-07-02T16:00:00Z'],
  ['incident/overdue', 'ENVIRONMENT', 'HANDLING', 'GENERAL', 'public-security', '2026-06-26T16:00:00Z'],
  ['incident/dispute', 'DISPUTE', 'HANDLING', 'GENERAL', 'justice', '2026-07-03T16:00:00Z'],
  ['incident/contested', 'FACILITY_DAMAGE', 'HANDLING', 'GENERAL', 'housing', '2026-07-06T16:00:00Z'],
] as const;

/** Alerts of severe incidents, mediations of disputes, a joint inspection, and the incidents above. */
export function* incidentExamplesSql(): Generator<string> {
  const text = (value: string | null) => (value === null ? 'NULL' : `'${value}'`);
  for (const [name, category, state, severity, handler, dueAt] of EXAMPLES) {
    yield `-- example ${name}
INSERT INTO services.incident (id, incident_number, category, title, state, channel, severity, reported_at, due_at,
       handler_department_code, ${PLACE}, grid_code, provenance_id)
SELECT '${exampleId(name)}', 'SJ20260629' || county_code || 'EX${name.slice(9).toUpperCase()}', '${category}', '演示：${name.slice(9)}', '${state}',
       'GRID_WORKER', '${severity}', ${NOW_SQL} - interval '1 day', ${text(dueAt)}, ${text(handler)}, ${PLACE}, grid_code, ${PROVENANCE}
  FROM organizations.grid ORDER BY grid_code LIMIT 1`;
    yield `INSERT INTO services.incident_transition (incident_id, ordinal, to_state, at, actor_department_code, provenance_id)
VALUES ('${exampleId(name)}', 1, 'REPORTED', ${NOW_SQL} - interval '1 day', 'community', ${PROVENANCE})`;
  }
  const path = ['REPORTED', 'ACCEPTED', 'TRIAGED', 'DISPATCHED', 'HANDLING', 'FEEDBACK', 'VERIFYING', 'HANDLING'];
  const events = ['REPORT', 'ACCEPT', 'TRIAGE', 'DISPATCH', 'START', 'FEED_BACK', 'VERIFY', 'REWORK'];
  yield `-- the contested one was sent back to be reworked
INSERT INTO services.incident_transition (incident_id, ordinal, event, from_state, to_state, at, actor_department_code, note, provenance_id)
SELECT '${exampleId('incident/contested')}', step.ordinal, step.event, step.from_state, step.to_state, ${NOW_SQL} - interval '1 day' + step.ordinal * interval '1 hour',
       CASE WHEN step.event IN ('START', 'FEED_BACK') THEN 'housing' ELSE 'community' END, step.note, ${PROVENANCE}
  FROM (VALUES ${path
    .map((to, index) => [index + 1, events[index], path[index - 1] ?? null, to] as const)
    .slice(1)
    .map(
      ([ordinal, event, from, to]) =>
        `(${ordinal}, '${event}', ${text(from)}, '${to}', ${event === 'REWORK' ? "'现场核查仍未修复，重新处置'" : 'NULL'})`,
    )
    .join(', ')}) AS step(ordinal, event, from_state, to_state, note)`;
  yield `-- their clocks: general incidents have five working days, major ones three
INSERT INTO services.running_term (subject_id, rule_code, entity_type, started_on, amount, unit, due_at, calendar_version, told_at, ${PLACE})
SELECT id, 'INCIDENT_' || severity, 'Incident', (reported_at AT TIME ZONE 'Asia/Shanghai')::date, CASE severity WHEN 'MAJOR' THEN 3 ELSE 5 END,
       'WORKING_DAY', due_at, '2026.1', CASE WHEN due_at <= ${NOW_SQL} THEN due_at END, ${PLACE}
  FROM services.incident WHERE id IN (${EXAMPLES.map(([name]) => `'${exampleId(name)}'`).join(', ')}) AND due_at IS NOT NULL`;
  yield `-- alerts: the severe incidents of three days, one live alert per grid, some acknowledged, older ones resolved
INSERT INTO services.alert (id, rule_code, rule_effective_from, level, state, scope_code, incident_id, incident_count,
       raised_at, last_seen_at, closed_at, ${PLACE}, grid_code, provenance_id)
SELECT ${derivedIdSql('alert', 'id::text')}, 'ALERT_SEVERE_INCIDENT', '2000-01-01', 'RED',
       CASE WHEN closed_at IS NOT NULL THEN 'RESOLVED' WHEN id::text < '8' THEN 'RAISED' ELSE 'ACKNOWLEDGED' END,
       grid_code, id, 1, reported_at, reported_at, closed_at, ${PLACE}, grid_code, ${PROVENANCE}
  FROM (SELECT DISTINCT ON (grid_code) * FROM services.incident WHERE severity = 'SEVERE'
         ORDER BY grid_code, reported_at DESC) latest`;
  yield `-- mediations: one of eight disputes; closed ones agreed or failed
INSERT INTO services.mediation (id, incident_id, kind, state, held_on, venue, mediator_name, agreed_on, ${PLACE}, provenance_id)
SELECT ${derivedIdSql('mediation', 'id::text')}, id,
       (ARRAY['PEOPLES_MEDIATION', 'ON_THE_SPOT', 'JUDGE_IN_VILLAGE'])[1 + get_byte(uuid_send(id), 15) % 3],
       CASE WHEN closed_at IS NULL THEN 'OPEN' WHEN get_byte(uuid_send(id), 14) % 8 = 0 THEN 'FAILED' ELSE 'AGREED' END,
       (reported_at + interval '8 hours')::date, '社区调解室', '调解员',
       CASE WHEN closed_at IS NULL OR get_byte(uuid_send(id), 14) % 8 = 0 THEN NULL ELSE (closed_at + interval '8 hours')::date END,
       ${PLACE}, ${PROVENANCE}
  FROM services.incident
 WHERE category = 'DISPUTE' AND state NOT IN ('REPORTED', 'ACCEPTED') AND get_byte(uuid_send(id), 13) % 8 = 0`;
  yield `-- visits to the first community's committee: a joint one to come, one that is overdue, one held, one cancelled
INSERT INTO services.inspection (id, organization_uscc, planned_on, state, ${PLACE}, provenance_id)
SELECT v.id::uuid, c.uscc, v.planned_on::date, v.state, ${PLACE}, ${PROVENANCE}
  FROM (SELECT * FROM organizations.committee WHERE uscc IS NOT NULL ORDER BY uscc LIMIT 1) c
 CROSS JOIN (VALUES ('${exampleId('inspection')}', '2026-07-10', 'PLANNED'), ('${exampleId('inspection/due')}', '2026-06-25', 'PLANNED'),
                    ('${exampleId('inspection/done')}', '2026-04-15', 'DONE'), ('${exampleId('inspection/cancelled')}', '2026-05-20', 'CANCELLED')) AS v(id, planned_on, state)`;
  yield `INSERT INTO services.transition_step (subject_id, ordinal, event, from_state, to_state, at, actor_department_code, note, provenance_id)
SELECT v.id::uuid, v.ordinal, v.event, v.from_state, v.to_state, v.day::timestamptz, 'public-security', v.note, ${PROVENANCE}
  FROM (VALUES ('${exampleId('inspection/done')}', 1, 'PLAN', NULL, 'PLANNED', '2026-04-01', NULL), ('${exampleId('inspection/done')}', 2, 'HOLD', 'PLANNED', 'DONE', '2026-04-15', '未发现隐患'),
               ('${exampleId('inspection/cancelled')}', 1, 'PLAN', NULL, 'PLANNED', '2026-05-01', NULL), ('${exampleId('inspection/cancelled')}', 2, 'CANCEL', 'PLANNED', 'CANCELLED', '2026-05-18', '单位申诉：年内已检查，不再重复'))
         AS v(id, ordinal, event, from_state, to_state, day, note)`;
  yield `INSERT INTO services.inspection_part (inspection_id, department_code, matter, asked_on, provenance_id)
SELECT id::uuid, department, matter, asked::date, ${PROVENANCE}
  FROM (VALUES ('${exampleId('inspection')}', 'emergency', '消防安全', '2026-07-10'), ('${exampleId('inspection')}', 'market-regulation', '食品安全', '2026-07-14'),
               ('${exampleId('inspection/due')}', 'public-security', '内部治安保卫', '2026-06-25'), ('${exampleId('inspection/done')}', 'public-security', '内部治安保卫', '2026-04-15'),
               ('${exampleId('inspection/cancelled')}', 'public-security', '内部治安保卫', '2026-05-20')) AS part(id, department, matter, asked)`;
}
