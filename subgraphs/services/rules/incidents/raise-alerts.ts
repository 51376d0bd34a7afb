import { dateInChina } from '../../../kit/clock.ts';
import { globalId } from '../../../kit/global-id.ts';
import type { ChangeEvent } from '../../../kit/store/write-request.ts';
import { readRulesInForce } from '../../store/governance-rule-rows.ts';
import {
  countRecentIncidents,
  type NewAlertCause,
  type RecentIncidents,
  upsertAlert,
} from '../../store/incidents/alert-writes.ts';
import type { ServicesTransaction } from '../../store/services-transaction.ts';

/** By the digits of a place's code: what an alert may be about. */
const SCOPES: Readonly<Record<number, RecentIncidents['tier']>> = {
  4: 'cityCode',
  6: 'countyCode',
  9: 'townshipCode',
  12: 'communityCode',
  15: 'gridCode',
};

/**
 * Holds the alert rules in force against an incident that was just written, in its own transaction: what they find is
 * raised with the commit that caused it. A rule counts the incidents of its category or severity in its place and
 * window; one live alert per rule and place grows instead of a second one. Returns the events.
 */
export async function raiseAlerts(
  transaction: ServicesTransaction,
  cause: NewAlertCause,
  nextId: () => string,
): Promise<ChangeEvent[]> {
  const events: ChangeEvent[] = [];
  const rules = await readRulesInForce(transaction, { kind: 'ALERT' }, dateInChina(cause.at));
  for (const rule of rules) {
    const { category, severity, scopeDigits, windowHours, level, timed } = rule.parameters;
    if (timed !== undefined) continue; // of the clock, not of an incident: see watch-incidents.ts
    if (category !== undefined && category !== cause.category) continue;
    if (severity !== undefined && severity !== cause.severity) continue;
    const tier = SCOPES[Number(scopeDigits)];
    if (tier === undefined || rule.amount === null) throw new Error(`the alert rule ${rule.code} is malformed`);
    const scopeCode = cause.place[tier];
    const incidentCount = await countRecentIncidents(transaction, {
      ...{ tier, code: scopeCode },
      ...(category === undefined ? {} : { category: String(category) }),
      ...(severity === undefined ? {} : { severity: String(severity) }),
      since: new Date(cause.at.getTime() - Number(windowHours) * 3_600_000),
    });
    if (incidentCount < rule.amount) continue;
    const alert = await upsertAlert(transaction, cause, {
      ...{ id: nextId(), ruleCode: rule.code, ruleEffectiveFrom: rule.effectiveFrom },
      ...{ level: String(level), scopeCode, incidentCount },
    });
    const alertId = globalId('Alert', alert.id);
    events.push({
      eventType: alert.isNew ? 'alert.raised' : 'alert.grown',
      entityType: 'Alert',
      entityId: alertId,
      payload: { alertId, ruleCode: rule.code, level, scopeCode, incidentCount, incidentId: cause.incidentGlobalId },
      place: cause.place,
    });
  }
  return events;
}
