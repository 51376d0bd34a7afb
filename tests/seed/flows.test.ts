import { describe, expect, test } from 'vitest';
import { demoCities } from '../../prisma/seed/vocabulary.ts';
import { cityDatabase } from '../kit/city-database.ts';

const NOW = `timestamptz '2026-06-30 02:00Z'`;
const late = (table: string, rule: string) =>
  `SELECT 1 FROM services.${table} t JOIN services.running_term r ON r.subject_id = t.id AND r.rule_code LIKE '${rule}' WHERE r.due_at <= ${NOW}`;

/** What each flow has of each kind: a statement that finds one. */
const FLOWS: Readonly<Record<string, Readonly<Record<'live' | 'closed' | 'overdue' | 'contested', string>>>> = {
  'one window': {
    live: `SELECT 1 FROM services.service_request WHERE state = 'ACCEPTED'`,
    closed: `SELECT 1 FROM services.service_request WHERE state = 'RATED'`,
    overdue: late('service_request', 'SERVICE_PROMISE'),
    contested: `SELECT 1 FROM services.service_request WHERE state = 'RECTIFYING' AND rating = 'DISSATISFIED'`,
  },
  incidents: {
    live: `SELECT 1 FROM services.incident WHERE state = 'DISPATCHED'`,
    closed: `SELECT 1 FROM services.incident WHERE state = 'CLOSED' AND closed_at IS NOT NULL`,
    overdue: late('incident', 'INCIDENT_%'),
    contested: `SELECT 1 FROM services.incident_transition WHERE event = 'REWORK'`,
  },
  deliberation: {
    live: `SELECT 1 FROM services.deliberation WHERE state = 'DISCUSSING'`,
    closed: `SELECT 1 FROM services.deliberation WHERE state = 'CONCLUDED'`,
    overdue: `SELECT 1 FROM services.deliberation WHERE state = 'DECIDING' AND voting_ends_at <= ${NOW}`,
    contested: `SELECT 1 FROM services.deliberation WHERE state = 'NOT_PASSED' AND no > 0 AND yes > 0`,
  },
  'demand to project': {
    live: `SELECT 1 FROM services.demand_project WHERE state = 'IMPLEMENTING'`,
    closed: `SELECT 1 FROM services.demand_project p WHERE state = 'CLOSED' AND (SELECT count(*) FROM services.project_evaluation e WHERE e.project_id = p.id) = 2`,
    overdue: late('demand_project', 'DEMAND_PROJECT_STEP'),
    contested: `SELECT 1 FROM services.demand_project WHERE state = 'STOPPED'`,
  },
  contracts: {
    live: `SELECT 1 FROM services.contract WHERE state = 'PERFORMING'`,
    closed: `SELECT 1 FROM services.contract WHERE state = 'CLOSED'`,
    overdue: late('contract', 'CONTRACT_ACCEPTANCE'),
    contested: `SELECT 1 FROM services.contract WHERE state = 'TERMINATED'`,
  },
  'tasks of communities': {
    live: `SELECT 1 FROM services.community_task WHERE state = 'ASSIGNED' AND fee_yuan > 0`,
    closed: `SELECT 1 FROM services.community_task WHERE state = 'DONE'`,
    overdue: late('community_task', 'ASSIGNED_TERM'),
    contested: `SELECT 1 FROM services.community_task WHERE state = 'RETURNED'`,
  },
  'admission list': {
    live: `SELECT 1 FROM services.admission_item WHERE state = 'IN_FORCE'`,
    closed: `SELECT 1 FROM services.admission_item WHERE state = 'ENDED'`,
    // Proposed in January and not decided by the end of June.
    overdue: `SELECT 1 FROM services.admission_item WHERE state = 'PROPOSED' AND proposed_on < '2026-02-01'`,
    contested: `SELECT 1 FROM services.admission_item WHERE state = 'REJECTED'`,
  },
  'reports of formalism': {
    live: `SELECT 1 FROM services.formalism_report WHERE state = 'TALKED'`,
    closed: `SELECT 1 FROM services.formalism_report WHERE state = 'CLOSED'`,
    overdue: late('formalism_report', 'REPORT_ACCEPT'),
    contested: `SELECT 1 FROM services.formalism_report WHERE state = 'DISMISSED'`,
  },
  'checks in place of certificates': {
    live: `SELECT 1 FROM services.certificate_check WHERE state = 'ASKED' AND due_at > ${NOW}`,
    closed: `SELECT 1 FROM services.certificate_check WHERE state = 'CONFIRMED' AND answered_at IS NOT NULL`,
    overdue: late('certificate_check', 'CERTIFICATE_CHECK'),
    contested: `SELECT 1 FROM services.certificate_check WHERE state = 'NOT_CONFIRMED'`,
  },
  'joint inspections': {
    live: `SELECT 1 FROM services.inspection i JOIN services.inspection_part p ON p.inspection_id = i.id WHERE i.state = 'PLANNED' AND planned_on > ${NOW} GROUP BY i.id HAVING count(*) > 1`,
    closed: `SELECT 1 FROM services.inspection WHERE state = 'DONE'`,
    overdue: `SELECT 1 FROM services.inspection WHERE state = 'PLANNED' AND planned_on < ${NOW}`,
    contested: `SELECT 1 FROM services.inspection WHERE state = 'CANCELLED'`,
  },
  facilities: {
    live: `SELECT 1 FROM services.facility WHERE stage = 'USE'`,
    closed: `SELECT 1 FROM services.facility WHERE stage = 'CLOSED'`,
    overdue: `SELECT 1 FROM services.facility_booking WHERE state = 'MISSED'`,
    contested: `SELECT 1 FROM services.assessment_finding WHERE verdict = 'NOT_MET'`,
  },
  volunteering: {
    live: `SELECT 1 FROM services.activity WHERE ends_at > ${NOW}`,
    closed: `SELECT 1 FROM services.volunteer_record WHERE state = 'CERTIFIED'`,
    // Served and over, and nobody has certified it.
    overdue: `SELECT 1 FROM services.volunteer_record r JOIN services.activity a ON a.id = r.activity_id WHERE r.state = 'RECORDED' AND a.ends_at < ${NOW}`,
    contested: `SELECT 1 FROM services.volunteer_record r JOIN services.transition_step s ON s.subject_id = r.id AND s.event = 'DISPUTE' WHERE r.state = 'DISPUTED'`,
  },
};

describe.each(demoCities)('%s', (city) => {
  test('every flow has live, closed, overdue and contested examples, and every clock that runs is in the ledger', async () => {
    await using database = await cityDatabase(city);
    const checks = Object.entries(FLOWS).flatMap(([flow, kinds]) =>
      Object.entries(kinds).map(([kind, statement]) => ({ name: `${flow}: ${kind}`, statement })),
    );
    const { rows } = await database.pool.query<Record<string, boolean>>(
      `SELECT ${checks.map(({ statement }, index) => `EXISTS (${statement}) AS c${index}`).join(', ')}`,
    );
    const missing = checks.filter((_check, index) => rows[0]?.[`c${index}`] !== true).map(({ name }) => name);
    expect(missing).toEqual([]);
    const clocks = await database.pool.query(`SELECT
      (SELECT count(*)::int FROM services.incident i WHERE closed_at IS NULL AND due_at IS NOT NULL
         AND NOT EXISTS (SELECT FROM services.running_term r WHERE r.subject_id = i.id AND r.due_at = i.due_at)) AS incidents,
      (SELECT count(*)::int FROM services.service_request q WHERE closed_at IS NULL AND due_at IS NOT NULL
         AND NOT EXISTS (SELECT FROM services.running_term r WHERE r.subject_id = q.id AND r.due_at = q.due_at)) AS requests,
      (SELECT count(*)::int FROM services.demand d WHERE state = 'FOUND'
         AND NOT EXISTS (SELECT FROM services.running_term r WHERE r.subject_id = d.id)) AS demands,
      (SELECT coalesce(sum(points), 0)::int FROM services.points_entry) AS points,
      (SELECT count(*)::int FROM services.facility WHERE name = '小营红巷') AS named`);
    expect(clocks.rows).toEqual([
      { incidents: 0, requests: 0, demands: 0, points: 0, named: city === 'hangzhou' ? 1 : 0 },
    ]);
  });
});
