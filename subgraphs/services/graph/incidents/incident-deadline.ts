import type { Deadline } from '../../../kit/calendar/deadline.ts';
import { dateInChina } from '../../../kit/clock.ts';
import type { SubgraphContext } from '../../../kit/subgraph-context.ts';
import type { IncidentRow } from '../../store/incidents/incident-rows.ts';
import type { ServicesStore } from '../../store/services-store.ts';
import { deadlineOf, ruleInForce } from '../governance-rule.ts';

/** The term of an incident with its rule, as it stands now or stood when it was closed; null until it is accepted. */
export async function incidentDeadline(
  incident: Pick<IncidentRow, 'dueAt' | 'severity' | 'reportedAt' | 'closedAt'>,
  context: SubgraphContext<ServicesStore>,
): Promise<Deadline | null> {
  const { dueAt, severity, reportedAt, closedAt } = incident;
  if (dueAt === null) return null;
  const rule = await ruleInForce(`INCIDENT_${severity}`, reportedAt, context);
  // The term ends at 24:00 of its last day, so the day that dueAt begins is already too late.
  const dueOn = dateInChina(new Date(dueAt.getTime() - 1));
  return deadlineOf(rule, dateInChina(reportedAt), dueOn, closedAt ?? context.clock.now(), context);
}
