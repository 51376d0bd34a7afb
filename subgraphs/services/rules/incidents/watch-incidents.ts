import { dateInChina } from '../../../kit/clock.ts';
import { globalId } from '../../../kit/global-id.ts';
import { PLACE_COLUMNS, type PlaceColumn } from '../../../kit/store/place-scope.ts';
import { type ChangeEvent, recordEvents } from '../../../kit/store/write-request.ts';
import type { TimedCall, TimedWork } from '../../../kit/timed-work.ts';
import { readRulesInForce } from '../../store/governance-rule-rows.ts';
import {
  findTurnedScopes,
  growAlerts,
  lockAlertClock,
  moveAlertClock,
} from '../../store/incidents/alert-clock-writes.ts';
import type { ServicesStore } from '../../store/services-store.ts';
import { openServicesTransaction } from '../../store/services-transaction.ts';

const HOUR_MILLISECONDS = 3_600_000;
/** The first look at a whole city raises thousands of alerts with their events, once. */
const LONGEST_MILLISECONDS = 120_000;

/**
 * 定时预警 — holds the timed alert rules in force against what the clock has turned since it was last looked at:
 * incidents that have become overdue, or have waited too long to be accepted. One live alert per rule and place, raised
 * or grown with its event; how far was looked is kept in the same transaction, so that a run that dies is made up for.
 * Of several hubs one does it, the others find the clock locked. Returns how many alerts it touched.
 */
export async function watchIncidents({
  store,
  clock,
}: Pick<TimedCall<ServicesStore>, 'store' | 'clock'>): Promise<number> {
  return openServicesTransaction(
    store,
    LONGEST_MILLISECONDS,
  )(async (transaction) => {
    const locked = await lockAlertClock(transaction);
    if (locked === null) return 0;
    const now = clock.now();
    if (locked.evaluatedUntil !== null && locked.evaluatedUntil >= now) return 0;
    const rules = await readRulesInForce(transaction, { kind: 'ALERT' }, dateInChina(now));
    const provenanceId = store.ids.next();
    const events: ChangeEvent[] = [];
    for (const rule of rules) {
      const { timed, afterHours, scopeDigits, severity, level } = rule.parameters;
      if (timed === undefined) continue;
      const column = (PLACE_COLUMNS as Readonly<Record<number, PlaceColumn>>)[Number(scopeDigits)];
      if (column === undefined || rule.amount === null || (timed !== 'OVERDUE' && timed !== 'UNACCEPTED')) {
        throw new Error(`the alert rule ${rule.code} is malformed`);
      }
      const ago = Number(afterHours ?? 0) * HOUR_MILLISECONDS;
      const turned = await findTurnedScopes(transaction, {
        ...{ timed, column, least: rule.amount, until: new Date(now.getTime() - ago) },
        from: locked.evaluatedUntil === null ? null : new Date(locked.evaluatedUntil.getTime() - ago),
        severity: severity === undefined ? null : String(severity),
      });
      const found = turned.map((scope) => ({ ...scope, id: store.ids.next() }));
      const alertIds = await growAlerts(transaction, found, {
        ...{ ruleCode: rule.code, ruleEffectiveFrom: rule.effectiveFrom, level: String(level), at: now, provenanceId },
      });
      for (const { id, scopeCode, incidentCount, incidentId, ...place } of found) {
        const written = alertIds.get(scopeCode);
        if (written === undefined) throw new Error('an alert was neither written nor found');
        const alertId = globalId('Alert', written);
        events.push({
          eventType: written === id ? 'alert.raised' : 'alert.grown',
          entityType: 'Alert',
          entityId: alertId,
          payload: {
            ...{ alertId, ruleCode: rule.code, level, scopeCode, incidentCount },
            incidentId: globalId('Incident', incidentId),
          },
          place,
        });
      }
    }
    await moveAlertClock(transaction, now);
    if (events.length > 0) {
      await transaction.provenance.create({
        data: {
          ...{ id: provenanceId, kind: 'MUTATION', systemCode: 'hub', dataset: 'alert', clientId: 'hub' },
          ...{ department: 'data-authority', recordedAt: now, rowCount: events.length },
        },
      });
      await recordEvents(transaction, events, { ids: store.ids, occurredAt: now, provenanceId });
    }
    return events.length;
  });
}

export const timedAlerts: TimedWork<ServicesStore> = { name: 'timed alerts', run: watchIncidents };
